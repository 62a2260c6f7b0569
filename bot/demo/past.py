"""The seven months before the demo begins, played through the use cases, the ticks and delivery.

Nothing is put into the tables past them: what a visitor finds is what the service made of it.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from sqlalchemy import select

from aftercare import casework, escalations, writing
from aftercare.enrolment import Application, enrol
from aftercare.handing import Receiver, hand_over
from aftercare.inbox import Inbound
from aftercare.subject import current
from bot.demo.cast import (
    COLLEAGUES,
    NOW,
    ZONE,
    Colleague,
    Deed,
    Person,
    Said,
    chat_of,
    number_of,
)
from bot.demo.clients import PEOPLE
from bot.demo.office import Office
from bot.house import House
from conversations.topics import ANSWERS, MENU
from conversations.turns import Hello, Incoming, Press, Text
from conversations.words import Answer, Channel, EscalationStatus, Topic
from scheduler.calendar import is_contact_day
from staff.accounts import add_staff, set_lead
from storage.models import Client, Desk, DeskMember, Escalation, StaffMember

_INTERVIEW, _CONSENT, _ANSWER = time(10, 30), time(12, 15), time(20, 15)
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Scene:
    """Something that happened, and when."""

    at: datetime
    play: Callable[[], Awaitable[None]]


class Past:
    """Plays the cast's past in `house`, whose clock stands before it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._staff: dict[str, StaffMember] = {}
        self._clients: dict[str, int] = {}
        self._numbers = count(1)

    async def play(self) -> None:
        """Everything up to the demo's first moment."""
        hired = await asyncio.gather(*(self._hire(one) for one in COLLEAGUES))
        self._staff = dict(zip((one.key for one in COLLEAGUES), hired, strict=True))
        for one in COLLEAGUES:
            if one.leads:
                await self._appoint(one)
        scenes = [
            scene
            for position, person in enumerate(PEOPLE, start=1)
            for scene in self._scenes(person, number_of(position))
        ]
        office = Office(self._house.service, self._staff, self._clients)
        scenes += [Scene(moment, play) for moment, play in office.scenes()]
        for scene in sorted(scenes, key=lambda scene: scene.at):
            await self._house.travel(scene.at)
            await scene.play()
        await self._house.travel(NOW)

    async def _hire(self, one: Colleague) -> StaffMember:
        """A colleague with a password that nobody knows: the page opens their sessions."""
        return await add_staff(
            self._house.service,
            name=one.name,
            email=one.email,
            role=one.role,
            password=secrets.token_urlsafe(24),
            desks=one.desks,
        )

    async def _appoint(self, one: Colleague) -> None:
        """The colleague leads the desks at which they work."""
        reference, iris = self._staff[one.key].reference, self._staff["iris"]
        for desk in one.desks:
            await set_lead(self._house.service, reference, desk, leads=True, by=iris)

    def _scenes(self, person: Person, number: str) -> Iterator[Scene]:
        async def interview() -> None:
            await self._enrol(person, number)

        yield Scene(_on(person.enrolled, _INTERVIEW), interview)
        if person.consent:
            yield self._spoken(person, number, _on(person.enrolled, _CONSENT), [person.consent])
        for day, said in person.told.items():
            asked = _contact_day(person.first_working_day + timedelta(days=day))
            yield self._spoken(person, number, _on(asked, _ANSWER), said)
        for moment, said in person.wrote:
            yield self._spoken(person, number, moment, said)
        for deed in person.deeds:
            yield self._done(person, deed)

    def _spoken(self, person: Person, number: str, moment: datetime, said: Sequence[Said]) -> Scene:
        async def speak() -> None:
            for one in said:
                await self._say(person, number, one)
                await self._house.travel(self._house.service.now() + _A_MINUTE)

        return Scene(moment, speak)

    def _done(self, person: Person, deed: Deed) -> Scene:
        async def do() -> None:
            service, staff_member = self._house.service, self._staff[deed.by]
            async with service.database.read() as session:
                found = await session.execute(
                    select(Escalation.reference, Desk.slug)
                    .join(Desk, Desk.id == Escalation.desk_id)
                    .join(DeskMember, DeskMember.desk_id == Desk.id)
                    .where(
                        Escalation.client_id == self._clients[person.name],
                        Escalation.status != EscalationStatus.RESOLVED,
                        DeskMember.staff_member_id == staff_member.id,
                    )
                )
                reference, desk = found.one()
            match deed.act:
                case "take":
                    await escalations.take(service, reference, staff_member)
                case "contacted":
                    await escalations.contacted(service, reference, staff_member)
                case "note":
                    await casework.add_note(service, reference, staff_member, deed.note)
                case "write":
                    await writing.send(service, reference, staff_member, deed.note)
                case "hand_over":
                    to = Receiver(desk, self._staff[deed.to].reference)
                    seen = staff_member.reference
                    await hand_over(service, reference, staff_member, to, deed.note, seen)
                case _:
                    await escalations.resolve(
                        service,
                        reference,
                        staff_member,
                        deed.outcome,
                        deed.note,
                        deed.instruments,
                    )

        return Scene(deed.at, do)

    async def _enrol(self, person: Person, number: str) -> None:
        service = self._house.service
        coach, consultant = self._staff[person.coach], self._staff[person.consultant]
        enrolled = await enrol(
            service,
            Application(
                first_name=person.name,
                municipality=person.place,
                first_working_day=person.first_working_day,
                number=number,
                channel=person.channel,
                language=person.language,
                form=person.form,
                contract_end=person.contract_end,
                werkcoach=coach.name,
                inkomensconsulent=consultant.name,
            ),
            by=consultant,
        )
        async with service.database.read() as session:
            client_id = await session.scalar(
                select(Client.id).where(Client.reference == enrolled.reference)
            )
        assert client_id is not None
        self._clients[person.name] = client_id
        if enrolled.link_token and person.consent:
            await self._receive(person, number, Hello(), enrolled.link_token)

    async def _say(self, person: Person, number: str, said: Said) -> None:
        if person.channel is not Channel.TELEGRAM or said not in _PRESSED:
            await self._receive(person, number, Text(_typed(said)))
            return
        async with self._house.service.database.read() as session:
            subject = await current(session, Client.id, self._clients[person.name])
        assert subject is not None
        await self._receive(person, number, Press(subject.state.question, str(said)))

    async def _receive(
        self, person: Person, number: str, incoming: Incoming, link: str | None = None
    ) -> None:
        is_chat = person.channel is Channel.TELEGRAM
        sender = chat_of(self._clients[person.name]) if is_chat else number
        external_id = f"past-{next(self._numbers)}"
        await self._house.receive(Inbound(person.channel, sender, external_id, incoming, link))


_PRESSED = frozenset({*ANSWERS, *MENU, "yes", "no"})


def _typed(said: Said) -> str:
    """A choice as its digit, words as they are."""
    if isinstance(said, Answer):
        return str(ANSWERS.index(said) + 1)
    if isinstance(said, Topic):
        return str(MENU.index(said) + 1)
    return said


def _contact_day(day: date) -> date:
    while not is_contact_day(day):
        day += timedelta(days=1)
    return day


def _on(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, ZONE)
