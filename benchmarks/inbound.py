"""Messages in, through the whole use case: stored, understood, answered, committed.

As fast as it goes, beside bare commits of the same two rows on the same engine; and at a hundred a
second, to see how long a person waits.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from benchmarks.town import SQLITE, Row, Town, town

PACE = 100
"""Messages a second, in the measurement of how long a person waits."""

TIMES = 3
"""As fast as it goes, so often; the best counts, since a machine has other work too."""

_SIDE_BY_SIDE = 8
"""So many people write at the same time, as in the hour after the check-ins."""
_TABLE = "CREATE TABLE IF NOT EXISTS bare (id {id} PRIMARY KEY, text {text}, at VARCHAR(30))"
_INSERT = "INSERT INTO bare (text, at) VALUES ({0}, {0})"


async def rows(people: int, engine: str) -> Sequence[Row]:
    """Two figures for this engine."""
    async with town(people, engine) as here:
        tries = []
        for _ in range(TIMES):
            await _evening(here)
            tries.append(await _as_fast_as_it_goes(here))
        await _evening(here)
        paced = await _paced(here)
    return max(tries, key=lambda row: row["per_second"]), paced


async def _evening(here: Town) -> None:
    """Everybody has answered what was asked before, and is asked anew."""
    await here.house.tick()
    here.next_evening()
    await here.house.tick()


async def _as_fast_as_it_goes(here: Town) -> Row:
    people, beside = here.people, _SIDE_BY_SIDE
    took: list[float] = []

    async def answers(first: int) -> None:
        for number in range(first, people, beside):
            one = time.perf_counter()
            await here.writes(number, "1")
            took.append(time.perf_counter() - one)

    began = time.perf_counter()
    await asyncio.gather(*(answers(first) for first in range(beside)))
    ours = people / (time.perf_counter() - began)
    if here.engine == SQLITE:
        bare = await asyncio.to_thread(_bare_sqlite, people)
    else:
        bare = await _bare_postgresql(here.url, people, beside)
    return {
        "benchmark": f"messages in, {here.engine}",
        "per_second": round(ours),
        **_percentiles(took),
        "peer": "bare commits of two rows",
        "peer_per_second": round(bare),
        "ratio": round(ours / bare, 3),
    }


async def _paced(here: Town) -> Row:
    took: list[float] = []
    began = time.perf_counter()

    async def answers(number: int) -> None:
        due = began + number / PACE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await here.writes(number, "1")
        took.append(time.perf_counter() - due)

    await asyncio.gather(*(answers(number) for number in range(here.people)))
    found = _percentiles(took)
    return {
        "benchmark": f"a message in at {PACE}/s, {here.engine}",
        "ms": found["p99_ms"],
        **found,
        "peer": "its p50",
        "peer_ms": found["p50_ms"],
        "ratio": round(found["p99_ms"] / found["p50_ms"], 1),
    }


def _percentiles(took: list[float]) -> dict[str, Any]:
    took.sort()
    return {
        "p50_ms": round(took[len(took) // 2] * 1000, 2),
        "p99_ms": round(took[len(took) * 99 // 100] * 1000, 2),
    }


def _bare_sqlite(count: int) -> float:
    """Commits a second of a message and its reply, as safe as ours and nothing around it."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(_TABLE.format(id="INTEGER", text="BLOB"))
        began = time.perf_counter()
        for _ in range(count):
            connection.execute("BEGIN IMMEDIATE")
            for _ in range(2):
                connection.execute(_INSERT.format("?"), (b"x" * 90, "now"))
            connection.execute("COMMIT")
        seconds = time.perf_counter() - began
        connection.close()
    return count / seconds


async def _bare_postgresql(url: str, count: int, beside: int) -> float:
    address = make_url(url)
    conninfo = psycopg.conninfo.make_conninfo(
        dbname=address.database, user=address.username, host=str(address.query["host"])
    )

    async def commits(share: int) -> None:
        async with await psycopg.AsyncConnection.connect(conninfo) as connection:
            for _ in range(share):
                for _ in range(2):
                    await connection.execute(_INSERT.format("%s"), (b"x" * 90, "now"))
                await connection.commit()

    with psycopg.connect(conninfo) as connection:
        connection.execute(_TABLE.format(id="BIGSERIAL", text="BYTEA"))
    began = time.perf_counter()
    await asyncio.gather(*(commits(count // beside) for _ in range(beside)))
    return count / (time.perf_counter() - began)
