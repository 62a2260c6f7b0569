"""What a round of all ticks costs when nothing is due, with a thousand people and with a million.

Work must grow with what is due, not with what exists.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import text

from benchmarks.common import opened
from benchmarks.town import Row, bare_people, engines
from bot.channels.phone import Phone
from bot.house import House
from conversations.words import Channel
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database

ROUNDS = 300

FEW, MANY = 1_000, 1_000_000


async def row(engine: str, few: int = FEW, many: int = MANY) -> Row:
    """One figure for this engine. Both take turns: what else the machine does is shared by both."""
    took: tuple[list[float], list[float]] = ([], [])
    key = encryption.new_key()
    async with _quiet(engine, few, key) as one, _quiet(engine, many, key) as other:
        for _ in range(ROUNDS):
            for house, its in zip((one, other), took, strict=True):
                its.append(await _round(house))
    costs = [sorted(its)[ROUNDS // 2] * 1000 for its in took]
    return {
        "benchmark": f"idle round of ticks, {many} people, {engine}",
        "ms": round(costs[1], 3),
        "peer": f"with {few} people",
        "peer_ms": round(costs[0], 3),
        "ratio": round(costs[1] / costs[0], 2),
    }


@asynccontextmanager
async def _quiet(engine: str, people: int, key: str) -> AsyncIterator[House]:
    """A service with so many people, for none of whom anything is due."""
    with engines() as urls:
        clock = Clock(datetime.fromisoformat("2026-03-10T12:00:00+00:00"), running=False)
        async with opened(urls[engine], clock, key) as service:
            await _fill(service.database, people)
            house = House(service)
            house.connect(Phone(Channel.SMS))
            house.connect(Phone(Channel.TELEGRAM))
            await _round(house)
            yield house


async def _round(house: House) -> float:
    """Seconds of a round of all ticks."""
    house.service.clock.travel_to(house.service.now() + timedelta(seconds=1))
    began = time.perf_counter()
    for tick in house.ticks().values():
        await tick.run()
    return time.perf_counter() - began


async def _fill(database: Database, people: int) -> None:
    async with database.write() as session:
        for statement in bare_people(people):
            await session.execute(statement)
        await session.execute(text("ANALYZE"))
