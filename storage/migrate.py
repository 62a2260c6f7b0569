"""Bring the database to the version of the code, on every start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.database import LOCK, Database
from storage.encryption import WrongKeys, ring
from storage.models import Fact

_SCRIPTS = Path(__file__).parent / "migrations"
KEY_CHECK = "key check"
"""The fact by which the key ring of a database is known."""


class NewerDatabase(Exception):
    """The database was written by a newer version of the program."""


async def migrate(database: Database) -> None:
    """Upgrade to the newest version. Raises `NewerDatabase`, or `WrongKeys` when the key ring is
    not the one that this database was written with."""
    await upgrade(database)
    await _check_keys(database)


async def upgrade(database: Database) -> None:
    """Make the tables what the code expects. Raises `NewerDatabase`."""
    async with database.engine.execution_options(writes=True).connect() as connection:
        await connection.run_sync(_upgrade)
        await connection.commit()


def check_keys(known: str) -> None:
    """Raises `WrongKeys` when the key check of a database, `known`, is not that of our ring."""
    if known != _look_up():
        raise WrongKeys(
            "the last key of the ring is not the one this database began with, so nobody "
            "would be recognised. Put new keys in front, and keep the oldest one last."
        )


def alembic_config(connection: Connection | None = None) -> Config:
    """The settings of Alembic, which has no ini file here."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    config = alembic_config(connection)
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return
    if current is not None and current not in {one.revision for one in scripts.walk_revisions()}:
        raise NewerDatabase(
            f"the database has version {current}, which this program does not know: it was "
            "written by a newer nazorg. Install that version, or give another database."
        )
    command.upgrade(config, "head")


async def _check_keys(database: Database) -> None:
    async with database.alone() as session:
        known = await session.get(Fact, KEY_CHECK)
        if known is None:
            session.add(Fact(name=KEY_CHECK, value=_look_up()))
        else:
            check_keys(known.value)


def _look_up() -> str:
    return ring().look_up("key check", "nazorg").hex()
