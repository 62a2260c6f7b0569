"""What an administrator changes: organisations, desks and who works there, municipalities, routes.

Each is checked as a file would be (`aftercare.configuration`), leaves an audit entry, and what is
in use is not closed.
"""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.configuration import (
    DeskSet,
    OrganisationSet,
    PlaceSet,
    check_desk,
    check_organisation,
    check_place,
    check_price,
    check_route,
    slug_of,
)
from aftercare.service import N_, Refused, Service
from aftercare.setup import put_desk, put_place, put_route
from conversations.words import EscalationStatus, Role, Side, Standing, Topic
from scheduler.calendar import local_day
from storage.facts import PRICE
from storage.models import (
    AuditEntry,
    Desk,
    DeskMember,
    Enrolment,
    Escalation,
    Fact,
    Municipality,
    Organisation,
    Route,
    StaffMember,
)

ROLE_OF_SIDE = {Side.WORK: Role.WERKCOACH, Side.MUNICIPALITY: Role.CONSULENT}
"""Who can work at a desk of a side."""


async def save_organisation(service: Service, slug: str | None, name: str, by: StaffMember) -> None:
    """A new organisation, or another name for the one with this slug. Raises `Refused`."""
    name = " ".join(name.split())
    async with _changing(service, by, f"organisation {slug or slug_of(name)}") as session:
        if slug is None:
            row = Organisation(slug=await _new_slug(session, Organisation, name))
            session.add(row)
        else:
            row = await _known(session, Organisation, slug)
        check_organisation(OrganisationSet(row.slug, name))
        row.name = name


async def save_desk(service: Service, wanted: DeskSet, by: StaffMember) -> str:
    """A new desk (`wanted.slug` is ""), or new values for the one there is. Returns its slug.
    Raises `Refused`."""
    async with _changing(service, by, f"desk {wanted.slug or slug_of(wanted.name)}") as session:
        employer = await session.scalar(
            select(Organisation).where(Organisation.slug == wanted.organisation)
        )
        if employer is None:
            raise Refused(N_("Choose an organisation."), "organisation")
        if wanted.slug:
            row = await _known(session, Desk, wanted.slug)
            if row.side is not wanted.side:
                raise Refused(
                    N_("A team cannot change sides: others would read its words."), "side"
                )
        else:
            wanted = replace(wanted, slug=await _new_slug(session, Desk, wanted.name))
            row = Desk()
            session.add(row)
        check_desk(wanted)
        put_desk(row, wanted, employer.id)
        return wanted.slug


async def save_place(service: Service, wanted: PlaceSet, by: StaffMember) -> str:
    """A new municipality (`wanted.slug` is ""), or new values for the one there is. The plan of
    who is enrolled already stays as it is. Returns its slug. Raises `Refused`."""
    about = f"municipality {wanted.slug or slug_of(wanted.name)}"
    async with _changing(service, by, about) as session:
        if wanted.slug:
            row = await _known(session, Municipality, wanted.slug)
        else:
            wanted = replace(wanted, slug=await _new_slug(session, Municipality, wanted.name))
            row = Municipality()
            session.add(row)
        check_place(wanted)
        put_place(row, wanted)
        return wanted.slug


async def change_route(
    service: Service, place: str, topic: Topic, desk: str, valid_from: date, by: StaffMember
) -> None:
    """From `valid_from` on `desk` takes `topic` in `place`; what was before stays on record.
    Raises `Refused`."""
    about = f"route {place} {topic} {desk} {valid_from}"
    async with _changing(service, by, about) as session:
        town = await _known(session, Municipality, place)
        takes = await _known(session, Desk, desk, "desk")
        check_route(topic, takes.side)
        if takes.closed_at is not None:
            raise Refused(N_("This team is closed. Choose another, or open it again."), "desk")
        today = local_day(service.now(), town.hours)
        if not today <= valid_from <= date(today.year + 5, 1, 1):
            raise Refused(
                N_("A route begins today or later: what was before stays as it was."), "valid_from"
            )
        await put_route(session, town.id, topic, takes.id, valid_from)


async def set_members(
    service: Service,
    slug: str,
    members: Collection[str],
    leads: Collection[str],
    by: StaffMember,
) -> None:
    """Who works at the desk, and who of them lead it (references). Raises `Refused`."""
    async with _changing(service, by, f"members {slug}") as session:
        desk = await _known(session, Desk, slug)
        if members and desk.closed_at is not None:
            raise Refused(N_("This team is closed. Choose another, or open it again."), "members")
        possible = {
            one.reference: one
            for one in await session.scalars(
                select(StaffMember).where(
                    StaffMember.role == ROLE_OF_SIDE[desk.side], StaffMember.left_at.is_(None)
                )
            )
        }
        if not set(members) <= set(possible):
            raise Refused(N_("One of these colleagues cannot work at this team."), "members")
        if not set(leads) <= set(members):
            raise Refused(N_("Who leads the team works there too."), "leads")
        there = {
            one.staff_member_id: one
            for one in await session.scalars(
                select(DeskMember).where(DeskMember.desk_id == desk.id)
            )
        }
        for reference, person in possible.items():
            row = there.get(person.id)
            if reference not in members:
                if row is not None:
                    await session.delete(row)
                continue
            if row is None:
                row = DeskMember(staff_member_id=person.id, desk_id=desk.id)
                session.add(row)
            row.is_lead = reference in leads


