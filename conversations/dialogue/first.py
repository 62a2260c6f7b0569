"""What comes before everything else: danger (rule 5), and the wish to stop (rule 1)."""

from dataclasses import replace

from conversations.phrases import Phrase
from conversations.safety import DangerKind
from conversations.topics import side_of
from conversations.turns import (
    ConsentRefused,
    Context,
    Danger,
    Event,
    OptedOut,
    Say,
    State,
    Turn,
    Waiting,
)
from conversations.words import MessageKind, Standing, Topic

_REPLY = {
    DangerKind.SUICIDE: Phrase.DANGER_SUICIDE,
    DangerKind.VIOLENCE: Phrase.DANGER_VIOLENCE,
    DangerKind.EMERGENCY: Phrase.DANGER_EMERGENCY,
}


def danger(state: State, kind: DangerKind, context: Context) -> Turn:
    """The fixed reply, whatever was asked."""
    say = Say(_REPLY[kind], MessageKind.DANGER, promise=Topic.DANGER)
    told = replace(state, puzzled=0)
    if context.standing is not Standing.INVITED:  # else the request for consent stays open
        told = replace(
            told,
            waiting=Waiting.MORE_WORDS,
            topic=Topic.DANGER,
            also=None,
            told=False,
            reminded=False,
            silent=0,
        )
    return Turn(told, (say,), (Danger(kind),), side_of(Topic.DANGER))


def stop(state: State, context: Context) -> Turn:
    """No more messages, from now on."""
    stopped = State(question=state.question, check_in=state.check_in)
    if context.standing in (Standing.DECLINED, Standing.WITHDRAWN):
        return Turn(replace(state, waiting=Waiting.NOTHING, topic=None, puzzled=0))
    if context.standing in (Standing.INVITED, Standing.LAPSED):
        event: Event = ConsentRefused()
    else:
        event = OptedOut()
    if context.stop_is_answered:
        return Turn(stopped, (), (event,))
    return Turn(stopped, (Say(Phrase.STOPPED, MessageKind.CONFIRMATION),), (event,))
