"""A call for help: what it is about, what is told of it, and who will be in touch (rules 6, 7)."""

from collections.abc import Sequence
from dataclasses import replace

from conversations.dialogue.asking import BOTH, NO, asked, what
from conversations.hearing import Heard
from conversations.phrases import Phrase
from conversations.topics import MENU, side_of
from conversations.turns import (
    CheckInAnswered,
    Choice,
    Event,
    HelpAsked,
    Say,
    State,
    StepAnswered,
    Turn,
    Waiting,
    WordsAdded,
)
from conversations.words import Answer, Side, Topic, Urgency

_RATHER_NOT = (Choice(NO, Phrase.RATHER_NOT),)
PERSONS = (Choice(Topic.WORK, Phrase.PERSON_WORK), Choice(Topic.OTHER, Phrase.PERSON_OTHER))
_MOST_CHOICES = 4


def what_about(state: State, phrase: Phrase) -> Turn:
    """Ask what it is about."""
    now = replace(asked(state, Waiting.TOPIC), topic=None, also=None, told=False)
    return Turn(now, (Say(phrase, choices=what(), numbered=True),))


def to_be_sure(state: State, likely: tuple[Topic, ...]) -> Turn:
    """Something is wrong, but what? One question, with the likeliest topics."""
    listed: tuple[Topic, ...] = MENU
    if likely:
        listed = tuple(one for one in likely if one is not Topic.OTHER)[: _MOST_CHOICES - 1]
        listed = (*listed, Topic.OTHER)
    now = replace(asked(state, Waiting.TOPIC), topic=None, also=None, told=True, puzzled=1)
    now = replace(now, choices=() if listed == MENU else listed)
    say = Say(Phrase.TOPIC_TO_BE_SURE, choices=what(listed), numbered=True)
    return Turn(now, (say,), side=Side.MUNICIPALITY)


def chosen(state: State, topics: tuple[Topic, ...]) -> Turn:
    """The calls exist from here on, whether or not anything more is told."""
    topic, *others = topics
    also = also_of(topic, others)
    events = tuple(HelpAsked(one, told=state.told) for one in topics)
    if state.told:
        now = replace(state, waiting=Waiting.MORE_WORDS, topic=topic, puzzled=0, told=False)
        return Turn(now, promises(Phrase.PROMISE, topic, also), events, side_of_all(topics))
    now = replace(asked(state, Waiting.OWN_WORDS), topic=topic, also=also)
    say = Say(Phrase.OWN_WORDS, choices=_RATHER_NOT)
    return Turn(now, (say,), events, side_of_all(topics))


def told(state: State, topic: Topic, heard: Heard) -> Turn:
    """Own words after a topic was chosen. They may hold another problem as well."""
    new = _new(heard, (topic, state.also))
    events: list[Event] = [WordsAdded(topic), *(HelpAsked(one) for one in new)]
    also = state.also or also_of(topic, new)
    side = side_of_all([topic, *new, *([state.also] if state.also else [])])
    if topic is Topic.MONEY and heard.urgent_debt:
        events[0] = HelpAsked(topic, Urgency.URGENT, words=True)
        return debt(replace(state, also=also), tuple(events))
    if heard.sure and heard.urgent and topic in heard.topics:
        events[0] = HelpAsked(topic, Urgency.URGENT, words=True)
    now = replace(state, waiting=Waiting.MORE_WORDS, puzzled=0, also=None)
    return Turn(now, promises(Phrase.PROMISE, topic, also), tuple(events), side)


def added(state: State, topic: Topic, heard: Heard) -> Turn:
    """What follows on a promise belongs to the same call, unless it is surely about another."""
    new = _new(heard, (topic,)) if topic is not Topic.DANGER else ()
    if not new:
        return Turn(state, (), (WordsAdded(topic),), side_of(topic))
    return sure(state, heard, new)


def promise(state: State, topic: Topic, *, events: tuple[Event, ...] = ()) -> Turn:
    """Say who will be in touch, and by when."""
    now = replace(state, waiting=Waiting.MORE_WORDS, topic=topic, puzzled=0, also=None)
    says = promises(Phrase.PROMISE, topic, state.also)
    return Turn(now, says, events, side_of(topic))


