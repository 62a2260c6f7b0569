"""`nazorg talk`: the terminal as a phone, through the real use cases, with time to travel.

A world of its own in a temporary folder: one client, the colleagues who stand behind the desks,
a clock that stands still until it is told to go on. Nothing is sent anywhere.
"""

import re
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Select, select

import locales
from aftercare import escalations, lines, steering
from aftercare.enrolment import Application, enrol
from aftercare.inbox import Inbound
from aftercare.service import Refused, Service
from aftercare.setup import set_up
from bot.channels.phone import Phone
from bot.house import House
from bot.notices import write
from bot.talk_words import HELP
from conversations.turns import Attachment, Incoming, Text
from conversations.words import (
    Channel,
    Direction,
    EscalationStatus,
    Form,
    MessageKind,
    OutcomeKind,
    Role,
)
from scheduler.calendar import Hours, local_day
from scheduler.clock import Clock
from staff.accounts import add_staff
from storage import encryption
from storage.database import Database
from storage.migrate import migrate
from storage.models import CheckIn, Client, Desk, Enrolment, Escalation, Message, StaffMember
from storage.notices import claim_notices, settle_notice

STARTS = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ZONE = Hours().zone
NUMBER = "+31600000001"
LONGEST_WAIT = timedelta(days=400)
_WAIT = re.compile(r"(\d+) *(minute|hour|day|week|month)s?")
_OWN_ACCORD = (MessageKind.ROUTINE, MessageKind.INVITATION)
_SOON, _A_SECOND = timedelta(hours=1), timedelta(seconds=1)

Say = Callable[[str], None]
Row = TypeVar("Row")


@asynccontextmanager
async def talking(application: Application, say: Say) -> AsyncIterator["Talk"]:
    """A world with the person of `application` in it. `say` prints a line."""
    with tempfile.TemporaryDirectory(prefix="nazorg-talk-") as folder:
        encryption.use(encryption.KeyRing.parse(encryption.new_key()))
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'talk.db'}", durable=False)
        try:
            await migrate(database)
            service = Service(database, Clock(STARTS, running=False), trial=True)
            await set_up(service)
            house = House(service)
            house.connect(Phone(Channel.SMS))
            talk = Talk(house, say)
            await talk.begin(application)
            yield talk
            await house.close()
        finally:
            await database.close()


