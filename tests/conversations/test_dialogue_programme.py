"""The steps of the programme in conversation: so-so, contract, closing, help that helped."""

from dataclasses import replace
from datetime import date

import pytest

from conversations import dialogue
from conversations.dialogue import respond
from conversations.phrases import Phrase
from conversations.turns import (
    CheckInAnswered,
    Context,
    DebtHelpWanted,
    FormWanted,
    HelpAsked,
    Helped,
    Incoming,
    LanguageWanted,
    PauseWanted,
    Press,
    Silence,
    State,
    StepAnswered,
    StillWorking,
    Text,
    TrackEnds,
    Turn,
    Waiting,
    WentQuiet,
    WrongPerson,
)
from conversations.words import Answer, Form, MessageKind, Standing, Topic, Urgency
from tests.conversations.talking import ACTIVE, after, after_check_in, said

ENDS = date(2026, 6, 30)
TALKS = Context(Standing.ACTIVE, first_name="Amina", languages=("nl", "en"), contract_end=ENDS)


def then(turn: Turn, *incoming: Incoming, context: Context = TALKS) -> Turn:
    """The last turn after `turn` and what comes in."""
    for one in incoming:
        turn = respond(turn.state, one, context)
    return turn


# So-so.


@pytest.mark.parametrize("yes", [Text("ja"), Press(3, "yes")])
def test_so_so_and_yes_asks_what_about(yes: Incoming) -> None:
    assert said(then(after(Text("2")), yes)) == [Phrase.WHAT_ABOUT_CALL]


def test_so_so_and_no_is_enough() -> None:
    turn = then(after(Text("2")), Text("nee"))
    assert (said(turn), turn.events) == ([Phrase.ALL_RIGHT], ())


def test_so_so_and_a_topic_at_once_is_a_call() -> None:
    assert then(after(Text("2")), Text("geld")).events == (HelpAsked(Topic.MONEY),)


def test_so_so_without_an_answer_is_let_be_and_a_late_yes_still_heard() -> None:
    silent = then(after(Text("2")), Silence())
    assert (silent.says, silent.events) == ((), ())
    assert said(then(silent, Text("ja"))) == [Phrase.WHAT_ABOUT_CALL]
    assert said(then(silent, Press(3, "yes"))) == [Phrase.WHAT_ABOUT_CALL]


# Silence.


def test_two_check_ins_in_a_row_without_a_sign_of_life_are_told_once() -> None:
    state, quiet = after_check_in(), []
    for _ in range(4):
        turn = then(Turn(state), Silence(), Silence())
        quiet.append(WentQuiet() in turn.events)
        state = dialogue.check_in(turn.state).state
    assert quiet == [False, True, False, False]


def test_a_check_in_that_overtakes_the_one_before_counts_as_silence() -> None:
    second = dialogue.check_in(after_check_in())
    assert second.events == ()
    assert dialogue.check_in(second.state).events == (WentQuiet(),)


@pytest.mark.parametrize("sign", [Text("hoi"), Text("dank je"), Press(1, "nonsense")])
def test_any_sign_of_life_begins_the_count_anew(sign: Incoming) -> None:
    silent = then(Turn(after_check_in()), Silence(), Silence())
    asked = dialogue.check_in(then(silent, sign).state)
    assert then(asked, Silence(), Silence()).events == ()


# The end of a contract.


def contract(*, then_check_in: bool = False) -> Turn:
    return dialogue.contract_end(State(question=4), ENDS, then_check_in=then_check_in)


def test_the_contract_question_names_the_day() -> None:
    (say,) = contract().says
    assert (say.phrase, say.kind, say.day) == (Phrase.CONTRACT_END, MessageKind.ROUTINE, ENDS)


def test_yes_to_help_with_work_is_a_call_to_the_coach() -> None:
    turn = then(contract(), Text("ja"))
    assert turn.events == (StepAnswered(5), HelpAsked(Topic.WORK))
    assert turn.says[0].promise is Topic.WORK


def test_no_to_help_with_work_is_fine() -> None:
    turn = then(contract(), Text("nee"))
    assert (said(turn), turn.events) == ([Phrase.ALL_RIGHT], (StepAnswered(5),))


def test_when_a_check_in_was_due_as_well_it_follows_on_the_no() -> None:
    asked = then(contract(then_check_in=True), Text("nee"))
    assert said(asked) == [Phrase.CHECK_IN_ALSO]
    assert then(asked, Text("3")).events == (CheckInAnswered(Answer.NOT_GOOD, question=5),)


def test_the_reminder_of_a_merged_step_is_the_check_in() -> None:
    assert said(then(contract(then_check_in=True), Silence())) == [Phrase.CHECK_IN_AGAIN]
    again = then(contract(), Silence())
    assert said(again) == [Phrase.CONTRACT_END]
    assert again.says[0].day == ENDS
    assert then(again, Silence()).says == ()


# The closing question.


def test_still_working_ends_the_track() -> None:
    turn = then(dialogue.closing_question(State(question=9)), Text("ja"))
    assert turn.events == (StepAnswered(10), StillWorking(working=True), TrackEnds())


@pytest.mark.parametrize("no", [Text("nee"), Text("ik werk niet meer"), Press(10, "no")])
def test_not_working_is_a_lost_job(no: Incoming) -> None:
    turn = then(dialogue.closing_question(State(question=9)), no)
    assert turn.events[:2] == (StepAnswered(10), StillWorking(working=False))
    assert HelpAsked(Topic.JOB_LOST, Urgency.URGENT) in turn.events
    assert said(turn) == [Phrase.JOB_LOST, Phrase.JOB_LOST_FACTS]


