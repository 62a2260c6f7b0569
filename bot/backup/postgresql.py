"""A PostgreSQL database as one file, and back: with its own pg_dump and pg_restore."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import make_url

from bot.backup import BackupError
from storage.database import LOCK
from storage.encryption import ring
from storage.migrate import KEY_CHECK, check_keys

MAGIC = b"PGDMP"

_CONNECT_SECONDS = 10


def name_of(url: str) -> str:
    """The database's name."""
    return make_url(url).database or ""


def size(url: str) -> int:
    """At most how large a dump is, in bytes. Raises `BackupError`."""
    _tool("pg_dump")
    with _connected(url) as connection:
        row = connection.execute(
            "SELECT coalesce(sum(pg_table_size(c.oid)), 0)::bigint FROM pg_class c "
            "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        ).fetchone()
    return int(row[0]) if row else 0


def dump(url: str, part: Path) -> None:
    """One snapshot, as it is at this moment, while others go on reading and writing."""
    _run(url, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")


def restore(backup: Path, url: str) -> None:
    """Fill the empty database at `url`, in one transaction. Raises `BackupError`, `WrongKeys`."""
    _tool("pg_restore")
    with _connected(url) as connection:
        # A service that starts now waits for this lock before it looks at the tables.
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        _check_empty(connection)
        check_keys(ring().decrypt(_key_check_of(backup), "fact.value"))
        _run(
            url,
            "pg_restore",
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
            str(backup),
        )


def _check_empty(connection: psycopg.Connection) -> None:
    others = connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    ).fetchone()
    if others and others[0]:
        raise BackupError(
            f"{others[0]} other connections are open to this database. Stop every nazorg, and "
            "whatever else uses it, then restore."
        )
    tables = connection.execute(
        "SELECT count(*) FROM pg_class WHERE relkind = 'r' "
        "AND relnamespace = 'public'::regnamespace"
    ).fetchone()
    if tables and tables[0]:
        raise BackupError(
            "the database is not empty. A restore overwrites nothing: make a new database with "
            "createdb, and name it in NAZORG_DATABASE_URL."
        )


def _key_check_of(backup: Path) -> bytes:
    """The sealed value in the dump that tells which keys it was written with."""
    copied = _run(None, "pg_restore", "--data-only", "--table=fact", "--file=-", str(backup))
    for line in copied.splitlines():
        name, tab, value = line.partition("\t")
        if tab and name == KEY_CHECK:
            return bytes.fromhex(value.removeprefix("\\\\x"))
    raise BackupError(f"{backup} is not a backup that nazorg made: it has no key check")


def _run(url: str | None, tool: str, *arguments: str) -> str:
    environment = dict(os.environ)
    if url is not None:
        wanted = _parameters(url)
        password = wanted.pop("password", None)
        if password:  # in the environment, not where `ps` shows it to everybody
            environment["PGPASSWORD"] = password
        arguments = (f"--dbname={make_conninfo(**wanted)}", *arguments)
    done = subprocess.run(
        [_tool(tool), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupError(f"{tool} failed: {said[0] if said else done.returncode}")
    return done.stdout


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(
            f"{name} is not on the PATH. Install PostgreSQL's client programs, of the server's "
            "version or newer: on Debian, apt-get install postgresql-client"
        )
    return found


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    wanted = {"connect_timeout": str(_CONNECT_SECONDS)} | _parameters(url)
    try:
        with psycopg.connect(make_conninfo(**wanted), autocommit=True) as connection:
            yield connection
    except psycopg.Error as error:
        why = (str(error).splitlines() or [type(error).__name__])[0]
        raise BackupError(f"NAZORG_DATABASE_URL: the database cannot be used: {why}") from None


def _parameters(url: str) -> dict[str, str]:
    """The URL in libpq's own words, as SQLAlchemy gives them to psycopg."""
    parsed = make_url(url)
    _, given = parsed.get_dialect()().create_connect_args(parsed)
    return {name: str(value) for name, value in given.items()}