def sure(state: State, heard: Heard, topics: tuple[Topic, ...]) -> Turn:
    """The message says what is wrong: everything in it reaches its desk."""
    events: tuple[Event, ...] = ()
    if state.waiting in (Waiting.CONTRACT, Waiting.STILL_WORKING):
        events = (StepAnswered(state.question),)
    elif state.waiting is Waiting.CHECK_IN:
        answer = Answer.JOB_LOST if Topic.JOB_LOST in topics else Answer.NOT_GOOD
        events = (CheckInAnswered(answer, state.check_in),)
        state = replace(state, answer=answer)
    if Topic.JOB_LOST in topics:
        rest = tuple(one for one in topics if one is not Topic.JOB_LOST)
        return job_lost(state, events, rest, words=True)
    urgency = Urgency.URGENT if heard.urgent else Urgency.NORMAL
    side = side_of_all(topics)
    topic = next(one for one in topics if side_of(one) is side)  # whose words they are
    if heard.urgent_debt and Topic.MONEY in topics:
        topic = Topic.MONEY
    others = tuple(one for one in topics if one is not topic)
    events += (HelpAsked(topic, urgency, words=True), *(HelpAsked(one) for one in others))
    also = also_of(topic, others)
    if heard.urgent_debt and topic is Topic.MONEY:
        return debt(replace(state, also=also), events)
    now = replace(state, waiting=Waiting.MORE_WORDS, topic=topic, puzzled=0, also=None)
    return Turn(now, promises(Phrase.PASSED_ON, topic, also), events, side)


def debt(state: State, events: tuple[Event, ...]) -> Turn:
    """Urgent debts: the person must ask for debt help, so we ask whether they do (Wgs art. 4)."""
    now = replace(asked(state, Waiting.DEBT), topic=Topic.MONEY)
    return Turn(now, (Say(Phrase.DEBT_OFFER, choices=BOTH),), events, Side.MUNICIPALITY)


def job_lost(
    state: State,
    events: tuple[Event, ...] = (),
    others: tuple[Topic, ...] = (),
    *,
    words: bool = False,
) -> Turn:
    """Who will be in touch, and the neutral facts; no promise of a job or a benefit."""
    now = replace(state, waiting=Waiting.MORE_WORDS, topic=Topic.JOB_LOST, puzzled=0, also=None)
    events += (HelpAsked(Topic.JOB_LOST, Urgency.URGENT, words=words),)
    events += tuple(HelpAsked(one) for one in others)
    says = promises(Phrase.JOB_LOST, Topic.JOB_LOST, also_of(Topic.JOB_LOST, others))
    side = side_of_all([Topic.JOB_LOST, *others]) if words else None
    return Turn(now, (*says, Say(Phrase.JOB_LOST_FACTS)), events, side)


def passed_on(state: State, topic: Topic, *, words: bool = False, told: bool = False) -> Turn:
    """A person takes it from here."""
    now = replace(state, waiting=Waiting.MORE_WORDS, topic=topic, also=None, told=False)
    event = HelpAsked(topic, words=words, told=told)
    return Turn(now, (Say(Phrase.PASSED_ON, promise=topic),), (event,), side_of(topic))


def person(state: State) -> Turn:
    """A person is wanted: the coach or the consultant?"""
    now = replace(asked(state, Waiting.PERSON), topic=None, also=None)
    return Turn(now, (Say(Phrase.PERSON_WHICH, choices=PERSONS, numbered=True),))


def side_of_all(topics: Sequence[Topic]) -> Side:
    """Whose words they are when they are about all of `topics`: the work coach reads them only
    if nothing in them is the municipality's (rule 8)."""
    sides = {side_of(one) for one in topics}
    return Side.WORK if sides == {Side.WORK} else Side.MUNICIPALITY


def _new(heard: Heard, known: tuple[Topic | None, ...]) -> tuple[Topic, ...]:
    """What is surely another problem as well: one of the other side, or that the job is lost. What
    else is told belongs to the call that there is."""
    sides = {side_of(one) for one in known if one}
    return tuple(
        one
        for one in heard.topics
        if heard.sure and one not in known and (side_of(one) not in sides or one is Topic.JOB_LOST)
    )


def also_of(topic: Topic, others: Sequence[Topic]) -> Topic | None:
    """The other call whose promise must be said too: that of the other side."""
    return next((one for one in others if side_of(one) is not side_of(topic)), None)


def promises(phrase: Phrase, topic: Topic, also: Topic | None) -> tuple[Say, ...]:
    """Who will be in touch about `topic`, said by `phrase`, and who as well about `also`."""
    says = (Say(phrase, promise=topic),)
    return (*says, Say(Phrase.PROMISE_ALSO, promise=also)) if also else says
