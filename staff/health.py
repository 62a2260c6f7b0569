"""How the channels and the mail are doing, as counts: an administrator sees no persons."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, literal_column, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import N_
from conversations.words import Channel, Direction, MessageStatus, NoticeStatus
from storage.line import QUEUED
from storage.models import Message, Notice

LOOK_BACK = timedelta(days=7)
LATE = timedelta(minutes=15)
"""A message whose time has come waits no longer than this when all is well."""

_NEWEST = 5_000
"""Among so many messages the last that arrived is looked for."""
# In words that the partial indexes are known by.
_UNDELIVERED: ColumnElement[bool] = literal_column(
    "message.status IN ('failed', 'expired', 'uncertain')"
)
_SET_ASIDE: ColumnElement[bool] = literal_column("message.status = 'set_aside'")
_WAITING_NOTICE = text("notice.status IN ('queued', 'sending')")


@dataclass(frozen=True)
class Trouble:
    """Messages that ended alike: how, the provider's word, how many, the last when."""

    status: MessageStatus
    error: str | None
    count: int
    last: datetime


@dataclass
class ChannelHealth:
    """One channel. `waiting`: messages whose time has come; `oldest`: since when the first does."""

    channel: Channel
    is_on: bool
    last: datetime | None = None
    waiting: int = 0
    oldest: datetime | None = None
    troubles: list[Trouble] = field(default_factory=list)

    def is_stuck(self, now: datetime) -> bool:
        """Whether messages wait longer than they should."""
        return self.oldest is not None and now - self.oldest > LATE


@dataclass(frozen=True)
class MailHealth:
    """Notices: the last that went out, how many wait, since when, and how many were refused so
    far or were never taken in the last days."""

    last: datetime | None
    waiting: int
    oldest: datetime | None
    refused: int
    lost: int

    def is_stuck(self, now: datetime) -> bool:
        """Whether the mail does not take what we give it."""
        return self.refused > 0 or (self.oldest is not None and now - self.oldest > LATE)


async def channels(
    session: AsyncSession, on: Collection[Channel], now: datetime
) -> list[ChannelHealth]:
    """Each channel. Four queries."""
    found = {one.channel: one for one in await waiting(session, on, now)}
    newest = (
        select(Message.channel, Message.status, Message.sent_at)
        .where(Message.direction == Direction.OUT)
        .order_by(Message.id.desc())
        .limit(_NEWEST)
        .subquery()
    )
    arrived = newest.c.status.in_([MessageStatus.SENT, MessageStatus.DELIVERED])
    for channel, last in await session.execute(
        select(newest.c.channel, func.max(newest.c.sent_at))
        .where(arrived)
        .group_by(newest.c.channel)
    ):
        found[channel].last = last
    for which in (_UNDELIVERED, _SET_ASIDE):
        for channel, trouble in await _troubles(session, which, now):
            found[channel].troubles.append(trouble)
    for one in found.values():
        one.troubles.sort(key=lambda trouble: -trouble.count)
    return list(found.values())


async def waiting(
    session: AsyncSession, on: Collection[Channel], now: datetime
) -> list[ChannelHealth]:
    """Of each channel only what waits. One query."""
    found = {one: ChannelHealth(one, one in on) for one in Channel}
    for channel, count, oldest in await session.execute(
        select(Message.channel, func.count(), func.min(Message.not_before))
        .where(QUEUED, Message.not_before <= now)
        .group_by(Message.channel)
    ):
        found[channel].waiting, found[channel].oldest = count, oldest
    return list(found.values())


