"""Do the migrations make what the models say?"""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from storage import encryption
from storage.database import Database
from storage.migrate import migrate
from storage.models import Base


def problems() -> Iterator[str]:
    """What the models have and the migrations do not make, or the other way round."""
    yield from asyncio.run(_problems())


async def _problems() -> list[str]:
    encryption.use(encryption.KeyRing.parse(encryption.new_key()))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'check.db'}", durable=False)
        await migrate(database)
        async with database.engine.connect() as connection:
            differences = await connection.run_sync(_compare)
        await database.close()
    return [f"migrations: not in step with the models: {one}" for one in differences]


def _compare(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))
