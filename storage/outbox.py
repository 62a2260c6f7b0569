"""What waits to be sent: claimed with a lease, sent outside any transaction, then settled.

`queued -> sending -> sent -> delivered | failed`, aside `uncertain`, `expired`, `cancelled`. One
stuck task once sent 2,016 copies to one patient (medic/cht-core#10802): a message is claimed by
one conditional UPDATE and counted per person. Status only moves forward (rule 4): each UPDATE
names the status that it moves from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import (
    Update,
    bindparam,
    func,
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
from storage.allowed import address_of, first_moment, own_accord, verdict
from storage.database import Database
from storage.line import QUEUED, SENDING, UNCERTAIN, next_in_line, waiting
from storage.models import CheckIn, Client, Message
from storage.pace import Pace, take

__all__ = [
    "LEASE",
    "Parcel",
    "Settled",
    "claim",
    "doubt",
    "expire",
    "orphaned",
    "reported",
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
        rows = await next_in_line(session, channel, now, tokens.count if tokens else limit, pace)
        before = await own_accord(session, [row.Message for row in rows], now)
        parcels: list[Parcel] = []
        unsaid: list[int] = []
        for message, client, standing, municipality in rows:
            end = verdict(message, client, standing, now)
            if end is not None:
                message.status, message.error = end
                unsaid.append(message.id)
                continue
            later = first_moment(message, client, municipality, before, now)
            if later > now:
                message.not_before = later
                continue
            if any(parcel.client_id == client.id for parcel in parcels):
                continue  # after the one before has been settled
            message.status, message.lease_until = MessageStatus.SENDING, now + LEASE
            message.attempts += 1
            before.add(message, now)
            parcels.append(_parcel(message, client, now))
        await _never_asked(session, unsaid)
        if tokens:
            tokens.use(len(parcels))
        return parcels


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
        await _never_asked(session, messages)
        return len(messages)


async def _never_asked(session: AsyncSession, messages: Sequence[int]) -> None:
    """A check-in whose message did not get out has expired with it (rule 3)."""
    if messages:
        steps = select(Message.check_in_id).where(Message.id.in_(messages))
        await session.execute(
            update(CheckIn)
            .where(CheckIn.id.in_(steps), CheckIn.status == CheckInStatus.ASKED)
            .values(status=CheckInStatus.EXPIRED)
            .execution_options(synchronize_session=False)
        )


def _parcel(message: Message, client: Client, claimed_at: datetime) -> Parcel:
    assert message.kind  # every message out has one, and an end
    assert message.expires_at
    return Parcel(
        id=message.id,
        client_id=client.id,
        channel=message.channel,
        address=address_of(client, message.channel) or "",
        text=message.text,
        buttons=tuple((label, data) for label, data in message.buttons or ()),
        kind=message.kind,
        attempts=message.attempts,
        claimed_at=claimed_at,
        expires_at=message.expires_at,
    )


@dataclass(frozen=True)
class Settled:
    """What became of a parcel. Back to `QUEUED`, it goes again at `again_at`."""

    id: int
    status: MessageStatus
    external_id: str | None = None
    error: str | None = None
    again_at: datetime | None = None


async def settle(database: Database, results: Iterable[Settled], now: datetime) -> None:
    """Write down what became of claimed messages. A callback that came first is not undone."""
    results = list(results)
    async with database.write() as session:
        for status, group in groupby(sorted(results, key=_status), key=_status):
            connection = await session.connection()
            await connection.execute(
                _settlement(status), [_settled_values(one, now) for one in group]
            )
        failed = [one.id for one in results if one.status is MessageStatus.FAILED]
        await _never_asked(session, failed)


def _status(result: Settled) -> MessageStatus:
    return result.status


def _settlement(status: MessageStatus) -> Update:
    """The UPDATE that moves a claimed message to `status`; run once for each of many. No value
    may be named like a column: it would be set."""
    values: dict[str, object] = {"status": status, "error": bindparam("b_why")}
    if status is not MessageStatus.UNCERTAIN:
        values["lease_until"] = None
    if status in (MessageStatus.SENT, MessageStatus.DELIVERED):
        values |= {"sent_at": bindparam("b_now"), "external_id": bindparam("b_provider_id")}
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
        rows = (
            await session.execute(
                select(Message, Client)
                .join(Client, Client.id == Message.client_id)
                .where(UNCERTAIN, Message.channel == channel)
                .order_by(Message.rank, Message.not_before, Message.id)
                .limit(limit)
            )
        ).all()
        found = []
        for message, client in rows:
            known = await session.scalars(
                select(Message.external_id).where(
                    Message.client_id == client.id,
                    Message.direction == Direction.OUT,
                    Message.external_id.is_not(None),
                )
            )
            claimed_at = (message.lease_until or message.at) - LEASE
            parcel = _parcel(message, client, claimed_at)
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


_FORWARD = {
    MessageStatus.SENT: (MessageStatus.SENDING, MessageStatus.UNCERTAIN),
    MessageStatus.DELIVERED: (
        MessageStatus.SENDING,
        MessageStatus.SENT,
        MessageStatus.UNCERTAIN,
    ),
    MessageStatus.FAILED: (MessageStatus.SENDING, MessageStatus.SENT, MessageStatus.UNCERTAIN),
}


async def reported(
    session: AsyncSession,
    message_id: int,
    status: MessageStatus,
    external_id: str,
    error: str | None,
    now: datetime,
    *,
    ends_step: bool = True,
) -> int | None:
    """A provider's later word on a message. Returns the client's id if it moved the status
    forward; a late, repeated or reversed callback changes nothing (rule 4). `ends_step`: the
    check-in that a failed message asked has expired with it."""
    values: dict[str, object] = {"status": status, "external_id": external_id, "error": error}
    if status is not MessageStatus.FAILED:
        values["sent_at"] = func.coalesce(Message.sent_at, now)
    client_id = await session.scalar(
        update(Message)
        .where(Message.id == message_id, Message.status.in_(_FORWARD[status]))
        .values(values | {"lease_until": None})
        .returning(Message.client_id)
        .execution_options(synchronize_session=False)
    )
    if client_id is not None and status is MessageStatus.FAILED and ends_step:
        await _never_asked(session, [message_id])
    return client_id
