"""Where one can travel to, and how far one is: half a year takes some seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from aftercare.service import Service
from aftercare.subject import Subject
from conversations.words import CheckInStatus, Standing
from storage.models import CheckIn

JUST_AFTER = timedelta(seconds=20)
"""So that what is due at a moment has happened when one arrives there."""


@dataclass(frozen=True)
class Journey:
    """A journey under way, from one moment to another."""

    start: datetime
    end: datetime

    def share(self, now: datetime) -> float:
        """How much of it is behind us at `now`, from 0 to 1."""
        whole = (self.end - self.start).total_seconds() or 1.0
        return min(max((now - self.start).total_seconds() / whole, 0.0), 1.0)


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
