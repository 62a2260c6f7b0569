"""What Prometheus may read: counts and ages, by channel and state, and never of whom (rule 9).

Asked of the database at each scrape, over its partial indexes and the messages of a week, so that
every process tells the same. Only somebody on this machine or network is answered, and nobody
through the proxy: see `may_ask`. What each figure means stands in docs/operations.md.
"""

import asyncio
import ipaddress
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from importlib.metadata import version

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector
from sqlalchemy import and_, bindparam, case, func, literal, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from aftercare.escalations import LEAD_AFTER
from aftercare.service import Service
from bot.ready import Trial
from conversations.words import (
    EscalationStatus,
    MessageStatus,
    Urgency,
)
from storage import line
from storage.facts import LAST_BACKUP
from storage.models import CheckIn, Escalation, Fact, Message, Notice

CONFIRMED_WITHIN = timedelta(days=2)
"""A text message lives ten hours at most; no word that comes later than this will come."""

OVERDUE_AFTER = timedelta(minutes=15)
"""A check-in is asked within seconds of its moment; whoever waits this long waits for us."""

_WEEK = timedelta(days=7)
# In the words of their partial indexes.
_NOT_OUT = text(line.WAITING)
SET_ASIDE = text("message.status = 'set_aside'")
_NOT_MAILED = text("notice.status IN ('queued', 'sending') AND notice.address_id IS NULL")
_PLANNED = text("check_in.status = 'planned'")
NEVER_ASKED = text("check_in.status = 'expired' AND check_in.asked_at IS NULL")
_UNRESOLVED = text("escalation.status != 'resolved'")

_MISSED = (MessageStatus.EXPIRED, MessageStatus.FAILED)
_PROMISED = (EscalationStatus.OPEN, EscalationStatus.TAKEN)

_AT_A_TIME = 5_000
_COUNTED = (
    select(
        Message.channel,
        Message.direction,
        Message.status,
        func.count(),
        func.count(Message.check_in_id),
        func.count().filter(Message.sent_at <= bindparam("long_ago", type_=Message.at.type)),
    )
    .where(Message.id >= bindparam("low"), Message.id < bindparam("high"))
    .group_by(Message.channel, Message.direction, Message.status)
)

Ages = Mapping[str, float | None]
"""By tick, the seconds since it last came to a good end; None: never yet."""


def may_ask(request: Request) -> bool:
    """Whether whoever asks is on this machine or a private network, and came without a proxy: a
    stranger who comes through the proxy looks like a neighbour where it does not say for whom."""
    proxied = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    if proxied or request.client is None:
        return False
    try:
        asker = ipaddress.ip_address(request.client.host)
    except ValueError:
        return False
    if isinstance(asker, ipaddress.IPv6Address) and asker.ipv4_mapped:
        return asker.ipv4_mapped.is_private
    return asker.is_private  # loopback counts as private