class Talk:
    """One person with a phone, and what can be done about the time and at the desks."""

    def __init__(self, house: House, say: Say) -> None:
        self._house = house
        self._service = house.service
        self._say = say
        self._staff: dict[str, StaffMember] = {}
        self._reference = ""
        self._shown = 0
        self._ids = count(1)
        self._news: list[tuple[datetime, str]] = []
        house.mail = self._mail

    async def begin(self, application: Application) -> None:
        """Colleagues sit down, and the person is enrolled."""
        for key, name, role, desk in (
            ("kees", "Kees Voorbeeld", Role.WERKCOACH, "ijmond-werkt"),
            ("karin", "Karin Voorbeeld", Role.CONSULENT, "velsen"),
            ("lotte", "Lotte Leiding", Role.CONSULENT, "velsen"),
        ):
            self._staff[key] = await add_staff(
                self._service,
                name=name,
                email=f"{key}@example.org",
                role=role,
                password=encryption.new_key()[:24],
                desks=[desk],
            )
        await lines.lead(self._service, "velsen", "lotte@example.org")
        self._reference = (await enrol(self._service, application)).reference
        await self._house.tick()
        await self._show()

    async def do(self, line: str) -> bool:
        """What was typed: a message, or a command after a slash. False: it is over."""
        words = line.strip()
        if words in ("/quit", "/q"):
            return False
        try:
            if words.startswith("/"):
                await self._command(words[1:])
            elif words:
                await self._write(Text(words))
        except Refused as refused:
            self._say(f"  ! {refused}")
        await self._show()
        return True

    async def _command(self, words: str) -> None:
        name, _, rest = words.partition(" ")
        match name:
            case "wait":
                await self._wait(rest)
            case "next":
                await self._until_asked()
            case "six":
                await self._to_month_six()
            case "photo":
                await self._write(Attachment())
            case "plan":
                await self._plan()
            case "calls":
                await self._calls()
            case "take" | "contact" | "resolve":
                await self._at_the_desk(name, rest)
            case "release" | "pause" | "skip" | "add" | "extend" | "form" | "language":
                await self._steer(name, rest)
            case _:
                self._say(HELP)

    async def _write(self, incoming: Incoming) -> None:
        external_id = f"talk-{next(self._ids)}"
        await self._house.receive(Inbound(Channel.SMS, NUMBER, external_id, incoming))
        await self._house.tick()

    async def _wait(self, written: str) -> None:
        found = _WAIT.fullmatch(written.strip() or "1 day")
        if found is None:
            self._say("  ! write it like: /wait 3 days")
            return
        number, unit = int(found[1]), found[2]
        by = timedelta(days=30 * number) if unit == "month" else timedelta(**{f"{unit}s": number})
        await self._house.travel(self._service.now() + min(by, LONGEST_WAIT))

    async def _until_asked(self) -> None:
        """On to the next message of our own accord."""
        end = self._service.now() + LONGEST_WAIT
        before = await self._own_accord()
        while (now := self._service.now()) < end:
            due = await self._house.next_due()
            await self._house.travel(due + _A_SECOND if due and due > now else now + _SOON)
            if await self._own_accord() > before:
                return
        self._say("  (nothing is said any more)")

    async def _to_month_six(self) -> None:
        ends = (await self._track()).ends_at
        if ends is None:
            self._say("  ! the track does not run")
            return
        await self._house.travel(ends + timedelta(minutes=1))

    async def _own_accord(self) -> int:
        rows = await self._rows(
            select(Message.id).where(Message.kind.in_(_OWN_ACCORD), Message.sent_at.is_not(None))
        )
        return len(rows)

    async def _plan(self) -> None:
        track = await self._track()
        self._say(f"  {track.form}, {track.standing}" + (", held" if track.held_at else ""))
        for one in await self._rows(select(CheckIn).order_by(CheckIn.due_at, CheckIn.id)):
            answer = f": {one.answer}" if one.answer else ""
            self._say(f"  {self._moment(one.due_at)}  {one.step}  {one.status}{answer}")

    async def _calls(self) -> None:
        calls = await self._rows(select(Escalation).order_by(Escalation.id))
        for call in calls:
            by = self._moment(call.deadline)
            self._say(f"  {call.topic}  {call.urgency}  {call.status}  contact before {by}")
        if not calls:
            self._say("  (no call for help)")

    async def _at_the_desk(self, deed: str, rest: str) -> None:
        """The newest unresolved call, by whoever sits at its desk."""
        newest = (
            select(Escalation)
            .where(Escalation.status != EscalationStatus.RESOLVED)
            .order_by(Escalation.id.desc())
            .limit(1)
        )
        found = await self._rows(newest)
        if not found:
            self._say("  (no call for help)")
            return
        call = found[0]
        (side,) = await self._rows(select(Desk.side).where(Desk.id == call.desk_id))
        by = self._staff["kees" if side == "work" else "karin"]
        if deed == "take":
            await escalations.take(self._service, call.reference, by)
        elif deed == "contact":
            await escalations.contacted(self._service, call.reference, by)
        else:
            outcome = OutcomeKind(rest) if rest in list(OutcomeKind) else OutcomeKind.HELPED
            await escalations.resolve(self._service, call.reference, by, outcome)
        self._say(f"  {by.name}: {deed}, {call.topic}")
        await self._house.tick()

    async def _steer(self, name: str, rest: str) -> None:
        service, reference, by, why = self._service, self._reference, self._staff["karin"], "talk"
        try:
            match name:
                case "release":
                    await steering.release(service, reference, by, why)
                case "pause":
                    await steering.pause(service, reference, by, why, date.fromisoformat(rest))
                case "skip":
                    await steering.skip(service, reference, by, why, rest)
                case "add":
                    await steering.add(service, reference, by, why, date.fromisoformat(rest))
                case "extend":
                    await steering.extend(service, reference, by, why, date.fromisoformat(rest))
                case "form":
                    await steering.set_form(service, reference, by, why, Form(rest))
                case _:
                    await steering.set_language(service, reference, by, why, rest)
        except ValueError:
            self._say("  ! write a day like 2026-04-01, or active or passive")
            return
        self._say(f"  {by.name}: {name} {rest}".rstrip())
        await self._house.tick()

    async def _show(self) -> None:
        """The messages that have arrived since the last look, and what was mailed meanwhile."""
        rows = await self._rows(
            select(Message)
            .where(Message.direction == Direction.OUT, Message.id > self._shown)
            .order_by(Message.id)
        )
        for one in rows:
            if one.sent_at is None:
                continue
            self._shown = max(self._shown, one.id)
            first, *more = one.text.splitlines()
            lines = [f"Nazorg: {first}", *(f"{'':18}        {line}" for line in more)]
            self._news.append((one.sent_at, "\n".join(lines)))
        for at, news in sorted(self._news, key=lambda one: one[0]):
            self._say(f"{self._moment(at)}  {news}")
        self._news.clear()

    async def _mail(self) -> int:
        letters = await claim_notices(self._service.database, self._service.now(), 50)
        for letter in letters:
            mail = write(letter, "https://nazorg.example.org", locales.SOURCE)
            now = self._service.now()
            self._news.append((now, f"({mail.to}: {mail.subject})"))
            await settle_notice(self._service.database, letter, now, sent=True)
        return len(letters)

    async def _track(self) -> Enrolment:
        rows = await self._rows(
            select(Enrolment)
            .join(Client, Client.id == Enrolment.client_id)
            .where(Client.reference == self._reference)
        )
        return rows[-1]

    async def _rows(self, question: Select[Row]) -> Sequence[Row]:
        async with self._service.database.read() as session:
            return (await session.scalars(question)).all()

    def _moment(self, moment: datetime) -> str:
        return locales.say_moment(moment, ZONE, locales.SOURCE)


def person(name: str, language: str, form: Form, contract_end: date | None) -> Application:
    """Somebody of Velsen whose first working day it is."""
    return Application(
        first_name=name,
        municipality="velsen",
        first_working_day=local_day(STARTS, Hours()),
        number=NUMBER,
        language=language,
        form=form,
        contract_end=contract_end,
        werkcoach="kees@example.org",
        inkomensconsulent="karin@example.org",
    )
