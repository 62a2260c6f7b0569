"""Small things that the installation remembers of itself, by name."""

from storage.database import Database
from storage.models import Fact

TELEGRAM_NAME = "telegram name"
"""The bot's name on Telegram, for deep links; known since it last introduced itself."""

LAST_BACKUP = "last backup"
"""The ISO moment at which the last backup began."""

LAST_WRITTEN = "last written"
"""The ISO moment at which somebody last asked whether anything can be written."""

PRICE = "price per segment"
"""What one SMS segment costs, in euros, as the administrator filled it in."""


async def remember(database: Database, name: str, value: str) -> None:
    """Keep `value` under `name`, in place of what was there."""
    async with database.write() as session:
        await session.merge(Fact(name=name, value=value))


async def recall(database: Database, name: str) -> str | None:
    """What is kept under `name`."""
    async with database.read() as session:
        fact = await session.get(Fact, name)
        return fact.value if fact else None
