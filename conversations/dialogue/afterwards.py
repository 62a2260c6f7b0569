"""After the track: nothing is asked any more, but whoever writes is heard."""

from dataclasses import replace

from conversations.dialogue import calls, first
from conversations.dialogue.answering import running, yes_or_no
from conversations.hearing import hear
from conversations.phrases import Phrase
from conversations.topics import side_of
from conversations.turns import (
    Context,
    HelpAsked,
    Incoming,
    Lapsed,
    NeedsReading,
    Press,
    Say,
    State,
    StillWorking,
    Text,
    Turn,
    Waiting,
    WordsAdded,
)
from conversations.understanding import answers
from conversations.understanding.stopping import is_stop
from conversations.words import Answer, Side, Topic, Urgency

_STILL_ANSWERED = (Waiting.HELPED, Waiting.STILL_WORKING)


def completed(state: State, incoming: Incoming, context: Context) -> Turn:
    """The track came to its end. A call for help is brought to its desk all the same."""
    match incoming:
        case Press(_, Answer.NOT_GOOD | Answer.JOB_LOST as value):
            return calls.passed_on(
                state, Topic.JOB_LOST if value == Answer.JOB_LOST else Topic.OTHER
            )
        case Press(question, "yes" | "no" as value):
            of = _open(state)
            if of and of.question == question:
                return _last_answer(state, of, value == "yes")
        case Text(words) if not answers.is_thanks(words):
            return _text(state, words, context)
    return Turn(state)


def over(state: State, incoming: Incoming, context: Context) -> Turn:
    """Declined or withdrawn: nothing may be said, but somebody reads it, once."""
    if not isinstance(incoming, Text | Press) or (
        isinstance(incoming, Text) and answers.is_thanks(incoming.words)
    ):
        return Turn(state)
    if isinstance(incoming, Text):
        heard = hear(incoming.words, context.language)
        if heard.danger:
            return first.danger(state, heard.danger, context)
        if is_stop(incoming.words):
            return Turn(state)
    events = (NeedsReading(),) if state.puzzled == 0 else ()
    return Turn(replace(state, puzzled=1), (), events, Side.MUNICIPALITY)


def _text(state: State, words: str, context: Context) -> Turn:
    of, agreed = _open(state), answers.yes_or_no(words)
    if of and agreed is not None:
        return _last_answer(state, of, agreed)
    heard = hear(words, context.language)
    if heard.danger:
        return first.danger(state, heard.danger, context)
    if heard.stop:
        return first.stop(state, context)
    if heard.sure and heard.topics:
        urgency = Urgency.URGENT if heard.urgent else Urgency.NORMAL
        topic, *others = heard.topics
        now = replace(state, waiting=Waiting.MORE_WORDS, topic=topic, puzzled=2)
        events = (HelpAsked(topic, urgency, words=True), *(HelpAsked(one) for one in others))
        says = calls.promises(Phrase.PASSED_ON, topic, calls.also_of(topic, others))
        return Turn(now, says, events, calls.side_of_all(heard.topics))
    if state.puzzled < 2:
        now = replace(state, puzzled=2)
        say = Say(Phrase.PASSED_ON, promise=Topic.OTHER)
        event = HelpAsked(Topic.OTHER, words=True)
        return Turn(now, (say,), (event,), side_of(Topic.OTHER))
    return Turn(replace(state, puzzled=3), (), (WordsAdded(Topic.OTHER),), side_of(Topic.OTHER))


def _open(state: State) -> Lapsed | None:
    """The question that may still be answered after the end."""
    of = running(state) if state.waiting in _STILL_ANSWERED else state.lapsed
    return of if of and of.waiting in _STILL_ANSWERED else None


def _last_answer(state: State, of: Lapsed, agreed: bool) -> Turn:
    if of.waiting is Waiting.STILL_WORKING and agreed:
        done = replace(state, waiting=Waiting.NOTHING, lapsed=None)
        return Turn(done, (), (StillWorking(working=True),))
    return yes_or_no(state, of, agreed)
