"""What a round of all ticks costs when nothing is due, with a thousand people and with a million.

Work must grow with what is due, not with what exists.
"""

import time
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
    """One figure for this engine."""
    costs = [await _cost(engine, people) for people in (few, many)]
    return {
        "benchmark": f"idle round of ticks, {many} people, {engine}",
        "ms": round(costs[1], 3),
        "peer": f"with {few} people",
        "peer_ms": round(costs[0], 3),
        "ratio": round(costs[1] / costs[0], 2),
    }


async def _cost(engine: str, people: int) -> float:
    """Milliseconds of a round of ticks."""
    with engines() as urls:
        clock = Clock(datetime.fromisoformat("2026-03-10T12:00:00+00:00"), running=False)
        async with opened(urls[engine], clock, encryption.new_key()) as service:
            await _fill(service.database, people)
            house = House(service)
            house.connect(Phone(Channel.SMS))
            house.connect(Phone(Channel.TELEGRAM))
            ticks = house.ticks().values()
            for tick in ticks:
                await tick.run()
            took = []
            for _ in range(ROUNDS):
                clock.travel_to(clock.now() + timedelta(seconds=1))
                began = time.perf_counter()
                for tick in ticks:
                    await tick.run()
                took.append(time.perf_counter() - began)
            return sorted(took)[ROUNDS // 2] * 1000


async def _fill(database: Database, people: int) -> None:
    async with database.write() as session:
        for statement in bare_people(people):
            await session.execute(statement)
        await session.execute(text("ANALYZE"))
