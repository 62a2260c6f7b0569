"""One door: a transaction happens whole or not at all, and writers take turns."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from aftercare.service import Service
from storage.database import Busy, Database
from storage.facts import recall, remember
from storage.models import AuditEntry, Client, Fact, Organisation
from storage.near_sqlite import BUSY_SECONDS
from tests.storage.rows import add_client

only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"])


async def test_what_fails_halfway_leaves_nothing(service: Service) -> None:
    async def fail() -> None:
        async with service.database.write() as session:
            session.add(Organisation(slug="half", name="Half"))
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with service.database.read() as session:
        assert not await session.scalar(select(Organisation).where(Organisation.slug == "half"))


async def test_a_session_for_reading_keeps_nothing(service: Service) -> None:
    async with service.database.read() as session:
        session.add(Organisation(slug="read", name="Read"))
        await session.flush()
    async with service.database.read() as session:
        assert not await session.scalar(select(Organisation).where(Organisation.slug == "read"))


async def test_many_writers_at_once_all_get_their_turn(service: Service) -> None:
    other = Database(service.database.url, durable=False)

    async def write(database: Database, number: int) -> None:
        async with database.write() as session:
            session.add(AuditEntry(at=service.now(), action=f"write {number}"))

    await asyncio.gather(*(write(one, n) for n in range(20) for one in (service.database, other)))
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(AuditEntry)) == 40
    await other.close()


async def test_a_moment_comes_back_aware_and_in_utc(service: Service) -> None:
    moment = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    async with service.database.write() as session:
        session.add(AuditEntry(at=moment, action="zone"))
    async with service.database.read() as session:
        kept = await session.scalar(select(AuditEntry.at))
    assert kept == moment
    assert kept is not None
    assert kept.tzinfo is UTC


async def test_a_moment_without_a_zone_is_refused(service: Service) -> None:
    with pytest.raises(StatementError, match="needs a time zone"):
        async with service.database.write() as session:
            session.add(AuditEntry(at=datetime(2026, 7, 1), action="naive"))  # noqa: DTZ001


async def test_a_number_belongs_to_one_client(service: Service) -> None:
    await add_client(service, 1)
    with pytest.raises(IntegrityError):
        await add_client(service, 1)


async def test_an_error_does_not_repeat_what_was_to_be_stored(service: Service) -> None:
    await add_client(service, 1)
    with pytest.raises(IntegrityError) as failed:
        await add_client(service, 1)
    assert "+31600000001" not in str(failed.value)
    assert "Person 1" not in str(failed.value)


async def test_a_fact_is_remembered_and_replaced(service: Service) -> None:
    assert await recall(service.database, "telegram name") is None
    await remember(service.database, "telegram name", "een_bot")
    await remember(service.database, "telegram name", "andere_bot")
    assert await recall(service.database, "telegram name") == "andere_bot"
    async with service.database.read() as session:
        names = (await session.scalars(select(Fact.name))).all()
    assert names.count("telegram name") == 1


async def test_references_are_unlike_each_other_and_easy_to_read_out(service: Service) -> None:
    for number in range(1, 21):
        await add_client(service, number)
    async with service.database.read() as session:
        references = (await session.scalars(select(Client.reference))).all()
    assert len(set(references)) == 20
    for reference in references:
        assert len(reference) == 8
        assert not set(reference) & set("01OILU")


@only_sqlite
async def test_sqlite_keeps_a_log_that_survives_and_checks_its_references(
    service: Service,
) -> None:
    async with service.database.read() as session:
        assert (await session.execute(text("PRAGMA journal_mode"))).scalar() == "wal"
        assert (await session.execute(text("PRAGMA foreign_keys"))).scalar() == 1
        assert (await session.execute(text("PRAGMA busy_timeout"))).scalar() == BUSY_SECONDS * 1000


async def test_by_default_sqlite_waits_for_the_disk(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'durable.db'}")
    async with database.read() as session:
        assert (await session.execute(text("PRAGMA synchronous"))).scalar() == 2
    await database.close()


@only_sqlite
async def test_a_database_that_another_process_has_locked_is_waited_for(
    service: Service,
) -> None:
    path = service.database.url.removeprefix("sqlite+aiosqlite:///")
    stranger = sqlite3.connect(path, isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(remember(service.database, "name", "kept"))
    await asyncio.sleep(0.2)
    assert not writing.done()
    stranger.execute("COMMIT")
    stranger.close()
    await writing
    assert await recall(service.database, "name") == "kept"


@only_sqlite
async def test_a_lock_that_stays_is_the_databases_trouble(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not an error that nobody knows: a message that meets it would be set aside for ever."""
    monkeypatch.setattr("storage.near_sqlite.BUSY_SECONDS", 0.1)
    monkeypatch.setattr("storage.database.BUSY_SECONDS", 0.05)
    path = service.database.url.removeprefix("sqlite+aiosqlite:///")
    stranger = sqlite3.connect(path, isolation_level=None)
    stranger.execute("BEGIN IMMEDIATE")
    failed = await asyncio.gather(
        *(remember(service.database, "name", str(one)) for one in range(3)), return_exceptions=True
    )
    assert {type(one) for one in failed} == {OperationalError, Busy}
    stranger.execute("COMMIT")
    stranger.close()
    await remember(service.database, "name", "kept")
