"""One door to the database, SQLite or PostgreSQL: `read()` and `write()`.

`write()` is one transaction that either happens whole or not at all. On SQLite writers take turns
(BEGIN IMMEDIATE behind a lock of our own, so that tasks queue instead of spinning); on PostgreSQL
rows are locked where it matters.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import (
    ArgumentError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from storage.near_sqlite import BUSY_SECONDS, DRIVER, begin_writing, near

LOCK = 0x6E617A6F7267  # "nazorg": held while the database is prepared
POLLING = LOCK + 1
"""Held by the one process that asks Telegram for updates."""

_DEADLOCK = "40P01"


class UnusableUrl(Exception):
    """The address is not of a database that we can use."""


class Busy(SQLAlchemyError):
    """Others are writing, and have not come to an end in time."""


def collided(error: Exception) -> bool:
    """Whether two transactions waited for one another and this one was given up for the other: it
    can be done again at once. Only PostgreSQL does so."""
    return isinstance(error, OperationalError) and (
        getattr(error.orig, "sqlstate", None) == _DEADLOCK
    )


class Database:
    """A pool of connections. `durable=False` is for trials only: a power cut may lose data."""

    def __init__(self, url: str, *, durable: bool = True) -> None:
        self.url = url
        self.is_sqlite = _is_sqlite(url)
        self.engine = _engine(url, durable=durable, is_sqlite=self.is_sqlite)
        self._readers = async_sessionmaker(self.engine, expire_on_commit=False)
        self._writers = async_sessionmaker(
            self.engine.execution_options(writes=True), expire_on_commit=False
        )
        self._turn = asyncio.Lock() if self.is_sqlite else None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session for reading only; nothing of it is kept."""
        async with self._readers() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed at the end, rolled back on any exception."""
        if self._turn is None:
            async with self._writers.begin() as session:
                yield session
            return
        await _take(self._turn)
        try:
            async with self._writers.begin() as session:
                yield session
        finally:
            self._turn.release()

    async def ahead(self) -> timedelta:
        """How far the database server's clock is ahead of this machine's; no time on SQLite."""
        if self.is_sqlite:
            return timedelta()
        async with self.read() as session:
            theirs: datetime = (await session.scalars(text("SELECT clock_timestamp()"))).one()
        return theirs - datetime.now(UTC)

    @asynccontextmanager
    async def trying(self) -> AsyncIterator["Database"]:
        """A database like this one, in which everything can be done and nothing of it is kept:
        to see beforehand what a use case would do."""
        with suppress(_Undone):
            async with self.write() as session:
                yield _Trial(self, session)
                raise _Undone

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[AsyncSession]:
        """Like `write()`, while no other process is in here: for what is done once at the start."""
        async with self.write() as session:
            if not self.is_sqlite:
                await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            yield session

    @asynccontextmanager
    async def holding(self, lock: int) -> AsyncIterator[Callable[[], Awaitable[bool]] | None]:
        """Be the only one, of all processes, that does a thing for as long as this lasts: gives
        None when another does it, else a question to be asked now and then: still the one?"""
        if self.is_sqlite:  # one process
            yield _always
            return
        async with self.engine.connect() as connection:
            connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
            got = await connection.scalar(text("SELECT pg_try_advisory_lock(:l)"), {"l": lock})
            if not got:
                yield None
                return

            async def still() -> bool:
                try:
                    return bool(await connection.scalar(text("SELECT 1")))
                except SQLAlchemyError:
                    return False

            try:
                yield still
            finally:
                with suppress(SQLAlchemyError):
                    await connection.execute(text("SELECT pg_advisory_unlock(:l)"), {"l": lock})

    async def close(self) -> None:
        """Let go of all connections."""
        await self.engine.dispose()


class _Undone(Exception):
    """The end of a trial."""


class _Trial(Database):
    """All in one transaction that somebody else ends."""

    def __init__(self, whole: Database, session: AsyncSession) -> None:
        self.url, self.is_sqlite, self.engine = whole.url, whole.is_sqlite, whole.engine
        self._session = session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        yield self._session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        yield self._session
        await self._session.flush()


async def _take(turn: asyncio.Lock) -> None:
    """Wait for our turn to write, but not for ever: who waits behind a database that is locked or
    broken must be able to say so."""
    if not turn.locked():
        await turn.acquire()
        return
    try:
        async with asyncio.timeout(BUSY_SECONDS):
            await turn.acquire()
    except TimeoutError:
        raise Busy from None


async def _always() -> bool:
    return True


def _is_sqlite(url: str) -> bool:
    try:
        name = make_url(url).drivername
    except ArgumentError:
        raise UnusableUrl("the database address is not a URL") from None
    if name == "sqlite+aiosqlite":
        return True
    if name == "postgresql+psycopg":
        return False
    raise UnusableUrl(
        f"cannot use a database of the kind {name}: give sqlite+aiosqlite:///FILE or "
        "postgresql+psycopg://USER:PASSWORD@HOST/NAME"
    )


def _engine(url: str, *, durable: bool, is_sqlite: bool) -> AsyncEngine:
    address = make_url(url)
    options: dict[str, Any] = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10}
    if is_sqlite:
        address = address.set(drivername=DRIVER)
        options = {"creator": near(address.database or "", durable=durable), "pool_use_lifo": True}
    try:
        engine = create_async_engine(address, hide_parameters=True, **options)
    except (NoSuchModuleError, ArgumentError) as error:
        raise UnusableUrl(f"cannot use the database: {error}") from None
    if is_sqlite:
        event.listen(engine.sync_engine, "begin", _begin_on_sqlite)
    return engine


def _begin_on_sqlite(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    try:
        if connection.get_execution_options().get("writes"):
            begin_writing(driver)
        else:
            driver.execute("BEGIN")
    except sqlite3.Error as error:  # here SQLAlchemy leaves it as it is, and nobody knows it
        raise OperationalError("BEGIN", None, error) from error
