"""May this message still be said, and when? Asked right before sending, whatever was true when it
was queued (rules 1, 3 and 10)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.words import Channel, MessageKind, MessageStatus, Standing
from scheduler.calendar import next_allowed, spread_of
from storage.models import Client, Message, Municipality

ROUTINE_APART = timedelta(days=3)
OWN_ACCORD_A_DAY = 3
"""Rule 10: one routine message in three days, three of our own accord in a day."""

OWN_ACCORD = frozenset({MessageKind.INVITATION, MessageKind.ROUTINE})

_DAY = timedelta(days=1)
_LOOK_BACK = timedelta(days=7)
"""No message of our own accord waits longer than this between being queued and sent."""

_MAY_GET: dict[MessageKind, frozenset[Standing]] = {
    MessageKind.INVITATION: frozenset({Standing.INVITED, Standing.LAPSED}),
    MessageKind.ROUTINE: frozenset({Standing.ACTIVE, Standing.COMPLETED}),
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

    def add(self, message: Message, moment: datetime) -> None:
        """`message` went out at `moment`."""
        if message.kind in OWN_ACCORD:
            self._sent.setdefault(message.client_id, []).append((message.kind, moment))

    def of(self, client_id: int) -> list[tuple[MessageKind, datetime]]:
        """Kind and moment of what this client got."""
        return self._sent.get(client_id, [])


def address_of(client: Client, channel: Channel) -> str | None:
    """The number or chat at which `channel` reaches the client."""
    return client.number if channel is Channel.SMS else client.chat


def verdict(
    message: Message, client: Client, standing: Standing, now: datetime
) -> tuple[MessageStatus, str | None] | None:
    """The final status and error of a message that may not be said any more; None: it may."""
    assert message.kind  # every message out has one, and an end
    assert message.expires_at
    if message.expires_at <= now:
        return MessageStatus.EXPIRED, None
    if standing not in _MAY_GET[message.kind]:
        return MessageStatus.CANCELLED, None
    if client.channel_stopped and message.kind is not MessageKind.DANGER:
        return MessageStatus.CANCELLED, client.channel_stopped
    if address_of(client, message.channel) is None:
        return MessageStatus.FAILED, "no address"
    return None


async def own_accord(
    session: AsyncSession, messages: Sequence[Message], now: datetime
) -> OwnAccord:
    """What the clients of `messages` got of our own accord, as far as it matters for them."""
    found = OwnAccord()
    clients = {message.client_id for message in messages if message.kind in OWN_ACCORD}
    if clients:
        rows = await session.execute(
            select(Message, func.coalesce(Message.sent_at, Message.at)).where(
                Message.client_id.in_(clients),
                Message.at > now - ROUTINE_APART - _LOOK_BACK,
                Message.kind.in_(OWN_ACCORD),
                Message.status.in_(_SAID),
            )
        )
        for message, moment in rows:
            found.add(message, moment)
    return found


def first_moment(
    message: Message, client: Client, place: Municipality, before: OwnAccord, now: datetime
) -> datetime:
    """The first moment from `now` on at which `message` may go (rule 10)."""
    if message.kind not in OWN_ACCORD:
        return now
    earliest, sent = now, before.of(client.id)
    if message.kind is MessageKind.ROUTINE:
        routine = [moment for kind, moment in sent if kind is MessageKind.ROUTINE]
        earliest = max([now, *(moment + ROUTINE_APART for moment in routine)])
    today = sorted(moment for _, moment in sent if moment > now - _DAY)
    if len(today) >= OWN_ACCORD_A_DAY:
        earliest = max(earliest, today[-OWN_ACCORD_A_DAY] + _DAY)
    return next_allowed(earliest, place.hours, spread_of(client.id))
