"""The conversation, step by step: what is said and what has happened, in every state."""

from dataclasses import replace

import pytest

from conversations import dialogue
from conversations.dialogue import respond
from conversations.phrases import Phrase
from conversations.safety import DangerKind
from conversations.topics import ANSWERS, MENU
from conversations.turns import (
    Attachment,
    CheckInAnswered,
    ConsentGiven,
    ConsentRefused,
    Context,
    Danger,
    Hello,
    HelpAsked,
    Incoming,
    InvitationLapsed,
    NeedsReading,
    OptedOut,
    Press,
    Silence,
    State,
    Text,
    Waiting,
    WordsAdded,
)
from conversations.words import Answer, Form, MessageKind, Side, Standing, Topic, Urgency
from tests.conversations.talking import ACTIVE, INVITED, after, after_check_in, said

# Asked for consent.


@pytest.mark.parametrize("answer", [Text("ja"), Text("JA!"), Text("ok"), Press(1, "yes")])
def test_yes_to_the_request_is_consent(answer: Incoming) -> None:
    turn = respond(dialogue.invite(State()).state, answer, INVITED)
    assert turn.events == (ConsentGiven(),)
    assert said(turn) == [Phrase.WELCOME]


def test_who_takes_the_initiative_is_welcomed_in_those_words() -> None:
    invited = dialogue.invite(State()).state
    turn = respond(invited, Text("ja"), Context(Standing.INVITED, Form.PASSIVE))
    assert said(turn) == [Phrase.WELCOME_PASSIVE]


@pytest.mark.parametrize("answer", [Text("nee"), Text("Nee, bedankt"), Press(1, "no")])
def test_no_to_the_request_is_confirmed_and_ends_it(answer: Incoming) -> None:
    turn = respond(dialogue.invite(State()).state, answer, INVITED)
    assert turn.events == (ConsentRefused(),)
    assert said(turn) == [Phrase.REFUSED]
    assert turn.says[0].kind is MessageKind.CONFIRMATION


@pytest.mark.parametrize("answer", [Text("wie zijn jullie?"), Text("1"), Attachment()])
def test_what_is_neither_yes_nor_no_is_asked_again_once_and_then_read(answer: Incoming) -> None:
    first = respond(dialogue.invite(State()).state, answer, INVITED)
    assert said(first) == [Phrase.CONSENT_UNCLEAR]
    assert first.events == ()
    second = respond(first.state, answer, INVITED)
    assert second.says == ()
    assert second.events == (NeedsReading(),)
    third = respond(second.state, answer, INVITED)
    assert (third.says, third.events) == ((), ())


def test_the_yes_after_a_doubt_still_counts() -> None:
    doubt = respond(dialogue.invite(State()).state, Text("wie is dit?"), INVITED)
    assert respond(doubt.state, Text("ja"), INVITED).events == (ConsentGiven(),)


def test_no_answer_is_reminded_of_once_and_then_lapses() -> None:
    reminded = respond(dialogue.invite(State()).state, Silence(), INVITED)
    assert said(reminded) == [Phrase.INVITATION_AGAIN]
    assert reminded.events == ()
    lapsed = respond(reminded.state, Silence(), INVITED)
    assert lapsed.says == ()
    assert lapsed.events == (InvitationLapsed(),)


def test_whoever_answers_after_all_when_it_has_lapsed_is_heard() -> None:
    reminded = respond(dialogue.invite(State()).state, Silence(), INVITED)
    lapsed = respond(reminded.state, Silence(), INVITED)
    turn = respond(lapsed.state, Text("ja"), Context(Standing.LAPSED))
    assert turn.events == (ConsentGiven(),)


def test_yes_by_the_button_of_the_first_request_counts_after_the_reminder() -> None:
    """Both messages ask the same; a yes that gets no answer would lapse into silence."""
    reminded = respond(dialogue.invite(State()).state, Silence(), INVITED)
    assert respond(reminded.state, Press(1, "yes"), INVITED).events == (ConsentGiven(),)


