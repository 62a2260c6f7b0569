"""May this message still be said, and when? Asked right before sending, whatever was true when it
was queued (rules 1, 3 and 10)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.words import MessageKind, MessageStatus, Standing
from scheduler.calendar import next_allowed, spread_of
from storage.line import InLine
from storage.models import Message

ROUTINE_APART = timedelta(days=3)
OWN_ACCORD_A_DAY = 3
"""Rule 10: one routine message in three days, three of our own accord in a day."""

OWN_ACCORD = frozenset({MessageKind.INVITATION, MessageKind.ROUTINE, MessageKind.STAFF})

WRONG_PERSON = "wrong person"
"""Why a channel is closed whose telephone is somebody else's: that is confirmed, once."""

_DAY = timedelta(days=1)
_LOOK_BACK = timedelta(days=7)
"""No message of our own accord waits longer than this between being queued and sent."""

_MAY_GET: dict[MessageKind, frozenset[Standing]] = {
    MessageKind.INVITATION: frozenset({Standing.INVITED, Standing.LAPSED}),
    MessageKind.ROUTINE: frozenset({Standing.ACTIVE, Standing.COMPLETED}),
    MessageKind.STAFF: frozenset({Standing.ACTIVE, Standing.COMPLETED}),
    MessageKind.REPLY: frozenset(Standing) - {Standing.DECLINED, Standing.WITHDRAWN},
    MessageKind.CONFIRMATION: frozenset({Standing.DECLINED, Standing.WITHDRAWN}),
    MessageKind.DANGER: frozenset(Standing),
}
"""Rule 1: nothing before consent but the request for it, nothing after withdrawal but its
confirmation. The safety reply always goes."""

_SAID = (
    MessageStatus.SENDING,
    MessageStatus.SENT,
    MessageStatus.DELIVERED,
    MessageStatus.UNCERTAIN,
)


class OwnAccord:
    """By client, what was sent of our own accord lately."""

    def __init__(self) -> None:
        self._sent: dict[int, list[tuple[MessageKind, datetime]]] = {}

    def add(self, client_id: int, kind: MessageKind, moment: datetime) -> None:
        """A message of this kind went out at `moment`."""
        if kind in OWN_ACCORD:
            self._sent.setdefault(client_id, []).append((kind, moment))

    def of(self, client_id: int) -> list[tuple[MessageKind, datetime]]:
        """Kind and moment of what this client got."""
        return self._sent.get(client_id, [])


def verdict(message: InLine, now: datetime) -> tuple[MessageStatus, str | None] | None:
    """The final status and error of a message that may not be said any more; None: it may."""
    if message.expires_at <= now:
        return MessageStatus.EXPIRED, None
    is_last_word = (
        message.channel_stopped == WRONG_PERSON and message.kind is MessageKind.CONFIRMATION
    )
    if message.standing not in _MAY_GET[message.kind] and not is_last_word:
        return MessageStatus.CANCELLED, None
    is_danger = message.kind is MessageKind.DANGER
    if message.channel_stopped and not is_danger and not is_last_word:
        return MessageStatus.CANCELLED, message.channel_stopped
    if message.address is None:
        return MessageStatus.FAILED, "no address"
    return None


_SENT_LATELY = select(
    Message.client_id, Message.kind, func.coalesce(Message.sent_at, Message.not_before)
).where(
    Message.client_id.in_(bindparam("b_clients", expanding=True)),
    Message.at > bindparam("b_since", type_=Message.at.type),
    Message.kind.in_(OWN_ACCORD),
    Message.status.in_(_SAID),
)


async def own_accord(session: AsyncSession, messages: Sequence[InLine], now: datetime) -> OwnAccord:
    """What the clients of `messages` got of our own accord, as far as it matters for them."""
    found = OwnAccord()
    clients = {message.client_id for message in messages if message.kind in OWN_ACCORD}
    if clients:
        values = {"b_clients": list(clients), "b_since": now - ROUTINE_APART - _LOOK_BACK}
        for client_id, kind, moment in await session.execute(_SENT_LATELY, values):
            if kind:  # every message out has one
                found.add(client_id, kind, moment)
    return found


def first_moment(message: InLine, before: OwnAccord, now: datetime) -> datetime:
    """The first moment from `now` on at which `message` may go (rule 10)."""
    if message.kind not in OWN_ACCORD:
        return now
    earliest, sent = now, before.of(message.client_id)
    if message.kind is MessageKind.ROUTINE:
        routine = [moment for kind, moment in sent if kind is MessageKind.ROUTINE]
        earliest = max([now, *(moment + ROUTINE_APART for moment in routine)])
    today = sorted(moment for _, moment in sent if moment > now - _DAY)
    if len(today) >= OWN_ACCORD_A_DAY:
        earliest = max(earliest, today[-OWN_ACCORD_A_DAY] + _DAY)
    return next_allowed(earliest, message.hours, spread_of(message.client_id))
