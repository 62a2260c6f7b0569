"""Who is next in line in the outbox: one query for what is due, built once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Integer, Row, and_, bindparam, exists, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from conversations.words import Channel, MessageKind, MessageStatus, Standing
from storage.database import Database
from storage.models import Client, Enrolment, Message, Municipality
from storage.pace import Pace

# In words that the partial index is known by.
WAITING = "message.status IN ('queued', 'sending', 'uncertain')"
QUEUED = text(f"{WAITING} AND message.status = 'queued'")
SENDING = text(f"{WAITING} AND message.status = 'sending'")
UNCERTAIN = text(f"{WAITING} AND message.status = 'uncertain'")

_LONGEST_UNDER_WAY = timedelta(days=10)
"""No message waits longer than this between being queued and sent."""


async def waiting(database: Database, channel: Channel, now: datetime) -> set[MessageStatus]:
    """What there is to do for `channel` at `now`: messages to send, or in doubt. One query."""
    async with database.read() as session:
        found = await session.scalars(
            select(Message.status)
            .where(
                text(WAITING),
                Message.channel == channel,
                or_(
                    and_(QUEUED, Message.not_before <= now),
                    and_(SENDING, Message.lease_until <= now),
                    UNCERTAIN,
                ),
            )
            .distinct()
        )
        return set(found)


async def next_in_line(
    session: AsyncSession, channel: Channel, now: datetime, limit: int, pace: Pace | None
) -> Sequence[Row[Message, Client, Standing, Municipality]]:
    """What is due, but not to a person who has a message under way or just got one."""
    values = {
        "b_channel": channel,
        "b_now": now,
        "b_limit": limit,
        "b_apart": now - (pace.apart if pace else timedelta()),
        "b_long_ago": now - _LONGEST_UNDER_WAY,
    }
    return (await session.execute(_NEXT_IN_LINE, values)).all()


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
            _before.sent_at > bindparam("b_apart", type_=Message.at.type),
        ),
    )
    .correlate(Message)
)
_NEXT_IN_LINE = (  # built once: it runs at every turn of every sender
    select(Message, Client, Enrolment.standing, Municipality)
    .join(Client, Client.id == Message.client_id)
    .join(Enrolment, Enrolment.id == Message.enrolment_id)
    .join(Municipality, Municipality.id == Enrolment.municipality_id)
    .where(
        QUEUED,
        Message.channel == bindparam("b_channel", type_=Message.channel.type),
        Message.not_before <= bindparam("b_now", type_=Message.at.type),
        or_(~_busy, Message.kind == MessageKind.DANGER),
    )
    .order_by(Message.rank, Message.not_before, Message.id)
    .limit(bindparam("b_limit", type_=Integer))
    .with_for_update(of=[Message, Client], skip_locked=True)
)
