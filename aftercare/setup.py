"""Who does what here: organisations, desks, municipalities, routes and instruments, from a file
into the database and back. One way for a new installation and for a change by an administrator."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.configuration import (
    EVER,
    Configuration,
    DeskSet,
    OrganisationSet,
    PlaceSet,
    RouteSet,
)
from aftercare.configuration_file import read, said
from aftercare.service import N_, Refused, Service
from scheduler.calendar import local_day
from scheduler.taper import DAYS
from storage.facts import PRICE
from storage.models import (
    AuditEntry,
    Desk,
    Fact,
    Instrument,
    Municipality,
    Organisation,
    Route,
    StaffMember,
)

IJMOND = Path(__file__).with_name("ijmond.toml")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


@dataclass(frozen=True)
class Difference:
    """One thing that a file would change: where, which field, from what to what, in the file's own
    words. `before` None: it is new."""

    where: str
    field: str
    before: str | None
    after: str


async def set_up(service: Service, file: Path = IJMOND) -> bool:
    """Fill an empty database with the set-up in `file`. Returns False when there was one. Raises
    `Refused` for a file that cannot be used."""
    with file.open(encoding="utf-8") as source:
        wanted = read(source.read())
    async with service.database.alone() as session:
        if await session.scalar(select(func.count()).select_from(Organisation)):
            return False
        await _apply(session, service, wanted)
        return True


async def current(session: AsyncSession) -> Configuration:
    """What is set up now."""
    organisations = (await session.scalars(select(Organisation).order_by(Organisation.id))).all()
    desks = (await session.scalars(select(Desk).order_by(Desk.id))).all()
    places = (await session.scalars(select(Municipality).order_by(Municipality.id))).all()
    instruments = (await session.scalars(select(Instrument).order_by(Instrument.id))).all()
    price = await session.get(Fact, PRICE)
    slugs = {desk.id: desk.slug for desk in desks}
    routes: dict[int, list[RouteSet]] = {}
    for route in await session.scalars(select(Route).order_by(Route.valid_from, Route.id)):
        routes.setdefault(route.municipality_id, []).append(
            RouteSet(route.topic, slugs[route.desk_id], route.valid_from)
        )
    employers = {one.id: one.slug for one in organisations}
    return Configuration(
        tuple(OrganisationSet(one.slug, one.name, bool(one.closed_at)) for one in organisations),
        tuple(desk_set(one, employers[one.organisation_id]) for one in desks),
        tuple(place_set(one, routes.get(one.id, ())) for one in places),
        {one.slug: one.name for one in instruments},
        Decimal(price.value) if price else None,
    )


def desk_set(desk: Desk, organisation: str) -> DeskSet:
    """A desk as a value."""
    return DeskSet(
        desk.slug, organisation, desk.name, desk.title, desk.side, desk.email, bool(desk.closed_at)
    )


def place_set(place: Municipality, routes: Iterable[RouteSet] = ()) -> PlaceSet:
    """A municipality as a value."""
    return PlaceSet(
        slug=place.slug,
        name=place.name,
        zone=place.zone,
        opens=place.opens,
        closes=place.closes,
        evening_from=place.evening_from,
        evening_until=place.evening_until,
        exit_premium=place.exit_premium,
        contact_within=place.contact_within,
        taper=tuple(place.taper or DAYS),
        free_days=tuple(sorted(date.fromisoformat(day) for day in place.free_days or ())),
        closed=bool(place.closed_at),
        routes=tuple(routes),
    )


async def differences(
    session: AsyncSession, wanted: Configuration, today: date
) -> list[Difference]:
    """What `wanted` would change. What it does not name stays as it is. Raises `Refused` for a
    desk that would change sides."""
    now = await current(session)
    sides = {one.slug: one.side for one in now.desks}
    for desk in wanted.desks:
        if sides.get(desk.slug, desk.side) is not desk.side:
            raise Refused(
                N_("The team {slug} cannot change sides: others would read its words."),
                "file",
                slug=desk.slug,
            )
    found = [
        *_changed("organisation", now.organisations, wanted.organisations),
        *_changed("desk", now.desks, wanted.desks),
        *_changed("municipality", now.places, wanted.places),
        *_routes_changed(now.places, wanted.places, today),
    ]
    for slug, name in wanted.instruments.items():
        before = now.instruments.get(slug)
        if before != name:
            found.append(Difference("instruments", slug, before and said(before), said(name)))
    if wanted.price is not None and wanted.price != now.price:
        before = None if now.price is None else said(now.price)
        found.append(Difference("sms", "price_per_segment", before, said(wanted.price)))
    return found


async def apply(service: Service, wanted: Configuration, by: StaffMember | None) -> int:
    """Make it so. Returns how much was changed. Raises `Refused`, and then nothing was."""
    async with service.database.write() as session:
        today = local_day(service.now(), PlaceSet("", "").hours)
        changed = await differences(session, wanted, today)
        if changed:
            await _apply(session, service, wanted)
            session.add(
                AuditEntry(
                    at=service.now(),
                    staff_member_id=by.id if by else None,
                    action="settings",
                    detail="file",
                )
            )
        return len(changed)


async def mail_desk_at(service: Service, slug: str, email: str) -> None:
    """Notices for the desk `slug` go to `email` from now on. Raises `Refused`."""
    if not _EMAIL.fullmatch(email):
        raise Refused(N_("This is not an e-mail address."), "email")
    async with service.database.write() as session:
        desks = {desk.slug: desk for desk in await session.scalars(select(Desk))}
        if slug not in desks:
            raise Refused(
                N_("There is no desk {slug}. Choose one of: {choices}."),
                slug=slug,
                choices=", ".join(sorted(desks)),
            )
        desks[slug].email = email


def put_desk(desk: Desk, wanted: DeskSet, organisation_id: int) -> None:
    """The values of `wanted` into the row."""
    desk.slug, desk.organisation_id, desk.side = wanted.slug, organisation_id, wanted.side
    desk.name, desk.title, desk.email = wanted.name, wanted.title, wanted.email


def put_place(place: Municipality, wanted: PlaceSet) -> None:
    """The values of `wanted` into the row, but for the routes."""
    for name in ("slug", "name", "zone", "opens", "closes", "evening_from", "evening_until",
                 "exit_premium", "contact_within"):  # fmt: skip
        setattr(place, name, getattr(wanted, name))
    place.taper = None if wanted.taper == DAYS else list(wanted.taper)
    place.free_days = [day.isoformat() for day in wanted.free_days] or None


async def put_route(
    session: AsyncSession, place_id: int, topic: Any, desk_id: int, valid_from: date
) -> None:
    """From that day on the desk takes the topic; a route from the same day is replaced."""
    route = await session.scalar(
        select(Route).where(
            Route.municipality_id == place_id, Route.topic == topic, Route.valid_from == valid_from
        )
    )
    if route is None:
        route = Route(municipality_id=place_id, topic=topic, valid_from=valid_from)
        session.add(route)
    route.desk_id = desk_id
    await session.flush()


async def _apply(session: AsyncSession, service: Service, wanted: Configuration) -> None:
    now = service.now()
    today = local_day(now, PlaceSet("", "").hours)
    there = {one.slug: one for one in (await current(session)).places}
    organisations = await _by_slug(session, Organisation)
    for organisation in wanted.organisations:
        employer = organisations.setdefault(organisation.slug, Organisation())
        employer.slug, employer.name = organisation.slug, organisation.name
        _close(employer, now, closed=organisation.closed)
    session.add_all(organisations.values())
    await session.flush()
    desks = await _by_slug(session, Desk)
    for desk in wanted.desks:
        row = desks.setdefault(desk.slug, Desk())
        put_desk(row, desk, organisations[desk.organisation].id)
        _close(row, now, closed=desk.closed)
    session.add_all(desks.values())
    places = await _by_slug(session, Municipality)
    for place in wanted.places:
        town = places.setdefault(place.slug, Municipality())
        put_place(town, place)
        _close(town, now, closed=place.closed)
    session.add_all(places.values())
    instruments = await _by_slug(session, Instrument)
    for slug, name in wanted.instruments.items():
        instrument = instruments.setdefault(slug, Instrument(slug=slug))
        instrument.name = name
    session.add_all(instruments.values())
    if wanted.price is not None:
        await session.merge(Fact(name=PRICE, value=str(wanted.price)))
    await session.flush()
    for place in wanted.places:
        for route in _new_routes(there.get(place.slug), place, today):
            await put_route(
                session, places[place.slug].id, route.topic, desks[route.desk].id, route.valid_from
            )


def _new_routes(before: PlaceSet | None, after: PlaceSet, today: date) -> list[RouteSet]:
    """The routes to be written: for a new municipality all; else what is valid today and another
    than it was, from today on, and what is to come. What is past stays past."""
    if before is None:
        return list(after.routes)
    held, wanted = _valid(before, today), _valid(after, today)
    known = {(one.topic, one.valid_from): one.desk for one in before.routes}
    return [
        *(
            RouteSet(topic, desk, today)
            for topic, desk in wanted.items()
            if held.get(topic) != desk
        ),
        *(
            one
            for one in after.routes
            if one.valid_from > today and known.get((one.topic, one.valid_from)) != one.desk
        ),
    ]


def _valid(place: PlaceSet, day: date) -> dict[Any, str]:
    """The routes that are valid on `day`: of each topic the newest."""
    ordered = sorted(place.routes, key=lambda one: one.valid_from)
    return {one.topic: one.desk for one in ordered if one.valid_from <= day}


def _routes_changed(
    before: Iterable[PlaceSet], after: Iterable[PlaceSet], today: date
) -> Iterable[Difference]:
    there = {one.slug: one for one in before}
    for place in after:
        known = there.get(place.slug)
        for route in _new_routes(known, place, today):
            held = _valid(known, route.valid_from).get(route.topic) if known else None
            since = "" if route.valid_from == EVER else f", {route.valid_from}"
            yield Difference(
                f"municipality {place.slug}",
                f"route {route.topic}{since}",
                held and said(held),
                said(route.desk),
            )


def _changed(section: str, before: Iterable[Any], after: Iterable[Any]) -> Iterable[Difference]:
    there: Mapping[str, Any] = {one.slug: one for one in before}
    for one in after:
        known = there.get(one.slug)
        if known is None:
            yield Difference(section, one.slug, None, one.name)
            continue
        for name in (field.name for field in fields(one) if field.name != "routes"):
            old, new = getattr(known, name), getattr(one, name)
            if old != new:
                yield Difference(f"{section} {one.slug}", name, said(old), said(new))


def _close(row: Any, now: Any, *, closed: bool) -> None:
    if closed != (row.closed_at is not None):
        row.closed_at = now if closed else None


async def _by_slug(session: AsyncSession, kind: Any) -> dict[str, Any]:
    return {one.slug: one for one in await session.scalars(select(kind).order_by(kind.id))}
