"""Who is next in line in the outbox: one query for what is due, built once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, and_, bindparam, exists, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from conversations.words import Channel, MessageKind, MessageStatus, Standing
from scheduler.calendar import Hours
from storage.database import Database
from storage.models import Client, Enrolment, Message, Municipality
from storage.pace import Pace

# In words that the partial index is known by.
WAITING = "message.status IN ('queued', 'sending', 'uncertain')"
QUEUED = text(f"{WAITING} AND message.status = 'queued'")
SENDING = text(f"{WAITING} AND message.status = 'sending'")
UNCERTAIN = text(f"{WAITING} AND message.status = 'uncertain'")

_CLOCKS_DIFFER = timedelta(minutes=1)
"""What was sent later than this from now was sent before the clock was set back: it holds up
nobody."""

_LONGEST_UNDER_WAY = timedelta(days=10)
"""No message waits longer than this between being queued and sent."""


_by_now = bindparam("b_now", type_=Message.at.type)
_TO_DO = (
    select(Message.status)
    .where(
        text(WAITING),
        Message.channel == bindparam("b_channel", type_=Message.channel.type),
        or_(
            and_(QUEUED, Message.not_before <= _by_now),
            and_(SENDING, Message.lease_until <= _by_now),
            UNCERTAIN,
        ),
    )
    .distinct()
)


async def waiting(database: Database, channel: Channel, now: datetime) -> set[MessageStatus]:
    """What there is to do for `channel` at `now`: messages to send, or in doubt. One query."""
    async with database.read() as session:
        return set(await session.scalars(_TO_DO, {"b_channel": channel, "b_now": now}))


@dataclass(frozen=True)
class InLine:
    """A message that is next, with what must be known to let it go."""

    id: int
    client_id: int
    channel: Channel
    kind: MessageKind
    text: str
    buttons: tuple[tuple[str, str], ...]
    attempts: int
    expires_at: datetime
    address: str | None
    channel_stopped: str | None
    standing: Standing
    hours: Hours


async def next_in_line(
    session: AsyncSession, channel: Channel, now: datetime, limit: int, pace: Pace | None
) -> list[InLine]:
    """What is due, but not to a person who has a message under way or just got one."""
    values = {
        "b_channel": channel,
        "b_now": now,
        "b_limit": limit,
        "b_apart": now - (pace.apart if pace else timedelta()),
        "b_soon": now + _CLOCKS_DIFFER,
        "b_long_ago": now - _LONGEST_UNDER_WAY,
    }
    return [in_line(row) for row in await session.execute(_NEXT_IN_LINE, values)]


async def due(session: AsyncSession, channel: Channel, now: datetime) -> list[int]:
    """The ids of all that may go at `now`, whether or not it can be read."""
    rows = await session.scalars(
        select(Message.id).where(QUEUED, Message.channel == channel, Message.not_before <= now)
    )
    return list(rows)


def in_line(row: Row[*tuple[Any, ...]]) -> InLine:
    """A row of `NEEDED`."""
    return InLine(
        id=row.id,
        client_id=row.client_id,
        channel=row.channel,
        kind=row.kind,
        text=row.text,
        buttons=tuple((label, data) for label, data in row.buttons or ()),
        attempts=row.attempts,
        expires_at=row.expires_at,
        address=row.number if row.channel is Channel.SMS else row.chat,
        channel_stopped=row.channel_stopped,
        standing=row.standing,
        hours=row.Municipality.hours,
    )


_SETTLED_BY_LOOK_UP = (Channel.SMS,)  # elsewhere doubt is for ever, and holds up nothing
_before = aliased(Message)
_busy = (
    exists()
    .where(
        _before.client_id == Message.client_id,
        _before.at > bindparam("b_long_ago", type_=Message.at.type),
        or_(
            _before.status == MessageStatus.SENDING,
            and_(  # tried, and to be tried again: what came later stays behind it
                _before.id < Message.id,
                or_(
                    and_(_before.status == MessageStatus.QUEUED, _before.attempts > 0),
                    and_(
                        _before.status == MessageStatus.UNCERTAIN,
                        _before.channel.in_(_SETTLED_BY_LOOK_UP),
                    ),
                ),
            ),
            and_(
                _before.sent_at > bindparam("b_apart", type_=Message.at.type),
                _before.sent_at <= bindparam("b_soon", type_=Message.at.type),
            ),
        ),
    )
    .correlate(Message)
)
NEEDED = (
    select(
        Message.id,
        Message.client_id,
        Message.channel,
        Message.kind,
        Message.text,
        Message.buttons,
        Message.attempts,
        Message.expires_at,
        Message.lease_until,
        Client.number,
        Client.chat,
        Client.channel_stopped,
        Enrolment.standing,
        Municipality,
    )
    .join(Client, Client.id == Message.client_id)
    .join(Enrolment, Enrolment.id == Message.enrolment_id)
    .join(Municipality, Municipality.id == Enrolment.municipality_id)
    .order_by(Message.rank, Message.not_before, Message.id)
)
"""What must be known of messages to let them go, the first in line first."""

_NEXT_IN_LINE = (  # built once: it runs at every turn of every sender
    NEEDED.where(
        QUEUED,
        Message.channel == bindparam("b_channel", type_=Message.channel.type),
        Message.not_before <= _by_now,
        or_(~_busy, Message.kind == MessageKind.DANGER),
    )
    .limit(bindparam("b_limit", type_=Integer))
    .with_for_update(of=[Message, Client], skip_locked=True)
)
