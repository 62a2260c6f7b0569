"""Time passes: from one moment at which something is due to the next, and not one tick more.

Half a year of the whole cast takes some seconds, and the page shows how far it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from aftercare.service import Service
from aftercare.subject import Subject
from bot.house import House
from conversations.words import CheckInStatus, Standing
from storage.models import CheckIn

JUST_AFTER = timedelta(seconds=20)
"""So that what is due at a moment has happened when one arrives there."""

_WAIT = timedelta(minutes=15)


@dataclass(frozen=True)
class Journey:
    """A journey under way, from one moment to another."""

    start: datetime
    end: datetime

    def share(self, now: datetime) -> float:
        """How much of it is behind us at `now`, from 0 to 1."""
        whole = (self.end - self.start).total_seconds() or 1.0
        return min(max((now - self.start).total_seconds() / whole, 0.0), 1.0)


async def pass_until(house: House, to: datetime) -> None:
    """Let time pass until `to`, doing at each moment what is due then.

    What is due and cannot be done yet (somebody is telling what is wrong, so the next question
    waits) is tried again a little later.
    """
    clock = house.service.clock
    while (due := await house.next_due()) is not None and due <= to:
        if due > clock.now():
            clock.travel_to(due)
        done = [await tick.run() for tick in house.ticks().values()]
        if not any(done):
            clock.travel_to(min(clock.now() + _WAIT, to))
            if clock.now() >= to:
                break
    clock.travel_to(max(to, clock.now()))


async def next_check_in(service: Service, subject: Subject) -> datetime | None:
    """When the client gets the next check-in, if there is one."""
    if subject.enrolment.standing is not Standing.ACTIVE:
        return None
    async with service.database.read() as session:
        return await session.scalar(
            select(func.min(CheckIn.due_at)).where(
                CheckIn.enrolment_id == subject.enrolment.id,
                CheckIn.status == CheckInStatus.PLANNED,
            )
        )


def month_six(subject: Subject) -> datetime | None:
    """When the client's track is closed, if it runs."""
    return subject.enrolment.ends_at if subject.enrolment.standing is Standing.ACTIVE else None
