"""What every test can ask for: a service on a fresh database, SQLite and PostgreSQL alike."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftercare.service import Service
from aftercare.setup import set_up
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database
from storage.migrate import migrate
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
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'nazorg.db'}"
        return
    with fresh_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
async def service(database_url: str, key_ring: encryption.KeyRing) -> AsyncIterator[Service]:
    """The use cases' surroundings: IJmond's set-up, a clock that stands still and can travel."""
    encryption.use(key_ring)
    database = Database(database_url, durable=False)
    await migrate(database)
    service = Service(database, Clock(MONDAY_MORNING, running=False), trial=True)
    await set_up(service)
    yield service
    await database.close()
