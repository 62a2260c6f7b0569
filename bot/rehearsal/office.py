"""Simulated colleagues: they work their queue each working day, most of them in time. They release
who was in danger, and agree with some that the track goes on for a while."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select

from aftercare import escalations, steering
from aftercare.service import Service
from conversations.words import (
    EscalationStatus,
    OutcomeKind,
    Role,
    Side,
    Standing,
    Topic,
    Urgency,
)
from scheduler.calendar import Hours, is_working_day, local_day
from storage.encryption import ring
from storage.models import (
    Client,
    Desk,
    DeskMember,
    Enrolment,
    Escalation,
    Instrument,
    StaffMember,
)

_OUTCOMES = (
    *[OutcomeKind.HELPED] * 6,
    *[OutcomeKind.PARTLY] * 2,
    OutcomeKind.REFERRED,
    OutcomeKind.NOT_REACHED,
    OutcomeKind.NOT_NEEDED,
)
_AT_ONCE = 400
"""How many calls are looked at in one round, and one more for each fifty people."""

_EXTENDS = timedelta(days=14)
"""How much longer a track lasts that is extended."""

_ONE_IN = 25
"""Of so many tracks one is extended, in their last weeks."""
_LAST_WEEKS = timedelta(days=21)
_REASON = "oefening"


@dataclass(frozen=True)
class _Track:
    id: int
    reference: str  # of the client
    ends_at: datetime | None


class Office:
    """One colleague at each desk."""

    def __init__(self, service: Service, clients: int, dice: random.Random) -> None:
        self._service = service
        self._at_once = _AT_ONCE + clients // 50
        self._dice = dice
        self._people: dict[int, StaffMember] = {}
        self._instruments: list[str] = []
        self._extended: set[int] = set()

    async def open(self) -> None:
        """Somebody sits down at every desk."""
        now = self._service.now()
        async with self._service.database.write() as session:
            for desk in (await session.scalars(select(Desk).order_by(Desk.id))).all():
                email = f"rehearsal-{desk.slug}@example.org"
                person = StaffMember(
                    name=f"Oefening {desk.slug}",
                    email=email,
                    email_hash=ring().look_up("email", email),
                    role=Role.WERKCOACH if desk.side is Side.WORK else Role.CONSULENT,
                    password_hash="",  # nobody can sign in with it
                    created_at=now,
                )
                session.add(person)
                await session.flush()
                session.add(DeskMember(staff_member_id=person.id, desk_id=desk.id))
                self._people[desk.id] = person
            self._instruments = list(
                await session.scalars(select(Instrument.slug).order_by(Instrument.slug))
            )

    def next_round(self, now: datetime) -> datetime:
        """When the queue is worked next: each morning and afternoon."""
        return now + timedelta(hours=4)

    async def work(self) -> int:
        """Take what is open, contact what is taken, resolve what was contacted. Returns how many
        calls moved."""
        if not is_working_day(local_day(self._service.now(), Hours())):
            return 0
        calls = await self._calls(Escalation.status != EscalationStatus.RESOLVED)
        for call in calls:
            await self._handle(call)
        await self._release()
        await self._extend()
        return len(calls)

    async def watch(self) -> None:
        """Take whatever speaks of danger: somebody is on duty, also on Sundays."""
        danger = Escalation.urgency == Urgency.DANGER
        for call in await self._calls(Escalation.status == EscalationStatus.OPEN, danger):
            await self._handle(call)

    async def _calls(self, *which: ColumnElement[bool]) -> Sequence[Escalation]:
        async with self._service.database.read() as session:
            rows = select(Escalation).where(*which).order_by(Escalation.id).limit(self._at_once)
            return (await session.scalars(rows)).all()

    async def _release(self) -> None:
        """Routine goes on for whoever was in danger, once that call is resolved."""
        in_danger = select(Escalation.id).where(
            Escalation.enrolment_id == Enrolment.id,
            Escalation.topic == Topic.DANGER,
            Escalation.status != EscalationStatus.RESOLVED,
        )
        for track in await self._tracks(Enrolment.held_at.is_not(None), ~in_danger.exists()):
            await steering.release(self._service, track.reference, self._anybody(), _REASON)

    async def _extend(self) -> None:
        soon = self._service.now() + _LAST_WEEKS
        for track in await self._tracks(
            Enrolment.ends_at <= soon, Enrolment.id % _ONE_IN == 0, Enrolment.held_at.is_(None)
        ):
            if track.id not in self._extended and track.ends_at:
                self._extended.add(track.id)
                until = local_day(track.ends_at + _EXTENDS, Hours())
                await steering.extend(
                    self._service, track.reference, self._anybody(), _REASON, until
                )

    async def _tracks(self, *which: ColumnElement[bool]) -> list[_Track]:
        """The active tracks that `which` holds for."""
        query = (
            select(Enrolment.id, Client.reference, Enrolment.ends_at)
            .join(Client, Client.id == Enrolment.client_id)
            .where(Enrolment.standing == Standing.ACTIVE, *which)
            .order_by(Enrolment.id)
        )
        async with self._service.database.read() as session:
            return [_Track(*row) for row in await session.execute(query)]

    def _anybody(self) -> StaffMember:
        return next(iter(self._people.values()))

    async def _handle(self, call: Escalation) -> None:
        colleague = self._people[call.desk_id]
        match call.status:
            case EscalationStatus.OPEN:
                await escalations.take(self._service, call.reference, colleague)
            case EscalationStatus.TAKEN if self._dice.random() < 0.7:
                await escalations.contacted(self._service, call.reference, colleague)
            case EscalationStatus.CONTACTED if self._dice.random() < 0.5:
                used = self._dice.sample(self._instruments, self._dice.randint(0, 2))
                outcome = self._dice.choice(_OUTCOMES)
                await escalations.resolve(
                    self._service, call.reference, colleague, outcome, "", used
                )