async def mail(session: AsyncSession, now: datetime) -> MailHealth:
    """The notices to desks and colleagues by mail. Three queries."""
    by_mail = Notice.address_id.is_(None)
    last = await session.scalar(
        select(Notice.sent_at)
        .where(by_mail, Notice.status == NoticeStatus.SENT)
        .order_by(Notice.id.desc())
        .limit(1)
    )
    waiting, oldest, refused = (
        await session.execute(
            select(
                func.count(),
                func.min(Notice.at),
                func.count().filter(Notice.attempts > 0, Notice.status == NoticeStatus.QUEUED),
            ).where(_WAITING_NOTICE, by_mail, or_(Notice.not_before <= now, Notice.attempts > 0))
        )
    ).one()
    lost = await session.scalar(
        select(func.count()).where(
            by_mail, Notice.status == NoticeStatus.FAILED, Notice.at >= now - 2 * LOOK_BACK
        )
    )
    return MailHealth(last, waiting, oldest, refused, lost or 0)


async def _troubles(
    session: AsyncSession, which: ColumnElement[bool], now: datetime
) -> list[tuple[Channel, Trouble]]:
    rows = await session.execute(
        select(Message.channel, Message.status, Message.error, func.count(), func.max(Message.at))
        .where(which, Message.at >= now - LOOK_BACK)
        .group_by(Message.channel, Message.status, Message.error)
    )
    return [
        (channel, Trouble(status, error, count, last))
        for channel, status, error, count, last in rows
    ]


_STATUS = {
    MessageStatus.EXPIRED: (
        N_("Waited too long, and is too late now."),
        N_("Nothing to do for these. If many: was the channel or the program off?"),
    ),
    MessageStatus.UNCERTAIN: (
        N_("Perhaps sent: the connection broke at that moment. It is not sent twice."),
        N_("Nothing. The person's file shows it; a colleague can ask."),
    ),
    MessageStatus.SET_ASIDE: (
        N_("Written by a participant, and the program could not handle it."),
        N_("The team sees it in the file and reads it. Tell the supplier of the program."),
    ),
    MessageStatus.FAILED: (
        N_("Refused by the provider."),
        N_("Ask the provider what this code means."),
    ),
}
_SETTINGS = (
    N_("The provider refuses our settings."),
    N_("Look at the sender and the account at the provider; nothing goes out until it is mended."),
)
_ACCOUNT = (
    N_("The provider does not know our account or key."),
    N_("Give whoever keeps the server the right key; the messages go out after that."),
)
_NOT_MOBILE = (
    N_("This number does not exist or takes no SMS."),
    N_("The team got a notice: ask the person for another number."),
)
_NETWORK = (
    N_("The provider could not be reached."),
    N_("It is tried again by itself. If it lasts: ask whoever keeps the server."),
)
_BLOCKED = (
    N_("The person blocked our messages at the provider."),
    N_("Respect it. The team got a notice."),
)
_ERRORS = {
    "no address": (
        N_("The person has no number or chat for this channel."),
        N_("The team can add a number or make a new link in the file."),
    ),
    "telegram Forbidden": _BLOCKED,
    "telegram InvalidToken": _ACCOUNT,
    **dict.fromkeys(("twilio 21610",), _BLOCKED),
    **dict.fromkeys(
        (f"twilio {code}" for code in (21211, 21614, 21635, 30004, 30005, 30006)), _NOT_MOBILE
    ),
    "twilio 30003": (
        N_("The telephone was off or out of reach, also later."),
        N_("Nothing at once. If it lasts, the team gets a notice."),
    ),
    "twilio 30007": (
        N_("The telephone company takes our messages for advertising."),
        N_("Tell the provider at once: this hits everybody."),
    ),
    **dict.fromkeys(
        (
            f"twilio {code}"
            for code in (21408, 21603, 21606, 21609, 21212, 21659, 21660, 21701, 21703, 21705)
        ),
        _SETTINGS,
    ),
    **dict.fromkeys(("twilio 401", "twilio 403", "twilio 20003"), _ACCOUNT),
}


def explained(trouble: Trouble) -> tuple[str, str]:
    """What it means, and what to do: two msgids."""
    if trouble.error in _ERRORS:
        return _ERRORS[trouble.error]
    if trouble.error and trouble.status is MessageStatus.FAILED and trouble.error[-1].isalpha():
        return _NETWORK
    return _STATUS[trouble.status]
