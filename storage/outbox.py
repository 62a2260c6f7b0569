"""What waits to be sent: claimed with a lease, sent outside any transaction, then settled.

`queued -> sending -> sent -> delivered | failed`, aside `uncertain`, `expired`, `cancelled`. One
stuck task once sent 2,016 copies to one patient (medic/cht-core#10802): a message is claimed by
one conditional UPDATE and counted per person. Status only moves forward (rule 4): each UPDATE
names the status that it moves from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby

import structlog
from sqlalchemy import (
    Update,
    bindparam,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.words import (
    Channel,
    CheckInStatus,
    Direction,
    MessageKind,
    MessageStatus,
)
from storage.allowed import first_moment, own_accord, verdict
from storage.database import Database
from storage.encryption import Unreadable
from storage.line import (
    NEEDED,
    QUEUED,
    SENDING,
    UNCERTAIN,
    InLine,
    due,
    in_line,
    next_in_line,
    waiting,
)
from storage.models import CheckIn, Message
from storage.pace import Pace, take

log = structlog.get_logger()

__all__ = [
    "LEASE",
    "Parcel",
    "Settled",
    "claim",
    "doubt",
    "expire",
    "orphaned",
    "settle",
    "uncertain",
    "waiting",
]

LEASE = timedelta(seconds=90)
"""How long a sender may hold a message; longer than any provider's time-out."""


@dataclass(frozen=True)
class Parcel:
    """A claimed message on its way out; `claimed_at` bounds the look-up after a crash."""

    id: int
    client_id: int
    channel: Channel
    address: str
    text: str
    buttons: tuple[tuple[str, str], ...]
    kind: MessageKind
    attempts: int
    claimed_at: datetime
    expires_at: datetime


async def claim(
    database: Database, channel: Channel, now: datetime, limit: int, pace: Pace | None = None
) -> list[Parcel]:
    """Up to `limit` messages of `channel` that may go out at `now`, replies first, one a person.

    What is too late expires, what may not be said any more is cancelled, what is not allowed at
    this hour is put off; all of that is decided here, right before sending. `pace` holds over all
    processes.
    """
    async with database.write() as session:
        tokens = await take(session, channel, pace, limit, now) if pace else None
        most = tokens.count if tokens else limit
        try:
            rows = await next_in_line(session, channel, now, most, pace)
        except Unreadable:  # one that nobody can read holds up nobody else
            await _end_unreadable(session, channel, now)
            rows = await next_in_line(session, channel, now, most, pace)
        before = await own_accord(session, rows, now)
        parcels: dict[int, Parcel] = {}
        unsaid: list[dict[str, object]] = []
        put_off: list[dict[str, object]] = []
        for message in rows:
            end = verdict(message, now)
            if end is not None:
                unsaid.append({"b_which": message.id, "b_status": end[0], "b_why": end[1]})
                continue
            later = first_moment(message, before, now)
            if later > now:
                put_off.append({"b_which": message.id, "b_later": later})
            elif message.client_id not in parcels:  # else after the one before has been settled
                before.add(message.client_id, message.kind, now)
                parcels[message.client_id] = _parcel(message, now, message.attempts + 1)
        connection = await session.connection()
        if parcels:
            which = [one.id for one in parcels.values()]
            await connection.execute(_CLAIM, {"b_which": which, "b_lease": now + LEASE})
        for statement, values in ((_END, unsaid), (_PUT_OFF, put_off)):
            if values:
                await connection.execute(statement, values)
        await never_asked(session, [one["b_which"] for one in unsaid])
        if tokens:
            tokens.use(len(parcels))
        return list(parcels.values())


_ONE = update(Message).where(Message.id == bindparam("b_which"))
_END = _ONE.values(status=bindparam("b_status"), error=bindparam("b_why"))
_PUT_OFF = _ONE.values(not_before=bindparam("b_later"))
_CLAIM = (
    update(Message)
    .where(Message.id.in_(bindparam("b_which", expanding=True)), QUEUED)
    .values(
        status=MessageStatus.SENDING,
        lease_until=bindparam("b_lease"),
        attempts=Message.attempts + 1,
    )
)


async def _end_unreadable(session: AsyncSession, channel: Channel, now: datetime) -> None:
    """Fail what is due and was changed on the disk."""
    ends = []
    for message_id in await due(session, channel, now):
        try:
            (await session.execute(NEEDED.where(Message.id == message_id))).all()
        except Unreadable:
            log.error("message cannot be read", message=message_id)
            ends.append(
                {"b_which": message_id, "b_status": MessageStatus.FAILED, "b_why": "unreadable"}
            )
    if ends:
        await (await session.connection()).execute(_END, ends)
    await never_asked(session, [one["b_which"] for one in ends])