async def close_organisation(service: Service, slug: str, by: StaffMember) -> None:
    """Nothing new for it. Raises `Refused` while it has desks."""
    async with _changing(service, by, f"close organisation {slug}") as session:
        row = await _known(session, Organisation, slug)
        desks = select(func.count()).where(Desk.organisation_id == row.id, Desk.closed_at.is_(None))
        if await session.scalar(desks):
            raise Refused(N_("This organisation still has teams. Close those first."))
        row.closed_at = service.now()


async def close_desk(service: Service, slug: str, by: StaffMember) -> None:
    """Nothing goes there any more. Raises `Refused` while something does, or somebody waits."""
    async with _changing(service, by, f"close desk {slug}") as session:
        row = await _known(session, Desk, slug)
        waiting = await session.scalar(
            select(func.count()).where(
                Escalation.desk_id == row.id, Escalation.status != EscalationStatus.RESOLVED
            )
        )
        if waiting:
            raise Refused(
                N_("People still wait for this team: {count} calls for help. Resolve those first."),
                count=str(waiting),
            )
        town = await _place_of(session, row, local_day(service.now(), PlaceSet("", "").hours))
        if town:
            raise Refused(
                N_("Calls for help of {place} go to this team. Change the route first."), place=town
            )
        members = (
            select(func.count(StaffMember.id))
            .join(DeskMember, DeskMember.staff_member_id == StaffMember.id)
            .where(DeskMember.desk_id == row.id, StaffMember.left_at.is_(None))
        )
        if await session.scalar(members):
            raise Refused(N_("Colleagues still work at this team. Give them another team first."))
        row.closed_at = service.now()


async def close_place(service: Service, slug: str, by: StaffMember) -> None:
    """Nobody is enrolled there any more. Raises `Refused` while tracks run."""
    async with _changing(service, by, f"close municipality {slug}") as session:
        row = await _known(session, Municipality, slug)
        running = await session.scalar(
            select(func.count()).where(
                Enrolment.municipality_id == row.id,
                Enrolment.standing.in_([Standing.INVITED, Standing.ACTIVE]),
            )
        )
        if running:
            raise Refused(
                N_("Here run {count} tracks. They must come to their end first."),
                count=str(running),
            )
        row.closed_at = service.now()


async def reopen(service: Service, kind: type[Any], slug: str, by: StaffMember) -> None:
    """What was closed is open again. Raises `Refused`."""
    async with _changing(service, by, f"open {kind.__tablename__} {slug}") as session:
        (await _known(session, kind, slug)).closed_at = None


async def set_price(service: Service, price: Decimal, by: StaffMember) -> None:
    """What one SMS segment costs. Raises `Refused`."""
    check_price(price)
    async with _changing(service, by, f"price {price}") as session:
        await session.merge(Fact(name=PRICE, value=str(price)))


async def _place_of(session: AsyncSession, desk: Desk, today: date) -> str | None:
    """A municipality of which a route leads to `desk`, now or later."""
    rows = await session.execute(
        select(Route, Municipality)
        .join(Municipality, Municipality.id == Route.municipality_id)
        .where(Municipality.closed_at.is_(None))
        .order_by(Route.valid_from)
    )
    valid: dict[tuple[int, Topic], tuple[int, str]] = {}
    for route, town in rows:
        if route.valid_from > today and route.desk_id == desk.id:
            return town.name
        if route.valid_from <= today:
            valid[town.id, route.topic] = (route.desk_id, town.name)
    return next((name for desk_id, name in valid.values() if desk_id == desk.id), None)


async def _known(session: AsyncSession, kind: type[Any], slug: str, field: str = "") -> Any:
    row = await session.scalar(select(kind).where(kind.slug == slug).with_for_update())
    if row is None:
        raise Refused(N_("That is not there any more. Load the page again."), field or None)
    return row


async def _new_slug(session: AsyncSession, kind: type[Any], name: str) -> str:
    """A slug of its own for something new with this name."""
    slug = slug_of(name)
    if not slug:
        raise Refused(N_("Fill in a name."), "name")
    if await session.scalar(select(kind.id).where(kind.slug == slug)):
        raise Refused(N_("There is one with this name already."), "name")
    return slug


@asynccontextmanager
async def _changing(service: Service, by: StaffMember, what: str) -> AsyncIterator[AsyncSession]:
    """A transaction in which an administrator changes one thing, written down in the audit."""
    try:
        async with service.database.write() as session:
            yield session
            entry = AuditEntry(
                at=service.now(), staff_member_id=by.id, action="settings", detail=what[:200]
            )
            session.add(entry)
    except IntegrityError:
        raise Refused(N_("There is one with this name already."), "name") from None
