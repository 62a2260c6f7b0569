"""`nazorg` as others run it: processes of its own, which can be killed."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

COMMAND = Path(sys.executable).with_name("nazorg")


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


class Nazorg:
    """An installation in `folder`: `nazorg serve` on a port of its own, and commands beside it.

    `settings` is all that it is told, but for `NAZORG_CLOCK`, which `start` sets. `part`: another
    command that serves, `web` or `worker`; `within`: a command that runs it.
    """

    def __init__(self, folder: Path, part: str = "serve", **settings: str) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = {"NAZORG_DATA_DIR": str(self.data), **settings}
        self.written: list[str] = []
        """What commands wrote to standard error."""
        self.part = part
        self.within: list[str] = []
        self._log = folder / f"{part}-{self.port}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """What it has written so far, over all its lives."""
        return self._log.read_text() if self._log.exists() else ""

    async def start(self, clock: datetime | str | None = None, *more: str) -> None:
        """Serve, and wait until it is ready."""
        if clock is not None:
            self.settings["NAZORG_CLOCK"] = clock if isinstance(clock, str) else clock.isoformat()
        self._process = self._begin(self.part, "--port", str(self.port), *more)
        async with httpx.AsyncClient(trust_env=False) as http, asyncio.timeout(30):
            while not await self._is_ready(http):
                assert self._process.poll() is None, self.log
                await asyncio.sleep(0.02)

    def _begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [*self.within, COMMAND, *arguments],
                cwd=self.folder,
                env=self._environment(),
                stdout=log,
                stderr=log,
            )

    @property
    def pid(self) -> int:
        """The number of the process that serves."""
        assert self._process
        return self._process.pid

    async def kill(self) -> None:
        """kill -9."""
        assert self._process
        self._process.kill()
        await asyncio.to_thread(self._process.wait, 10)
        self._process = None

    async def stop(self) -> tuple[int, float]:
        """SIGTERM. Returns the exit code and the seconds that it took."""
        assert self._process
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        try:
            code = await asyncio.to_thread(self._process.wait, 30)
        finally:
            self._process.kill()
        self._process = None
        return code, time.monotonic() - began

    async def end(self) -> None:
        """Leave nothing running, however a test went."""
        if self._process is not None:
            await self.kill()

    async def run(self, *arguments: str) -> Ran:
        """Run a command to its end."""

        def to_its_end() -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [*self.within, COMMAND, *arguments],
                cwd=self.folder,
                env=self._environment(),
                capture_output=True,
                text=True,
                timeout=60,
            )

        done = await asyncio.to_thread(to_its_end)
        self.written.append(done.stderr)
        return Ran(done.returncode, done.stdout, done.stderr)

    async def json(self, *arguments: str) -> Any:
        """Run a command that reports, and read its report."""
        ran = await self.run(*arguments, "--json")
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    async def _is_ready(self, http: httpx.AsyncClient) -> bool:
        try:
            return (await http.get(f"{self.url}/readyz")).status_code == 200
        except httpx.HTTPError:
            return False

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name[:7] != "NAZORG_"}
        return kept | self.settings


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
