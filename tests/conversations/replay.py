"""Recorded conversations, replayed through the real use cases (tests/conversations/recorded/).

A recording is YAML that anybody can read: who says what, when, and what follows. `people` are
enrolled on Monday 2 March 2026, their first working day; without it there is Amina, who has an SMS
telephone and lives in Velsen. Then, line by line:

- `Amina: text`, `Amina: {press: good}`, `Amina: {sends: photo}`, `Amina: {opens: link}`
- `Nazorg: check_in` or a list: exactly these messages since the line before, by the name of the
  phrase; `{promise: Karin}` also holds the text to these words
- `later: 3 days`, `later: until asked` (until we say something of our own accord)
- `staff: karin takes`, `contacts`, `resolves helped`, `pauses 2026-04-01`, `skips day-8`...
- `then`: what is so now: `calls` (all, in order: topic, desk, urgency, status), `notices` (new
  ones), `standing`, `steps`, `answers`, `form`, `language`, `held`, `mails` (the last, by address),
  `first_talk` (the day before which the law wants it), `last` (whose words the last message in is,
  and which call it belongs to)
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from aftercare import escalations, lines, rights, steering
from aftercare.enrolment import Application, enrol
from aftercare.service import Service
from bot.house import House
from conversations.turns import Attachment, Hello, Press, Text
from conversations.words import (
    Channel,
    Direction,
    EscalationStatus,
    Form,
    MessageKind,
    OutcomeKind,
    Role,
)
from storage.models import Client, Desk, Escalation, Message, StaffMember
from tests.aftercare import people
from tests.aftercare.people import Mailbox

FOLDER = Path(__file__).parent / "recorded"
_WAIT = re.compile(r"(\d+) (minute|hour|day|week)s?")
_OWN_ACCORD = (MessageKind.ROUTINE, MessageKind.INVITATION)
_REASON = "afgesproken aan de telefoon"
_COLLEAGUES = (
    ("Karin Voorbeeld", Role.CONSULENT, "velsen"),
    ("Lotte Leiding", Role.CONSULENT, "velsen"),
    ("Kees Proef", Role.WERKCOACH, "ijmond-werkt"),
    ("Fatma Fictie", Role.WERKCOACH, "ijmond-werkt"),
)


def recordings() -> list[Path]:
    """All recordings, by name."""
    return sorted(FOLDER.glob("*.yaml"))


def read(path: Path) -> dict[str, Any]:
    """One recording."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(loaded, dict), path
    return loaded


@dataclass
class _Person:
    reference: str
    channel: Channel
    sender: str
    link: str | None


