"""The programme rehearsed: real use cases, ticks and delivery; simulated people and time.

Nothing here takes a short cut. At the end the database is held against what the people
themselves wrote and got: `lost` and `duplicates` are counted from both sides.
"""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.enrolment import Application, enrol
from aftercare.inbox import Inbound
from aftercare.service import Service
from aftercare.setup import set_up
from bot.house import House
from bot.rehearsal.office import Office
from bot.rehearsal.paths import paths
from bot.rehearsal.people import LANGUAGES, TEMPERS, Person, Street
from conversations.turns import Hello
from conversations.words import Channel, CheckInStatus, Direction, Form, MessageStatus, Standing
from evaluation import pilot
from scheduler.calendar import Hours, is_working_day, local_day
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database
from storage.migrate import migrate
from storage.models import CheckIn, Enrolment, Message, Notice
from storage.notices import claim_notices, settle_notice

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ENROL_WITHIN_DAYS = 28
LASTS = timedelta(days=ENROL_WITHIN_DAYS + 260)
SLICE = timedelta(minutes=10)
"""What falls within so short a time is done together."""

_TEMPORARY = 0.15
"""Of the contracts, those that are known to end within the track."""

_PLACES = ("Beverwijk", "Heemskerk", "Uitgeest", "Velsen")
_STANDING_STILL = (
    CheckInStatus.PLANNED,
    CheckInStatus.ASKED,
)
_UNDECIDED = (MessageStatus.QUEUED, MessageStatus.SENDING, MessageStatus.UNCERTAIN)


