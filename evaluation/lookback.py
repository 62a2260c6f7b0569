"""Looking back on a period: who wrote, what was asked, how soon somebody was in touch, and how it
ended. Counts only; the database counts, and the period bounds what it must read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal_column, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from conversations.dialogue.asking import QUIET
from conversations.words import (
    Channel,
    CheckInStatus,
    OutcomeKind,
    Standing,
    Topic,
)
from scheduler.calendar import Hours, midnight, working_hours
from scheduler.taper import DAYS
from storage.models import (
    CheckIn,
    Client,
    Enrolment,
    Escalation,
    Instrument,
    InstrumentUse,
    Message,
    Municipality,
    Outcome,
)

_HOUSE = Hours()
_CAME_IN = Message.direction == literal_column("'in'")
"""Written out, because SQLite uses a partial index only for the very condition of the index."""


@dataclass(frozen=True)
class Period:
    """Days, both included, on the wall of the house's zone."""

    since: date
    until: date

    def holds(self, moment: InstrumentedAttribute[Any]) -> tuple[ColumnElement[bool], ...]:
        """The conditions that `moment`, a column, falls in it."""
        start = midnight(self.since, _HOUSE)
        end = midnight(self.until + timedelta(days=1), _HOUSE)
        return moment >= start, moment < end


@dataclass(frozen=True)
class Talked:
    """`people` of one municipality, channel and language who wrote, and how often."""

    municipality_id: int
    channel: Channel
    language: str
    people: int
    messages: int


@dataclass(frozen=True)
class Asked:
    """Calls for help of one kind. `due`: somebody was in touch, or had to be by now; `in_time` of
    those; `helped` and `not_helped` is what the clients answered."""

    municipality_id: int
    desk_id: int
    topic: Topic
    channel: Channel
    language: str
    calls: int
    due: int
    in_time: int
    helped: int
    not_helped: int


@dataclass(frozen=True)
class Step:
    """A step of the plan: how many were asked, and how many answered."""

    day: int
    asked: int
    answered: int


@dataclass(frozen=True)
class LookBack:
    """The figures of a period. `waits`: working hours until the first contact, shortest first;
    `silent`: how many now leave check-ins unanswered one after another."""

    talked: list[Talked]
    asked: list[Asked]
    waits: list[float]
    steps: list[Step]
    silent: int
    outcomes: dict[OutcomeKind, int]
    instruments: dict[str, int]


async def look_back(
    session: AsyncSession,
    municipalities: Collection[int] | None,
    period: Period,
    now: datetime,
) -> LookBack:
    """The figures of `period` as they stand `now`, of `municipalities` (ids) or of all."""
    ours = true() if municipalities is None else Enrolment.municipality_id.in_(municipalities)
    return LookBack(
        await _talked(session, ours, period),
        await _asked(session, ours, period, now),
        await _waits(session, ours, period),
        await _steps(session, ours, period),
        await session.scalar(
            select(func.count()).select_from(Enrolment).where(ours, is_silent())
        ) or 0,
        await _outcomes(session, ours, period),
        await _instruments(session, ours, period),
    )  # fmt: skip


def is_silent() -> ColumnElement[bool]:
    """The tracks that run, in which check-ins go unanswered one after another."""
    silent = Enrolment.dialogue["silent"].as_integer()
    return and_(Enrolment.standing == Standing.ACTIVE, silent >= QUIET)


