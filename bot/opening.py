"""Open the use cases on the database of the settings: what every command begins with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import structlog
from sqlalchemy import func, select

from aftercare import names
from aftercare.service import Service
from aftercare.setup import IJMOND, set_up
from bot.settings import Settings
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database
from storage.migrate import migrate
from storage.models import Message

log = structlog.get_logger()


class AlreadyRunning(Exception):
    """Another process serves this database file."""


@asynccontextmanager
async def open_service(settings: Settings, first: Path = IJMOND) -> AsyncIterator[Service]:
    """The use cases on the migrated database, set up from the file `first` if it was empty."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    encryption.use(settings.key_ring())
    database = Database(settings.database_address)
    try:
        await migrate(database)
        service = Service(database, Clock(), trial=settings.clock is not None)
        if settings.clock is not None:
            service.clock.travel_to(max(settings.clock, await _last_moment(database)))
        if await set_up(service, first):
            log.info("database was empty: set up", file=first.name)
        if found := await names.keep_all(database):
            log.info("clients can be found by name", count=found)
        yield service
    finally:
        await database.close()


async def _last_moment(database: Database) -> datetime:
    """The newest moment in the database: a trial's clock that is set again never runs back."""
    async with database.read() as session:
        last = await session.scalar(select(func.max(Message.at)))
    return last or datetime.min.replace(tzinfo=UTC)