# Stopping.


@pytest.mark.parametrize("waiting", list(Waiting))
def test_stop_ends_the_track_whatever_was_asked(waiting: Waiting) -> None:
    state = State(waiting, question=3, check_in=3, topic=Topic.MONEY)
    turn = respond(state, Text("Stop."), ACTIVE)
    assert turn.events == (OptedOut(),)
    assert said(turn) == [Phrase.STOPPED]
    assert turn.says[0].kind is MessageKind.CONFIRMATION
    assert turn.state.waiting is Waiting.NOTHING


def test_stop_to_the_request_is_a_refusal() -> None:
    turn = respond(dialogue.invite(State()).state, Text("STOP"), INVITED)
    assert turn.events == (ConsentRefused(),)


def test_a_stop_that_the_provider_confirmed_is_not_confirmed_twice() -> None:
    context = Context(Standing.ACTIVE, stop_is_answered=True)
    turn = respond(after_check_in(), Text("STOP"), context)
    assert turn.events == (OptedOut(),)
    assert turn.says == ()


@pytest.mark.parametrize("standing", [Standing.WITHDRAWN, Standing.DECLINED])
def test_stopping_twice_says_nothing_more(standing: Standing) -> None:
    turn = respond(State(), Text("STOP"), Context(standing))
    assert (turn.says, turn.events) == ((), ())


@pytest.mark.parametrize("standing", [Standing.WITHDRAWN, Standing.DECLINED])
@pytest.mark.parametrize("text", ["ja", "START", "1", "goed", "hulp", "ik wil toch meedoen"])
def test_nothing_typed_after_a_withdrawal_undoes_it_but_a_person_reads_it(
    standing: Standing, text: str
) -> None:
    turn = respond(State(question=4), Text(text), Context(standing))
    assert turn.says == ()
    assert turn.events == (NeedsReading(),)
    assert respond(turn.state, Text(text), Context(standing)).events == ()


# Danger.


@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("waiting", list(Waiting))
def test_danger_gets_the_fixed_reply_in_every_state(standing: Standing, waiting: Waiting) -> None:
    state = State(waiting, question=3, check_in=3, topic=Topic.MONEY, puzzled=2)
    turn = respond(state, Text("ik wil dood", too_early=True), Context(standing))
    assert said(turn) == [Phrase.DANGER_SUICIDE]
    assert turn.says[0].kind is MessageKind.DANGER
    assert turn.events == (Danger(DangerKind.SUICIDE),)
    assert turn.side is Side.MUNICIPALITY


def test_danger_beside_a_stop_is_danger_first() -> None:
    stopped_by_provider = Context(Standing.ACTIVE, stop_is_answered=True)
    for context in (ACTIVE, stopped_by_provider):
        turn = respond(after_check_in(), Text("stop, ik wil niet meer leven"), context)
        assert Danger(DangerKind.SUICIDE) in turn.events


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("mijn man slaat mij", Phrase.DANGER_VIOLENCE),
        ("ik heb pillen geslikt", Phrase.DANGER_EMERGENCY),
    ],
)
def test_each_kind_of_danger_has_its_own_reply(text: str, phrase: Phrase) -> None:
    assert said(respond(after_check_in(), Text(text), ACTIVE)) == [phrase]


# The check-in.


@pytest.mark.parametrize(
    ("answer", "phrase", "waiting"),
    [
        (Answer.GOOD, Phrase.THANKS_GOOD, Waiting.NOTHING),
        (Answer.SO_SO, Phrase.SO_SO, Waiting.SO_SO),
    ],
)
def test_all_well_is_thanked_for_and_so_so_is_asked_about(
    answer: Answer, phrase: Phrase, waiting: Waiting
) -> None:
    digit = str(ANSWERS.index(answer) + 1)
    by_digit, by_button = after(Text(digit)), after(Press(2, answer))
    assert by_digit == by_button
    assert said(by_digit) == [phrase]
    assert by_digit.events == (CheckInAnswered(answer, question=2),)
    assert by_digit.state.waiting is waiting


