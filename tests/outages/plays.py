"""What happens to real processes of `nazorg` when something is taken from them for a while.

Most of each is waiting, so they are played side by side; the tests look at what came of them.
"""

import asyncio
import os
import resource
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot import reports
from storage.encryption import new_key
from tests.bot.process import Nazorg, Ran, free_port
from tests.bot.story import MORNING, world
from tests.bot.waiting import SOON, until, until_true
from tests.outages.people import WELCOMED, People, Seen, enrol, inside, look, statuses, until_ready
from tests.postgres import fresh_database, postgres_server
from tests.providers.server import Sent

KEYS = {"NAZORG_KEYS": new_key()}
"""The same for all: this process, which looks into all of them, has one ring."""

LOCKED_SECONDS = 25
"""Longer than anybody waits for a turn to write."""


@dataclass
class Played:
    """An outage, from all sides."""

    during: list[Seen] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    """How our webhook answered Amina's yes, while it could not be kept."""
    seconds: list[float] = field(default_factory=list)
    """How long she waited for that."""
    kept_meanwhile: int = 0
    """Rows that were there of what was not taken."""
    records: list[dict[str, Any]] = field(default_factory=list)
    twice: dict[tuple[str, str], int] = field(default_factory=dict)
    same_process: bool = False
    log: str = ""


async def _play(people: People, played: Played, times: int, pause: float) -> None:
    """During an outage: both say yes. Telegram keeps Bilal's; Twilio hears that we did not."""
    await people.bilal.press("ja")
    for _ in range(times):
        began = time.monotonic()
        await people.write_in_vain()
        played.seconds.append(time.monotonic() - began)
        played.during.append(await look(people.here.nazorg))
        await asyncio.sleep(pause)


async def _after(
    people: People, played: Played, pid: int, saving: Callable[[], object] | None = None
) -> None:
    await until_ready(people.here.nazorg)
    await people.come_back()
    played.refused = [one.status for one in people.refused]
    played.twice = people.twice()
    played.same_process = people.here.nazorg.pid == pid
    if saving:
        await asyncio.to_thread(saving)
    await people.here.nazorg.stop()
    played.records = await people.records()
    played.log = people.here.nazorg.log


async def postgresql_gone(folder: Path) -> Played:
    """PostgreSQL is stopped, the moment a message was taken by Telegram, and started again."""
    played = Played()
    with postgres_server() as server, fresh_database(server.url) as url:
        async with world(folder, NAZORG_DATABASE_URL=url, **KEYS) as here:
            people = await People.enrolled(here)
            await here.nazorg.start()
            pid = here.nazorg.pid
            await people.are_asked()
            await asyncio.to_thread(server.stop)
            await _play(people, played, 2, 2.0)
            await asyncio.to_thread(server.start)
            await _after(people, played, pid)
    return played


async def sqlite_locked(folder: Path) -> Played:
    """Another process writes to the file, and does not come to an end for a while."""
    played = Played()
    async with world(folder, **KEYS) as here:
        people = await People.enrolled(here)
        await here.nazorg.start()
        pid = here.nazorg.pid
        await people.are_asked()
        other = sqlite3.connect(here.nazorg.data / "nazorg.db")
        other.execute("BEGIN IMMEDIATE")
        ends = time.monotonic() + LOCKED_SECONDS
        await _play(people, played, 1, 0)
        await asyncio.sleep(ends - time.monotonic())
        other.rollback()
        other.close()
        await _after(people, played, pid)
    return played


async def files_unwritable(folder: Path) -> Played:
    """From one moment on, nothing can be added to any file, the log too."""
    played = Played()
    async with world(folder, **KEYS) as here:
        people = await People.enrolled(here)
        await here.nazorg.start()
        pid = here.nazorg.pid
        await people.are_asked()
        without = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        await until_ready(here.nazorg, ready=False)
        await _play(people, played, 2, 1.0)
        played.kept_meanwhile = _kept(here.nazorg.data / "nazorg.db")
        resource.prlimit(pid, resource.RLIMIT_FSIZE, without)
        await _after(people, played, pid)
    return played


_ON_A_TINY_DISK = 'mount -t tmpfs -o size=4m tmpfs "$0" && cp -a "$0-before/." "$0" && exec "$@"'
"""In a namespace of its own, so that the disk is gone with the process that has it."""


def tiny_disks_can_be_made() -> bool:
    """Whether this system lets us mount one."""
    if shutil.which("unshare") is None:
        return False
    trial = [*_unshare(), "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(trial, capture_output=True).returncode == 0


def _unshare() -> list[str]:
    return ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "-r", "--mount"]


async def disk_full(folder: Path) -> Played:
    """The data lies on a disk of 4 MB, which something else fills."""
    played = Played()
    async with world(folder, **KEYS) as here:
        nazorg = here.nazorg
        people = await People.enrolled(here)
        nazorg.data.rename(f"{nazorg.data}-before")
        nazorg.data.mkdir()
        nazorg.within = [*_unshare(), "sh", "-c", _ON_A_TINY_DISK, str(nazorg.data)]
        await nazorg.start()
        pid = nazorg.pid
        on_disk = Path(f"/proc/{pid}/root{nazorg.data}")
        await people.are_asked()
        filler = on_disk / "filler"
        await asyncio.to_thread(_fill, filler)
        await until_ready(nazorg, ready=False)
        await _play(people, played, 2, 1.0)
        played.kept_meanwhile = _kept(_copy(on_disk, folder / "meanwhile"))
        filler.unlink()
        await _after(people, played, pid, lambda: _save(on_disk, nazorg.data))
    return played


