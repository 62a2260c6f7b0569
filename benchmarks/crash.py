"""Kill it at random moments, again and again: is anything lost, does anything come twice?

Real `nazorg` processes, killed with -9 while people consent, answer check-ins and ask for help
over Twilio (which can tell afterwards what was sent) and Telegram (which cannot). The providers
and their people live in this process, which survives. In the end the database is held against
what they saw. On SQLite it is one `nazorg serve`; on PostgreSQL one `nazorg web` and some `nazorg
worker`, of which one at a time is killed.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from math import ceil
from pathlib import Path
from random import Random

from sqlalchemy import func, or_, select
from sqlalchemy.exc import DBAPIError

from aftercare.enrolment import Application, enrol
from aftercare.service import Service
from benchmarks import common
from benchmarks.ledger import balance
from benchmarks.street import Chat, Phone, Somebody, messages
from bot.delivery import LOOK_UP_AFTER
from conversations.words import Channel, CheckInStatus, MessageStatus
from scheduler.clock import Clock
from storage.database import UnusableUrl
from storage.encryption import WrongKeys, new_key
from storage.models import CheckIn, Client, Message
from storage.outbox import LEASE
from tests.postgres import PostgresError, fresh_database, postgres
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer

OURS = "+31612340000"
MONDAY = date(2026, 3, 2)
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVENINGS = tuple(datetime(2026, 3, day, 19, 0, tzinfo=UTC) for day in (3, 10, 24))
"""Eight in the evening: by then everybody's check-in of that day is due, and may still be sent."""

_FEW = 1000
"""A trial of fewer messages plays one evening only."""
_A_PART = 9
"""How many messages a person writes and gets in the morning, and again each evening."""
_ON_TELEGRAM = 2 / 3
_TOO_SOON = 0.1
"""The share of kills that come while it is still starting."""
_STILL_SECONDS = 5.0
_PART_SECONDS = 900.0
_SETTLE_SECONDS = 240.0
_IN_HAND = LEASE + LOOK_UP_AFTER + timedelta(seconds=5)
"""After this, whatever a killed process had in hand has been settled by another."""


class NotEmpty(Exception):
    """There are people in this database: give an empty one, the trial invents its own."""


@dataclass(frozen=True)
class Plan:
    """What is asked for. `workers` is 0 on SQLite, where one process does everything."""

    messages: int
    kills: int
    seed: int
    database_url: str = ""
    workers: int = 0


async def crash(plan: Plan) -> dict[str, object]:
    """Play it. Returns the report, ready for JSON."""
    began = time.monotonic()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nazorg-crash-")))
        telegram = await stack.enter_async_context(TelegramServer(allow_loopback=True))
        twilio = await stack.enter_async_context(TwilioServer([OURS], allow_loopback=True))
        url = plan.database_url or f"sqlite+aiosqlite:///{folder / 'nazorg.db'}"
        key, clock = new_key(), Clock(MORNING)
        service = await stack.enter_async_context(common.opened(url, clock, key))
        async with service.database.read() as session:
            if await session.scalar(select(func.count(Client.id))):
                raise NotEmpty
        settings = _settings(telegram, twilio) | {
            "NAZORG_DATA_DIR": str(folder),
            "NAZORG_DATABASE_URL": url,
            "NAZORG_KEYS": key,
        }
        trial = Trial(plan, service, telegram, twilio, _processes(plan, folder, settings))
        twilio.inbound_url = f"{trial.processes[0].url}/webhooks/twilio/message"
        stack.push_async_callback(trial.end)
        with common.telling(trial.how_far):
            await trial.play()
        report = await trial.report()
    return report | {"seconds": round(time.monotonic() - began, 1)}


def _settings(telegram: TelegramServer, twilio: TwilioServer) -> dict[str, str]:
    return {
        "NAZORG_TELEGRAM_TOKEN": telegram.token,
        "NAZORG_TELEGRAM_API_URL": telegram.url,
        "NAZORG_TWILIO_ACCOUNT_SID": twilio.account_sid,
        "NAZORG_TWILIO_AUTH_TOKEN": twilio.auth_token,
        "NAZORG_TWILIO_FROM": OURS,
        "NAZORG_TWILIO_API_URL": twilio.url,
    }