@dataclass
class Replay:
    """One recording under way. `held`: how many of its lines say what must be so."""

    service: Service
    house: House
    mailbox: Mailbox
    persons: dict[str, _Person] = field(default_factory=dict)
    staff: dict[str, StaffMember] = field(default_factory=dict)
    heard: int = 0
    told: int = 0
    held: int = 0
    handlers: dict[str, Callable[[Any], Awaitable[None]]] = field(default_factory=dict)

    async def play(self, recording: Mapping[str, Any]) -> None:
        """From the enrolment to the last line."""
        for name, role, desk in _COLLEAGUES:
            self.staff[name.split()[0].casefold()] = await people.colleague(
                self.service, name, role, desk
            )
        await lines.lead(self.service, "velsen", "lotte@example.org")
        for number, person in enumerate(recording.get("people") or [{}], start=1):
            await self._enrol(number, dict(person))
        self.handlers = {
            "Nazorg": self._nazorg,
            "later": self._later,
            "staff": self._staff,
            "then": self._then,
        }
        for line in recording["conversation"]:
            ((who, what),) = line.items()
            handler = self.handlers.get(who)
            self.held += who in ("Nazorg", "then")
            try:
                await (handler(what) if handler else self._says(who, what))
            except AssertionError as error:
                raise AssertionError(f"at {line}: {error}") from error

    async def _enrol(self, number: int, person: dict[str, Any]) -> None:
        usual: dict[str, Any] = {
            "first_name": "Amina",
            "municipality": "Velsen",
            "first_working_day": people.MONDAY,
            "number": people.number(1 if person.get("shares_phone") else number),
            "werkcoach": "kees@example.org",
            "inkomensconsulent": "karin@example.org",
        }
        consented = person.pop("consented", False)
        form, channel = person.pop("form", "active"), person.pop("channel", "sms")
        wanted = Application(**(usual | person), form=Form(form), channel=Channel(channel))
        enrolled = await enrol(self.service, wanted)
        sender = wanted.number or "" if wanted.channel is Channel.SMS else f"chat-{number}"
        self.persons[wanted.first_name] = _Person(
            enrolled.reference, wanted.channel, sender, enrolled.link_token
        )
        if consented:
            if enrolled.link_token:
                await self._says(wanted.first_name, {"opens": "link"})
                await self._says(wanted.first_name, {"press": "yes"})
            else:
                await self._says(wanted.first_name, "ja")
            self.heard = len(await self._out())

    async def _says(self, who: str, what: Any) -> None:
        person = self.persons[who]
        link = None
        match what:
            case str() | int():
                incoming: Any = Text(str(what))
            case {"press": value}:
                incoming = await self._button(person, value)
            case {"sends": _}:
                incoming = Attachment()
            case {"opens": "link"}:
                incoming, link = Hello(), person.link
            case {"opens": _}:
                incoming = Hello()
            case _:
                raise ValueError(what)
        await people.brings(self.service, incoming, person.sender, person.channel, link=link)
        await self.house.tick()

    async def _button(self, person: _Person, value: str) -> Press:
        for one in reversed(await self._out()):
            for _, data in one.buttons or ():
                question, _, choice = data.partition(":")
                if choice == value:
                    return Press(int(question), value)
        raise AssertionError(f"nobody was offered {value!r}")

    async def _nazorg(self, expected: Any) -> None:
        out = await self._out()
        new, self.heard = out[self.heard :], len(out)
        wanted = [] if expected is None else expected if isinstance(expected, list) else [expected]
        names = [next(iter(one)) if isinstance(one, dict) else one for one in wanted]
        said = [one.phrase for one in new]
        assert said == names, f"Nazorg said {said}"
        for one, message in zip(wanted, new, strict=True):
            if isinstance(one, dict):
                words = next(iter(one.values()))
                for part in words if isinstance(words, list) else [words]:
                    assert part in message.text, message.text

    async def _later(self, wait: str) -> None:
        now = self.service.now()
        if wait != "until asked":
            found = _WAIT.fullmatch(wait)
            assert found, wait
            await self.house.travel(now + timedelta(**{f"{found[2]}s": int(found[1])}))
            return
        before = len([one for one in await self._out() if one.kind in _OWN_ACCORD])
        while self.service.now() < now + timedelta(days=120):
            await self.house.travel(self.service.now() + timedelta(hours=3))
            after = [one for one in await self._out() if one.kind in _OWN_ACCORD]
            if len(after) > before and after[-1].sent_at:
                return
        raise AssertionError("nothing was said in 120 days")

    async def _staff(self, deed: str) -> None:
        who, verb, *rest = deed.split()
        by, reference = self.staff[who], next(iter(self.persons.values())).reference
        service = self.service
        match verb, rest:
            case "takes", []:
                await escalations.take(service, await self._call(by), by)
            case "contacts", []:
                await escalations.contacted(service, await self._call(by), by)
            case "resolves", [outcome]:
                await escalations.resolve(service, await self._call(by), by, OutcomeKind(outcome))
            case "stops", []:
                await rights.withdraw(service, reference, by)
            case "releases", []:
                await steering.release(service, reference, by, _REASON)
            case "pauses", [day]:
                await steering.pause(service, reference, by, _REASON, date.fromisoformat(day))
            case "skips", [step]:
                await steering.skip(service, reference, by, _REASON, step)
            case "moves", [step, day]:
                to = date.fromisoformat(day)
                await steering.move(service, reference, by, _REASON, step, to)
            case "adds", [day]:
                await steering.add(service, reference, by, _REASON, date.fromisoformat(day))
            case "extends", [day]:
                await steering.extend(service, reference, by, _REASON, date.fromisoformat(day))
            case "form", [form]:
                await steering.set_form(service, reference, by, _REASON, Form(form))
            case "language", [language]:
                await steering.set_language(service, reference, by, _REASON, language)
            case "hands", ["to", colleague]:
                role = self.staff[colleague].role
                email = f"{colleague}@example.org"
                await steering.set_contact(service, reference, by, _REASON, role, email)
            case _:
                raise ValueError(deed)
        await self.house.tick()

    async def _call(self, by: StaffMember) -> str:
        """The newest unresolved call at the desk of `by`."""
        side = "work" if by.role is Role.WERKCOACH else "municipality"
        found = await people.all_of(
            self.service,
            select(Escalation.reference)
            .join(Desk, Desk.id == Escalation.desk_id)
            .where(Escalation.status != EscalationStatus.RESOLVED, Desk.side == side)
            .order_by(Escalation.id.desc()),
        )
        assert found, "there is no call for help"
        return found[0]

    async def _then(self, wanted: Mapping[str, Any]) -> None:
        track = await people.track(self.service, next(iter(self.persons.values())).reference)
        for name, value in wanted.items():
            match name:
                case "calls":
                    found = [await self._line(one) for one in await people.calls(self.service)]
                    assert found == (value or []), f"calls {found}"
                case "notices":
                    notices = await people.notices(self.service)
                    new, self.told = notices[self.told :], len(notices)
                    kinds = [str(one.kind) for one in new]
                    assert kinds == (value or []), f"notices {kinds}"
                case "mails":
                    to = [letter.email for _, letter in self.mailbox.letters[-len(value) :]]
                    assert to == value, f"mailed to {to}"
                case "steps":
                    steps = await people.steps(self.service)
                    now = {
                        step: str(steps[step].status) if step in steps else None for step in value
                    }
                    assert now == value, f"steps { {k: str(v.status) for k, v in steps.items()} }"
                case "answers":
                    steps = await people.steps(self.service)
                    given = {step: steps[step].answer and str(steps[step].answer) for step in value}
                    assert given == value, f"answers {given}"
                case "held":
                    assert bool(track.held_at) is value, track.held_at
                case "standing" | "form":
                    assert str(getattr(track, name)) == value, getattr(track, name)
                case "language":
                    (client,) = await people.all_of(
                        self.service, select(Client).where(Client.id == track.client_id)
                    )
                    assert client.language == value, client.language
                case "first_talk":
                    days = [one.first_talk_by for one in await people.calls(self.service)]
                    assert [day and day.date() for day in days] == [value], days
                case "last":
                    assert await self._last() == value, await self._last()
                case _:
                    raise ValueError(name)

    async def _line(self, call: Escalation) -> str:
        desk = await people.desk(self.service, call.desk_id)
        return f"{call.topic} {desk} {call.urgency} {call.status}"

    async def _last(self) -> str:
        """Whose words the last message in is, and the topic of its call: "work work"."""
        message = (await people.messages(self.service, Direction.IN))[-1]
        topic = await people.all_of(
            self.service, select(Escalation.topic).where(Escalation.id == message.escalation_id)
        )
        return " ".join(str(one) for one in (message.side, *topic))

    async def _out(self) -> list[Message]:
        return list(await people.messages(self.service, Direction.OUT))