def test_the_closing_question_is_still_answered_after_the_end() -> None:
    over = Context(Standing.COMPLETED)
    asked = dialogue.closing_question(State(question=9))
    assert then(asked, Text("ja"), context=over).events == (StillWorking(working=True),)
    assert (
        HelpAsked(Topic.JOB_LOST, Urgency.URGENT) in then(asked, Text("nee"), context=over).events
    )


# Were you helped?


@pytest.mark.parametrize("standing", [Standing.ACTIVE, Standing.COMPLETED])
def test_helped_closes_and_not_helped_is_promised_anew(standing: Standing) -> None:
    context = replace(TALKS, standing=standing)
    asked = dialogue.helped(State(question=3), Topic.MONEY, "Karin")
    yes = then(asked, Text("ja"), context=context)
    assert (yes.events, said(yes)) == ((Helped(Topic.MONEY, helped=True),), [Phrase.HELPED_YES])
    no = then(asked, Press(4, "no"), context=context)
    assert no.events == (Helped(Topic.MONEY, helped=False),)
    assert no.says[0].promise is Topic.MONEY


def test_the_question_after_help_does_not_say_what_it_was_about() -> None:
    (say,) = dialogue.helped(State(), Topic.HEALTH, "Karin").says
    assert dict(say.params) == {"who": "Karin"}


# Urgent debts.


def test_urgent_debts_are_a_call_at_once_and_the_legal_route_is_offered() -> None:
    turn = then(Turn(State()), Text("morgen komt de deurwaarder"))
    assert turn.events == (HelpAsked(Topic.MONEY, Urgency.URGENT, words=True),)
    assert said(turn) == [Phrase.DEBT_OFFER]
    assert then(turn, Text("ja")).events == (DebtHelpWanted(),)


@pytest.mark.parametrize("answer", [Text("nee"), Silence()])
def test_who_does_not_want_the_legal_route_is_promised_contact_all_the_same(
    answer: Incoming,
) -> None:
    turn = then(Turn(State()), Text("morgen komt de deurwaarder"), answer)
    assert [say.promise for say in turn.says] == [Topic.MONEY]
    assert DebtHelpWanted() not in turn.events


# The bot itself.


def test_a_pause_lets_the_question_go() -> None:
    turn = then(Turn(after_check_in()), Text("volgende maand weer"))
    assert turn.events == (PauseWanted(30),)
    assert turn.state.waiting is Waiting.NOTHING


def test_a_pause_does_not_lead_away_from_what_is_being_told() -> None:
    turn = then(after(Text("3")), Text("later"))
    assert turn.events == ()
    assert turn.state.waiting is Waiting.TOPIC


def test_the_form_changes_only_to_the_other_one() -> None:
    words = Text("ik meld me zelf wel")
    assert then(Turn(State()), words).events == (FormWanted(Form.PASSIVE),)
    passive = replace(TALKS, form=Form.PASSIVE)
    again = then(Turn(State()), words, context=passive)
    assert (said(again), again.events) == ([Phrase.FORM_PASSIVE], ())


def test_a_language_is_set_when_it_is_asked_for_by_name() -> None:
    turn = then(Turn(after_check_in()), Text("liever Engels"))
    assert turn.events == (LanguageWanted("en"),)
    assert turn.says[0].language == "en"
    assert turn.state.waiting is Waiting.CHECK_IN, "the question that ran still runs"


def test_a_language_that_we_do_not_have_gets_the_list_by_own_names() -> None:
    turn = then(Turn(State()), Text("liever Pools"))
    assert [choice.label for choice in turn.says[0].choices] == ["Nederlands", "English"]
    assert then(turn, Text("2")).events == (LanguageWanted("en"),)
    assert then(turn, Press(1, "en")).events == (LanguageWanted("en"),)


def test_writing_in_a_language_is_offered_it_once_and_not_imposed() -> None:
    context = replace(TALKS, languages=("nl", "en", "uk"))
    words = Text("Мені потрібна допомога з орендою квартири")
    offered = then(Turn(State()), words, context=context)
    assert said(offered)[-1] is Phrase.LANGUAGE_OFFER
    assert offered.says[-1].language == "uk"
    assert LanguageWanted("uk") not in offered.events
    assert then(offered, Text("так"), context=context).events == (LanguageWanted("uk"),)
    declined = then(offered, Text("nee"), context=context)
    assert Phrase.LANGUAGE_OFFER not in said(then(declined, words, context=context))


def test_a_wrong_person_is_let_go() -> None:
    turn = then(Turn(after_check_in()), Text("ik ben Amina niet"))
    assert turn.events == (WrongPerson(),)
    assert turn.says[0].kind is MessageKind.CONFIRMATION


@pytest.mark.parametrize(("text", "phrase"), [("hoi", Phrase.HELLO), ("kutbot", Phrase.ABUSE)])
def test_greetings_and_abuse_change_nothing(text: str, phrase: Phrase) -> None:
    turn = then(Turn(after_check_in()), Text(text))
    assert said(turn) == [phrase]
    assert turn.state == after_check_in()


def test_several_topics_at_once_are_several_calls_and_the_other_side_is_promised_too() -> None:
    turn = after(Text("3"), Text("1 en 2"))
    assert turn.events == (HelpAsked(Topic.WORK), HelpAsked(Topic.MONEY))
    told = respond(turn.state, Text("alles tegelijk"), ACTIVE)
    assert [say.promise for say in told.says] == [Topic.WORK, Topic.MONEY]


def test_chatter_is_answered_and_never_becomes_a_call_for_help() -> None:
    turn = Turn(State(question=1))
    for _ in range(3):
        turn = respond(turn.state, Text("wat een lekker weer vandaag"), ACTIVE)
        assert said(turn) == [Phrase.UNCLEAR]
        assert turn.events == ()
