"""What holds in every state, on every kind of message, at every standing (rules 1, 5, 6, 7)."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from conversations import dialogue
from conversations.dialogue import respond
from conversations.phrases import TEXT, Phrase
from conversations.safety import danger_in
from conversations.topics import ANSWERS, MENU
from conversations.turns import (
    TELLING,
    YES_OR_NO,
    Attachment,
    CheckInAnswered,
    ConsentGiven,
    ConsentRefused,
    Context,
    Danger,
    Hello,
    HelpAsked,
    Incoming,
    Lapsed,
    OptedOut,
    Press,
    Silence,
    State,
    Text,
    Turn,
    Waiting,
    WrongPerson,
)
from conversations.understanding.answers import is_thanks, yes_or_no
from conversations.understanding.stopping import is_stop
from conversations.words import Answer, Form, MessageKind, Standing, Topic

WORDS = (
    "ja", "nee", "1", "2", "3", "4", "6", "goed", "niet goed", "ik ben ontslagen", "hulp",
    "geld", "de huur lukt niet meer", "STOP", "stop aub", "ik wil dood", "mijn man slaat mij",
    "dank je", "hoe laat is het", "", "liever niet", "?", "x" * 4000, "1 en 3", "volgende maand",
    "liever Engels", "taal", "verkeerd nummer", "hoi", "kutbot", "ik meld me zelf wel",
    "de deurwaarder staat voor de deur", "ja, maar niet in de schoonmaak", "nee maar het gaat wel",
    "Мені потрібна допомога з орендою квартири", "ik werk niet meer",
)  # fmt: skip
VALUES = (*ANSWERS, *MENU, "yes", "no", "en", "nonsense", "danger", "")
SECOND = frozenset({Phrase.PROMISE_ALSO, Phrase.JOB_LOST_FACTS, Phrase.LANGUAGE_OFFER})
"""What may follow on the first message of a turn."""

texts = st.builds(Text, st.sampled_from(WORDS) | st.text(max_size=30), st.booleans())
incomings: st.SearchStrategy[Incoming] = st.one_of(
    texts,
    st.builds(Press, st.integers(0, 7), st.sampled_from(VALUES)),
    st.just(Attachment()),
    st.just(Hello()),
    st.just(Silence()),
)
states = st.builds(
    State,
    waiting=st.sampled_from(Waiting),
    question=st.integers(0, 6),
    check_in=st.integers(0, 6),
    answer=st.none() | st.sampled_from(Answer),
    topic=st.none() | st.sampled_from(Topic),
    puzzled=st.integers(0, 3),
    reminded=st.booleans(),
    also=st.none() | st.sampled_from(Topic),
    choices=st.sampled_from([(), (Topic.MONEY, Topic.OTHER)]),
    told=st.booleans(),
    then_check_in=st.booleans(),
    language=st.none() | st.just("en"),
    lapsed=st.none()
    | st.builds(
        Lapsed,
        st.sampled_from(sorted(YES_OR_NO)),
        st.integers(0, 6),
        st.none() | st.sampled_from(Topic),
    ),
    silent=st.integers(0, 3),
)
contexts = st.builds(
    Context,
    st.sampled_from(Standing),
    st.sampled_from(Form),
    st.booleans(),
    first_name=st.just("Amina"),
    languages=st.just(("nl", "en", "uk")),
    contract_end=st.just(date(2026, 6, 30)),
)

OVER = frozenset({Standing.DECLINED, Standing.WITHDRAWN})
UNASKED = frozenset({Standing.INVITED, Standing.LAPSED})
ABOUT_CONSENT = frozenset(
    {Phrase.INVITATION, Phrase.INVITATION_AGAIN, Phrase.CONSENT_UNCLEAR, Phrase.REFUSED,
     Phrase.STOPPED, Phrase.WRONG_PERSON}
)  # fmt: skip

many = settings(max_examples=400, deadline=None)


@many
@given(states, incomings, contexts)
def test_everything_that_comes_in_has_one_defined_turn(
    state: State, incoming: Incoming, context: Context
) -> None:
    turn = respond(state, incoming, context)
    assert turn == respond(state, incoming, context)
    for say in turn.says[1:]:
        owed = say.phrase in (Phrase.JOB_LOST, Phrase.WHAT_ABOUT) and len(turn.says) > 1
        assert say.phrase in SECOND or owed, "one short message at a time"
    questions = [say for say in turn.says if "?" in TEXT[say.phrase]]
    assert len(questions) <= 1, "one question at a time"
    assert turn.state.question >= state.question, "an old button must be known as old"
    for say in turn.says:
        values = [choice.value for choice in say.choices]
        assert len(set(values)) == len(values)
        assert not values or all(len(f"{turn.state.question}:{value}") <= 64 for value in values)


@many
@given(states, texts, contexts)
def test_danger_comes_first_and_is_seen_wherever_it_is_said(
    state: State, text: Text, context: Context
) -> None:
    turn = respond(state, text, context)
    kind = danger_in(text.words)
    dangers = [event for event in turn.events if isinstance(event, Danger)]
    if kind:
        assert turn.events == (Danger(kind),)
        assert [say.kind for say in turn.says] == [MessageKind.DANGER]
        assert turn.says[0].promise is Topic.DANGER
    else:
        assert dangers == []


@many
@given(states, incomings, contexts)
def test_after_a_withdrawal_nothing_is_said_but_about_danger(
    state: State, incoming: Incoming, context: Context
) -> None:
    turn = respond(state, incoming, context)
    if context.standing in OVER:
        assert all(say.kind is MessageKind.DANGER for say in turn.says)
        assert not any(isinstance(event, ConsentGiven) for event in turn.events)


@many
@given(states, incomings, contexts)
def test_before_consent_nothing_is_said_but_the_request_for_it(
    state: State, incoming: Incoming, context: Context
) -> None:
    if context.standing not in UNASKED:
        return
    turn = respond(state, incoming, context)
    agreed = ConsentGiven() in turn.events
    for say in turn.says:
        welcome = agreed and say.phrase in (Phrase.WELCOME, Phrase.WELCOME_PASSIVE)
        assert say.phrase in ABOUT_CONSENT or say.kind is MessageKind.DANGER or welcome


@many
@given(states, incomings, contexts)
def test_consent_comes_from_a_plain_yes_to_the_request_and_from_nothing_else(
    state: State, incoming: Incoming, context: Context
) -> None:
    if ConsentGiven() in respond(state, incoming, context).events:
        assert context.standing in UNASKED
        yes_in_words = isinstance(incoming, Text) and yes_or_no(incoming.words)
        assert yes_in_words or (isinstance(incoming, Press) and incoming.value == "yes")


@many
@given(states, texts, contexts)
def test_the_wish_to_stop_is_never_taken_for_an_answer(
    state: State, text: Text, context: Context
) -> None:
    if not is_stop(text.words) or danger_in(text.words):
        return
    turn = respond(state, text, context)
    assert all(isinstance(event, OptedOut | ConsentRefused) for event in turn.events)
    assert all(say.phrase is Phrase.STOPPED for say in turn.says)
    assert bool(turn.events) is (context.standing not in OVER)


@many
@given(states, texts, st.sampled_from([Standing.ACTIVE, Standing.COMPLETED]))
def test_what_somebody_types_is_not_met_with_silence(
    state: State, text: Text, standing: Standing
) -> None:
    turn = respond(state, text, Context(standing))
    crossed = text.too_early and state.answer  # the graver answer stands, and was answered
    assert turn.says or turn.events or is_thanks(text.words) or crossed


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(incomings, st.just("check-in")), max_size=12))
def test_whoever_asks_for_help_hears_who_will_be_in_touch(
    happenings: list[Incoming | str],
) -> None:
    """A whole conversation during the track, and then silence: no call is without its promise,
    and no "not good" is left without a call or a better answer."""
    turn = Turn(State(question=1))
    owed: list[Topic] = []
    sad = False
    for one in [*happenings, *[Silence()] * 5]:
        if isinstance(one, str):
            if turn.state.waiting in TELLING:
                continue  # somebody who is telling is not interrupted
            turn = dialogue.check_in(turn.state)
        else:
            turn = respond(turn.state, one, Context(Standing.ACTIVE))
        for event in turn.events:
            match event:
                case OptedOut() | WrongPerson():
                    return
                case HelpAsked(topic):
                    owed.append(topic)
                    sad = False
                case Danger():
                    sad = False
                case CheckInAnswered(Answer.NOT_GOOD):
                    sad = not owed  # else it is being told what is not good
                case CheckInAnswered(late=late):
                    sad = sad and late
        if any(say.promise for say in turn.says):
            owed = []
    assert owed == []
    assert not sad
