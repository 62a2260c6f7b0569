"""What every test can ask for: a service on a fresh database, SQLite and PostgreSQL alike."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from aftercare.service import Service
from aftercare.setup import set_up
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database
from storage.migrate import migrate
from storage.models import Base
from tests.postgres import fresh_database, postgres

MONDAY_MORNING = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
"""When the clock of a test stands still at first: a working day, eleven in the morning here."""


@pytest.fixture(scope="session")
def key_ring() -> encryption.KeyRing:
    """One key for all tests of a run."""
    return encryption.KeyRing.parse(encryption.new_key())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL, started when the first test asks for it."""
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Everything is tested on both; `parametrize("database_kind", ["sqlite"])` for one only."""
    return str(request.param)


@pytest.fixture
def database_url(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """The address of an empty database."""
    if database_kind == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'nazorg.db'}"
        return
    with fresh_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(key_ring: encryption.KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with IJmond's set-up, to be copied: migrating each anew takes longer."""
    path = tmp_path_factory.mktemp("template") / "nazorg.db"
    asyncio.run(_prepare(f"sqlite+aiosqlite:///{path}", key_ring))
    return path


@pytest.fixture(scope="session")
def postgres_prepared(postgres_server: str, key_ring: encryption.KeyRing) -> Iterator[str]:
    """One migrated database for all tests in turn, which each begin by emptying it."""
    with fresh_database(postgres_server) as url:
        asyncio.run(_prepare(url, key_ring))
        yield url


@pytest.fixture
def prepared_url(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated database."""
    if database_kind == "postgresql":
        return str(request.getfixturevalue("postgres_prepared"))
    shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "nazorg.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'nazorg.db'}"


@pytest.fixture
async def service(prepared_url: str, key_ring: encryption.KeyRing) -> AsyncIterator[Service]:
    """The use cases' surroundings: IJmond's set-up, a clock that stands still and can travel."""
    async with open_prepared(prepared_url, key_ring) as service:
        yield service


@asynccontextmanager
async def open_prepared(url: str, key_ring: encryption.KeyRing) -> AsyncIterator[Service]:
    """The service on a migrated database, as it was after migrating."""
    encryption.use(key_ring)
    database = Database(url, durable=False)
    service = _service(database)
    if not database.is_sqlite:
        await _empty(database)
        await set_up(service)
    yield service
    await database.close()


def _service(database: Database) -> Service:
    return Service(database, Clock(MONDAY_MORNING, running=False), trial=True)


async def _prepare(url: str, key_ring: encryption.KeyRing) -> None:
    encryption.use(key_ring)
    database = Database(url, durable=False)
    await migrate(database)
    await set_up(_service(database))
    if database.is_sqlite:
        async with database.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    await database.close()


async def _empty(database: Database) -> None:
    """As it was after migrating, sequences too. A TRUNCATE takes ten times as long."""
    async with database.write() as session:
        for table in reversed(Base.metadata.sorted_tables):
            only = " WHERE name <> 'key check'" if table.name == "fact" else ""
            await session.execute(text(f'DELETE FROM "{table.name}"{only}'))
        await session.execute(
            text(
                "SELECT setval(quote_ident(sequencename)::regclass, 1, false) FROM pg_sequences "
                "WHERE schemaname = 'public'"
            )
        )
