"""SQLite without a thread in between: statements run where they are called.

A driver for asyncio that hands each statement to a thread (aiosqlite) takes four hops there and
back, ten times what a statement of ours takes itself. Here a statement runs in the event loop (tens
of microseconds). What can wait does so without holding up the loop: the turn to write is asked for
again and again, and on a slow disk a commit is done in a thread.
Reason and figures: docs/decisions/0005-sqlite-in-the-loop.md.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Coroutine
from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL
from sqlalchemy.util import await_

DRIVER = "sqlite+near"
"""The name of this driver in an address."""

BUSY_SECONDS = 5.0
"""How long a writer waits for its turn, and once more for another process. Together less than a
provider waits for a webhook: it must hear that we did not take its message, to bring it again."""
_SLOW_SECONDS = 0.005
_ASK_AGAIN_SECONDS = 0.002


class NearSqlite(SQLiteDialect_pysqlite):
    """SQLAlchemy's own dialect for SQLite, told that it may be used from an event loop."""

    _commit_seconds = 0.0
    """What a commit took lately."""

    driver = "near"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """A pool in which tasks wait for one another."""
        return AsyncAdaptedQueuePool

    def do_execute(self, cursor: Any, statement: Any, parameters: Any, context: Any = None) -> None:
        """Run a statement at once. SQLAlchemy wants to see that something was awaited."""
        cursor.execute(statement, parameters)
        await_(_nothing())

    def do_executemany(
        self, cursor: Any, statement: Any, parameters: Any, context: Any = None
    ) -> None:
        """Run a statement for each row of parameters, at once."""
        cursor.executemany(statement, parameters)
        await_(_nothing())

    def do_commit(self, dbapi_connection: Any) -> None:
        """Write; in a thread where the disk is slow."""
        if not dbapi_connection.in_transaction:
            return
        began = time.perf_counter()
        if self._commit_seconds > _SLOW_SECONDS:
            await_(_to_the_end(asyncio.to_thread(dbapi_connection.commit)))
        else:
            dbapi_connection.commit()
        self._commit_seconds += (time.perf_counter() - began - self._commit_seconds) / 8


registry.register("sqlite.near", __name__, "NearSqlite")


class _Cursor(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """SQLAlchemy asks this of the cursors of an event loop; ours hold nothing open."""


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


def near(file: str, *, durable: bool) -> Callable[[], sqlite3.Connection]:
    """A creator of connections to `file` for `create_async_engine(creator=...)`.

    `durable=False` leaves it to the system when data reaches the disk: for trials only.
    """

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            file, isolation_level=None, check_same_thread=False, factory=_Connection
        )
        for pragma in (
            f"busy_timeout={int(BUSY_SECONDS * 1000)}",
            "journal_mode=WAL",
            f"synchronous={'FULL' if durable else 'OFF'}",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return connect


def begin_writing(connection: sqlite3.Connection) -> None:
    """Become the only writer, or ask again for as long as another process may take."""
    connection.execute("PRAGMA busy_timeout=0")
    try:
        if not _begun(connection):
            await_(_begin(connection))
    finally:
        connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")


async def _begin(connection: sqlite3.Connection) -> None:
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        await asyncio.sleep(_ASK_AGAIN_SECONDS)
        if _begun(connection, insist=time.monotonic() > give_up):
            return


def _begun(connection: sqlite3.Connection, *, insist: bool = False) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error) or insist:
            raise
        return False
    return True


async def _nothing() -> None:
    pass


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for `work` also when we are cancelled: nobody may touch the connection before."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