async def answer(request: Request, service: Service, trial: Trial, ticks: Ages) -> Response:
    """The answer to `/metrics`. Without a database it still tells of the process and its ticks."""
    if not may_ask(request):
        return PlainTextResponse("Not Found", 404)
    try:
        async with service.database.read() as session:
            found = await _figures(session, service.now())
        up = int(await trial.problem() is None)
    except (SQLAlchemyError, OSError):
        found, up = [], 0
    families = [
        _info(),
        _gauge("database_up", "1: the database answers, and takes what is written.", up),
        *found,
    ]
    if ticks:
        families.append(_tick_ages(ticks))
    return Response(_written(families), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _figures(session: AsyncSession, now: datetime) -> list[Metric]:
    return [
        *await _waiting(session, now),
        *await _of_the_week(session, now),
        *await _check_ins(session, now),
        *await _escalations(session, now),
        *await _notices(session, now),
        *await _backup(session, now),
    ]


async def _waiting(session: AsyncSession, now: datetime) -> list[Metric]:
    """The outbox: `due` may go now, `later` has its moment still to come."""
    state = case(
        (and_(line.QUEUED, Message.not_before <= now), literal("due")),
        (line.QUEUED, literal("later")),
        else_=Message.status,
    )
    rows = await session.execute(
        select(Message.channel, state, func.count(), func.min(Message.not_before))
        .where(_NOT_OUT)
        .group_by(Message.channel, state)
    )
    count = _gauge("messages_waiting", "Messages not yet out.", labels=("channel", "state"))
    oldest = _gauge(
        "messages_oldest_seconds", "How long the oldest waits.", labels=("channel", "state")
    )
    for channel, which, number, since in rows:
        count.add_metric((str(channel), str(which)), number)
        oldest.add_metric((str(channel), str(which)), _age(since, now))
    aside = await session.scalar(select(func.count()).select_from(Message).where(SET_ASIDE))
    return [count, oldest, _gauge("messages_set_aside", "The program failed on them.", aside)]


async def _of_the_week(session: AsyncSession, now: datetime) -> list[Metric]:
    """What was queued or came in during the last seven days, and what has become of it.

    Some thousands at a time: on SQLite nobody else is served while a statement runs.
    """
    counted: Counter[tuple[str, str, str]] = Counter()
    missed = unconfirmed = 0
    low = await _first_since(session, now - _WEEK)
    last = await session.scalar(select(func.max(Message.id))) or 0
    while low <= last:
        values = {"low": low, "high": low + _AT_A_TIME, "long_ago": now - CONFIRMED_WITHIN}
        rows = await session.execute(_COUNTED, values)
        for channel, direction, status, number, check_ins, long_ago in rows:
            unconfirmed += long_ago if status is MessageStatus.SENT else 0
            counted[str(channel), str(direction), str(status)] += number
            missed += check_ins if status in _MISSED else 0
        low += _AT_A_TIME
        await asyncio.sleep(0)
    count = _gauge(
        "messages_of_week",
        "Messages of the last 7 days.",
        labels=("channel", "direction", "status"),
    )
    for labels, number in counted.items():
        count.add_metric(labels, number)
    return [
        count,
        _gauge("check_ins_missed_of_week", "Check-ins that expired or were refused.", missed),
        _gauge(
            "messages_unconfirmed_of_week", "Sent, and no word came of their fate.", unconfirmed
        ),
    ]


async def _first_since(session: AsyncSession, since: datetime) -> int:
    """The id of the first message since then. Messages are numbered as they come, so it is found
    by halving, without an index over time that every message would have to pay for."""
    low, high = 0, (await session.scalar(select(func.max(Message.id))) or 0) + 1
    while low < high:
        middle = (low + high) // 2
        row = (
            await session.execute(
                select(Message.id, Message.at)
                .where(Message.id >= middle)
                .order_by(Message.id)
                .limit(1)
            )
        ).first()
        if row is None or row.at >= since:
            high = middle
        else:
            low = row.id + 1
    return low


async def _check_ins(session: AsyncSession, now: datetime) -> list[Metric]:
    due, overdue, since = (
        await session.execute(
            select(
                func.count(),
                func.count().filter(CheckIn.due_at <= now - OVERDUE_AFTER),
                func.min(CheckIn.due_at),
            ).where(_PLANNED, CheckIn.due_at <= now)
        )
    ).one()
    never_asked = await session.scalar(
        select(func.count()).select_from(CheckIn).where(NEVER_ASKED, CheckIn.due_at > now - _WEEK)
    )
    return [
        _gauge("check_ins_never_asked_of_week", "Expired before anybody was asked.", never_asked),
        _gauge("check_ins_due", "Check-ins whose moment has come.", due),
        _gauge("check_ins_overdue", "Due for more than 15 minutes.", overdue),
        _gauge("check_ins_oldest_due_seconds", "How long the oldest is due.", _age(since, now)),
    ]


async def _escalations(session: AsyncSession, now: datetime) -> list[Metric]:
    rows = await session.execute(
        select(
            Escalation.status,
            func.count(),
            func.count().filter(and_(Escalation.status.in_(_PROMISED), Escalation.deadline <= now)),
            func.count().filter(
                and_(Escalation.status.in_(_PROMISED), Escalation.deadline <= now - LEAD_AFTER)
            ),
            func.count().filter(Escalation.urgency == Urgency.DANGER),
            func.min(case((Escalation.urgency == Urgency.DANGER, Escalation.opened_at))),
        )
        .where(_UNRESOLVED)
        .group_by(Escalation.status)
    )
    count = _gauge("escalations", "Calls for help that are not closed.", labels=("status",))
    overdue, still, untaken, untaken_since = 0, 0, 0, None
    for status, number, late, later, danger, danger_since in rows:
        count.add_metric((str(status),), number)
        overdue += late
        still += later
        if status is EscalationStatus.OPEN:
            untaken, untaken_since = danger, danger_since
    return [
        count,
        _gauge("escalations_overdue", "Nobody was in touch by the promised day.", overdue),
        _gauge("escalations_standing_still", "Two days later still nobody was.", still),
        _gauge("escalations_danger_untaken", "Danger that nobody has taken.", untaken),
        _gauge(
            "escalations_danger_oldest_seconds",
            "How long the oldest of these waits.",
            _age(untaken_since, now),
        ),
    ]


async def _notices(session: AsyncSession, now: datetime) -> list[Metric]:
    waiting, since = (
        await session.execute(select(func.count(), func.min(Notice.at)).where(_NOT_MAILED))
    ).one()
    return [
        _gauge("notices_waiting", "Notices to staff that are not mailed yet.", waiting),
        _gauge("notices_oldest_seconds", "How long the oldest waits.", _age(since, now)),
    ]


async def _backup(session: AsyncSession, now: datetime) -> list[Metric]:
    fact = await session.get(Fact, LAST_BACKUP)
    if fact is None:
        return []
    age = _age(datetime.fromisoformat(fact.value), now)
    return [_gauge("backup_age_seconds", "Since the last `nazorg backup`.", age)]


def _tick_ages(ticks: Ages) -> Metric:
    ages = _gauge(
        "tick_age_seconds", "Since it last came to a good end; +Inf: never.", labels=("tick",)
    )
    for name, age in ticks.items():
        ages.add_metric((name,), math.inf if age is None else age)
    return ages


def _info() -> Metric:
    info = _gauge("info", "Always 1; the label tells the version.", labels=("version",))
    info.add_metric((version("nazorgbot"),), 1)
    return info


def _gauge(
    name: str, about: str, value: float | None = None, labels: tuple[str, ...] = ()
) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"nazorg_{name}", about, value=value, labels=labels or None)


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def _written(families: Iterable[Metric]) -> bytes:
    registry = CollectorRegistry()
    registry.register(_Ready(families))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Ready(Collector):
    """Figures that are there already."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = list(families)

    def collect(self) -> Iterable[Metric]:
        """All of them."""
        return self._families
