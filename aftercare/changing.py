"""A colleague has a change of somebody's track in hand: to whom, by whom, why; kept and audited.

What can be changed is in `aftercare.steering` and `aftercare.reaching`.
"""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import effects, plans, programme
from aftercare.service import N_, Refused, Service
from aftercare.subject import Subject, locked
from conversations.turns import Say, Turn
from conversations.words import ChangeKind, MessageKind, Standing
from scheduler.calendar import contact_moment, local_day
from storage.models import AuditEntry, CheckIn, Client, StaffMember

LONGEST_REASON = 1000


@dataclass
class Change:
    """One change that is being made: to whom, by whom, why, when."""

    session: AsyncSession
    subject: Subject
    by: StaffMember
    reason: str
    now: datetime

    def keep(
        self,
        kind: ChangeKind,
        *,
        step: str | None = None,
        until: datetime | None = None,
        action: str = "plan",
    ) -> None:
        """Write down what was changed, and that it was done."""
        self.session.add_all(
            [
                programme.change(
                    self.subject,
                    kind,
                    self.now,
                    staff_member_id=self.by.id,
                    reason=self.reason,
                    step=step,
                    until=until,
                ),
                AuditEntry(
                    at=self.now,
                    staff_member_id=self.by.id,
                    action=action,
                    client_id=self.subject.client.id,
                    detail=str(kind),
                ),
            ]
        )

    async def say(self, say: Say) -> None:
        """Let the client know, at the next allowed moment; nothing while routine is held."""
        if self.subject.enrolment.held_at is not None:
            return
        turn = Turn(self.subject.state, (replace(say, kind=MessageKind.ROUTINE),))
        await effects.apply(self.session, self.subject, turn, self.now)

    async def step(self, name: str) -> CheckIn:
        """The step `name`, which was not asked yet. Raises `Refused`."""
        for one in await plans.planned(self.session, self.subject):
            if one.step == name:
                return one
        raise Refused(N_("This step is not planned, or was asked already."), "step")

    def moment(self, day: date, field: str) -> datetime:
        """The client's own evening moment of `day`, which must be to come. Raises `Refused`."""
        moment = contact_moment(day, self.subject.hours, self.subject.spread)
        if day < local_day(self.now, self.subject.hours) or moment <= self.now:
            raise Refused(N_("Choose a day that is to come."), field)
        return moment


@asynccontextmanager
async def changing(
    service: Service,
    reference: str,
    by: StaffMember,
    reason: str,
    standings: Collection[Standing] = (Standing.ACTIVE,),
) -> AsyncIterator[Change]:
    """One transaction in which the track of `reference`, which stands at one of `standings`, is
    changed. Raises `Refused`."""
    why = reason.strip()
    if not why:
        raise Refused(N_("Write down why."), "reason")
    if len(why) > LONGEST_REASON:
        raise Refused(
            N_("A reason has at most {longest} characters."),
            "reason",
            longest=str(LONGEST_REASON),
        )
    async with service.database.write() as session:
        subject = await locked(session, Client.reference, reference)
        if subject is None:
            raise Refused(N_("There is no client {reference}."), reference=reference)
        if subject.enrolment.standing not in standings:
            raise Refused(N_("This track does not run."))
        yield Change(session, subject, by, why, service.now())
