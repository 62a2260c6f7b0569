"""Who does what here: organisations, desks, municipalities, routes and instruments from TOML."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from aftercare.service import N_, Refused, Service
from conversations.words import Side, Topic
from scheduler.calendar import Hours
from storage.models import Desk, Instrument, Municipality, Organisation, Route

IJMOND = Path(__file__).with_name("ijmond.toml")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_EVER = date(2000, 1, 1)


async def set_up(service: Service, file: Path = IJMOND) -> bool:
    """Fill an empty database with the set-up in `file`. Returns False when there was one."""
    with file.open("rb") as source:
        wanted = tomllib.load(source)
    async with service.database.alone() as session:
        if await session.scalar(select(func.count()).select_from(Organisation)):
            return False
        organisations = {
            one["slug"]: Organisation(slug=one["slug"], name=one["name"])
            for one in wanted["organisation"]
        }
        session.add_all(organisations.values())
        await session.flush()
        desks = {
            one["slug"]: Desk(
                slug=one["slug"],
                organisation_id=organisations[one["organisation"]].id,
                name=one["name"],
                title=one["title"],
                side=Side(one["side"]),
                email=one["email"],
            )
            for one in wanted["desk"]
        }
        session.add_all(desks.values())
        places = {one["slug"]: _municipality(one) for one in wanted["municipality"]}
        session.add_all(places.values())
        session.add_all(
            Instrument(slug=slug, name=name) for slug, name in wanted["instruments"].items()
        )
        await session.flush()
        session.add_all(
            Route(
                municipality_id=places[one["slug"]].id,
                topic=Topic(topic),
                desk_id=desks[desk].id,
                valid_from=_EVER,
            )
            for one in wanted["municipality"]
            for topic, desk in one["routes"].items()
        )
        return True


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


def _municipality(wanted: dict[str, Any]) -> Municipality:
    usual = Hours()
    return Municipality(
        slug=wanted["slug"],
        name=wanted["name"],
        zone=usual.zone,
        opens=usual.opens,
        closes=usual.closes,
        evening_from=usual.evening_from,
        evening_until=usual.evening_until,
        exit_premium=bool(wanted.get("exit_premium", False)),
    )
