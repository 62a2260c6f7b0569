"""Before consent: nothing but the request for it."""

from dataclasses import replace

from conversations.dialogue import first
from conversations.dialogue.asking import BOTH, NO, YES, asked, invite
from conversations.hearing import hear
from conversations.phrases import Phrase
from conversations.turns import (
    ConsentGiven,
    ConsentRefused,
    Context,
    Hello,
    Incoming,
    InvitationLapsed,
    LanguageWanted,
    NeedsReading,
    Press,
    Say,
    Silence,
    State,
    Text,
    Turn,
    Waiting,
    WrongPerson,
)
from conversations.understanding import answers
from conversations.wishes import Remark, Speak, wish_in
from conversations.words import Form, MessageKind, Side


def before(state: State, incoming: Incoming, context: Context) -> Turn:
    """What follows for somebody who has not said yes or no."""
    match incoming:
        case Silence():
            return _no_answer(state)
        case Hello():
            return invite(state, MessageKind.REPLY)
        case Text(words):
            agreed = answers.yes_or_no(words)
            if agreed is None:
                return _neither(state, words, context)
        case Press(question, value) if 0 < question <= state.question and value in (YES, NO):
            agreed = value == YES  # the reminder asks the same, so an older button will do
        case Press():
            return Turn(state)
        case _:
            return _puzzled(state)
    done = replace(state, waiting=Waiting.NOTHING, puzzled=0, reminded=False)
    if agreed:
        welcome = Phrase.WELCOME if context.form is Form.ACTIVE else Phrase.WELCOME_PASSIVE
        return Turn(done, (Say(welcome),), (ConsentGiven(),))
    return Turn(done, (Say(Phrase.REFUSED, MessageKind.CONFIRMATION),), (ConsentRefused(),))


def _no_answer(state: State) -> Turn:
    if state.reminded:
        return Turn(replace(state, waiting=Waiting.NOTHING), (), (InvitationLapsed(),))
    say = Say(Phrase.INVITATION_AGAIN, MessageKind.INVITATION, BOTH)
    return Turn(replace(asked(state, Waiting.CONSENT), reminded=True), (say,))


def _neither(state: State, words: str, context: Context) -> Turn:
    heard = hear(words, context.language)
    if heard.danger:
        return first.danger(state, heard.danger, context)
    if heard.stop:
        return first.stop(state, context)
    match wish_in(words, context.first_name):
        case Remark.WRONG_PERSON:
            say = Say(Phrase.WRONG_PERSON, MessageKind.CONFIRMATION)
            return Turn(replace(state, waiting=Waiting.NOTHING), (say,), (WrongPerson(),))
        case Speak(language) if language in context.languages and language != context.language:
            say = Say(Phrase.CONSENT_UNCLEAR, choices=BOTH, language=language)
            again = replace(state, question=state.question + 1)
            return Turn(again, (say,), (LanguageWanted(language),))
    return _puzzled(state)


def _puzzled(state: State) -> Turn:
    puzzled = replace(state, puzzled=min(state.puzzled + 1, 3))
    if state.puzzled == 0:
        say = Say(Phrase.CONSENT_UNCLEAR, choices=BOTH)
        again = replace(puzzled, question=state.question + 1)
        return Turn(again, (say,), side=Side.MUNICIPALITY)
    events = (NeedsReading(),) if state.puzzled == 1 else ()
    return Turn(puzzled, (), events, Side.MUNICIPALITY)
