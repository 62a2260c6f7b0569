"""What people want of the bot itself: not now, another language, only when I write."""

from dataclasses import replace

from conversations.dialogue.answering import speak
from conversations.dialogue.asking import BOTH, asked, let_go
from conversations.phrases import Phrase
from conversations.turns import (
    TELLING,
    Choice,
    Context,
    FormWanted,
    PauseWanted,
    Say,
    State,
    Turn,
    Waiting,
    WrongPerson,
)
from conversations.wishes import OWN_NAMES, Change, Pause, Remark, Speak, Wish
from conversations.words import Form, MessageKind


def wished(state: State, wish: Wish, context: Context) -> Turn | None:
    """What follows on `wish`; None when it makes no sense here. Somebody who is telling what is
    wrong is not led away from it."""
    if state.waiting in TELLING and isinstance(wish, Pause | Change):
        return None
    match wish:
        case Pause(days) if context.form is Form.ACTIVE:
            return Turn(let_go(state), (), (PauseWanted(days),))
        case Change(form):
            phrase = Phrase.FORM_ACTIVE if form is Form.ACTIVE else Phrase.FORM_PASSIVE
            events = () if form is context.form else (FormWanted(form),)
            return Turn(let_go(state), (Say(phrase),), events)
        case Speak(language) if language != context.language:
            if language in context.languages and language:
                return speak(state, language)
            return None if state.waiting in TELLING else _which(state, context)
        case Remark.GREETING:
            return Turn(state, (Say(Phrase.HELLO),))
        case Remark.ABUSE:
            return Turn(state, (Say(Phrase.ABUSE),))
        case Remark.WRONG_PERSON:
            say = Say(Phrase.WRONG_PERSON, MessageKind.CONFIRMATION)
            return Turn(let_go(state), (say,), (WrongPerson(),))
    return None


def offered(turn: Turn, language: str, context: Context) -> Turn:
    """`turn`, and the offer to go on in `language` if that is what the person writes; never
    imposed, once for each language, and not in the middle of something."""
    state = turn.state
    free = state.waiting in (Waiting.NOTHING, Waiting.MORE_WORDS)
    known = language in (context.language, state.language) or language not in context.languages
    if not free or known:
        return turn
    now = replace(asked(state, Waiting.LANGUAGE), language=language, puzzled=state.puzzled)
    offer = Say(Phrase.LANGUAGE_OFFER, choices=BOTH, language=language)
    return replace(turn, state=now, says=(*turn.says, offer))


def _which(state: State, context: Context) -> Turn:
    """The languages, each by its own name."""
    choices = tuple(Choice(code, OWN_NAMES.get(code, code)) for code in context.languages)
    say = Say(Phrase.LANGUAGE_WHICH, choices=choices, numbered=True)
    return Turn(asked(state, Waiting.WHICH_LANGUAGE), (say,))
