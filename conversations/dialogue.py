"""The conversation: `respond(state, incoming, context) -> Turn`. Values in, values out.

The order is the order of importance: danger, the wish to stop, and only then what the
conversation was waiting for. What is not understood is answered once and then brought to a
person; a call for help ends at a desk or in a question, never in silence (rules 5, 1 and 6).
"""

from dataclasses import replace

from conversations.phrases import Phrase
from conversations.safety import DangerKind, danger_in
from conversations.topics import ANSWERS, MENU, side_of
from conversations.turns import (
    Attachment,
    CheckInAnswered,
    Choice,
    ConsentGiven,
    ConsentRefused,
    Context,
    Danger,
    Event,
    Hello,
    HelpAsked,
    Incoming,
    InvitationLapsed,
    NeedsReading,
    OptedOut,
    Press,
    Say,
    Silence,
    State,
    Text,
    Turn,
    Waiting,
    WordsAdded,
)
from conversations.understanding import answers
from conversations.understanding.stopping import is_stop
from conversations.words import Answer, Form, MessageKind, Side, Standing, Topic, Urgency

YES, NO = "yes", "no"

_YES_NO = (Choice(YES, Phrase.YES), Choice(NO, Phrase.NO))
_HOW = tuple(Choice(answer, Phrase(f"answer_{answer}")) for answer in ANSWERS)
_WHAT = tuple(Choice(topic, Phrase(f"topic_{topic}")) for topic in MENU)
_RATHER_NOT = (Choice(NO, Phrase.RATHER_NOT),)
_DANGER_REPLY = {
    DangerKind.SUICIDE: Phrase.DANGER_SUICIDE,
    DangerKind.VIOLENCE: Phrase.DANGER_VIOLENCE,
    DangerKind.EMERGENCY: Phrase.DANGER_EMERGENCY,
}


def invite(state: State, kind: MessageKind = MessageKind.INVITATION) -> Turn:
    """Ask for consent."""
    say = Say(Phrase.INVITATION, kind, _YES_NO)
    return Turn(_asked(state, Waiting.CONSENT), (say,))


def check_in(state: State) -> Turn:
    """Ask how it is going at work."""
    asked = _asked(state, Waiting.CHECK_IN)
    say = Say(Phrase.CHECK_IN, MessageKind.ROUTINE, _HOW, numbered=True)
    return Turn(replace(asked, check_in=asked.question, answer=None, topic=None), (say,))


def respond(state: State, incoming: Incoming, context: Context) -> Turn:
    """What follows on `incoming` in `state`."""
    if isinstance(incoming, Text):
        kind = danger_in(incoming.words)
        if kind:
            return _danger(state, kind, context.standing)
        if context.stop_is_answered or is_stop(incoming.words):
            return _stop(state, context)
    match context.standing:
        case Standing.INVITED | Standing.LAPSED:
            return _before_consent(state, incoming, context)
        case Standing.ACTIVE:
            return _during(state, incoming)
        case Standing.COMPLETED:
            return _afterwards(state, incoming)
        case Standing.DECLINED | Standing.WITHDRAWN:
            return _unanswerable(state, incoming)


def _danger(state: State, kind: DangerKind, standing: Standing) -> Turn:
    say = Say(_DANGER_REPLY[kind], MessageKind.DANGER, promise=Topic.DANGER)
    told = replace(state, puzzled=0)
    if standing is not Standing.INVITED:  # else the request for consent stays open
        told = replace(told, waiting=Waiting.MORE_WORDS, topic=Topic.DANGER)
    return Turn(told, (say,), (Danger(kind),), side_of(Topic.DANGER))


def _stop(state: State, context: Context) -> Turn:
    stopped = replace(state, waiting=Waiting.NOTHING, topic=None, puzzled=0)
    if context.standing in (Standing.DECLINED, Standing.WITHDRAWN):
        return Turn(stopped)
    if context.standing in (Standing.INVITED, Standing.LAPSED):
        event: Event = ConsentRefused()
    else:
        event = OptedOut()
    if context.stop_is_answered:
        return Turn(stopped, (), (event,))
    return Turn(stopped, (Say(Phrase.STOPPED, MessageKind.CONFIRMATION),), (event,))


# Before consent: nothing but the request for it.


def _before_consent(state: State, incoming: Incoming, context: Context) -> Turn:
    match incoming:
        case Silence():
            return _no_answer_to_invitation(state)
        case Hello():
            return invite(state, MessageKind.REPLY)
        case Text(words):
            agreed = answers.yes_or_no(words)
        case Press(question, value) if 0 < question <= state.question and value in (YES, NO):
            agreed = value == YES  # the reminder asks the same, so an older button will do
        case _:
            agreed = None
    if agreed is None:
        if isinstance(incoming, Press):
            return Turn(state)
        return _puzzled_before_consent(state)
    done = replace(state, waiting=Waiting.NOTHING, puzzled=0)
    if agreed:
        welcome = Phrase.WELCOME if context.form is Form.ACTIVE else Phrase.WELCOME_PASSIVE
        return Turn(done, (Say(welcome),), (ConsentGiven(),))
    return Turn(done, (Say(Phrase.REFUSED, MessageKind.CONFIRMATION),), (ConsentRefused(),))


