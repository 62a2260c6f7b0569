"""Who does what: is there a desk for each call for help, and somebody at each desk?"""

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.routing import desk_for
from aftercare.service import Refused, Service
from bot.doctor.finding import Finding, attention, ok, wrong
from bot.settings import Settings
from conversations.topics import side_of
from conversations.words import Role, Topic
from scheduler.calendar import local_day
from scheduler.clock import Clock
from staff.access import SIDE_OF_ROLE
from storage.database import Database
from storage.models import Desk, DeskMember, Municipality, StaffMember

_INVENTED = (".example.org", "@example.org", ".example.com", "@example.com", ".invalid", ".test")


async def examine(settings: Settings, database: Database) -> list[Finding]:
    """Routes, desks, their addresses, administrators."""
    service = Service(database, Clock(settings.clock))
    async with database.read() as session:
        places = (await session.scalars(select(Municipality).order_by(Municipality.name))).all()
        if not places:
            return [
                attention("routes", "no municipality is set up", "It is done at the first start.")
            ]
        taken_by: dict[int, Desk] = {}
        missing: dict[str, list[str]] = defaultdict(list)
        other_side: dict[str, list[str]] = defaultdict(list)
        for place in places:
            day = local_day(service.now(), place.hours)
            for topic in Topic:
                try:
                    desk = await desk_for(session, place.id, topic, day)
                except Refused:
                    missing[place.name].append(topic)
                    continue
                taken_by[desk.id] = desk
                if desk.side is not side_of(topic):
                    other_side[place.name].append(topic)
        desks = sorted(taken_by.values(), key=lambda desk: desk.name)
        return [
            _routes(len(places), missing, other_side),
            await _staffed(session, desks),
            _addresses(settings, desks),
            await _administrator(session),
        ]


def _routes(
    places: int, missing: dict[str, list[str]], other_side: dict[str, list[str]]
) -> Finding:
    if missing:
        return wrong(
            "routes",
            f"no desk takes: {_listed(missing)}",
            "Add the routes. Until then such a call for help has nowhere to go.",
        )
    if other_side:
        return wrong(
            "routes",
            f"the desk is of the side that may not read it: {_listed(other_side)}",
            "Send work to a desk for work, and all else to one of the municipality.",
        )
    return ok("routes", f"every topic has a desk, in {places} municipalities")


async def _staffed(session: AsyncSession, desks: list[Desk]) -> Finding:
    rows = await session.execute(
        select(DeskMember.desk_id, StaffMember.role)
        .join(StaffMember, StaffMember.id == DeskMember.staff_member_id)
        .where(StaffMember.left_at.is_(None))
    )
    sides = {(desk_id, SIDE_OF_ROLE.get(role)) for desk_id, role in rows}
    empty = [desk for desk in desks if (desk.id, desk.side) not in sides]
    if empty:
        role = next(role for role, side in SIDE_OF_ROLE.items() if side is empty[0].side)
        return wrong(
            "desks",
            f"nobody works at: {', '.join(desk.name for desk in empty)}",
            f"nazorg staff add --role {role} --desk {empty[0].slug} ...",
        )
    return ok("desks", f"somebody works at each of {len(desks)} desks")


def _addresses(settings: Settings, desks: list[Desk]) -> Finding:
    invented = [desk for desk in desks if desk.email.endswith(_INVENTED)]
    if not invented:
        return ok("desk addresses", "none of them is an example")
    found = f"examples, which reach nobody: {', '.join(desk.email for desk in invented)}"
    do = "Give these desks their real addresses; see docs/operations.md, The first day."
    if settings.mail_url:
        return wrong("desk addresses", found, do)
    return attention("desk addresses", found, do)


async def _administrator(session: AsyncSession) -> Finding:
    count = await session.scalar(
        select(func.count()).where(
            StaffMember.role == Role.BEHEERDER, StaffMember.left_at.is_(None)
        )
    )
    if count:
        return ok("administrator", f"{count} of them")
    return attention("administrator", "there is none yet", "nazorg staff add --role beheerder ...")


def _listed(topics: dict[str, list[str]]) -> str:
    return "; ".join(f"{place}: {', '.join(found)}" for place, found in topics.items())