def _processes(plan: Plan, folder: Path, settings: Mapping[str, str]) -> list[common.Process]:
    """The processes of the trial; the first takes the webhooks, which is where all are reached."""
    first = common.Process("web" if plan.workers else "serve", folder, settings)
    public = {"NAZORG_PUBLIC_URL": first.url}
    first.environment |= public
    workers = [
        common.Process("worker", folder, {**settings, **public}) for _ in range(plan.workers)
    ]
    return [first, *workers]


@dataclass
class Trial:
    """One run: the people, the processes, and what has been done to them so far."""

    plan: Plan
    service: Service
    telegram: TelegramServer
    twilio: TwilioServer
    processes: list[common.Process]
    people: list[Somebody] = field(default_factory=list)
    kills: int = 0
    unfinished: int = 0
    """How often somebody did not come to the end of what they had to say."""

    def __post_init__(self) -> None:
        few = self.plan.messages < _FEW
        self._parts = (MORNING, *EVENINGS[: 1 if few else len(EVENINGS)])
        self._dice = Random(self.plan.seed)
        self._hands = asyncio.Lock()

    def how_far(self) -> str:
        """In words."""
        return (
            f"{messages(self.people)} of {self.plan.messages} messages, "
            f"{self.kills} of {self.plan.kills} kills"
        )

    async def play(self) -> None:
        """A morning and some evenings, and a killer at large."""
        await self._enrol()
        await self._restart(MORNING)
        killer = asyncio.create_task(self._kill())
        try:
            for moment in self._parts:
                if moment != MORNING:
                    await self._restart(moment)
                await self._part(first=moment == MORNING)
                await self._settle()
        finally:
            killer.cancel()
        await asyncio.gather(*(process.stop() for process in self.processes))

    async def end(self) -> None:
        """Leave nothing running."""
        for process in self.processes:
            await process.kill()

    async def report(self) -> dict[str, object]:
        """The figures, from both sides."""
        sent = {Channel.SMS: self.twilio.sent, Channel.TELEGRAM: self.telegram.sent}
        async with self.service.database.read() as session:
            accounts = await balance(session, self.people, sent, self.service.now())
        fell = [code for process in self.processes for code in process.fell]
        return {
            "benchmark": "crash",
            "database": "sqlite" if self.service.database.is_sqlite else "postgresql",
            "workers": self.plan.workers or 1,
            "seed": self.plan.seed,
            "people": len(self.people),
            "messages": sum(one.received + one.sent for one in accounts.values()),
            "kills": self.kills,
            "lost": sum(one.lost for one in accounts.values()) + self.unfinished,
            "duplicates": sum(one.duplicates for one in accounts.values()),
            "uncertain": sum(one.uncertain for one in accounts.values()),
            "channels": {
                channel: {
                    "received": one.received,
                    "sent": one.sent,
                    "lost": one.lost,
                    "duplicates": one.duplicates,
                    "uncertain": one.uncertain,
                    "of_these_arrived": one.arrived,
                    **({"why": dict(one.why)} if one.why else {}),
                }
                for channel, one in accounts.items()
            },
            "unfinished": self.unfinished,
            "fell": fell,
        }

    async def _enrol(self) -> None:
        people = ceil(self.plan.messages / (_A_PART * len(self._parts)))
        for number in range(1, people + 1):
            chats = self._dice.random() < _ON_TELEGRAM
            enrolled = await enrol(
                self.service,
                Application(
                    first_name=f"Proef{number}",
                    number=None if chats else f"+316130{number:05}",
                    channel=Channel.TELEGRAM if chats else Channel.SMS,
                    municipality="Velsen",
                    first_working_day=MONDAY,
                ),
            )
            dice = Random(self._dice.random())
            if enrolled.link_token:
                chat_id = 7_000_000_000 + number
                self.people.append(Chat(self.telegram, chat_id, enrolled.link_token, dice))
            else:
                self.people.append(Phone(self.twilio, f"+316130{number:05}", dice))

    async def _part(self, *, first: bool) -> None:
        """Everybody does what they do in the morning, or in the evening."""
        doing = [
            asyncio.create_task(one.agrees() if first else one.is_asked()) for one in self.people
        ]
        done, late = await asyncio.wait(doing, timeout=_PART_SECONDS)
        self.unfinished += len(late)
        for task in late:
            task.cancel()
        for task in done:
            task.result()

    async def _kill(self) -> None:
        """After so many messages, one of the processes; it is started again."""
        most = int(self.plan.messages * 0.9)
        for point in sorted(self._dice.randint(0, most) for _ in range(self.plan.kills)):
            too_soon = self.kills > 0 and self._dice.random() < _TOO_SOON
            while not too_soon and messages(self.people) < point:  # noqa: ASYNC110 - seldom
                await asyncio.sleep(0.02)
            await asyncio.sleep(self._dice.uniform(0, 1.5 if too_soon else 0.3))
            async with self._hands:
                process = self._dice.choice(self.processes)
                await process.kill()
                self.kills += 1
                await asyncio.sleep(self._dice.uniform(0, 0.2))
                process.start(self.service.now())

    async def _restart(self, moment: datetime) -> None:
        """End all processes cleanly, and begin anew at `moment`."""
        async with self._hands:
            await asyncio.gather(*(process.stop() for process in self.processes))
            self.service.clock.travel_to(moment)
            for process in self.processes:
                process.start(moment)
            await asyncio.gather(*(process.ready() for process in self.processes))

    async def _settle(self) -> None:
        """Until nothing waits any more. What a killed worker had in hand stays there until its
        lease has run out: the clock is set ahead then."""
        give_up = time.monotonic() + _SETTLE_SECONDS
        seen, since = -1, time.monotonic()
        while time.monotonic() < give_up and await self._waits():
            if seen != (seen := messages(self.people)):
                since = time.monotonic()
            elif time.monotonic() - since > _STILL_SECONDS:
                await self._restart(self.service.now() + _IN_HAND)
                since = time.monotonic()
            await asyncio.sleep(0.2)

    async def _waits(self) -> bool:
        """Whether there is anything that still has to come to its end."""
        if self.telegram.updates.pending:
            return True
        under_way = select(func.count(Message.id)).where(
            or_(
                Message.status.in_([MessageStatus.QUEUED, MessageStatus.SENDING]),
                (Message.status == MessageStatus.UNCERTAIN) & (Message.channel == Channel.SMS),
            )
        )
        due = select(func.count(CheckIn.id)).where(
            CheckIn.status == CheckInStatus.PLANNED, CheckIn.due_at <= self.service.now()
        )
        async with self.service.database.read() as session:
            return bool(await session.scalar(under_way) or await session.scalar(due))


