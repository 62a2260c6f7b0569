"""How fast a channel may be used, by all processes together.

The tokens of a channel are a row: whoever claims messages takes them in the same transaction.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.words import Channel
from storage.models import ChannelPace


@dataclass(frozen=True)
class Pace:
    """At most `per_second` messages in all, and to one person one message each `apart`."""

    per_second: float
    apart: timedelta = timedelta()


async def take(
    session: AsyncSession, channel: Channel, pace: Pace, wanted: int, now: datetime
) -> "Tokens":
    """The tokens of `channel`, locked until the end of the transaction; at most `wanted`."""
    mine = select(ChannelPace).where(ChannelPace.channel == channel).with_for_update()
    row = await session.scalar(mine)
    if row is None:
        with suppress(IntegrityError):  # another process was first
            async with session.begin_nested():
                session.add(ChannelPace(channel=channel, tokens=pace.per_second, at=now))
        row = (await session.scalars(mine)).one()
    passed = max(0.0, (now - row.at).total_seconds())
    row.tokens = min(pace.per_second, row.tokens + passed * pace.per_second)
    row.at = now
    return Tokens(row, min(wanted, int(row.tokens)))


class Tokens:
    """What may be used now."""

    def __init__(self, row: ChannelPace, count: int) -> None:
        self._row = row
        self.count = count

    def use(self, count: int) -> None:
        """`count` messages go out."""
        self._row.tokens -= count
