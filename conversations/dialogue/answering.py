"""Answers to the questions that we asked, by word, cipher or button."""

from dataclasses import replace

from conversations.dialogue import calls
from conversations.dialogue.asking import BOTH, HOW, asked, let_go, menu
from conversations.phrases import Phrase
from conversations.topics import ANSWERS, side_of
from conversations.turns import (
    YES_OR_NO,
    CheckInAnswered,
    DebtHelpWanted,
    Event,
    HelpAsked,
    Helped,
    LanguageWanted,
    Lapsed,
    Say,
    State,
    StepAnswered,
    StillWorking,
    TrackEnds,
    Turn,
    Waiting,
    WordsAdded,
)
from conversations.understanding import answers
from conversations.wishes import language_named
from conversations.words import Answer, Topic


def answer(state: State, words: str, languages: tuple[str, ...]) -> Turn | None:
    """What follows when `words` answer the question that runs, or the one that ran before it;
    None when they do not."""
    match state.waiting:
        case Waiting.CHECK_IN:
            found = answers.check_in_answer(words, ANSWERS)
            return checked_in(state, found, state.check_in) if found else None
        case Waiting.TOPIC:
            topics = answers.topics(words, menu(state))
            return calls.chosen(state, topics) if topics else None
        case Waiting.OWN_WORDS if state.topic and answers.is_skip(words):
            return calls.promise(state, state.topic)
        case Waiting.PERSON:
            return _person(state, words)
        case Waiting.WHICH_LANGUAGE:
            return _which_language(state, words, languages)
        case waiting if waiting in YES_OR_NO:
            return _agreed(state, words)
        case Waiting.NOTHING | Waiting.MORE_WORDS:
            return _late(state, words)
    return None


def checked_in(state: State, found: Answer, question: int, *, late: bool = False) -> Turn:
    """How it is going at work."""
    event = CheckInAnswered(found, question, late)
    known = replace(let_go(state), topic=None, also=None, puzzled=0, told=False)
    if question == state.check_in:
        known = replace(known, answer=found)
    match found:
        case Answer.GOOD:
            return Turn(known, (Say(Phrase.THANKS_GOOD),), (event,))
        case Answer.SO_SO:
            return Turn(asked(known, Waiting.SO_SO), (Say(Phrase.SO_SO, choices=BOTH),), (event,))
        case Answer.NOT_GOOD:
            turn = calls.what_about(known, Phrase.WHAT_ABOUT)
            return replace(turn, events=(event, *turn.events))
        case Answer.JOB_LOST:
            return calls.job_lost(known, (event,))


def yes_or_no(state: State, of: Lapsed, agreed: bool, *, words: bool = False) -> Turn:
    """Yes or no to the question `of`; `words`: the message says more than that."""
    rest = replace(let_go(state), lapsed=None, puzzled=0, topic=None, also=None)
    match of.waiting:
        case Waiting.SO_SO if agreed:
            return calls.what_about(rest, Phrase.WHAT_ABOUT_CALL)
        case Waiting.CONTRACT:
            return _contract(state, rest, of.question, agreed, words=words)
        case Waiting.STILL_WORKING:
            return _still_working(rest, of.question, agreed, words=words)
        case Waiting.HELPED:
            return _helped(rest, of.topic or Topic.OTHER, agreed, words=words)
        case Waiting.DEBT:
            now = replace(rest, waiting=Waiting.MORE_WORDS, topic=Topic.MONEY)
            if not agreed:
                return calls.promise(replace(now, also=state.also), Topic.MONEY)
            says = calls.promises(Phrase.DEBT_APPLIED, Topic.MONEY, state.also)
            return Turn(now, says, (DebtHelpWanted(),))
        case Waiting.LANGUAGE if state.language:
            back = replace(rest, topic=state.topic)
            if state.topic:
                back = replace(back, waiting=Waiting.MORE_WORDS)
            if not agreed:
                return Turn(back, (Say(Phrase.ALL_RIGHT),))
            return speak(back, state.language)
    return Turn(rest, (Say(Phrase.ALL_RIGHT),))


