"""For developers: write a migration for what the models say and the migrations do not yet."""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command

from storage.database import Database
from storage.migrate import alembic_config, upgrade


async def write(message: str) -> None:
    """Migrate an empty database to what is there, and write the difference as a new step."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'empty.db'}", durable=False)
        await upgrade(database)
        async with database.engine.connect() as connection:
            await connection.run_sync(
                lambda sync: command.revision(alembic_config(sync), message, autogenerate=True)
            )
        await database.close()


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1]))
