"""The database, and what stands in it: version, keys, routes, colleagues, what waits."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from aftercare.service import Service
from bot.backup import sqlite
from bot.backup.making import has_keys
from bot.doctor.finding import Finding, attention, ok, wrong
from bot.metrics import SET_ASIDE
from bot.missed import missed
from bot.settings import Settings
from scheduler.clock import Clock
from storage import encryption, line
from storage.database import Database, UnusableUrl
from storage.encryption import WrongKeys, ring
from storage.facts import LAST_BACKUP, recall
from storage.migrate import KEY_CHECK, alembic_config, check_keys
from storage.models import Fact, Message

WITHIN_SECONDS = 5
_OLDEST_POSTGRESQL = 150000
_BACKUP_EVERY = timedelta(days=2)
_WAITS_LONG = timedelta(minutes=10)


class _TakenBack(Exception):
    """Ends a transaction without keeping anything."""


async def examine(settings: Settings, database: Database) -> AsyncIterator[Finding]:
    """Whether the database can be used, and with these keys; then what stands in it."""
    file = sqlite.file_of(database.url) if database.is_sqlite else None
    if file is not None and not await asyncio.to_thread(file.is_file):
        yield attention(
            "database",
            f"{file} is not there yet",
            "It is made at the first start. If there should be one, look at NAZORG_DATA_DIR and "
            "NAZORG_DATABASE_URL.",
        )
        return
    try:
        async with asyncio.timeout(WITHIN_SECONDS):
            yield await _server(database, file)
            version = await _version(database)
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        yield wrong(
            "database",
            _why(error),
            "Does the database server run? Are host, name and password in NAZORG_DATABASE_URL "
            "right?",
        )
        return
    yield version
    if "tables of" not in version.found:
        return
    if not has_keys(settings):
        yield wrong(
            "keys",
            "the database is there and its key is not",
            "Put back your copy of the key file, or set NAZORG_KEYS, before you start nazorg.",
        )
        return
    try:
        encryption.use(settings.key_ring())
        async with asyncio.timeout(WITHIN_SECONDS):
            yield await _keys_fit(database)
            yield await _write(database)
            yield await _backup(database)
    except WrongKeys as error:
        yield wrong("keys", str(error), "Put back the keys that this database was written with.")
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        yield wrong("database write", _why(error), "Is the disk full, or the database read-only?")


async def waiting(settings: Settings, database: Database) -> list[Finding]:
    """What waits too long, and who is behind."""
    service = Service(database, Clock(settings.clock))
    now = service.now()
    async with database.read() as session:
        oldest = await session.scalar(
            select(func.min(Message.not_before)).where(line.QUEUED, Message.not_before <= now)
        )
        doubtful = await session.scalar(
            select(func.count()).select_from(Message).where(line.UNCERTAIN)
        )
        aside = await session.scalar(select(func.count()).select_from(Message).where(SET_ASIDE))
    return [_backlog(oldest, doubtful or 0, now), _set_aside(aside or 0), await _behind(service)]


def _set_aside(count: int) -> Finding:
    if count:
        return attention(
            "set aside",
            f"the program failed on {count} messages that came in",
            "Somebody must read them: nazorg missed. Send us the log lines `message set aside`.",
        )
    return ok("set aside", "the program failed on no message")


def _backlog(oldest: datetime | None, doubtful: int, now: datetime) -> Finding:
    found = f"{doubtful} in doubt" if doubtful else "nothing waits too long"
    if oldest and oldest < now - _WAITS_LONG:
        minutes = round((now - oldest).total_seconds() / 60)
        return wrong(
            "backlog",
            f"the oldest message has waited for {minutes} minutes; {doubtful} in doubt",
            "Does a worker run, and is its channel on? Look at the lines above and at the log.",
        )
    if doubtful:
        return attention(
            "backlog",
            found,
            "Twilio is asked about these by itself. On Telegram nobody can tell: they are not "
            "sent again, and the colleague sees it in the conversation.",
        )
    return ok("backlog", found)


async def _behind(service: Service) -> Finding:
    people = {one.client for one in await missed(service)}
    if people:
        return attention(
            "people behind", f"{len(people)} fell behind their plan", "See who: nazorg missed"
        )
    return ok("people behind", "nobody fell behind the plan")


async def _server(database: Database, file: Path | None) -> Finding:
    async with database.read() as session:
        if file is not None:
            written = await session.scalar(text("SELECT sqlite_version()"))
            return ok("database", f"SQLite {written}, {file}")
        number = int(await session.scalar(text("SHOW server_version_num")) or 0)
        written = await session.scalar(text("SHOW server_version"))
    if number < _OLDEST_POSTGRESQL:
        return wrong("database", f"PostgreSQL {written}", "Take PostgreSQL 15 or newer.")
    return ok("database", f"PostgreSQL {written}")


async def _version(database: Database) -> Finding:
    def current(connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    async with database.engine.connect() as connection:
        found = await connection.run_sync(current)
    scripts = ScriptDirectory.from_config(alembic_config())
    head = scripts.get_current_head()
    if found == head:
        return ok("database version", f"the tables of this program ({found})")
    if found is None:
        return attention(
            "database version", "empty", "It is set up at the first start: nazorg serve"
        )
    if found in {one.revision for one in scripts.walk_revisions()}:
        return attention(
            "database version",
            f"older ({found}) than this program ({head})",
            "The next start brings it up to date. Make a backup first: nazorg backup FILE",
        )
    return wrong(
        "database version",
        f"written by a newer nazorg ({found})",
        "Install that version, or restore a backup that this one made.",
    )


async def _keys_fit(database: Database) -> Finding:
    async with database.read() as session:
        fact = await session.get(Fact, KEY_CHECK)
    if fact is None:
        return attention("keys", "the database does not know its keys yet", "Start nazorg once.")
    check_keys(fact.value)
    return ok("keys", "they are the ones this database was written with")


async def _write(database: Database) -> Finding:
    began = time.perf_counter()
    try:
        async with database.write() as session:
            session.add(Fact(name="doctor", value=ring().look_up("doctor", "writes").hex()))
            await session.flush()
            raise _TakenBack
    except _TakenBack:
        took = (time.perf_counter() - began) * 1000
        return ok("database write", f"written and taken back in {took:.0f} ms")


async def _backup(database: Database) -> Finding:
    kept = await recall(database, LAST_BACKUP)
    do = "Make one each night, and try a restore once: docs/operations.md"
    if kept is None:
        return attention("backup", "no backup was made by `nazorg backup`", do)
    age = datetime.now(UTC) - datetime.fromisoformat(kept)
    found = f"{age.days} days old" if age.days else f"{age.total_seconds() / 3600:.0f} hours old"
    return attention("backup", found, do) if age > _BACKUP_EVERY else ok("backup", found)


def _why(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {WITHIN_SECONDS} seconds"
    if isinstance(error, DBAPIError) and error.orig is not None:
        return (str(error.orig).splitlines() or [type(error).__name__])[0]
    return type(error).__name__


def opened(settings: Settings) -> Database | Finding:
    """The database of the settings, not yet connected; or why it cannot be one."""
    try:
        return Database(settings.database_address)
    except UnusableUrl as error:
        return wrong("database", str(error), "See docs/settings.md")
