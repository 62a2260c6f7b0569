"""The plan of one enrolment, as rows."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.subject import Subject
from conversations.words import CheckInStatus, Form
from scheduler import taper
from storage.models import CheckIn


def make(session: AsyncSession, subject: Subject, now: datetime) -> None:
    """Plan the steps from `now` on; what a late start leaves out is kept as skipped.

    The passive form has no steps: the client takes the initiative.
    """
    enrolment = subject.enrolment
    plan = taper.plan(enrolment.first_working_day, now, subject.hours, subject.spread)
    enrolment.ends_at = plan.ends if plan.contacts else max(plan.ends, now + taper.CLOSE_AFTER)
    if enrolment.form is not Form.ACTIVE:
        return
    planned = [(contact.step, contact.due, CheckInStatus.PLANNED) for contact in plan.contacts]
    skipped = [(step, now, CheckInStatus.SKIPPED) for step in plan.skipped]
    session.add_all(
        CheckIn(
            enrolment_id=enrolment.id,
            step=step,
            plan_version=enrolment.plan_version,
            due_at=due,
            status=status,
        )
        for step, due, status in skipped + planned
    )


async def cancel(session: AsyncSession, enrolment_id: int) -> None:
    """No more steps."""
    await _move(session, enrolment_id, CheckInStatus.PLANNED, CheckInStatus.CANCELLED)
    await expire_asked(session, enrolment_id)


async def expire_asked(session: AsyncSession, enrolment_id: int) -> None:
    """What was asked and not answered has had its time."""
    await _move(session, enrolment_id, CheckInStatus.ASKED, CheckInStatus.EXPIRED)


async def _move(
    session: AsyncSession, enrolment_id: int, before: CheckInStatus, after: CheckInStatus
) -> None:
    await session.execute(
        update(CheckIn)
        .where(CheckIn.enrolment_id == enrolment_id, CheckIn.status == before)
        .values(status=after)
    )
