"""The plan of one enrolment, as rows."""

from datetime import datetime

from sqlalchemy import func, select, update
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
    """No more steps; what was asked and not answered has had its time."""
    for before, after in (
        (CheckInStatus.PLANNED, CheckInStatus.CANCELLED),
        (CheckInStatus.ASKED, CheckInStatus.EXPIRED),
    ):
        await session.execute(
            update(CheckIn)
            .where(CheckIn.enrolment_id == enrolment_id, CheckIn.status == before)
            .values(status=after)
        )


async def answer_by(session: AsyncSession, enrolment_id: int, asked: datetime) -> datetime:
    """Until when an answer to the check-in that was asked at `asked` counts as one."""
    next_due = await session.scalar(
        select(func.min(CheckIn.due_at)).where(
            CheckIn.enrolment_id == enrolment_id, CheckIn.status == CheckInStatus.PLANNED
        )
    )
    return taper.answer_until(asked, next_due)