def main() -> None:
    """The command line. Ends with 1 when something was lost or came twice."""
    parser = common.arguments("crash", __doc__)
    parser.add_argument("--messages", type=int, default=10_000, help="about so many, in and out")
    parser.add_argument("--kills", type=int, default=50, help="how often a process is killed")
    parser.add_argument("--workers", type=int, default=0, help="on PostgreSQL, beside one web")
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database")
    parser.add_argument("--postgres", action="store_true", help="start a PostgreSQL for this")
    options = parser.parse_args()
    try:
        report = _run(options, parser)
    except NotEmpty:
        parser.error(f"--database-url: {NotEmpty.__doc__}")
    except (WrongKeys, UnusableUrl, PostgresError, DBAPIError) as error:
        parser.error(f"the database cannot be used: {str(error).splitlines()[0]}")
    common.show(report, as_json=options.json)
    sys.exit(bool(report["lost"] or report["duplicates"] or report["fell"]))


def _run(options: argparse.Namespace, parser: argparse.ArgumentParser) -> dict[str, object]:
    on_postgres = options.postgres or options.database_url
    if options.workers and not on_postgres:
        parser.error("--workers needs PostgreSQL: add --postgres or --database-url")
    if options.messages < 1 or options.kills < 0 or options.workers < 0:
        parser.error("--messages must be at least 1, --kills and --workers at least 0")
    workers = (options.workers or 1) if on_postgres else 0
    plan = Plan(options.messages, options.kills, options.seed, options.database_url, workers)
    common.only_our_words()
    if options.postgres:
        with postgres() as server, fresh_database(server) as url:
            return asyncio.run(crash(replace(plan, database_url=url)))
    return asyncio.run(crash(plan))


if __name__ == "__main__":
    main()
