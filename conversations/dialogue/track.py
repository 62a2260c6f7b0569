"""During the track: answers, own words, buttons, silence."""

from dataclasses import replace

from conversations.dialogue import calls, first
from conversations.dialogue.answering import answer, checked_in, running, speak, yes_or_no
from conversations.dialogue.asking import (
    HOW,
    NO,
    STEPS,
    YES,
    let_go,
    menu,
    remind,
    unanswered,
    what,
)
from conversations.dialogue.steering import offered, wished
from conversations.hearing import Heard, hear
from conversations.phrases import Phrase
from conversations.topics import ANSWERS, MENU, side_of
from conversations.turns import (
    TELLING,
    YES_OR_NO,
    Attachment,
    CheckInAnswered,
    Context,
    Hello,
    HelpAsked,
    Incoming,
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
from conversations.wishes import wish_in
from conversations.words import Answer, Topic

_SAYS_SOMETHING = 3
"""Words; who says less may mean anything."""

_UNCLEAR = {
    Waiting.CHECK_IN: Phrase.CHECK_IN_UNCLEAR,
    Waiting.TOPIC: Phrase.TOPIC_UNCLEAR,
    **dict.fromkeys(YES_OR_NO, Phrase.YES_NO_UNCLEAR),
}
_ASKED = frozenset({Waiting.HELPED, Waiting.STILL_WORKING, Waiting.DEBT})
"""Questions to which a no has a meaning of its own, whatever follows on it."""


def during(state: State, incoming: Incoming, context: Context) -> Turn:
    """What follows for somebody whose track runs."""
    if isinstance(incoming, Silence):
        return _silence(state, context)
    state = replace(state, silent=0)
    match incoming:
        case Press(question, value):
            return _press(state, question, value, context)
        case Attachment():
            return _puzzled(state, Phrase.PLEASE_TYPE)
        case Hello():
            return Turn(state, (Say(Phrase.HELLO),))
        case Text(words):
            if incoming.too_early:
                turn = _before_the_question(state, words)
                if turn:
                    return turn
            return _text(state, words, context)
    raise TypeError(incoming)


def _text(state: State, words: str, context: Context) -> Turn:
    turn = answer(state, words, context.languages)
    if turn:
        return turn
    if state.waiting is Waiting.LANGUAGE:  # not answered: what was said before it goes on
        state = replace(
            let_go(state), waiting=Waiting.MORE_WORDS if state.topic else Waiting.NOTHING
        )
    if state.waiting is not Waiting.OWN_WORDS:
        wish = wish_in(words, context.first_name)
        turn = wished(state, wish, context) if wish else None
        if turn:
            return turn
        if answers.is_thanks(words):
            return Turn(state)
        if answers.is_call(words):
            return calls.what_about(state, Phrase.WHAT_ABOUT_CALL)
    heard = hear(words, context.language)
    turn = _own_words(state, words, heard, context)
    return turn if heard.danger or heard.stop else offered(turn, heard.language, context)


def _own_words(state: State, words: str, heard: Heard, context: Context) -> Turn:
    """What is not an answer to anything: danger, the wish to stop, a call for help, or unclear."""
    if heard.danger:
        return first.danger(state, heard.danger, context)
    if heard.stop:
        return first.stop(state, context)
    if state.waiting is Waiting.OWN_WORDS and state.topic:
        return calls.told(state, state.topic, heard)
    if state.waiting is Waiting.MORE_WORDS and state.topic:
        return calls.added(state, state.topic, heard)
    turn = _with_a_word_about_it(state, words, heard)
    if turn:
        return turn
    topic = answers.topic_named(words)
    if topic:
        return calls.chosen(replace(state, told=False), (topic,))
    if heard.sure and heard.topics:
        return calls.sure(state, heard, heard.topics)
    if heard.sure and heard.person:
        return calls.person(state)
    if heard.sure and heard.good and state.waiting is Waiting.CHECK_IN:
        return checked_in(state, Answer.GOOD, state.check_in)
    if state.puzzled == 0 and (heard.likely or heard.asks_what):
        return calls.to_be_sure(state, heard.likely)
    unclear = _UNCLEAR.get(state.waiting, Phrase.UNCLEAR)
    if heard.sure and len(words.split()) >= _SAYS_SOMETHING:  # chatter, which needs no person
        return replace(_puzzled(replace(state, puzzled=0), unclear), state=state)
    return _puzzled(state, unclear)


def _with_a_word_about_it(state: State, words: str, heard: Heard) -> Turn | None:
    """Yes or no, and why ("nee, ze heeft niet gebeld"), unless it says more than that: a call for
    help, in answer to a question that is no more than an opening for one."""
    agreed = answers.yes_or_no_first(words)
    if agreed is None or state.waiting not in YES_OR_NO:
        return None
    is_a_call = heard.sure and heard.topics
    if is_a_call and (state.waiting is Waiting.SO_SO or not agreed) and state.waiting not in _ASKED:
        return None
    return yes_or_no(state, running(state), agreed, words=True)


def _before_the_question(state: State, words: str) -> Turn | None:
    """Two answers at once: the second was typed before our next question went out.

    The graver answer stands: a call for help is not taken back by a digit that crossed it.
    """
    found = answers.check_in_answer(words, ANSWERS)
    if not (found and state.check_in and state.answer):
        return None
    if ANSWERS.index(found) > ANSWERS.index(state.answer):
        return checked_in(state, found, state.check_in, late=True)
    return Turn(state)


def _press(state: State, question: int, value: str, context: Context) -> Turn:
    is_running = question == state.question
    if value in (YES, NO):
        return _press_yes_or_no(state, question, value)
    if state.waiting is Waiting.WHICH_LANGUAGE and is_running and value in context.languages:
        return speak(let_go(state), value)
    if state.waiting is Waiting.PERSON and is_running and value in (Topic.WORK, Topic.OTHER):
        return calls.passed_on(state, Topic(value))
    if value in ANSWERS:
        return _press_answer(state, question, Answer(value), is_running=is_running)
    if value not in MENU:
        return Turn(state)
    topic = Topic(value)
    if is_running and state.waiting is Waiting.TOPIC:
        return calls.chosen(state, (topic,))
    if topic in (state.topic, state.also):
        return Turn(state)
    say = Say(Phrase.PROMISE, promise=topic)  # a second problem, chosen from the same list
    return Turn(state, (say,), (HelpAsked(topic),), side_of(topic))


def _press_yes_or_no(state: State, question: int, value: str) -> Turn:
    if question == state.question and state.waiting in YES_OR_NO:
        return yes_or_no(state, running(state), value == YES)
    if question == state.question and state.waiting is Waiting.OWN_WORDS and state.topic:
        return calls.promise(state, state.topic) if value == NO else Turn(state)
    if state.lapsed and question == state.lapsed.question and state.waiting not in TELLING:
        return yes_or_no(state, state.lapsed, value == YES)
    return Turn(state)


def _press_answer(state: State, question: int, found: Answer, *, is_running: bool) -> Turn:
    if question == state.check_in and found is state.answer:
        return Turn(state)  # the same button twice
    late = not (is_running and state.waiting is Waiting.CHECK_IN)
    if state.waiting not in TELLING:
        return checked_in(state, found, question, late=late)
    # Somebody is telling what is wrong: that goes on. Only a lost job changes the subject, and
    # then the promise that was owed is still made.
    if found is not Answer.JOB_LOST:
        return Turn(state, (), (CheckInAnswered(found, question, late),))
    turn = checked_in(state, found, question, late=late)
    if state.waiting in (Waiting.OWN_WORDS, Waiting.DEBT) and state.topic:
        owed = Say(Phrase.PROMISE, promise=state.topic)
        turn = replace(turn, says=(owed, *turn.says))
    return turn


def _silence(state: State, context: Context) -> Turn:
    """No answer came in the time that the question had."""
    match state.waiting:
        case Waiting.TOPIC:  # it went badly, and we do not know what: a person must ask
            return calls.passed_on(state, Topic.OTHER, told=state.told)
        case Waiting.PERSON:
            return calls.passed_on(state, Topic.OTHER)
        case Waiting.OWN_WORDS | Waiting.DEBT if state.topic:
            return calls.promise(state, state.topic)
        case waiting if waiting in STEPS and not state.reminded:
            return remind(state, context.contract_end)
        case waiting if waiting in STEPS:
            quiet, events = unanswered(state)
            return Turn(replace(let_go(quiet), topic=None), (), events)
        case _:
            return Turn(replace(let_go(state), topic=None, also=None))


def _puzzled(state: State, phrase: Phrase) -> Turn:
    """Not understood: say how, once; the second time a person must read it."""
    puzzled = replace(state, puzzled=min(state.puzzled + 1, 3))
    side = side_of(Topic.OTHER)
    if state.puzzled == 0:
        choices = {Waiting.CHECK_IN: HOW, Waiting.TOPIC: what(menu(state))}
        say = Say(phrase, choices=choices.get(state.waiting, ()), numbered=True)
        return Turn(puzzled, (say,), side=side)
    if state.puzzled == 1:
        say = Say(Phrase.PASSED_ON, promise=Topic.OTHER)
        return Turn(puzzled, (say,), (HelpAsked(Topic.OTHER, words=True),), side)
    return Turn(puzzled, (), (WordsAdded(Topic.OTHER),), side)