def _no_answer_to_invitation(state: State) -> Turn:
    if state.reminded:
        return Turn(replace(state, waiting=Waiting.NOTHING), (), (InvitationLapsed(),))
    say = Say(Phrase.INVITATION_AGAIN, MessageKind.INVITATION, _YES_NO)
    return Turn(replace(_asked(state, Waiting.CONSENT), reminded=True), (say,))


def _puzzled_before_consent(state: State) -> Turn:
    puzzled = replace(state, puzzled=min(state.puzzled + 1, 3))
    if state.puzzled == 0:
        say = Say(Phrase.CONSENT_UNCLEAR, choices=_YES_NO)
        asked = replace(puzzled, question=state.question + 1)
        return Turn(asked, (say,), side=Side.MUNICIPALITY)
    events = (NeedsReading(),) if state.puzzled == 1 else ()
    return Turn(puzzled, (), events, Side.MUNICIPALITY)


# During the track.


def _during(state: State, incoming: Incoming) -> Turn:
    match incoming:
        case Silence():
            return _silence(state)
        case Press(question, value):
            return _press(state, question, value)
        case Attachment():
            return _puzzled(state, Phrase.PLEASE_TYPE)
        case Hello():
            return Turn(state, (Say(Phrase.HELLO),))
        case Text(words) if incoming.too_early:
            return _before_the_question(state, words)
        case Text(words):
            return _text(state, words)


def _text(state: State, words: str) -> Turn:
    match state.waiting:
        case Waiting.CHECK_IN:
            answer = answers.check_in_answer(words, ANSWERS)
            if answer:
                return _answered(state, answer, state.check_in)
        case Waiting.TOPIC:
            topic = answers.topic(words, MENU)
            if topic:
                return _topic(state, topic)
        case Waiting.OWN_WORDS if state.topic:
            told = not answers.is_skip(words)
            return _promise(state, state.topic, told=told)
        case Waiting.MORE_WORDS if state.topic and not answers.is_call(words):
            if answers.is_thanks(words):
                return Turn(state)
            return Turn(state, (), (WordsAdded(state.topic),), side_of(state.topic))
        case _:
            if answers.is_thanks(words):
                return Turn(state)
            answer = answers.check_in_answer(words, ANSWERS)
            if answer and state.check_in and answer is not state.answer:
                return _answered(state, answer, state.check_in, late=True)
    if answers.is_call(words):
        return _what_about(state, Phrase.WHAT_ABOUT_CALL)
    topic = answers.topic_named(words)
    if topic:
        return _topic(state, topic)
    unclear = {
        Waiting.CHECK_IN: Phrase.CHECK_IN_UNCLEAR,
        Waiting.TOPIC: Phrase.TOPIC_UNCLEAR,
    }.get(state.waiting, Phrase.UNCLEAR)
    return _puzzled(state, unclear)


def _before_the_question(state: State, words: str) -> Turn:
    """Two answers at once: the second was typed before our next question went out.

    The graver answer stands: a call for help is not taken back by a digit that crossed it.
    """
    answer = answers.check_in_answer(words, ANSWERS)
    if answer and state.check_in and state.answer:
        if _graver(answer, state):
            return _answered(state, answer, state.check_in, late=True)
        return Turn(state)
    return _text(state, words)


def _graver(answer: Answer, state: State) -> bool:
    """Whether `answer` is worse than the one we have."""
    return state.answer is None or ANSWERS.index(answer) > ANSWERS.index(state.answer)


def _press(state: State, question: int, value: str) -> Turn:
    running = question == state.question
    if value in ANSWERS:
        answer = Answer(value)
        if question == state.check_in and answer is state.answer:
            return Turn(state)  # the same button twice
        late = not (running and state.waiting is Waiting.CHECK_IN)
        if state.waiting in (Waiting.TOPIC, Waiting.OWN_WORDS):
            return _pressed_while_telling(state, answer, question, late=late)
        return _answered(state, answer, question, late=late)
    if value in MENU:
        topic = Topic(value)
        if running and state.waiting is Waiting.TOPIC:
            return _topic(state, topic)
        if topic is state.topic:
            return Turn(state)
        say = Say(Phrase.PROMISE, promise=topic)  # a second problem, chosen from the same list
        return Turn(state, (say,), (HelpAsked(topic),), side_of(topic))
    if value == NO and running and state.waiting is Waiting.OWN_WORDS and state.topic:
        return _promise(state, state.topic, told=False)
    return Turn(state)


def _pressed_while_telling(state: State, answer: Answer, question: int, *, late: bool) -> Turn:
    """A button of the check-in, while the person is telling what is wrong: that goes on. Only a
    lost job changes the subject, and then the promise that was owed is still made."""
    if answer is not Answer.JOB_LOST:
        return Turn(state, (), (CheckInAnswered(answer, question, late),))
    turn = _answered(state, answer, question, late=late)
    if state.waiting is Waiting.OWN_WORDS and state.topic:
        owed = Say(Phrase.PROMISE, promise=state.topic)
        turn = replace(turn, says=(owed, *turn.says))
    return turn


