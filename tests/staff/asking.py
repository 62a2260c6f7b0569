"""Every page of the console as somebody asks for it: at which address, who gets to see it, and what
it asks of the database."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx2
from sqlalchemy import event

from aftercare.service import Service
from staff.app import PAGES
from storage.database import Database
from storage.models import StaffMember
from tests.staff.crowd import Known
from tests.staff.everything import LIVE, World, address_of
from tests.staff.world import browser

_SEES_MOST = "teamleider werkcoaches"
_CHOSEN = (
    "/deelnemers?van=mij",
    "/deelnemers?gaat=so_so&taal=ar",
    "/deelnemers?stil=ja",
    "/deelnemers?hulpvraag=ja",
    "/deelnemers?einde=contract",
    "/werkvoorraad?van=te-laat",
    "/terugblik?{year}",
    "/terugblik/cijfers.csv?{year}",
    "/beheer/logboek?wat=erase",
    "/beheer/logboek?wie={colleague}",
    "/beheer/logboek?wie={colleague}&wat=contacted&van=2025-06-01&tot=2025-12-31",
)
"""What colleagues choose on a page, besides the page as it opens."""

Ask = Callable[[httpx2.AsyncClient], Awaitable[httpx2.Response]]


def asked(service: Service, world: World, known: Known) -> Mapping[str, Ask]:
    """How each page is asked for, by its name; a person's are those of the `known` one."""
    addresses = {
        **world.addresses,
        "/deelnemers/{reference}": known.client,
        "/hulpvragen/{reference}": known.call,
    }
    world = replace(world, addresses=addresses)
    paths = {page.path: address_of(page, world) for page in PAGES if page.method == "GET"}
    del paths[LIVE]
    today = service.now().date()
    year = urlencode({"van": today - timedelta(days=364), "tot": today})
    for chosen in _CHOSEN:
        who = world.staff.coach.reference
        paths[chosen] = chosen.replace("{colleague}", who).replace("{year}", year)
    return {
        **{name: get(path) for name, path in paths.items()},
        "/deelnemers, by name": _post("/deelnemers", {"zoek": "Moh"}),
        "/hulpvragen/{reference}, a draft": _post(
            f"/hulpvragen/{known.call}/bericht", {"message": "Ik bel je morgen."}
        ),
    }


async def reader(service: Service, world: World, ask: Ask) -> StaffMember | None:
    """Who gets the page; of several the one who sees the most people."""
    order = sorted(world.people.items(), key=lambda one: one[0] != _SEES_MOST)
    statuses = []
    for _, who in order:
        async with browser(service, who) as web:
            statuses.append((await ask(web)).status_code)
        if statuses[-1] == 200:
            return who
    return order[statuses.index(min(statuses))][1]


def get(path: str) -> Ask:
    """A page as it is opened."""
    return lambda web: web.get(path)


@contextmanager
def queries(database: Database) -> Iterator[list[str]]:
    """What is read from the database meanwhile."""
    found: list[str] = []

    def keep(_one: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            found.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", keep)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", keep)


def _post(path: str, form: dict[str, str]) -> Ask:
    return lambda web: web.post(path, data=form)
