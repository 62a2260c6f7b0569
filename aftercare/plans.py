"""The plan of one enrolment, as rows: made, and changed when life or a colleague asks for it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.subject import Subject
from conversations.words import CheckInStatus, Form, Standing
from scheduler import steps, taper
from scheduler.calendar import contact_moment, local_day
from storage.models import CheckIn

_LEFT_OUT = (CheckInStatus.SKIPPED, CheckInStatus.CANCELLED)


def make(session: AsyncSession, subject: Subject, now: datetime) -> None:
    """Plan the steps from `now` on; what a late start leaves out is kept as skipped. The last is
    the closing question.

    The passive form has no steps: the client takes the initiative.
    """
    enrolment, hours, spread = subject.enrolment, subject.hours, subject.spread
    days = subject.municipality.taper or taper.DAYS
    plan = taper.plan(enrolment.first_working_day, now, hours, spread, days)
    enrolment.ends_at = plan.ends if plan.contacts else max(plan.ends, now + taper.CLOSE_AFTER)
    if enrolment.form is not Form.ACTIVE:
        return
    contacts = plan.contacts
    if enrolment.contract_end:
        contacts = steps.with_contract_end(contacts, enrolment.contract_end, now, hours, spread)
    if contacts:
        contacts = (*contacts, taper.Contact(steps.CLOSING, plan.ends))
        enrolment.ends_at = _end(subject, plan.ends)
    planned = [(contact.step, contact.due, CheckInStatus.PLANNED) for contact in contacts]
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


async def sooner(session: AsyncSession, subject: Subject, now: datetime) -> None:
    """After trouble: the next contact comes within a week. A step that would come soon after is
    moved forward; otherwise one is inserted and the taper goes on behind it."""
    enrolment = subject.enrolment
    if not _runs(subject) or enrolment.job_lost_at or enrolment.held_at:
        return
    rows = await _rows(session, subject)
    coming = [one for one in rows if one.status is CheckInStatus.PLANNED]
    moment = contact_moment(local_day(now + steps.SOONER, subject.hours), subject.hours,
                            subject.spread)  # fmt: skip
    if not coming or coming[0].due_at <= moment:
        return
    first = coming[0]
    if first.step == steps.CLOSING and first.due_at <= moment + steps.SOONER:
        return  # the last word is not hurried
    if first.due_at <= moment + steps.SOONER:
        first.due_at = moment
        return
    await insert(session, subject, "sooner", moment)


async def insert(
    session: AsyncSession, subject: Subject, kind: str, moment: datetime
) -> str | None:
    """One more check-in at `moment`. Returns its name; None when that day has one already. One of
    that day that was left out is planned again."""
    step = steps.for_day(kind, local_day(moment, subject.hours))
    before = next((one for one in await _rows(session, subject) if one.step == step), None)
    if before is None:
        session.add(
            CheckIn(
                enrolment_id=subject.enrolment.id,
                step=step,
                plan_version=subject.enrolment.plan_version,
                due_at=moment,
                status=CheckInStatus.PLANNED,
            )
        )
    elif before.status in _LEFT_OUT:
        before.status, before.due_at = CheckInStatus.PLANNED, moment
    else:
        return None
    return step


async def pause(session: AsyncSession, subject: Subject, until: date) -> datetime:
    """No check-in before `until`: what was planned till then is skipped but for the last, which
    moves there unless another follows within a week. Returns the first moment after the pause."""
    moment = contact_moment(until, subject.hours, subject.spread)
    coming = await planned(session, subject)
    within = [one for one in coming if one.due_at < moment]
    after = [one for one in coming if one.due_at >= moment]
    for one in within[:-1]:
        one.status = CheckInStatus.SKIPPED
    for one in within[-1:]:
        if one.step != steps.CLOSING and after and after[0].due_at - moment < steps.SOONER:
            one.status = CheckInStatus.SKIPPED
        else:
            move(subject, one, moment)
    return moment


def move(subject: Subject, row: CheckIn, moment: datetime) -> None:
    """Another moment for a step that was not asked yet; the closing takes the end along."""
    row.due_at = moment
    if row.step == steps.CLOSING:
        subject.enrolment.ends_at = _end(subject, moment)


async def extend(session: AsyncSession, subject: Subject, until: date, now: datetime) -> None:
    """Go on until `until`: more contacts, and the closing question at that day."""
    hours, spread, enrolment = subject.hours, subject.spread, subject.enrolment
    rows = await _rows(session, subject)
    known = {one.step for one in rows}
    contacts = steps.extension(enrolment.first_working_day, until, now, hours, spread)
    moment = contact_moment(until + taper.CLOSE_AFTER, hours, spread)
    session.add_all(
        CheckIn(
            enrolment_id=enrolment.id,
            step=one.step,
            plan_version=enrolment.plan_version,
            due_at=one.due,
            status=CheckInStatus.PLANNED,
        )
        for one in contacts
        if one.step not in known
    )
    enrolment.ends_at = _end(subject, moment)
    for one in rows:
        if one.step == steps.CLOSING and one.status is CheckInStatus.PLANNED:
            one.due_at = moment


async def planned(session: AsyncSession, subject: Subject) -> list[CheckIn]:
    """The steps to come, in order."""
    rows = await _rows(session, subject)
    return [one for one in rows if one.status is CheckInStatus.PLANNED]


async def answered(session: AsyncSession, enrolment_id: int, question: int, now: datetime) -> None:
    """A step that asks something else than how it goes has its answer."""
    await session.execute(
        update(CheckIn)
        .where(
            CheckIn.enrolment_id == enrolment_id,
            CheckIn.question == question,
            CheckIn.status == CheckInStatus.ASKED,
        )
        .values(status=CheckInStatus.ANSWERED, answered_at=now)
    )


def _end(subject: Subject, asked: datetime) -> datetime:
    """When the track is closed after a closing question at `asked`, if no answer comes."""
    day = local_day(asked + taper.ANSWER_WITHIN, subject.hours)
    return contact_moment(day, subject.hours, subject.spread)


def _runs(subject: Subject) -> bool:
    enrolment = subject.enrolment
    return enrolment.standing is Standing.ACTIVE and enrolment.form is Form.ACTIVE


async def _rows(session: AsyncSession, subject: Subject) -> Sequence[CheckIn]:
    """All steps of the current plan, by their moment."""
    await session.flush()  # steps that were made in this transaction too
    enrolment = subject.enrolment
    rows = await session.scalars(
        select(CheckIn)
        .where(CheckIn.enrolment_id == enrolment.id, CheckIn.plan_version == enrolment.plan_version)
        .order_by(CheckIn.due_at, CheckIn.id)
        .execution_options(populate_existing=True)
    )
    return rows.all()


async def _move(
    session: AsyncSession, enrolment_id: int, before: CheckInStatus, after: CheckInStatus
) -> None:
    await session.execute(
        update(CheckIn)
        .where(CheckIn.enrolment_id == enrolment_id, CheckIn.status == before)
        .values(status=after)
    )


def days_from(now: datetime, days: int, subject: Subject) -> date:
    """The wall-time day so many days after `now`."""
    return local_day(now, subject.hours) + timedelta(days=days)
