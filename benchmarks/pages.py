"""Every page of the console, in a town of ten thousand people with half a million messages.

As a browser asks for it, on SQLite; beside the same page in a small town, because what a page costs
must not grow with what it does not show. Wall time is what a colleague waits on a machine that does
nothing else; the processor's time beside it says how much of that was ours, and their ratio is of
the latter.
"""

import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache

import httpx2
from sqlalchemy import text

from aftercare.service import Service
from aftercare.sheets import MOST_ROWS
from benchmarks.common import opened
from benchmarks.town import SQLITE, Row, engines
from scheduler.clock import Clock
from storage import encryption
from storage.models import StaffMember
from tests.staff.asking import Ask, asked, get, queries, reader
from tests.staff.crowd import crowd
from tests.staff.everything import build
from tests.staff.world import browser, hire

PEOPLE, FEW = 10_000, 100
MESSAGES = 50
"""Of each person."""

TIMES = 20
_TIMES_A_LIST = 5
_LIST = f"/inschrijven/lijst, {MOST_ROWS} rows"
_RARE = "/deelnemers?gaat=job_lost&taal=pl"
_NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


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
    few, many = await town_of(FEW), await town_of(people)
    for name, cost in many.items():
        peer = few[name]
        yield {
            "benchmark": f"{name} ({cost.queries} queries, {cost.kb} KB)",
            **asdict(cost),
            "peer": f"with {FEW} people",
            **{f"peer_{field}": value for field, value in asdict(peer).items()},
            "ratio": round(cost.cpu_ms / peer.cpu_ms, 2),
        }


async def town_of(people: int) -> dict[str, Cost]:
    """What each page costs among so many people."""
    with engines() as urls:
        clock = Clock(_NOW, running=False)
        async with opened(urls[SQLITE], clock, encryption.new_key()) as service:
            world = await build(service, await hire(service))
            known = await crowd(service, people, MESSAGES)
            async with service.database.write() as session:
                await session.execute(text("ANALYZE"))
            found = {}
            besides = {_RARE: get(_RARE), _LIST: _upload}
            for name, ask in {**asked(service, world, known), **besides}.items():
                who = await reader(service, world, ask)
                found[name] = await _cost(
                    service, who, ask, _TIMES_A_LIST if name == _LIST else TIMES
                )
            return found


async def _upload(web: httpx2.AsyncClient) -> httpx2.Response:
    """A list is sent, read, checked and shown."""
    answer = await web.post("/inschrijven/lijst", files={"file": ("lijst.csv", _list())})
    return answer if answer.status_code != 303 else await web.get(answer.headers["location"])


@cache
def _list() -> bytes:
    lines = (f"Naam;0600{500_000 + row};2-3-2026;Velsen" for row in range(MOST_ROWS))
    return "\r\n".join(("Voornaam;Mobiel nummer;Eerste werkdag;Gemeente", *lines)).encode()


async def _cost(service: Service, who: StaffMember | None, ask: Ask, times: int) -> Cost:
    took, busy = [], []
    async with browser(service, who) as web:
        for _ in range(times):
            with queries(service.database) as done:
                began, idle = time.perf_counter(), time.process_time()
                answer = await ask(web)
                busy.append(time.process_time() - idle)
                took.append(time.perf_counter() - began)
    return Cost(_p95(took), _p95(busy), len(done), round(len(answer.content) / 1024, 1))


def _p95(seconds: list[float]) -> float:
    """In milliseconds."""
    return round(sorted(seconds)[-(-len(seconds) * 95 // 100) - 1] * 1000, 1)
