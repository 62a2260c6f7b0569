"""What we ask of our own accord, and the choices that go with a question."""

from dataclasses import replace
from datetime import date

from conversations.phrases import Phrase
from conversations.topics import ANSWERS, MENU
from conversations.turns import (
    TELLING,
    YES_OR_NO,
    Choice,
    Event,
    Lapsed,
    Say,
    State,
    Turn,
    Waiting,
    WentQuiet,
)
from conversations.words import MessageKind, Topic

YES, NO = "yes", "no"

BOTH = (Choice(YES, Phrase.YES), Choice(NO, Phrase.NO))
HOW = tuple(Choice(answer, Phrase(f"answer_{answer}")) for answer in ANSWERS)

STEPS = frozenset({Waiting.CHECK_IN, Waiting.CONTRACT, Waiting.STILL_WORKING})
"""The questions that are steps of the plan."""

QUIET = 2
"""So many check-ins in a row without any sign of life: the coach is told."""


def invite(state: State, kind: MessageKind = MessageKind.INVITATION) -> Turn:
    """Ask for consent."""
    say = Say(Phrase.INVITATION, kind, BOTH)
    return Turn(asked(state, Waiting.CONSENT), (say,))


def check_in(state: State) -> Turn:
    """Ask how it is going at work."""
    now, events = _next_step(state)
    now = asked(now, Waiting.CHECK_IN)
    say = Say(Phrase.CHECK_IN, MessageKind.ROUTINE, HOW, numbered=True)
    return Turn(replace(now, check_in=now.question, answer=None, topic=None), (say,), events)


def contract_end(state: State, day: date, *, then_check_in: bool = False) -> Turn:
    """Offer help with finding work, because the contract ends on `day`; with `then_check_in` ask
    afterwards how it is going, because that was due as well."""
    now, events = _next_step(state)
    now = replace(asked(now, Waiting.CONTRACT), topic=None, then_check_in=then_check_in)
    say = Say(Phrase.CONTRACT_END, MessageKind.ROUTINE, BOTH, day=day)
    return Turn(now, (say,), events)


def closing_question(state: State) -> Turn:
    """Ask whether the person still works: the last question."""
    now, events = _next_step(state)
    say = Say(Phrase.CLOSING_QUESTION, MessageKind.ROUTINE, BOTH)
    return Turn(replace(asked(now, Waiting.STILL_WORKING), topic=None), (say,), events)


def helped(state: State, topic: Topic, who: str) -> Turn:
    """Ask whether `who`, who was in touch about `topic`, was of help."""
    now = replace(asked(state, Waiting.HELPED), topic=topic)
    return Turn(now, (Say(Phrase.HELPED, MessageKind.ROUTINE, BOTH, params={"who": who}),))


def remind(state: State, contract_end: date | None) -> Turn:
    """Ask the step that runs once more. It stays the same question, with the same number."""
    now = replace(state, reminded=True)
    if state.waiting is Waiting.CONTRACT and state.then_check_in:
        now = replace(now, waiting=Waiting.CHECK_IN, check_in=state.question, then_check_in=False)
    routine = MessageKind.ROUTINE
    match now.waiting:
        case Waiting.CONTRACT:
            return Turn(now, (Say(Phrase.CONTRACT_END, routine, BOTH, day=contract_end),))
        case Waiting.STILL_WORKING:
            return Turn(now, (Say(Phrase.CLOSING_QUESTION, routine, BOTH),))
        case _:
            return Turn(now, (Say(Phrase.CHECK_IN_AGAIN, routine, HOW, numbered=True),))


def unanswered(state: State) -> tuple[State, tuple[Event, ...]]:
    """The step that runs gets no answer any more."""
    silent = state.silent + 1
    return replace(state, silent=silent), (WentQuiet(),) if silent == QUIET else ()


def asked(state: State, waiting: Waiting) -> State:
    """A new question is asked; a yes-or-no question that ran is let go, but not forgotten."""
    return replace(
        let_go(state),
        waiting=waiting,
        question=state.question + 1,
        reminded=False,
        puzzled=0,
        choices=(),
        then_check_in=False,
    )


def let_go(state: State) -> State:
    """Nothing is waited for any more. A yes or no to what ran is still heard later."""
    lapsed = state.lapsed
    if state.waiting in YES_OR_NO:
        lapsed = Lapsed(state.waiting, state.question, state.topic)
    return replace(state, waiting=Waiting.NOTHING, lapsed=lapsed, reminded=False)


def menu(state: State) -> tuple[Topic, ...]:
    """The topics that were listed."""
    return state.choices or MENU


def what(topics: tuple[Topic, ...] = MENU) -> tuple[Choice, ...]:
    """A list of topics to choose from."""
    return tuple(Choice(topic, Phrase(f"topic_{topic}")) for topic in topics)


def _next_step(state: State) -> tuple[State, tuple[Event, ...]]:
    """What the step before comes to when the next one is asked."""
    assert state.waiting not in TELLING, "whoever is telling is not interrupted"
    return unanswered(state) if state.waiting in STEPS else (state, ())
