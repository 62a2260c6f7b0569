"""In whose hands a call for help was and can be, and what was written down at it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Result, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from aftercare.routing import takes_for
from conversations.words import HandingKind
from scheduler.calendar import Hours, local_day
from staff.access import Viewer
from staff.calls import OpenedCall
from storage.absence import away
from storage.models import (
    Absence,
    Desk,
    DeskMember,
    Handing,
    Instrument,
    InstrumentUse,
    Note,
    StaffMember,
)


@dataclass(frozen=True)
class Handed:
    """A line of the history. `why` is None when there is none, or not for this colleague."""

    at: datetime
    kind: HandingKind
    desk: str
    by: str | None
    before: str | None
    to: str | None
    why: str | None


@dataclass(frozen=True)
class Written:
    """A note: by whom and when."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class Used:
    """An instrument that was used."""

    on: date
    by: str
    name: str


@dataclass(frozen=True)
class Team:
    """A desk that can get the call, and its colleagues who are there (reference, name)."""

    slug: str
    name: str
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Teams:
    """Those of the call's own side, and of the other."""

    own: tuple[Team, ...]
    other: tuple[Team, ...]


@dataclass(frozen=True)
class Away:
    """An absence as it is shown."""

    absence: Absence
    name: str
    stand_in: str | None


async def history(session: AsyncSession, opened: OpenedCall) -> list[Handed]:
    """How the call came from hand to hand, oldest first."""
    by, before, to = (aliased(StaffMember) for _ in range(3))
    rows = await session.execute(
        select(Handing, Desk.name, by.name, before.name, to.name)
        .join(Desk, Desk.id == Handing.desk_id)
        .outerjoin(by, by.id == Handing.by_id)
        .outerjoin(before, before.id == Handing.from_id)
        .outerjoin(to, to.id == Handing.to_id)
        .where(Handing.escalation_id == opened.call.id)
        .order_by(Handing.id)
    )
    return [
        Handed(one.at, one.kind, desk, whose, was, whom, one.reason if opened.reads_notes else None)
        for one, desk, whose, was, whom in rows
    ]


async def notes(session: AsyncSession, opened: OpenedCall) -> list[Written]:
    """The notes at the call, oldest first; none for whom they are not."""
    if not opened.reads_notes:
        return []
    rows = await session.execute(
        select(Note.at, StaffMember.name, Note.text)
        .join(StaffMember, StaffMember.id == Note.staff_member_id)
        .where(Note.escalation_id == opened.call.id)
        .order_by(Note.id)
    )
    return [Written(*row) for row in rows]


async def uses(session: AsyncSession, opened: OpenedCall) -> list[Used]:
    """The instruments that were used for the call, by day."""
    rows = await session.execute(
        select(InstrumentUse.used_on, StaffMember.name, Instrument.name)
        .join(Instrument, Instrument.id == InstrumentUse.instrument_id)
        .join(StaffMember, StaffMember.id == InstrumentUse.staff_member_id)
        .where(InstrumentUse.escalation_id == opened.call.id)
        .order_by(InstrumentUse.used_on, InstrumentUse.id)
    )
    return [Used(*row) for row in rows]


async def teams(session: AsyncSession, opened: OpenedCall, now: datetime) -> Teams:
    """Who can get the call: the teams that take something for the client's municipality today."""
    day = local_day(now, opened.place.hours)
    rows: Result[*tuple[Any, ...]] = await session.execute(  # outer joins
        select(Desk, StaffMember)
        .outerjoin(DeskMember, DeskMember.desk_id == Desk.id)
        .outerjoin(
            StaffMember,
            and_(
                StaffMember.id == DeskMember.staff_member_id,
                StaffMember.left_at.is_(None),
                ~away(StaffMember.id, day),
            ),
        )
        .where(or_(takes_for(opened.place.id, day), Desk.id == opened.call.desk_id))
        .order_by(Desk.name, Desk.id)
    )
    found: dict[int, tuple[Desk, list[StaffMember]]] = {}
    for desk, person in rows:
        people = found.setdefault(desk.id, (desk, []))[1]
        if person is not None and person.id != opened.call.owner_id:
            people.append(person)
    own: list[Team] = []
    other: list[Team] = []
    for desk, people in found.values():
        people.sort(key=lambda one: one.name.casefold())
        team = Team(desk.slug, desk.name, tuple((one.reference, one.name) for one in people))
        (own if desk.side is opened.desk.side else other).append(team)
    return Teams(tuple(own), tuple(other))


async def colleagues(session: AsyncSession, viewer: Viewer) -> list[StaffMember]:
    """Whose absence `viewer` may write down: their own, those of the desks that they lead, and
    everybody's for who manages colleagues."""
    chosen = select(StaffMember).where(StaffMember.left_at.is_(None))
    member = exists().where(DeskMember.staff_member_id == StaffMember.id)
    if viewer.side is None:
        chosen = chosen.where(member)
    else:
        led = member.where(DeskMember.desk_id.in_(viewer.leads))
        chosen = chosen.where(or_(StaffMember.id == viewer.id, led))
    return sorted(await session.scalars(chosen), key=lambda one: one.name.casefold())


async def team_mates(session: AsyncSession, people: Collection[StaffMember]) -> list[StaffMember]:
    """Those who share a desk with one of `people`, and so can stand in for them."""
    mine = select(DeskMember.desk_id).where(
        DeskMember.staff_member_id.in_([one.id for one in people])
    )
    at_one = exists().where(
        DeskMember.staff_member_id == StaffMember.id, DeskMember.desk_id.in_(mine)
    )
    rows = await session.scalars(select(StaffMember).where(StaffMember.left_at.is_(None), at_one))
    return sorted(rows, key=lambda one: one.name.casefold())


async def absences(
    session: AsyncSession, people: Mapping[int, StaffMember], now: datetime
) -> list[Away]:
    """Who of `people` (by id) is away now or later, the first day first."""
    stand_in = aliased(StaffMember)
    rows = await session.execute(
        select(Absence, stand_in.name)
        .outerjoin(stand_in, stand_in.id == Absence.stand_in_id)
        .where(
            Absence.staff_member_id.in_(people),
            Absence.until_day >= local_day(now, Hours()),
        )
        .order_by(Absence.from_day, Absence.id)
    )
    return [Away(one, people[one.staff_member_id].name, name) for one, name in rows]