def test_not_good_asks_what_it_is_about() -> None:
    turn = after(Text("3"))
    assert said(turn) == [Phrase.WHAT_ABOUT]
    assert turn.events == (CheckInAnswered(Answer.NOT_GOOD, question=2),)
    assert [choice.value for choice in turn.says[0].choices] == list(MENU)


@pytest.mark.parametrize("topic", MENU)
def test_a_topic_is_a_call_for_help_at_once_and_may_be_told_about(topic: Topic) -> None:
    turn = after(Text("3"), Text(str(MENU.index(topic) + 1)))
    assert turn.events == (HelpAsked(topic),)
    assert said(turn) == [Phrase.OWN_WORDS]
    assert turn == after(Press(2, "not_good"), Press(3, topic))


def test_own_words_belong_to_the_call_and_the_promise_follows() -> None:
    turn = after(Text("3"), Text("2"), Text("ik kan de huur niet betalen"))
    assert turn.events == (WordsAdded(Topic.MONEY),)
    assert said(turn) == [Phrase.PROMISE]
    assert turn.says[0].promise is Topic.MONEY
    assert turn.side is Side.MUNICIPALITY


@pytest.mark.parametrize("skip", [Text("nee"), Text("liever niet"), Press(4, "no"), Silence()])
def test_whoever_tells_no_more_gets_the_same_promise(skip: Incoming) -> None:
    turn = after(Text("3"), Text("2"), skip)
    assert said(turn) == [Phrase.PROMISE]
    assert turn.events == ()


@pytest.mark.parametrize("topic", [Topic.MONEY, Topic.HOME, Topic.HEALTH, Topic.LETTERS])
def test_words_about_debts_home_and_health_are_not_the_work_coachs(topic: Topic) -> None:
    turn = after(Text("3"), Text(str(MENU.index(topic) + 1)), Text("dit is van mij"))
    assert turn.side is Side.MUNICIPALITY


def test_what_follows_on_a_promise_belongs_to_the_same_call() -> None:
    turn = after(Text("3"), Text("1"), Text("ruzie"), Text("en hij doet steeds vervelend"))
    assert turn.events == (WordsAdded(Topic.WORK),)
    assert turn.side is Side.WORK


def test_a_lost_job_is_urgent_and_gets_the_facts_and_a_name() -> None:
    turn = after(Text("4"))
    assert said(turn) == [Phrase.JOB_LOST, Phrase.JOB_LOST_FACTS]
    assert turn.says[0].promise is Topic.JOB_LOST
    assert HelpAsked(Topic.JOB_LOST, Urgency.URGENT) in turn.events
    assert CheckInAnswered(Answer.JOB_LOST, question=2) in turn.events


def test_who_does_not_say_what_it_is_about_is_called_by_a_person() -> None:
    turn = after(Text("3"), Silence())
    assert turn.events == (HelpAsked(Topic.OTHER),)
    assert turn.says[0].promise is Topic.OTHER


def test_a_check_in_that_is_not_answered_is_reminded_of_once_and_then_let_be() -> None:
    reminded = after(Silence())
    assert said(reminded) == [Phrase.CHECK_IN_AGAIN]
    assert reminded.says[0].kind is MessageKind.ROUTINE
    assert after(Silence(), Press(2, "good")).events == (CheckInAnswered(Answer.GOOD, question=2),)
    turn = after(Silence(), Silence())
    assert (turn.says, turn.events) == ((), ())
    assert turn.state.waiting is Waiting.NOTHING


# What was not asked for.