def _answered(state: State, answer: Answer, question: int, *, late: bool = False) -> Turn:
    event = CheckInAnswered(answer, question, late)
    known = replace(state, waiting=Waiting.NOTHING, topic=None, puzzled=0)
    if question == state.check_in:
        known = replace(known, answer=answer)
    match answer:
        case Answer.GOOD:
            return Turn(known, (Say(Phrase.THANKS_GOOD),), (event,))
        case Answer.SO_SO:
            return Turn(known, (Say(Phrase.ALL_RIGHT),), (event,))
        case Answer.NOT_GOOD:
            turn = _what_about(known, Phrase.WHAT_ABOUT)
            return replace(turn, events=(event, *turn.events))
        case Answer.JOB_LOST:
            told = replace(known, waiting=Waiting.MORE_WORDS, topic=Topic.JOB_LOST)
            say = Say(Phrase.JOB_LOST, promise=Topic.JOB_LOST)
            return Turn(told, (say,), (event, HelpAsked(Topic.JOB_LOST, Urgency.URGENT)))


def _what_about(state: State, phrase: Phrase) -> Turn:
    asked = replace(_asked(state, Waiting.TOPIC), topic=None, puzzled=0)
    return Turn(asked, (Say(phrase, choices=_WHAT, numbered=True),))


def _topic(state: State, topic: Topic) -> Turn:
    """The call for help exists from here on, whether or not anything more is told."""
    asked = replace(_asked(state, Waiting.OWN_WORDS), topic=topic, puzzled=0)
    say = Say(Phrase.OWN_WORDS, choices=_RATHER_NOT)
    return Turn(asked, (say,), (HelpAsked(topic),), side_of(topic))


def _promise(state: State, topic: Topic, *, told: bool) -> Turn:
    promised = replace(state, waiting=Waiting.MORE_WORDS, puzzled=0)
    events = (WordsAdded(topic),) if told else ()
    return Turn(promised, (Say(Phrase.PROMISE, promise=topic),), events, side_of(topic))


def _silence(state: State) -> Turn:
    rest = replace(state, waiting=Waiting.NOTHING, topic=None)
    match state.waiting:
        case Waiting.TOPIC:  # it went badly, and we do not know what: a person must ask
            say = Say(Phrase.PASSED_ON, promise=Topic.OTHER)
            told = replace(state, waiting=Waiting.MORE_WORDS, topic=Topic.OTHER)
            return Turn(told, (say,), (HelpAsked(Topic.OTHER),))
        case Waiting.OWN_WORDS if state.topic:
            return _promise(state, state.topic, told=False)
        case _:
            return Turn(rest)


def _puzzled(state: State, phrase: Phrase) -> Turn:
    """Not understood: say how, once; the second time a person must read it."""
    puzzled = replace(state, puzzled=min(state.puzzled + 1, 3))
    side = side_of(Topic.OTHER)
    if state.puzzled == 0:
        choices = {Waiting.CHECK_IN: _HOW, Waiting.TOPIC: _WHAT}.get(state.waiting, ())
        say = Say(phrase, choices=choices, numbered=True)
        return Turn(puzzled, (say,), side=side)
    if state.puzzled == 1:
        say = Say(Phrase.PASSED_ON, promise=Topic.OTHER)
        return Turn(puzzled, (say,), (HelpAsked(Topic.OTHER, words=True),), side)
    return Turn(puzzled, (), (WordsAdded(Topic.OTHER),), side)


# After the track.


def _afterwards(state: State, incoming: Incoming) -> Turn:
    match incoming:
        case Press(_, Answer.NOT_GOOD | Answer.JOB_LOST as value):
            topic = Topic.JOB_LOST if value == Answer.JOB_LOST else Topic.OTHER
            say = Say(Phrase.PASSED_ON, promise=topic)
            told = replace(state, waiting=Waiting.MORE_WORDS, topic=topic)
            return Turn(told, (say,), (HelpAsked(topic),))
        case Text(words) if not answers.is_thanks(words):
            return _puzzled(replace(state, puzzled=max(state.puzzled, 1)), Phrase.UNCLEAR)
        case _:
            return Turn(state)


def _unanswerable(state: State, incoming: Incoming) -> Turn:
    """Declined or withdrawn: nothing may be said, but somebody reads it, once."""
    if not isinstance(incoming, Text | Press) or (
        isinstance(incoming, Text) and answers.is_thanks(incoming.words)
    ):
        return Turn(state)
    events = (NeedsReading(),) if state.puzzled == 0 else ()
    return Turn(replace(state, puzzled=1), (), events, Side.MUNICIPALITY)


def _asked(state: State, waiting: Waiting) -> State:
    return replace(state, waiting=waiting, question=state.question + 1)
