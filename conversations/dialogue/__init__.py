"""The conversation: `respond(state, incoming, context) -> Turn`. Values in, values out.

The order is the order of importance: danger, the wish to stop, and only then what the
conversation was waiting for. What is not understood is answered once and then brought to a
person; a call for help ends at a desk or in a question, never in silence (rules 5, 1 and 6).
"""

from conversations.dialogue import afterwards, consent, first, track
from conversations.dialogue.asking import (
    check_in,
    closing_question,
    contract_end,
    helped,
    invite,
)
from conversations.safety import danger_in
from conversations.turns import Context, Incoming, State, Text, Turn
from conversations.understanding.stopping import is_stop
from conversations.words import Standing

__all__ = ["check_in", "closing_question", "contract_end", "helped", "invite", "respond"]


def respond(state: State, incoming: Incoming, context: Context) -> Turn:
    """What follows on `incoming` in `state`."""
    if isinstance(incoming, Text):
        kind = danger_in(incoming.words)
        if kind:
            return first.danger(state, kind, context)
        if context.stop_is_answered or is_stop(incoming.words):
            return first.stop(state, context)
    match context.standing:
        case Standing.INVITED | Standing.LAPSED:
            return consent.before(state, incoming, context)
        case Standing.ACTIVE:
            return track.during(state, incoming, context)
        case Standing.COMPLETED:
            return afterwards.completed(state, incoming, context)
        case Standing.DECLINED | Standing.WITHDRAWN:
            return afterwards.over(state, incoming, context)
