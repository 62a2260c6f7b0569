"""A conversation of the tests, from a check-in on."""

from conversations import dialogue
from conversations.dialogue import respond
from conversations.phrases import Phrase
from conversations.turns import Context, Incoming, State, Turn
from conversations.words import Standing

ACTIVE = Context(Standing.ACTIVE)
INVITED = Context(Standing.INVITED)


def said(turn: Turn) -> list[Phrase]:
    """What is said, by name."""
    return [say.phrase for say in turn.says]


def after_check_in() -> State:
    """The first check-in was asked; its question is the second."""
    return dialogue.check_in(State(question=1)).state


def after(*incoming: Incoming, start: State | None = None) -> Turn:
    """The last turn of a conversation during the track, from a check-in on."""
    turn = Turn(start or after_check_in())
    for one in incoming:
        turn = respond(turn.state, one, ACTIVE)
    return turn