async def expire(database: Database, now: datetime) -> int:
    """End what waited too long, also where no channel would have taken it. Returns how many."""
    async with database.write() as session:
        ended = await session.scalars(
            update(Message)
            .where(QUEUED, Message.expires_at <= now)
            .values(status=MessageStatus.EXPIRED)
            .returning(Message.id)
            .execution_options(synchronize_session=False)
        )
        messages = ended.all()
        await never_asked(session, messages)
        return len(messages)


async def never_asked(session: AsyncSession, messages: Sequence[object]) -> None:
    """A check-in whose message did not get out has expired with it (rule 3)."""
    if messages:
        steps = select(Message.check_in_id).where(Message.id.in_(messages))
        await session.execute(
            update(CheckIn)
            .where(CheckIn.id.in_(steps), CheckIn.status == CheckInStatus.ASKED)
            .values(status=CheckInStatus.EXPIRED)
            .execution_options(synchronize_session=False)
        )


def _parcel(message: InLine, claimed_at: datetime, attempts: int) -> Parcel:
    return Parcel(
        id=message.id,
        client_id=message.client_id,
        channel=message.channel,
        address=message.address or "",
        text=message.text,
        buttons=message.buttons,
        kind=message.kind,
        attempts=attempts,
        claimed_at=claimed_at,
        expires_at=message.expires_at,
    )


@dataclass(frozen=True)
class Settled:
    """What became of a parcel. Back to `QUEUED`, it goes again at `again_at`; `SENT`, the provider
    is asked at `fate_at` what became of it, if it has not said."""

    id: int
    status: MessageStatus
    external_id: str | None = None
    error: str | None = None
    again_at: datetime | None = None
    fate_at: datetime | None = None


async def settle(database: Database, results: Iterable[Settled], now: datetime) -> None:
    """Write down what became of claimed messages. A callback that came first is not undone."""
    results = list(results)
    async with database.write() as session:
        connection = await session.connection()
        for status, group in groupby(sorted(results, key=_status), key=_status):
            await connection.execute(
                _settlement(status), [_settled_values(one, now) for one in group]
            )
        failed = [one.id for one in results if one.status is MessageStatus.FAILED]
        await never_asked(session, failed)


def _status(result: Settled) -> MessageStatus:
    return result.status


@cache
def _settlement(status: MessageStatus) -> Update:
    """The UPDATE that moves a claimed message to `status`; run once for each of many. No value
    may be named like a column: it would be set."""
    values: dict[str, object] = {"status": status, "error": bindparam("b_why")}
    if status is not MessageStatus.UNCERTAIN:
        values["lease_until"] = None
    if status in (MessageStatus.SENT, MessageStatus.DELIVERED):
        values |= {"sent_at": bindparam("b_now"), "external_id": bindparam("b_provider_id")}
    if status is MessageStatus.SENT:
        values["fate_at"] = bindparam("b_fate")
    if status is MessageStatus.QUEUED:
        values["not_before"] = bindparam("b_again")
    which = Message.id == bindparam("b_which")
    return update(Message).where(which, or_(SENDING, UNCERTAIN)).values(values)


def _settled_values(result: Settled, now: datetime) -> dict[str, object]:
    return {
        "b_which": result.id,
        "b_why": result.error,
        "b_now": now,
        "b_provider_id": result.external_id,
        "b_again": result.again_at,
        "b_fate": result.fate_at,
    }


async def doubt(database: Database, channel: Channel, now: datetime) -> int:
    """Messages whose sender died are `uncertain` from here on. Returns how many."""
    async with database.write() as session:
        moved = await session.scalars(
            update(Message)
            .where(SENDING, Message.channel == channel, Message.lease_until <= now)
            .values(status=MessageStatus.UNCERTAIN)
            .returning(Message.id)
            .execution_options(synchronize_session=False)
        )
        return len(moved.all())


async def uncertain(
    database: Database, channel: Channel, limit: int
) -> list[tuple[Parcel, frozenset[str]]]:
    """Uncertain messages of a channel that can look up, each with the provider's ids that we
    know of that client."""
    async with database.read() as session:
        doubtful = NEEDED.where(UNCERTAIN, Message.channel == channel).limit(limit)
        found = []
        for row in (await session.execute(doubtful)).all():
            message = in_line(row)
            known = await session.scalars(
                select(Message.external_id).where(
                    Message.client_id == message.client_id,
                    Message.direction == Direction.OUT,
                    Message.external_id.is_not(None),
                )
            )
            parcel = _parcel(message, row.lease_until - LEASE, message.attempts)
            found.append((parcel, frozenset(one for one in known if one)))
        return found


async def orphaned(database: Database) -> None:
    """At the start of the only sender: whatever is in hand was in the hand of one that died."""
    async with database.write() as session:
        await session.execute(
            update(Message)
            .where(SENDING)
            .values(status=MessageStatus.UNCERTAIN)
            .execution_options(synchronize_session=False)
        )