async def rehearse(clients: int, seed: int, *, progress: bool = False) -> dict[str, Any]:
    """Play the whole programme for `clients` people. Returns the report, ready for JSON."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="nazorg-rehearsal-") as folder:
        key = sha256(f"rehearsal {seed}".encode()).digest()
        encryption.use(encryption.KeyRing([key]))
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'nazorg.db'}", durable=False)
        try:
            await migrate(database)
            service = Service(database, Clock(START, running=False), trial=True)
            await set_up(service)
            rehearsal = Rehearsal(service, clients, random.Random(seed))  # noqa: S311 - a play
            with _bar(clients, shown=progress) as bar:
                await rehearsal.play(bar)
            async with database.read() as session:
                report = await rehearsal.report(session)
        finally:
            await database.close()
    return report | {"seconds": round(time.perf_counter() - began, 1)}


class Rehearsal:
    """One run: the people who still have to be enrolled, the streets they live in, the office."""

    def __init__(self, service: Service, clients: int, dice: random.Random) -> None:
        self._service = service
        self._dice = dice
        self._house = House(service)
        self._house.mail = self._read_mail
        self._streets = {one: Street(one, service.now) for one in Channel}
        for street in self._streets.values():
            self._house.connect(street)
        self._office = Office(service, clients, random.Random(dice.random()))  # noqa: S311 - a play
        self._coming = sorted(_exit_interview(dice) for _ in range(clients))
        self._people: list[Person] = []
        self._written = 0

    async def play(self, bar: "Bar") -> None:
        """From the first exit interview until nobody is under way any more."""
        await self._office.open()
        clock, end = self._service.clock, START + LASTS
        round_at = START
        while (now := clock.now()) < end:
            await self._enrol(now)
            await self._write(now)
            if now >= round_at:
                await self._office.work()
                round_at = self._office.next_round(now)
            due = await self._house.tick()
            clock.travel_to(self._next(now, round_at, due))
            bar(int((clock.now() - START) / LASTS * 100))
        await self._house.close()

    def _next(self, now: datetime, round_at: datetime, due: datetime | None) -> datetime:
        answers = [street.next_answer() for street in self._streets.values()]
        moments = [round_at, due, self._coming[0] if self._coming else None, *answers]
        return max(min(moment for moment in moments if moment), now + SLICE)

    async def _enrol(self, now: datetime) -> None:
        while self._coming and self._coming[0] <= now:
            self._coming.pop(0)
            number = len(self._people) + 1
            temper = self._dice.choices(
                [temper for temper, _ in TEMPERS.values()], [share for _, share in TEMPERS.values()]
            )[0]
            language = self._dice.choices([*LANGUAGES], [*LANGUAGES.values()])[0]
            channel = self._dice.choices([Channel.SMS, Channel.TELEGRAM], [7, 3])[0]
            form = self._dice.choices([Form.ACTIVE, Form.PASSIVE, Form.DECLINED], [88, 7, 5])[0]
            starts = local_day(now, Hours()) + timedelta(days=self._dice.randint(-10, 14))
            contract_ends = starts + timedelta(days=self._dice.randint(90, 170))
            application = Application(
                first_name=f"Oefen{number}",
                municipality=self._dice.choice(_PLACES),
                first_working_day=starts,
                number=f"+31600{number:06d}",
                channel=channel,
                form=form,
                language=language,
                contract_end=contract_ends if self._dice.random() < _TEMPORARY else None,
            )
            person = Person(
                address=f"+31600{number:06d}" if channel is Channel.SMS else f"{number}",
                channel=channel,
                temper=temper,
                chance=self._dice.random(),
                language=language,
            )
            self._people.append(person)
            self._streets[channel].people[person.address] = person
            enrolled = await enrol(self._service, application)
            if enrolled.link_token and self._dice.random() < 0.9:
                await self._receive(person, Hello(), enrolled.link_token)

    async def _write(self, now: datetime) -> None:
        written = [one for street in self._streets.values() for one in street.written(now)]
        await asyncio.gather(*(self._receive(person, answer) for person, answer in written))

    async def _receive(self, person: Person, incoming: Any, link: str | None = None) -> None:
        self._written += 1
        person.wrote += 1
        await self._house.receive(
            Inbound(person.channel, person.address, f"r{self._written}", incoming, link)
        )

    async def _read_mail(self) -> int:
        letters = await claim_notices(self._service.database, self._service.now(), 200)
        for letter in letters:
            await settle_notice(self._service.database, letter, self._service.now(), sent=True)
        return len(letters)

    async def report(self, session: AsyncSession) -> dict[str, Any]:
        """The counts, and what does not add up."""
        found = await pilot.figures(session)
        came_in, went_out = await pilot.messages(session)
        return {
            "clients": len(self._people),
            "enrolled": found.enrolled,
            "consented": found.consented,
            "standings": found.standings,
            "check_ins": {
                "asked": pilot.asked(found.check_ins),
                "answered": found.check_ins.get(CheckInStatus.ANSWERED, 0),
                "expired": found.check_ins.get(CheckInStatus.EXPIRED, 0),
                "skipped": found.check_ins.get(CheckInStatus.SKIPPED, 0),
                "cancelled": found.check_ins.get(CheckInStatus.CANCELLED, 0),
            },
            "messages": {"in": came_in, "out": went_out},
            "escalations": found.escalations,
            "contacted_in_time": found.contacted_in_time,
            "outcomes": found.outcomes,
            "notices": await _count(session, select(func.count(Notice.id))),
            "completed": pilot.completed(found.standings),
            "languages": dict(Counter(person.language for person in self._people).most_common()),
            "paths": await paths(session),
            "lost": await self._lost(session, came_in, went_out),
            "duplicates": await self._duplicates(session),
        }

    async def _lost(self, session: AsyncSession, came_in: int, went_out: int) -> int:
        """What people wrote and is not there, what was said and did not come, what stands still."""
        got = sum(len({*person.got}) for person in self._people)
        undecided = select(func.count(Message.id)).where(
            Message.direction == Direction.OUT, Message.status.in_(_UNDECIDED)
        )
        still = select(func.count(CheckIn.id)).where(CheckIn.status.in_(_STANDING_STILL))
        live = select(func.count(Enrolment.id)).where(
            Enrolment.standing.in_([Standing.INVITED, Standing.ACTIVE])
        )
        return (
            abs(self._written - came_in)
            + abs(went_out - got)
            + await _count(session, undecided)
            + await _count(session, still)
            + await _count(session, live)
        )

    async def _duplicates(self, session: AsyncSession) -> int:
        """Messages that came twice, and steps that were asked twice."""
        twice = sum(len(person.got) - len({*person.got}) for person in self._people)
        steps = (
            select(func.count(Message.id).label("times"))
            .where(Message.check_in_id.is_not(None), Message.status != MessageStatus.FAILED)
            .group_by(Message.check_in_id)
            .subquery()
        )
        asked_twice = select(func.coalesce(func.sum(steps.c.times - 1), 0))
        return twice + await _count(session, asked_twice)


def _exit_interview(dice: random.Random) -> datetime:
    """A moment in office hours on a working day of the first weeks."""
    while True:
        at = START + timedelta(days=dice.randrange(ENROL_WITHIN_DAYS), hours=dice.uniform(0, 8))
        if is_working_day(local_day(at, Hours())):
            return at


async def _count(session: AsyncSession, query: Any) -> int:
    return int(await session.scalar(query) or 0)


class Bar:
    """Shows how far the play is, in percent; or nothing."""

    def __init__(self, update: Any = None) -> None:
        self._update = update
        self._at = 0

    def __call__(self, percent: int) -> None:
        """Move on to `percent`."""
        if self._update and percent > self._at:
            self._update(percent - self._at)
            self._at = percent


@contextmanager
def _bar(clients: int, *, shown: bool) -> Iterator[Bar]:
    if not shown:
        yield Bar()
        return
    label = f"{clients} people, {LASTS.days} days"
    with typer.progressbar(length=100, label=label, file=_stderr()) as bar:
        yield Bar(bar.update)


def _stderr() -> Any:
    import sys

    return sys.stderr
