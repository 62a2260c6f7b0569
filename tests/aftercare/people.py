"""The people of the tests: clients who enrol and write, colleagues, and the house around them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import Select, func, select

from aftercare import inbox
from aftercare.enrolment import Application, Enrolled, enrol
from aftercare.inbox import Inbound, Receipt
from aftercare.service import Service
from bot.channels.phone import Phone
from bot.house import House
from conversations.turns import Hello, Incoming, Press, Text
from conversations.words import Channel, Direction, Role
from storage.encryption import ring
from storage.models import (
    Base,
    CheckIn,
    Client,
    Desk,
    DeskMember,
    Enrolment,
    Escalation,
    Message,
    Notice,
    StaffMember,
)
from storage.notices import Letter, claim_notices, settle_notice

MONDAY = date(2026, 3, 2)
"""The first working day of everybody, which is also the day on which the tests begin."""

Row = TypeVar("Row")
_ids = count(1)


def number(person: int = 1) -> str:
    """The telephone number of the `person`-th client, which nobody has."""
    return f"+31600{person:06}"


def application(person: int = 1, **changes: Any) -> Application:
    """An application for the `person`-th client, with changes."""
    usual: dict[str, Any] = {
        "first_name": "Amina",
        "number": number(person),
        "municipality": "Velsen",
        "first_working_day": MONDAY,
    }
    return Application(**(usual | changes))


async def invited(service: Service, person: int = 1, **changes: Any) -> Enrolled:
    """Enrol the `person`-th client, who is then asked for consent."""
    return await enrol(service, application(person, **changes))


async def active(service: Service, person: int = 1, **changes: Any) -> str:
    """Enrol the `person`-th client, who says yes. Returns the reference."""
    enrolled = await invited(service, person, **changes)
    if enrolled.link_token:
        await opens(service, enrolled.link_token, chat=str(person))
        await presses(service, 1, "yes", chat=str(person))
    else:
        await writes(service, "ja", person)
    return enrolled.reference


async def writes(
    service: Service, text: str, person: int = 1, *, external_id: str | None = None
) -> Receipt:
    """The client sends an SMS."""
    return await brings(service, Text(text), number(person), external_id=external_id)


async def presses(service: Service, question: int, value: str, chat: str = "1") -> Receipt:
    """The client presses a button on Telegram."""
    return await brings(service, Press(question, value), chat, Channel.TELEGRAM)


async def opens(service: Service, token: str | None, chat: str = "1") -> Receipt:
    """Somebody opens the chat on Telegram, by a deep link if there is a token."""
    return await brings(service, Hello(), chat, Channel.TELEGRAM, link=token)


async def brings(
    service: Service,
    incoming: Incoming,
    sender: str,
    channel: Channel = Channel.SMS,
    *,
    external_id: str | None = None,
    **more: Any,
) -> Receipt:
    """A channel brings in a message, with a new id unless told otherwise."""
    external_id = external_id or f"in-{next(_ids)}"
    return await inbox.receive(service, Inbound(channel, sender, external_id, incoming, **more))


async def all_of(service: Service, rows: Select[Row]) -> Sequence[Row]:
    """What a question to the database finds."""
    async with service.database.read() as session:
        return (await session.scalars(rows)).all()


async def rows_in_all_tables(service: Service) -> dict[str, int]:
    """How many rows each table has."""
    async with service.database.read() as session:
        return {
            table.name: await session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


async def client(service: Service, reference: str) -> Client:
    """The client now."""
    (found,) = await all_of(service, select(Client).where(Client.reference == reference))
    return found


async def track(service: Service, reference: str) -> Enrolment:
    """The client's newest track now."""
    rows = select(Enrolment).join(Client, Client.id == Enrolment.client_id)
    found = await all_of(
        service, rows.where(Client.reference == reference).order_by(Enrolment.id.desc())
    )
    return found[0]


async def messages(service: Service, direction: Direction | None = None) -> Sequence[Message]:
    """All messages, in order."""
    rows = select(Message).order_by(Message.id)
    return await all_of(service, rows.where(Message.direction == direction) if direction else rows)


async def said(service: Service) -> list[str]:
    """The names of all phrases that were queued for anybody, in order."""
    return [one.phrase or "" for one in await messages(service, Direction.OUT)]


async def last(service: Service) -> Message:
    """The message that was queued last."""
    return (await messages(service, Direction.OUT))[-1]


async def steps(service: Service) -> dict[str, CheckIn]:
    """All check-ins, by step."""
    return {one.step: one for one in await all_of(service, select(CheckIn).order_by(CheckIn.id))}


async def calls(service: Service) -> Sequence[Escalation]:
    """All calls for help, in order."""
    return await all_of(service, select(Escalation).order_by(Escalation.id))


async def notices(service: Service) -> Sequence[Notice]:
    """All notices, in order."""
    return await all_of(service, select(Notice).order_by(Notice.id))


async def desk(service: Service, desk_id: int) -> str:
    """The slug of a desk."""
    async with service.database.read() as session:
        return (await session.get_one(Desk, desk_id)).slug


async def colleague(
    service: Service,
    name: str = "Sanne Voorbeeld",
    role: Role = Role.CONSULENT,
    desk: str = "velsen",
) -> StaffMember:
    """A colleague who works at a desk."""
    email = f"{name.split()[0].casefold()}@example.org"
    async with service.database.write() as session:
        found = (await session.scalars(select(Desk).where(Desk.slug == desk))).one()
        person = StaffMember(
            name=name,
            email=email,
            email_hash=ring().look_up("email", email),
            role=role,
            password_hash="-",
            created_at=service.now(),
        )
        session.add(person)
        await session.flush()
        session.add(DeskMember(staff_member_id=person.id, desk_id=found.id))
        return person


class Mailbox:
    """Takes the place of the mail server, and keeps what would have been mailed."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self.letters: list[tuple[datetime, Letter]] = []

    async def run(self) -> int:
        """Mail what waits."""
        now = self._service.now()
        letters = await claim_notices(self._service.database, now, 100)
        for letter in letters:
            self.letters.append((now, letter))
            await settle_notice(self._service.database, letter, now, sent=True)
        return len(letters)


def house(service: Service) -> tuple[House, Mailbox]:
    """The house with both of the demo's phones, and its mailbox."""
    built = House(service)
    built.connect(Phone(Channel.SMS))
    built.connect(Phone(Channel.TELEGRAM))
    mailbox = Mailbox(service)
    built.mail = mailbox.run
    return built, mailbox


def later(service: Service, **by: float) -> None:
    """Let the clock go on, without any tick."""
    service.clock.travel_to(service.now() + timedelta(**by))
