"""How much one process takes: messages in and check-ins out, beside what they stand on.

Each row is a ratio in the same run on the same machine: messages in beside bare SQLite commits of
the same two rows, check-ins beside APScheduler's own SQLAlchemy job store.
"""

import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from aftercare import check_ins
from aftercare.enrolment import Application, enrol
from aftercare.inbox import Inbound, receive
from aftercare.service import Service
from aftercare.setup import set_up
from bot.channels.phone import Phone
from bot.house import House
from conversations.turns import Text
from conversations.words import Channel
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database
from storage.migrate import migrate

Row = dict[str, Any]

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TUESDAY_NIGHT = datetime(2026, 3, 3, 19, 29, tzinfo=UTC)


@asynccontextmanager
async def town(people: int) -> AsyncIterator[House]:
    """A service with `people` who said yes, on a SQLite file that is as safe as in earnest."""
    encryption.use(encryption.KeyRing.parse(encryption.new_key()))
    with tempfile.TemporaryDirectory(prefix="nazorg-bench-") as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'nazorg.db'}")
        await migrate(database)
        service = Service(database, Clock(MONDAY, running=False), trial=True)
        await set_up(service)
        house = House(service)
        house.connect(Phone(Channel.SMS))
        for number in range(people):
            await enrol(service, _application(number))
        await house.tick()
        for number in range(people):
            await _writes(service, number, "ja")
        await house.tick()
        yield house
        await database.close()


async def inbound(people: int) -> Row:
    """Messages a second through the whole use case: stored, understood, answered, committed."""
    async with town(people) as house:
        service = house.service
        service.clock.travel_to(TUESDAY_NIGHT)
        await house.tick()
        took = []
        began = time.perf_counter()
        for number in range(people):
            one = time.perf_counter()
            await _writes(service, number, "1")
            took.append(time.perf_counter() - one)
        seconds = time.perf_counter() - began
    took.sort()
    bare = _bare_commits(people)
    return {
        "benchmark": "messages in, SQLite",
        "per_second": round(people / seconds),
        "p50_ms": round(took[people // 2] * 1000, 2),
        "p99_ms": round(took[people * 99 // 100] * 1000, 2),
        "peer": "bare SQLite, two rows a commit",
        "peer_per_second": round(bare),
        "ratio": round(people / seconds / bare, 3),
    }


async def due_check_ins(people: int) -> Row:
    """Check-ins a second from the plan, through the outbox, to a channel."""
    async with town(people) as house:
        house.service.clock.travel_to(TUESDAY_NIGHT)
        began = time.perf_counter()
        asked = await check_ins.ask_due(house.service)
        sent = await house.deliver()
        seconds = time.perf_counter() - began
    if not asked == sent == people:
        raise RuntimeError(f"{people} were due, {asked} asked and {sent} sent")
    peer = _apscheduler_jobs(min(people, 500))
    return {
        "benchmark": "due check-ins, SQLite",
        "per_second": round(people / seconds),
        "peer": "APScheduler's SQLAlchemy job store",
        "peer_per_second": round(peer),
        "ratio": round(people / seconds / peer, 1),
    }


async def idle_tick(few: int, many: int) -> Row:
    """What a round of ticks costs when nothing is due, with few people and with many."""
    costs = []
    for people in (few, many):
        async with town(people) as house:
            await house.tick()
            began = time.perf_counter()
            for _ in range(200):
                await house.tick()
            costs.append((time.perf_counter() - began) / 200 * 1000)
    return {
        "benchmark": f"idle round of ticks, {many} people",
        "ms": round(costs[1], 3),
        "peer": f"the same, {few} people",
        "peer_ms": round(costs[0], 3),
        "ratio": round(costs[1] / costs[0], 2),
    }


def _application(number: int) -> Application:
    return Application(
        first_name="Oefening",
        municipality="Velsen",
        first_working_day=date(2026, 3, 2),
        number=f"+31600{number:06d}",
    )


async def _writes(service: Service, number: int, words: str) -> None:
    sender = f"+31600{number:06d}"
    await receive(service, Inbound(Channel.SMS, sender, f"{words}-{number}", Text(words)))


def _bare_commits(count: int) -> float:
    """Commits a second of a message and its reply, with the same safety and nothing around it."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("CREATE TABLE message (id INTEGER PRIMARY KEY, text BLOB, at TEXT)")
        began = time.perf_counter()
        for _ in range(count):
            connection.execute("BEGIN IMMEDIATE")
            for _ in range(2):
                connection.execute("INSERT INTO message (text, at) VALUES (?, ?)", (b"x" * 90, "t"))
            connection.execute("COMMIT")
        seconds = time.perf_counter() - began
        connection.close()
    return count / seconds


_done = 0


def _job() -> None:
    global _done
    _done += 1


def _apscheduler_jobs(count: int) -> float:
    """One-shot jobs a second that APScheduler runs and removes from its SQLAlchemy store."""
    global _done
    _done = 0
    with tempfile.TemporaryDirectory() as folder:
        store = SQLAlchemyJobStore(url=f"sqlite:///{Path(folder) / 'jobs.db'}")
        scheduler = BackgroundScheduler(jobstores={"default": store}, timezone=UTC)
        scheduler.start(paused=True)
        due = datetime.now(UTC) - timedelta(seconds=1)
        for _ in range(count):
            scheduler.add_job(_job, "date", run_date=due, misfire_grace_time=None)
        began = time.perf_counter()
        scheduler.resume()
        while _done < count:
            time.sleep(0.005)
        seconds = time.perf_counter() - began
        scheduler.shutdown()
        store.shutdown()
    return count / seconds