def percentile(sorted_values: list[float], share: float) -> float | None:
    """The smallest value that at least `share` of them do not pass; None of none."""
    if not sorted_values:
        return None
    place = -int(-share * len(sorted_values) // 1)  # rounded up
    return sorted_values[max(place, 1) - 1]


async def _talked(session: AsyncSession, ours: ColumnElement[bool], period: Period) -> list[Talked]:
    wrote = (
        select(
            Enrolment.municipality_id,
            Enrolment.client_id,
            *(_count(Message.channel == one).label(one) for one in Channel),
        )
        .join(Message, Message.enrolment_id == Enrolment.id)
        .where(ours, _CAME_IN, *period.holds(Message.at))
        .group_by(Enrolment.id)  # in the order of the index, so that SQLite need not sort
        .subquery()
    )
    kind = (wrote.c.municipality_id, Client.language)
    counts = [wrote.c[one] for one in Channel]
    rows = await session.execute(
        select(
            *kind,
            *(func.count(func.nullif(one, 0)) for one in counts),
            *(func.sum(one) for one in counts),
        )
        .join(Client, Client.id == wrote.c.client_id)
        .group_by(*kind)
    )
    found = []
    for place, language, *numbers in rows:
        people, messages = numbers[: len(counts)], numbers[len(counts) :]
        found += [
            Talked(place, channel, language, *both)
            for channel, *both in zip(Channel, people, messages, strict=True)
            if both[0]
        ]
    return found


async def _asked(
    session: AsyncSession,
    ours: ColumnElement[bool],
    period: Period,
    now: datetime,
) -> list[Asked]:
    kind = (
        Enrolment.municipality_id,
        Escalation.desk_id,
        Escalation.topic,
        Client.channel,
        Client.language,
    )
    due = or_(Escalation.contacted_at.is_not(None), Escalation.deadline < now)
    chosen: Any = (
        select(
            *kind,
            func.count(),
            _count(due),
            _count(Escalation.contacted_at <= Escalation.deadline),
            _count(Escalation.helped.is_(True)),
            _count(Escalation.helped.is_(False)),
        )
        .join(Enrolment, Enrolment.id == Escalation.enrolment_id)
        .join(Client, Client.id == Escalation.client_id)
        .where(ours, *period.holds(Escalation.opened_at))
        .group_by(*kind)
    )
    return [Asked(*row) for row in await session.execute(chosen)]


def _count(what: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((what, 1)))


async def _waits(session: AsyncSession, ours: ColumnElement[bool], period: Period) -> list[float]:
    """Days and hours are those of the municipality's wall, so the moments themselves are needed."""
    rows = await session.execute(
        select(Municipality.zone, Escalation.opened_at, Escalation.contacted_at)
        .join(Enrolment, Enrolment.id == Escalation.enrolment_id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .where(
            ours,
            *period.holds(Escalation.opened_at),
            Escalation.contacted_at.is_not(None),
        )
    )
    return sorted(
        working_hours(asked, spoken, Hours(zone)) for zone, asked, spoken in rows if spoken
    )


async def _steps(session: AsyncSession, ours: ColumnElement[bool], period: Period) -> list[Step]:
    rows = await session.execute(
        select(
            CheckIn.step, func.count(), _count(CheckIn.status == CheckInStatus.ANSWERED)
        )
        .join(Enrolment, Enrolment.id == CheckIn.enrolment_id)
        .where(ours, *period.holds(CheckIn.asked_at))
        .group_by(CheckIn.step)
    )  # fmt: skip
    found = {day: Step(day, 0, 0) for day in DAYS}
    for name, asked, answered in rows:
        # "day-50+contract-end" is day 50 as well; a municipality may have days of its own
        kind, _, day = name.partition("+")[0].partition("-")
        if kind == "day" and day.isdecimal():
            step = found.get(int(day), Step(int(day), 0, 0))
            found[step.day] = Step(step.day, step.asked + asked, step.answered + answered)
    return [found[day] for day in sorted(found)]


async def _outcomes(
    session: AsyncSession, ours: ColumnElement[bool], period: Period
) -> dict[OutcomeKind, int]:
    rows = await session.execute(
        select(Outcome.kind, func.count())
        .join(Escalation, Escalation.id == Outcome.escalation_id)
        .join(Enrolment, Enrolment.id == Escalation.enrolment_id)
        .where(ours, *period.holds(Outcome.at))
        .group_by(Outcome.kind)
    )
    return dict(rows.all())


async def _instruments(
    session: AsyncSession, ours: ColumnElement[bool], period: Period
) -> dict[str, int]:
    rows = await session.execute(
        select(Instrument.name, func.count())
        .join(InstrumentUse, InstrumentUse.instrument_id == Instrument.id)
        .join(Enrolment, Enrolment.id == InstrumentUse.enrolment_id)
        .where(ours, InstrumentUse.used_on.between(period.since, period.until))
        .group_by(Instrument.name)
        .order_by(Instrument.name)
    )
    return dict(rows.all())