def speak(state: State, language: str) -> Turn:
    """From now on in `language`."""
    say = Say(Phrase.LANGUAGE_SET, language=language)
    return Turn(replace(state, language=language, puzzled=0), (say,), (LanguageWanted(language),))


def step_answered(state: State) -> tuple[Event, ...]:
    """That the step which runs is answered, if it asks something else than how it goes."""
    is_other = state.waiting in (Waiting.CONTRACT, Waiting.STILL_WORKING)
    return (StepAnswered(state.question),) if is_other else ()


def running(state: State) -> Lapsed:
    """The yes-or-no question that runs."""
    return Lapsed(state.waiting, state.question, state.topic)


def _agreed(state: State, words: str) -> Turn | None:
    """Yes or no and nothing else, or the name of something that answers the question as well."""
    agreed = answers.yes_or_no(words)
    if agreed is not None:
        return yes_or_no(state, running(state), agreed)
    found = answers.check_in_answer(words, ANSWERS)
    if state.waiting is Waiting.SO_SO and found and found is not state.answer:
        return checked_in(state, found, state.check_in, late=True)  # on second thoughts
    if answers.answer_named(words) is Answer.JOB_LOST:
        if state.waiting is Waiting.STILL_WORKING:
            return yes_or_no(state, running(state), agreed=False)
        return calls.job_lost(let_go(state), step_answered(state))
    return None


def _late(state: State, words: str) -> Turn | None:
    """An answer to yesterday's question."""
    lapsed = state.lapsed
    agreed = answers.yes_or_no(words)
    if lapsed and agreed is not None:
        return yes_or_no(state, lapsed, agreed)
    if state.waiting is Waiting.MORE_WORDS and state.topic:
        return None
    found = answers.check_in_answer(words, ANSWERS)
    if found and state.check_in and found is not state.answer and not answers.is_thanks(words):
        return checked_in(state, found, state.check_in, late=True)
    return None


def _contract(state: State, rest: State, question: int, agreed: bool, *, words: bool) -> Turn:
    done: tuple[Event, ...] = (StepAnswered(question),)
    if agreed:
        events = (*done, HelpAsked(Topic.WORK, words=words))
        return calls.promise(rest, Topic.WORK, events=events)
    if state.then_check_in and state.waiting is Waiting.CONTRACT:
        # The same step, so the same number: what is pressed says which of the two it answers.
        now = replace(rest, waiting=Waiting.CHECK_IN, check_in=question, answer=None)
        say = Say(Phrase.CHECK_IN_ALSO, choices=HOW, numbered=True)
        return Turn(replace(now, then_check_in=False), (say,))
    return Turn(rest, (Say(Phrase.ALL_RIGHT),), done)


def _still_working(rest: State, question: int, working: bool, *, words: bool) -> Turn:
    done: tuple[Event, ...] = (StepAnswered(question), StillWorking(working))
    if working:
        return Turn(rest, (), (*done, TrackEnds()))
    return calls.job_lost(rest, done, words=words)


def _helped(rest: State, topic: Topic, agreed: bool, *, words: bool) -> Turn:
    events: tuple[Event, ...] = (Helped(topic, agreed),)
    if agreed:
        return Turn(rest, (Say(Phrase.HELPED_YES),), events, side_of(topic) if words else None)
    if words:
        events += (WordsAdded(topic),)
    now = replace(rest, waiting=Waiting.MORE_WORDS, topic=topic)
    return Turn(now, (Say(Phrase.HELPED_NO, promise=topic),), events, side_of(topic))


def _person(state: State, words: str) -> Turn | None:
    choices = tuple(Topic(one.value) for one in calls.PERSONS)
    topics = answers.topics(words, choices)
    named = answers.topic_named(words)
    topic = topics[0] if topics else named
    return calls.passed_on(state, topic) if topic else None


def _which_language(state: State, words: str, languages: tuple[str, ...]) -> Turn | None:
    number = answers.number(words)
    if number and number <= len(languages):
        return speak(let_go(state), languages[number - 1])
    code = language_named(words)
    return speak(let_go(state), code) if code in languages and code else None
