"""Due check-ins, from the plan through the outbox to a channel, beside APScheduler's job store.

Twice: beside jobs that do nothing, which is what the store itself can do; and beside jobs that do
what a check-in needs at the least (read the client, write the text down, hand it over), which is
what one would have if every check-in were a job.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine, create_engine, insert, select

from aftercare import check_ins, speech
from benchmarks.town import SQLITE, Row, Town, town
from conversations.phrases import Phrase
from conversations.words import Channel, Direction, MessageKind, MessageStatus
from storage.models import Client, Enrolment, Message

JOBS = 1000
"""No more jobs than this are put into the store: it takes them one by one."""

TIMES = 3
"""Ours and theirs in turn; the best of each counts, since a machine has other work too."""

_LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
"""When the peer's messages were sent, so that ours of the next evening are not too soon after."""


async def rows(people: int, engine: str) -> Sequence[Row]:
    """Two figures for this engine."""
    ours, idle, same = [], [], []
    async with town(people, engine) as here:
        for _ in range(TIMES):
            ours.append(await _asked(here))
            idle.append(_jobs(here, _nothing))
            _engine["it"] = _sync_engine(here)
            same.append(_jobs(here, _the_same))
            _engine["it"].dispose()
            await here.all_answer()
    return [
        {
            "benchmark": f"due check-ins, {engine}",
            "per_second": round(max(ours)),
            "peer": f"APScheduler's job store, {what}",
            "peer_per_second": round(max(theirs)),
            "ratio": round(max(ours) / max(theirs), 1),
        }
        for what, theirs in (("empty jobs", idle), ("jobs that ask", same))
    ]


async def _asked(here: Town) -> float:
    """Check-ins a second, on the next evening."""
    here.next_evening()
    began = time.perf_counter()
    asked = await check_ins.ask_due(here.service)
    sent = await here.house.deliver()
    seconds = time.perf_counter() - began
    if not asked == sent == here.people:
        raise RuntimeError(f"{here.people} were due, {asked} asked and {sent} sent")
    return here.people / seconds


_done: list[int] = []
_handed: list[str] = []
_engine: dict[str, Engine] = {}


def _nothing(number: int) -> None:
    _done.append(number)


def _the_same(number: int) -> None:
    """The least that asks a check-in: no plan, no rules, no lease."""
    with _engine["it"].begin() as connection:
        client = connection.execute(
            select(Client.id, Client.first_name, Client.number, Enrolment.id.label("enrolment"))
            .join(Enrolment, Enrolment.client_id == Client.id)
            .where(Client.id == number)
        ).one()
        words = speech.phrase(Phrase.CHECK_IN, "nl", {"first_name": client.first_name})
        _handed.append(words)
        connection.execute(
            insert(Message).values(
                client_id=client.id,
                enrolment_id=client.enrolment,
                direction=Direction.OUT,
                channel=Channel.SMS,
                text=words,
                at=_LONG_AGO,
                sent_at=_LONG_AGO,
                status=MessageStatus.DELIVERED,
                kind=MessageKind.ROUTINE,
                phrase="check_in",
                external_id=f"job-{len(_handed)}",
            )
        )
    _done.append(number)


def _jobs(here: Town, job: Callable[[int], None]) -> float:
    """One-shot jobs a second that APScheduler runs and removes from its SQLAlchemy store."""
    _done.clear()
    count = min(here.people, JOBS)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'jobs.db'}" if here.engine == SQLITE else here.url
        store = SQLAlchemyJobStore(url=url)
        scheduler = BackgroundScheduler(jobstores={"default": store}, timezone=UTC)
        scheduler.start(paused=True)
        due = datetime.now(UTC) - timedelta(seconds=1)
        for number in range(1, count + 1):
            scheduler.add_job(job, "date", [number], run_date=due, misfire_grace_time=None)
        began = time.perf_counter()
        scheduler.resume()
        while len(_done) < count and time.perf_counter() - began < 60:
            time.sleep(0.005)
        seconds = time.perf_counter() - began
        scheduler.shutdown()
        store.shutdown()
    if len(_done) != count:
        raise RuntimeError(f"{count} jobs were due, {len(_done)} ran")
    return len(_done) / seconds


def _sync_engine(here: Town) -> Engine:
    if here.engine != SQLITE:
        return create_engine(here.url)
    options: dict[str, Any] = {"connect_args": {"timeout": 30}}
    return create_engine(here.url.replace("+aiosqlite", ""), **options)
