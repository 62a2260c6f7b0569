"""A world of its own for one demo: a temporary folder, a database, a key, and a clock to travel.

Nothing of it stays: the folder goes when the demo ends, and the key was never anywhere else.
"""

import asyncio
import secrets
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy import update

from aftercare.inbox import Inbound
from aftercare.service import Refused, Service
from aftercare.setup import set_up
from aftercare.subject import Subject, current
from bot.channels.phone import Phone
from bot.demo.cast import NOW
from bot.demo.clients import begins, unreachable
from bot.demo.past import Past
from bot.demo.travelling import JUST_AFTER, Journey
from bot.house import House
from conversations.turns import Incoming
from conversations.words import Channel
from scheduler.clock import Clock
from staff.sign_in import LASTS
from storage import encryption
from storage.database import Database
from storage.migrate import migrate
from storage.models import Client, StaffSession
from storage.notices import claim_notices, settle_notice, spread

log = structlog.get_logger()

BATCH = 50


class World:
    """The house of one demo, and what a visitor may do to it."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house = house
        self.journey: Journey | None = None
        self._file, self._beginning = folder / "demo.sqlite3", folder / "beginning.sqlite3"
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def service(self) -> Service:
        """The use cases' tools."""
        return self.house.service

    async def client(self, reference: str) -> Subject | None:
        """The client with this reference in the newest track; None when there is none."""
        async with self.service.database.read() as session:
            return await current(session, Client.reference, reference)

    async def say(
        self, subject: Subject, incoming: Incoming, *, sender: str | None = None, link: str = ""
    ) -> None:
        """The client writes or presses, over the channel that is theirs."""
        client = subject.client
        sender = sender or (client.number if client.channel is Channel.SMS else client.chat)
        if sender is None:
            raise Refused("This client has no telephone here.")
        external_id = f"demo-{secrets.token_hex(8)}"
        async with self._turn:
            await self.house.receive(
                Inbound(client.channel, sender, external_id, incoming, link or None)
            )
            await self.house.deliver()

    def travel(self, to: datetime) -> None:
        """Begin a journey to `to`, unless one is under way."""
        if self.journey is None:
            self.journey = Journey(self.service.now(), to)
            self._begin(self._travel(to))

    async def _travel(self, to: datetime) -> None:
        try:
            async with self._turn:
                await self.house.travel(to + JUST_AFTER)
            await self._keep_signed_in()
        finally:
            self.journey = None

    async def _keep_signed_in(self) -> None:
        """A journey is not an absence: whoever was signed in still is."""
        now = self.service.now()
        async with self.service.database.write() as session:
            await session.execute(update(StaffSession).values(seen_at=now, expires_at=now + LASTS))

    async def remember_beginning(self) -> None:
        """Keep the world as it is now, to begin again from."""
        await asyncio.to_thread(_copy, self._file, self._beginning)

    async def begin_again(self) -> None:
        """Put the world back to where the demo began."""
        async with self._turn:
            await self.house.close()
            await asyncio.to_thread(_copy, self._beginning, self._file)
            self.service.clock.travel_to(NOW)
            self.house.start()

    async def close(self) -> None:
        """End what is under way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("journey broke off", error=type(error).__name__)


@asynccontextmanager
async def open_world() -> AsyncIterator[World]:
    """A fresh world with its past played, its clock and its ticks running; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="nazorg-demo-") as named:
        folder = Path(named)
        encryption.use(encryption.KeyRing.parse(encryption.new_key()))
        database = Database(f"sqlite+aiosqlite:///{folder / 'demo.sqlite3'}", durable=False)
        try:
            await migrate(database)
            service = Service(database, Clock(begins()), trial=True)
            await set_up(service)
            house = House(service)
            house.connect(Phone(Channel.SMS, unreachable()))
            house.connect(Phone(Channel.TELEGRAM))
            house.mail = _postbox(service)
            await Past(house).play()
            world = World(house, folder)
            await world.remember_beginning()
            service.clock.travel_to(NOW)
            house.start()
            try:
                yield world
            finally:
                await world.close()
                await house.close()
        finally:
            await database.close()


def _postbox(service: Service) -> Callable[[], Awaitable[int]]:
    """Takes the place of mail: everything arrives, and the page shows it."""

    async def deliver() -> int:
        await spread(service.database, service.now())
        letters = await claim_notices(service.database, service.now(), BATCH)
        for letter in letters:
            await settle_notice(service.database, letter, service.now(), sent=True)
        return len(letters)

    return deliver


def _copy(source: Path, target: Path) -> None:
    """Make `target` what `source` is, also while others have it open."""
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)
