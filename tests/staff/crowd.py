"""People by the thousand with all that becomes of them, past the use cases: what a page costs
depends on how many there are. Who they are is drawn by chance, the same whenever it is drawn."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import Service
from conversations.topics import side_of
from conversations.understanding.labels import Label
from conversations.words import (
    Role,
    Side,
)
from storage.encryption import ring
from storage.models import (
    AuditEntry,
    Base,
    Client,
    DeskMember,
    Escalation,
    Instrument,
    Mark,
    Message,
    Route,
    StaffMember,
)
from tests.staff.crowd_person import FIRST_ID, MONTHS, House, Rows, known_number, person

COLLEAGUES = 60
READINGS = 20
"""Entries in the audit for each person."""

_AT_ONCE = 1_000
_CORRECTIONS = 150


@dataclass(frozen=True)
class Known:
    """The references of one of them, whose track runs, and of what they ask a werkcoach."""

    client: str
    call: str


async def crowd(service: Service, people: int, messages: int = 50) -> Known:
    """Add so many people to the installation, each with so many messages."""
    chance = random.Random(people)
    async with service.database.write() as session:
        house = await _house(session, service.now(), chance)
    for start in range(0, people, _AT_ONCE):
        rows: Rows = defaultdict(list)
        for number in range(start, min(start + _AT_ONCE, people)):
            person(rows, number, people, messages, house, chance)
        await _add(service, rows)
    rows = defaultdict(list)
    rows[AuditEntry] = list(_audit(people, house, chance))
    await _add(service, rows)
    await _corrections(service, house)
    async with service.database.read() as session:
        found = await session.execute(
            select(Client.reference, Escalation.reference)
            .join(Escalation, Escalation.client_id == Client.id)
            .where(Client.id == FIRST_ID + known_number(people))
        )
        return Known(*found.one())


async def _add(service: Service, rows: Rows) -> None:
    by_name = {kind.__tablename__: added for kind, added in rows.items() if added}
    async with service.database.write() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in by_name:
                await session.execute(insert(table), by_name[table.name])


async def _house(session: AsyncSession, now: datetime, chance: random.Random) -> House:
    desks: dict[int, dict[Side, int]] = {}
    for place, topic, desk in await session.execute(
        select(Route.municipality_id, Route.topic, Route.desk_id)
    ):
        desks.setdefault(place, {})[side_of(topic)] = desk
    sides = {desk: side for both in desks.values() for side, desk in both.items()}
    staff = []
    for number in range(COLLEAGUES):
        desk = chance.choice(sorted(sides))
        work = sides[desk] is Side.WORK
        email = f"collega{number}@example.org"
        colleague = StaffMember(
            name=f"Collega van het Voorbeeld {number}",
            email=email,
            email_hash=ring().look_up("email", email),
            role=Role.WERKCOACH if work else Role.CONSULENT,
            password_hash="",
            created_at=now - MONTHS,
        )
        session.add(colleague)
        await session.flush()
        session.add(DeskMember(staff_member_id=colleague.id, desk_id=desk))
        staff.append(colleague.id)
    instruments = list(await session.scalars(select(Instrument.id)))
    return House(desks, staff, instruments, now)


def _audit(people: int, house: House, chance: random.Random) -> Iterator[dict[str, Any]]:
    """Mostly readings; the first of all entries is the only one of its kind."""
    count = people * READINGS
    for number in range(count):
        action = chance.choices(("read", "sign_in", "take", "contacted"), (75, 15, 5, 5))[0]
        yield {
            "at": house.now - MONTHS * (1 - number / count),
            "staff_member_id": chance.choice(house.staff),
            "action": action if number else "erase",
            "client_id": None if action == "sign_in" else FIRST_ID + chance.randrange(people),
        }


async def _corrections(service: Service, house: House) -> None:
    """Colleagues said of some messages that they meant something else."""
    async with service.database.write() as session:
        found = await session.scalars(
            select(func.min(Message.id))
            .where(Message.label.is_not(None))
            .group_by(Message.enrolment_id)
            .order_by(Message.enrolment_id.desc())
            .limit(_CORRECTIONS)
        )
        session.add_all(
            Mark(
                message_id=one,
                staff_member_id=house.staff[0],
                label=Label.DEBT,
                urgent=False,
                at=service.now(),
            )
            for one in found
        )
