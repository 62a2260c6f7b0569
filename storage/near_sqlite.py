"""SQLite without a thread in between: statements run where they are called.

aiosqlite takes four hops to its thread and back for each statement, ten times what a statement of
ours takes itself. Here a statement runs in the event loop (tens of microseconds). What can wait
does so without holding up the loop: the turn to write is asked for again and again, and a commit
that must reach the disk is done in a thread. SQLAlchemy takes such a connection by its documented
`async_creator`. Reason and figures: docs/decisions/0005-sqlite-in-the-loop.md.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

BUSY_SECONDS = 20.0
_ASK_AGAIN_SECONDS = 0.002


class NearCursor:
    """A cursor with the methods that SQLAlchemy awaits."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor
        self.arraysize = cursor.arraysize

    async def __aenter__(self) -> "NearCursor":
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> "NearCursor":
        """Run one statement; BEGIN IMMEDIATE waits for its turn."""
        if statement == "BEGIN IMMEDIATE":
            await _begin(self._cursor)
        else:
            self._cursor.execute(statement, parameters)
        return self

    async def executemany(
        self, statement: str, parameters: Sequence[Sequence[Any]]
    ) -> "NearCursor":
        """Run one statement for each row of parameters."""
        self._cursor.executemany(statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """All rows."""
        return self._cursor.fetchall()

    async def close(self) -> None:
        """Let go of the statement."""
        self._cursor.close()

    @property
    def description(self) -> Any:
        """The columns, or None for a statement without rows."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The id of the row inserted last."""
        return self._cursor.lastrowid


class NearConnection:
    """A connection with the methods that SQLAlchemy awaits."""

    def __init__(self, connection: sqlite3.Connection, *, durable: bool) -> None:
        self._conn = self._connection = connection
        self._durable = durable
        self.isolation_level = None

    def cursor(self) -> NearCursor:
        """A new cursor."""
        return NearCursor(self._conn.cursor())

    async def commit(self) -> None:
        """Write; in a thread when that means waiting for the disk."""
        if not self._conn.in_transaction:
            return
        if self._durable:
            await _to_the_end(asyncio.to_thread(self._conn.commit))
        else:
            self._conn.commit()

    async def rollback(self) -> None:
        """Forget what was not committed."""
        if self._conn.in_transaction:
            self._conn.rollback()

    async def create_function(self, *arguments: Any, **options: Any) -> None:
        """Register a function (SQLAlchemy brings its own for regular expressions)."""
        self._conn.create_function(*arguments, **options)

    async def close(self) -> None:
        """Close the file."""
        self._conn.close()

    def stop(self) -> None:
        """Close the file, outside any task."""
        self._conn.close()


def near(file: str, *, durable: bool) -> Callable[..., Awaitable[NearConnection]]:
    """A creator of connections to `file` for `create_async_engine(async_creator=...)`.

    `durable=False` leaves it to the system when data reaches the disk: for trials only.
    """

    async def connect(*_arguments: Any, **_options: Any) -> NearConnection:
        connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        for pragma in (
            f"busy_timeout={int(BUSY_SECONDS * 1000)}",
            "journal_mode=WAL",
            f"synchronous={'FULL' if durable else 'OFF'}",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return NearConnection(connection, durable=durable)

    return connect


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Wait for `work` also when we are cancelled: nobody may touch the connection before."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


async def _begin(cursor: sqlite3.Cursor) -> None:
    """Become the only writer, or ask again for as long as another process may take."""
    give_up = time.monotonic() + BUSY_SECONDS
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > give_up:
                    raise
                await asyncio.sleep(_ASK_AGAIN_SECONDS)
            else:
                return
    finally:
        cursor.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
