"""What was lost, and what came twice? The database held against what the providers saw."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.street import Somebody
from conversations.phrases import Phrase
from conversations.words import (
    Channel,
    CheckInStatus,
    Direction,
    MessageKind,
    MessageStatus,
)
from scheduler.taper import SEND_WITHIN
from storage.models import CheckIn, Client, Enrolment, Message
from tests.providers.server import Sent

_SENT = (MessageStatus.SENT, MessageStatus.DELIVERED)


@dataclass
class Account:
    """The figures of one channel. `arrived` are those `uncertain` that did come to the provider;
    `why` says what kinds of losses and duplicates there were."""

    received: int = 0
    sent: int = 0
    lost: int = 0
    duplicates: int = 0
    uncertain: int = 0
    arrived: int = 0
    why: Counter[str] = field(default_factory=Counter)

    def lose(self, why: str, count: int = 1) -> None:
        """Something is not there."""
        if count > 0:
            self.lost += count
            self.why[f"lost: {why}"] += count

    def repeat(self, why: str, count: int = 1) -> None:
        """Something is there too often."""
        if count > 0:
            self.duplicates += count
            self.why[f"twice: {why}"] += count


async def balance(
    session: AsyncSession,
    people: Sequence[Somebody],
    at_provider: Mapping[Channel, Sequence[Sent]],
    now: datetime,
) -> dict[Channel, Account]:
    """The accounts of both channels, when all has come to rest."""
    accounts = {channel: Account() for channel in Channel}
    for channel, account in accounts.items():
        wrote = [taken for one in people if one.channel is channel for taken in one.took]
        await _received(session, account, channel, wrote)
        await _sent(session, account, channel, at_provider[channel])
    await _answered(session, accounts)
    await _asked(session, accounts, now)
    return accounts


async def _received(
    session: AsyncSession, account: Account, channel: Channel, wrote: Iterable[str]
) -> None:
    """All that we said to have, once."""
    kept = await received(session, channel)
    account.received = len(kept)
    taken = set(wrote)
    account.lose("in, not kept", len(taken - kept.keys()))
    account.lose("in, set aside", sum(one is not MessageStatus.HANDLED for one in kept.values()))
    account.repeat("in", len(kept.keys() - taken))  # the same twice cannot be, by the database


async def received(session: AsyncSession, channel: Channel) -> dict[str, MessageStatus]:
    """What was kept of what came in, by the provider's number."""
    rows = await session.execute(
        select(Message.external_id, Message.status).where(
            Message.channel == channel, Message.direction == Direction.IN
        )
    )
    return {external_id or "": status for external_id, status in rows}


async def _sent(
    session: AsyncSession, account: Account, channel: Channel, at_provider: Sequence[Sent]
) -> None:
    """All that was queued came to the provider, once; or we are in doubt, where we may be."""
    found = await match(session, channel, at_provider)
    arrived = {message.id for _, message in found.pairs}
    account.sent = len(at_provider)
    for message in found.rows:
        if message.status is MessageStatus.UNCERTAIN:
            account.uncertain += 1
            account.arrived += message.id in arrived
            if channel is Channel.SMS:
                account.lose("out, uncertain")
        elif message.status not in _SENT:
            account.lose(f"out, {message.status}")
        elif message.id not in arrived:
            account.lose("out, said to be sent")
    account.repeat("out", len(found.copies))


@dataclass(frozen=True)
class Matched:
    """Our messages out and the provider's: `pairs` of its position there and our row; `copies`
    are what is there and in none of our `rows`."""

    rows: list[Message]
    pairs: list[tuple[int, Message]]
    copies: list[Sent]


async def match(session: AsyncSession, channel: Channel, at_provider: Sequence[Sent]) -> Matched:
    """Find our row for each message at the provider: by its number, or, for one that is in doubt
    and did arrive, by its words."""
    rows = (
        await session.execute(
            select(Message, Client)
            .join(Client, Client.id == Message.client_id)
            .where(Message.channel == channel, Message.direction == Direction.OUT)
            .order_by(Message.id)
        )
    ).all()
    known: dict[str, Message] = {}
    doubtful: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for message, client in rows:
        if message.external_id:  # Telegram's count within a chat: ours begin with the client's
            known[message.external_id.rpartition("/")[2]] = message
        elif message.status is MessageStatus.UNCERTAIN:
            doubtful[
                (client.number if channel is Channel.SMS else client.chat) or "", message.text
            ].append(message)
    pairs, copies = [], []
    for position, one in enumerate(at_provider):
        if one.id in known:
            pairs.append((position, known.pop(one.id)))
        elif perhaps := doubtful[one.to, one.text]:
            pairs.append((position, perhaps.pop(0)))
        else:
            copies.append(one)
    return Matched([message for message, _ in rows], pairs, copies)


_BESIDE = (Phrase.WELCOME_WHO, Phrase.WELCOME_WHO_ONE)
"""Said in the same breath as an answer."""


async def _answered(session: AsyncSession, accounts: Mapping[Channel, Account]) -> None:
    """Every message in has one answer (see `street`)."""
    answers: dict[tuple[int, Channel], int] = defaultdict(int)
    counted = await session.execute(
        select(Message.client_id, Message.channel, Message.direction, func.count())
        .where(
            (Message.direction == Direction.IN)
            | ((Message.kind == MessageKind.REPLY) & Message.phrase.not_in(_BESIDE))
        )
        .group_by(Message.client_id, Message.channel, Message.direction)
    )
    for client_id, channel, direction, count in counted:
        answers[client_id, channel] += count if direction is Direction.OUT else -count
    for (_, channel), more in answers.items():
        accounts[channel].lose("answer", -more)
        accounts[channel].repeat("answer", more)


async def _asked(session: AsyncSession, accounts: Mapping[Channel, Account], now: datetime) -> None:
    """Every step whose moment has come was asked by one message; unless nobody was there in the
    days that it had, because the trial goes from evening to evening."""
    steps = await session.execute(
        select(Client.channel, CheckIn.due_at, CheckIn.asked_at, func.count(Message.id))
        .join(Enrolment, Enrolment.id == CheckIn.enrolment_id)
        .join(Client, Client.id == Enrolment.client_id)
        .outerjoin(Message, Message.check_in_id == CheckIn.id)
        .where(CheckIn.due_at <= now, CheckIn.status != CheckInStatus.SKIPPED)
        .group_by(CheckIn.id, Client.channel, CheckIn.due_at, CheckIn.asked_at)
    )
    for channel, due_at, asked_at, times in steps:
        if asked_at or times or due_at + SEND_WITHIN > now:
            accounts[channel].lose("step", 1 - times)
        accounts[channel].repeat("step", times - 1)
