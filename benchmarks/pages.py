"""Every page of the console, in a town of ten thousand people with half a million messages.

As a browser asks for it, on SQLite; beside the same page in a small town, because what a page costs
must not grow with what it does not show. Wall time is what a colleague waits on a machine that does
nothing else; the processor's time beside it says how much of that was ours.
"""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

import httpx2
from sqlalchemy import event, text

from aftercare.service import Service
from aftercare.sheets import MOST_ROWS
from benchmarks.common import opened
from benchmarks.town import SQLITE, Row, engines
from scheduler.clock import Clock
from staff.app import PAGES
from storage import encryption
from storage.models import StaffMember
from tests.staff.crowd import crowd
from tests.staff.test_privacy import LIVE, World, address_of, world_of
from tests.staff.world import browser, hire

PEOPLE, FEW = 10_000, 100
MESSAGES = 50
"""Of each person."""

TIMES = 20
_TIMES_A_LIST = 5
_NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
_YEAR = urlencode({"van": date(2025, 3, 3).isoformat(), "tot": date(2026, 3, 2).isoformat()})
_SEES_MOST = "teamleider werkcoaches"
_CHOSEN = (
    "/deelnemers?van=mij",
    "/deelnemers?gaat=job_lost&taal=pl",
    "/deelnemers?stil=ja",
    "/deelnemers?hulpvraag=ja",
    "/deelnemers?einde=contract",
    "/werkvoorraad?van=te-laat",
    f"/terugblik?{_YEAR}",
    f"/terugblik/cijfers.csv?{_YEAR}",
    "/beheer/logboek?wat=erase",
    "/beheer/logboek?wie={colleague}",
    "/beheer/logboek?wie={colleague}&wat=contacted&van=2025-01-01&tot=2025-12-31",
)
"""What colleagues choose on a page, besides the page as it opens."""

Ask = Callable[[httpx2.AsyncClient], Awaitable[httpx2.Response]]


@dataclass(frozen=True)
class Cost:
    """What one page takes: milliseconds waited and of the processor (p95 of each), queries, and
    kilobytes."""

    ms: float
    cpu_ms: float
    queries: int
    kb: float


async def rows(people: int) -> AsyncIterator[Row]:
    """A figure for each page."""
    few, many = await _town(FEW), await _town(people)
    for name, cost in many.items():
        peer = few[name]
        yield {
            "benchmark": name,
            **asdict(cost),
            "peer": f"with {FEW} people",
            **{f"peer_{field}": value for field, value in asdict(peer).items()},
            "ratio": round(cost.cpu_ms / peer.cpu_ms, 2),
        }


async def _town(people: int) -> dict[str, Cost]:
    """What each page costs among so many people."""
    with engines() as urls:
        clock = Clock(_NOW, running=False)
        async with opened(urls[SQLITE], clock, encryption.new_key(), durable=False) as service:
            world = await world_of(service, await hire(service))
            known = await crowd(service, people, MESSAGES)
            world.addresses.update(
                {"/deelnemers/{reference}": known.client, "/hulpvragen/{reference}": known.call}
            )
            async with service.database.write() as session:
                await session.execute(text("ANALYZE"))
            return {
                name: await _cost(service, await _reader(service, world, ask), ask, times)
                for name, (ask, times) in _asked(world).items()
            }


def _asked(world: World) -> dict[str, tuple[Ask, int]]:
    """How each page is asked for, and how many times, by its name."""
    paths = {page.path: address_of(page, world) for page in PAGES if page.method == "GET"}
    del paths[LIVE]
    for chosen in _CHOSEN:
        paths[chosen] = chosen.replace("{colleague}", world.staff.coach.reference)
    call = f"/hulpvragen/{world.addresses['/hulpvragen/{reference}']}/bericht"
    return {
        **{name: (_get(path), TIMES) for name, path in paths.items()},
        "/deelnemers, by name": (_post("/deelnemers", {"zoek": "Moh"}), TIMES),
        "/hulpvragen/{reference}, a draft": (_post(call, {"message": "Ik bel je morgen."}), TIMES),
        f"/inschrijven/lijst, {MOST_ROWS} rows": (_upload, _TIMES_A_LIST),
    }


def _get(path: str) -> Ask:
    return lambda web: web.get(path)


def _post(path: str, form: dict[str, str]) -> Ask:
    return lambda web: web.post(path, data=form)


async def _upload(web: httpx2.AsyncClient) -> httpx2.Response:
    """A list is sent, read, checked and shown."""
    answer = await web.post("/inschrijven/lijst", files={"file": ("lijst.csv", _list())})
    return answer if answer.status_code != 303 else await web.get(answer.headers["location"])


@cache
def _list() -> bytes:
    lines = (f"Naam;0600{500_000 + row};2-3-2026;Velsen" for row in range(MOST_ROWS))
    return "\r\n".join(("Voornaam;Mobiel nummer;Eerste werkdag;Gemeente", *lines)).encode()


async def _reader(service: Service, world: World, ask: Ask) -> StaffMember | None:
    """Who gets the page; of several the one who sees the most people."""
    order = sorted(world.people.items(), key=lambda one: one[0] != _SEES_MOST)
    statuses = []
    for _, who in order:
        async with browser(service, who) as web:
            statuses.append((await ask(web)).status_code)
        if statuses[-1] == 200:
            return who
    return order[statuses.index(min(statuses))][1]


async def _cost(service: Service, who: StaffMember | None, ask: Ask, times: int) -> Cost:
    asked: list[str] = []

    def count(_one: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.append(statement)

    engine = service.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    took, busy = [], []
    async with browser(service, who) as web:
        for _ in range(times):
            asked.clear()
            began, idle = time.perf_counter(), time.process_time()
            answer = await ask(web)
            busy.append(time.process_time() - idle)
            took.append(time.perf_counter() - began)
    event.remove(engine, "before_cursor_execute", count)
    return Cost(_p95(took), _p95(busy), len(asked), round(len(answer.content) / 1024, 1))


def _p95(seconds: list[float]) -> float:
    """In milliseconds."""
    return round(sorted(seconds)[-(-len(seconds) * 95 // 100) - 1] * 1000, 1)