@pytest.mark.parametrize(
    "state",
    [
        State(question=1),
        after_check_in(),
        after(Text("1")).state,
        after(Text("3")).state,
        after(Text("3"), Text("2"), Text("huur")).state,
    ],
    ids=["after consent", "check-in runs", "all well", "topic asked", "promised"],
)
def test_the_word_for_help_asks_what_it_is_about(state: State) -> None:
    turn = respond(state, Text("HULP"), ACTIVE)
    assert said(turn) == [Phrase.WHAT_ABOUT_CALL]
    assert turn.state.waiting is Waiting.TOPIC


@pytest.mark.parametrize(
    ("text", "topic"),
    [("schulden", Topic.MONEY), ("ik ben ziek", Topic.HEALTH), ("brieven", Topic.LETTERS)],
)
@pytest.mark.parametrize("waiting", [Waiting.NOTHING, Waiting.CHECK_IN])
def test_naming_a_topic_out_of_the_blue_is_a_call_for_help(
    waiting: Waiting, text: str, topic: Topic
) -> None:
    state = State(waiting, question=2, check_in=2)
    assert respond(state, Text(text), ACTIVE).events == (HelpAsked(topic),)


def test_unexpected_text_is_helped_once_then_brought_to_a_person() -> None:
    first = respond(State(question=1), Text("blauw"), ACTIVE)
    assert said(first) == [Phrase.UNCLEAR]
    second = respond(first.state, Text("groen"), ACTIVE)
    assert second.events == (HelpAsked(Topic.OTHER, words=True),)
    assert second.says[0].promise is Topic.OTHER
    third = respond(second.state, Text("geel"), ACTIVE)
    assert third.says == ()
    assert third.events == (WordsAdded(Topic.OTHER),)


def test_an_answer_in_between_begins_the_count_anew() -> None:
    puzzled = respond(after_check_in(), Text("blauw"), ACTIVE)
    assert said(puzzled) == [Phrase.CHECK_IN_UNCLEAR]
    answered = respond(puzzled.state, Text("1"), ACTIVE)
    assert said(respond(answered.state, Text("blauw"), ACTIVE)) == [Phrase.UNCLEAR]


@pytest.mark.parametrize("waiting", [Waiting.NOTHING, Waiting.CHECK_IN, Waiting.TOPIC])
def test_a_picture_is_asked_to_be_typed(waiting: Waiting) -> None:
    state = State(waiting, question=2, check_in=2)
    assert said(respond(state, Attachment(), ACTIVE)) == [Phrase.PLEASE_TYPE]


def test_thanks_after_a_promise_needs_no_reply_and_no_reader() -> None:
    turn = after(Text("3"), Text("2"), Text("huur"), Text("dank je wel"))
    assert (turn.says, turn.events) == ((), ())


def test_opening_the_chat_again_is_greeted_and_changes_nothing() -> None:
    state = after_check_in()
    turn = respond(state, Hello(), ACTIVE)
    assert said(turn) == [Phrase.HELLO]
    assert turn.state == state


# After the track.


def test_whoever_writes_after_the_end_is_brought_to_a_person() -> None:
    turn = respond(State(question=9), Text("ik heb toch hulp nodig"), Context(Standing.COMPLETED))
    assert turn.events == (HelpAsked(Topic.OTHER, words=True),)
    assert turn.says[0].promise is Topic.OTHER


def test_thanks_after_the_end_is_left_alone() -> None:
    turn = respond(State(question=9), Text("bedankt!"), Context(Standing.COMPLETED))
    assert (turn.says, turn.events) == ((), ())


@pytest.mark.parametrize("answer", [Answer.NOT_GOOD, Answer.JOB_LOST])
def test_a_bad_answer_to_the_last_check_in_after_the_end_is_not_met_with_silence(
    answer: Answer,
) -> None:
    """Typed as a digit it reaches a person; the button under the same question must as well."""
    state = replace(after(Silence()).state, question=2)
    turn = respond(state, Press(2, answer), Context(Standing.COMPLETED))
    assert turn.says or turn.events
