"""What the trials share: `nazorg` as processes that can be killed, and how figures are shown."""

import argparse
import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import httpx
import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from aftercare.service import Service
from aftercare.setup import set_up
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database, UnusableUrl
from storage.encryption import WrongKeys
from storage.migrate import migrate
from storage.models import Client
from tests.postgres import PostgresError, fresh_database, postgres

READY_SECONDS = 60.0
FINISH_SECONDS = 15.0
_TELL_SECONDS = 5.0
NAZORG = Path(sys.executable).with_name("nazorg")


class Process:
    """One `nazorg` process on a port of its own, which can be killed and started again."""

    def __init__(self, command: str, folder: Path, settings: Mapping[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"{command}-{self.port}.log"
        self.fell: list[int] = []
        """The exit codes of lives that ended though nobody ended them."""
        self._command = [str(NAZORG), command, "--port", str(self.port)]
        self._folder = folder
        kept = {name: value for name, value in os.environ.items() if name[:7] != "NAZORG_"}
        self.environment = kept | dict(settings)
        self._life: subprocess.Popen[bytes] | None = None

    def start(self, clock: datetime | None = None, **settings: str) -> None:
        """Start it; `clock` is the moment that it shows then. It is not ready yet."""
        environment = self.environment | settings
        if clock is not None:
            environment["NAZORG_CLOCK"] = clock.isoformat()
        with self.log.open("ab") as log:
            self._life = subprocess.Popen(
                self._command, cwd=self._folder, env=environment, stdout=log, stderr=log
            )

    async def ready(self, within: float = READY_SECONDS) -> None:
        """Wait until it serves. Raises TimeoutError, or RuntimeError when it has ended."""
        async with httpx.AsyncClient(trust_env=False) as http, asyncio.timeout(within):
            while not await self._is_ready(http):
                if self._life is None or self._life.poll() is not None:
                    raise RuntimeError(f"nazorg has ended by itself:\n{self.log.read_text()}")
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """kill -9."""
        if self._life is not None:
            self._end(signal.SIGKILL)
            await asyncio.to_thread(self._life.wait, FINISH_SECONDS)
            self._life = None

    async def stop(self) -> None:
        """SIGTERM; what does not end by that is killed."""
        if self._life is not None:
            self._end(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self._life.wait, FINISH_SECONDS)
            self._life.kill()
            await asyncio.to_thread(self._life.wait, FINISH_SECONDS)
            self._life = None

    def megabytes(self) -> float:
        """The memory that it holds now."""
        assert self._life is not None
        return megabytes(self._life.pid)

    def _end(self, how: signal.Signals) -> None:
        assert self._life is not None
        if (code := self._life.poll()) is not None:
            self.fell.append(code)
        else:
            self._life.send_signal(how)

    async def _is_ready(self, http: httpx.AsyncClient) -> bool:
        try:
            return (await http.get(f"{self.url}/healthz")).status_code == 200
        except httpx.HTTPError:
            return False


def megabytes(pid: int, which: str = "VmRSS") -> float:
    """The memory that a process holds now; or by `VmHWM` the most that it held (Linux). Not by
    `ru_maxrss`: that begins at what the process held that started this one."""
    status = Path(f"/proc/{pid}/status").read_text()
    resident = next(line for line in status.splitlines() if line.startswith(f"{which}:"))
    return int(resident.split()[1]) / 1024


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@asynccontextmanager
async def opened(
    url: str, clock: Clock, key: str, *, durable: bool = True
) -> AsyncIterator[Service]:
    """The use cases on a trial's database, which is prepared if it is empty."""
    encryption.use(encryption.KeyRing.parse(key))
    database = Database(url, durable=durable)
    try:
        await migrate(database)
        service = Service(database, clock, trial=True)
        await set_up(service)
        yield service
    finally:
        await database.close()


def arguments(name: str, about: str | None) -> argparse.ArgumentParser:
    """A command line with what all trials take."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=about)
    parser.add_argument("--seed", type=int, default=1, help="another seed is another course")
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    return parser


class NotEmpty(Exception):
    """There are people in this database: give an empty one, the trial invents its own."""


async def must_be_empty(service: Service) -> None:
    """Raises `NotEmpty`."""
    async with service.database.read() as session:
        if await session.scalar(select(func.count(Client.id))):
            raise NotEmpty


def postgresql(parser: argparse.ArgumentParser) -> None:
    """Let a trial be played on PostgreSQL."""
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database")
    parser.add_argument("--postgres", action="store_true", help="start a PostgreSQL for this")


Report = dict[str, object]


def on_a_database(
    parser: argparse.ArgumentParser, options: argparse.Namespace, play: Callable[[str], Report]
) -> Report:
    """Play on the database that was asked for; `play` gets its address, empty for SQLite."""
    if options.database_url.startswith("sqlite"):
        parser.error("--database-url is for PostgreSQL: without it, SQLite is used")
    try:
        if not options.postgres:
            return play(options.database_url)
        with postgres() as server, fresh_database(server) as url:
            return play(url)
    except NotEmpty:
        parser.error(f"--database-url: {NotEmpty.__doc__}")
    except (WrongKeys, UnusableUrl, PostgresError, DBAPIError) as error:
        parser.error(f"the database cannot be used: {str(error).splitlines()[0]}")


def only_our_words() -> None:
    """Keep what others log from standard error: in a trial, things go wrong all the time."""
    logging.disable()
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())


def show(report: Mapping[str, object], *, as_json: bool) -> None:
    """Print what a trial found."""
    if as_json:
        print(json.dumps(report))
    else:
        print("\n".join(_lines(report)))


def _lines(report: Mapping[str, object], indent: str = "") -> Iterator[str]:
    for name, value in report.items():
        if isinstance(value, Mapping):
            yield f"{indent}{name}"
            yield from _lines(value, indent + "  ")
        else:
            yield f"{indent}{name:<{26 - len(indent)}}{value}"


@contextmanager
def telling(what: Callable[[], str]) -> Iterator[None]:
    """Say on standard error, every few seconds for as long as this lasts, how far it is."""

    async def tell() -> None:
        began = time.monotonic()
        while True:
            await asyncio.sleep(_TELL_SECONDS)
            print(f"{time.monotonic() - began:5.0f} s  {what()}", file=sys.stderr, flush=True)

    task = asyncio.create_task(tell())
    try:
        yield
    finally:
        task.cancel()