def _copy(on_disk: Path, to: Path) -> Path:
    """The database, from the disk that only its process sees. Nobody writes just now."""
    to.mkdir(exist_ok=True)
    for file in on_disk.glob("nazorg.*"):
        shutil.copy(file, to)
    return to / "nazorg.db"


def _save(on_disk: Path, to: Path) -> None:
    """Copy it when all has come to rest; its disk goes with the process."""
    for _ in range(100):
        with sqlite3.connect(_copy(on_disk, to)) as reader:
            if not reader.execute("SELECT 1 FROM message WHERE status = 'sending'").fetchone():
                break
        reader.close()
        time.sleep(0.1)
    reader.close()


def _fill(file: Path) -> None:
    """Leave no byte."""
    with file.open("wb", buffering=0) as filler:
        for size in (65536, 4096, 1):
            try:
                while True:
                    filler.write(b"\0" * size)
            except OSError:
                continue


def _kept(file: Path) -> int:
    """How many messages came in, as another process reads it."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as reader:
        count: int = reader.execute(
            "SELECT count(*) FROM message WHERE direction = 'in' AND channel = 'sms'"
        ).fetchone()[0]
    reader.close()
    return count


@dataclass
class Shared:
    """One web and two workers on one PostgreSQL."""

    twice: dict[tuple[str, str], int] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    web_ready: dict[str, Any] = field(default_factory=dict)
    polled_first: list[str] = field(default_factory=list)
    """The logs of the workers that polled before the first was killed."""
    polled_after: list[str] = field(default_factory=list)
    ends: list[tuple[int, float]] = field(default_factory=list)
    """Exit code and seconds of each, told to end while Twilio took its time."""
    in_hand: list[str] = field(default_factory=list)
    """The status of the message that was in hand then."""
    sent: list[Sent] = field(default_factory=list)
    logs: str = ""


async def many_processes(folder: Path, url: str) -> Shared:
    """Webhooks come to one, two others answer; the one that polls dies; all are told to end."""
    shared = Shared()
    async with world(folder, NAZORG_DATABASE_URL=url, **KEYS) as here:
        web = here.nazorg
        web.part = "web"
        workers = [Nazorg(folder, "worker") for _ in range(2)]
        try:
            people = await People.enrolled(here)
            await web.start()
            for worker in workers:
                worker.settings |= web.settings | {"NAZORG_DATA_DIR": str(web.data)}
            await asyncio.gather(*(worker.start() for worker in workers))
            await _shared_work(people, shared, workers)
        finally:
            for worker in workers:
                await worker.end()
    return shared


_POLLS = "telegram polling begins"


async def _shared_work(people: People, shared: Shared, workers: list[Nazorg]) -> None:
    here, web = people.here, people.here.nazorg
    await people.are_asked()
    answer = await people.amina.send("ja")
    await asyncio.gather(people.amina.wait(WELCOMED, SOON), here.twilio.resend(answer.sid))
    await asyncio.gather(*(people.amina.send(f"hulp {one}") for one in range(4)))
    shared.web_ready = (await look(web)).why
    shared.polled_first = [one.log for one in workers if _POLLS in one.log]
    polls = next(one for one in workers if _POLLS in one.log)
    other = next(one for one in workers if one is not polls)
    await polls.kill()
    await people.bilal.press("ja")
    await people.bilal.wait(WELCOMED, SOON)
    shared.polled_after = [one.log for one in (other,) if _POLLS in one.log]
    await polls.start()

    async def all_answered() -> bool:
        shared.records = await people.records()
        return not any(
            one["status"] in ("queued", "sending")
            for record in shared.records
            for one in record["messages"]
        )

    await until_true(all_answered)
    shared.answered = [one.text for one in people.amina.received]
    # To the end: something is in hand, Twilio takes a second.
    here.twilio.faults.slowness = 1.0
    taken = len(here.twilio.sent)
    async with inside(web) as service:
        chris = await enrol(service, "Chris", number="+31612340003")
    await until(lambda: len(here.twilio.sent) > taken)
    shared.ends = list(await asyncio.gather(*(one.stop() for one in (*workers, web))))
    async with inside(web) as service:
        shared.in_hand = statuses(await reports.show(service, chris.reference))
    shared.twice = people.twice()
    shared.sent = [*here.twilio.sent, *here.telegram.sent]
    shared.logs = "".join(one.log for one in (web, *workers))


async def second_on_sqlite(folder: Path) -> list[Ran]:
    """Each part, beside a `serve` on the same file."""
    async with world(folder, **KEYS) as here:
        await here.nazorg.start(MORNING)
        return [
            await here.nazorg.run(part, "--port", str(free_port()))
            for part in ("serve", "web", "worker")
        ]
