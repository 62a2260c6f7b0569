"""What a desk does with a call for help: take it, be in touch, resolve it with an outcome.

Who may do so is decided by the caller (`staff.access`); here it is decided what follows on what.
Every step moves forward from the step before, by one conditional UPDATE, so that of two
colleagues who take one call only one has it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.afterwards import ask_at
from aftercare.calls import DANGER_AGAIN, DANGER_PRESSING, notify
from aftercare.lines import leads, next_in_line
from aftercare.moving import (
    UNCONTACTED,
    UNRESOLVED,
    audit,
    call_of,
    handed,
    move,
    subject_of,
)
from aftercare.service import N_, Refused, Service
from conversations.words import (
    EscalationStatus,
    HandingKind,
    NoticeKind,
    NoticeStatus,
    OutcomeKind,
    Topic,
    Urgency,
)
from scheduler.calendar import Hours, deadline, local_day
from storage.models import (
    Escalation,
    Instrument,
    InstrumentUse,
    Notice,
    Outcome,
    StaffMember,
)

BATCH = 200
LEAD_AFTER = timedelta(days=2)
"""A call that stands still for longer after its deadline is told to the lead of the desk too."""
FIRST_WEEK = timedelta(days=7)
CLOSE_WITHIN = 10
"""Working days after the contact; then the desk is asked how it ended."""

_NOTHING_TO_ASK = frozenset({OutcomeKind.NOT_REACHED, OutcomeKind.NOT_NEEDED})
"""After these the client is not asked whether the contact was of help."""

_UNTAKEN = (EscalationStatus.OPEN,)


async def take(service: Service, reference: str, staff_member: StaffMember) -> None:
    """`staff_member` owns the call from now on. Raises `Refused` when a colleague was first."""
    async with service.database.write() as session:
        now = service.now()
        moved = await move(
            session,
            reference,
            _UNTAKEN,
            {"status": EscalationStatus.TAKEN, "owner_id": staff_member.id, "taken_at": now},
        )
        if not moved:
            await _say_who_was_first(session, reference, staff_member)
            return
        call = await call_of(session, reference)
        if call.urgency is Urgency.DANGER:
            call.remind_at = call.deadline
        session.add(handed(call, HandingKind.TAKEN, now, by=staff_member, from_id=None))
        audit(session, now, staff_member, "take", call)


async def contacted(service: Service, reference: str, staff_member: StaffMember) -> None:
    """The client was spoken to. Whoever says so owns the call if nobody did."""
    async with service.database.write() as session:
        now = service.now()
        moved = await move(
            session,
            reference,
            UNCONTACTED,
            {
                "status": EscalationStatus.CONTACTED,
                "contacted_at": func.coalesce(Escalation.contacted_at, now),  # the first counts
            },
        )
        call = await call_of(session, reference)
        if not moved:
            raise Refused(N_("This call was already contacted or resolved. Load the page again."))
        subject = await subject_of(session, call)
        call.remind_at = deadline(now, CLOSE_WITHIN, subject.hours)
        if call.topic is not Topic.DANGER:
            call.ask_at = ask_at(subject, now)
        _owned(call, staff_member, now)
        audit(session, now, staff_member, "contacted", call)


async def resolve(
    service: Service,
    reference: str,
    staff_member: StaffMember,
    outcome: OutcomeKind,
    note: str = "",
    instruments: Sequence[str] = (),
) -> None:
    """Close the call with its outcome and the instruments (slugs) that were used."""
    async with service.database.write() as session:
        now = service.now()
        used = (
            await session.scalars(select(Instrument).where(Instrument.slug.in_(instruments)))
        ).all()
        if len(used) != len(set(instruments)):
            raise Refused(N_("One of the instruments does not exist."), "instruments")
        moved = await move(
            session,
            reference,
            UNRESOLVED,
            {"status": EscalationStatus.RESOLVED, "resolved_at": now, "remind_at": None},
        )
        call = await call_of(session, reference)
        if not moved:
            raise Refused(N_("This call was already resolved. Load the page again."))
        _owned(call, staff_member, now)
        subject = await subject_of(session, call)
        if call.contacted_at is None and outcome is not OutcomeKind.NOT_REACHED:
            call.contacted_at = now
            if call.topic is not Topic.DANGER:
                call.ask_at = ask_at(subject, now)
        if outcome in _NOTHING_TO_ASK:
            call.ask_at = None
        session.add(
            Outcome(
                escalation_id=call.id,
                kind=outcome,
                note=note.strip() or None,
                staff_member_id=staff_member.id,
                at=now,
            )
        )
        session.add_all(
            InstrumentUse(
                instrument_id=instrument.id,
                enrolment_id=call.enrolment_id,
                escalation_id=call.id,
                staff_member_id=staff_member.id,
                used_on=local_day(now, subject.hours),
            )
            for instrument in used
        )
        audit(session, now, staff_member, "resolve", call)


async def remind(service: Service) -> int:
    """Tell desks of calls that stand still: danger every quarter of an hour until taken, others
    when the deadline has passed, each working day for a week and weekly after, and what was
    contacted but never closed (rules 3, 5 and 7). Returns how many."""
    now = service.now()
    async with service.database.write() as session:
        calls = (
            await session.scalars(
                select(Escalation)
                .where(Escalation.remind_at.is_not(None), Escalation.remind_at <= now)
                .order_by(Escalation.remind_at)
                .limit(BATCH)
                .with_for_update(skip_locked=True)
            )
        ).all()
        for call in calls:
            hours = (await subject_of(session, call)).hours
            told_id = None
            if call.status is EscalationStatus.CONTACTED:
                kind, again = NoticeKind.NOT_CLOSED, deadline(now, CLOSE_WITHIN, hours)
            elif call.urgency is Urgency.DANGER and call.owner_id is None:
                kind, again = NoticeKind.DANGER, deadline(now, 1, hours)
                told_id = await next_in_line(session, call, local_day(now, hours))
                if now < call.opened_at + DANGER_PRESSING:
                    again = now + DANGER_AGAIN
            else:
                every = 1 if now < call.deadline + FIRST_WEEK else 5
                kind, again = NoticeKind.OVERDUE, deadline(now, every, hours)
            for whom in await _told(session, call, kind, told_id, now, hours):
                if not await _waits(session, call, kind, whom, now):
                    notify(session, kind, call.desk_id, call.enrolment_id, now, call.id, whom)
            call.remind_at = again
        return len(calls)


async def _told(
    session: AsyncSession,
    call: Escalation,
    kind: NoticeKind,
    told_id: int | None,
    now: datetime,
    hours: Hours,
) -> list[int | None]:
    """Whom to remind: the desk (None) or its colleague; when a call goes on standing still, the
    lead of the desk as well."""
    if kind is NoticeKind.OVERDUE and now >= call.deadline + LEAD_AFTER:
        return [told_id, *await leads(session, call.desk_id, local_day(now, hours))]
    return [told_id]


async def _waits(
    session: AsyncSession, call: Escalation, kind: NoticeKind, told_id: int | None, now: datetime
) -> bool:
    """Whether this is still to be mailed: then it is tried now. After a day without a mail host,
    a hundred times the same would hide all else."""
    notice = await session.scalar(
        select(Notice)
        .where(
            Notice.escalation_id == call.id,
            Notice.kind == kind,
            Notice.staff_member_id.is_not_distinct_from(told_id),
            Notice.address_id.is_(None),
            Notice.status == NoticeStatus.QUEUED,
        )
        .limit(1)
    )
    if notice is None:
        return False
    notice.not_before = now
    return True


async def _say_who_was_first(
    session: AsyncSession, reference: str, staff_member: StaffMember
) -> None:
    call = await call_of(session, reference)
    if call.owner_id == staff_member.id:
        return  # the button was pressed twice
    owner = await session.get(StaffMember, call.owner_id) if call.owner_id else None
    raise Refused(
        N_("{name} was first: this call is already taken."), name=owner.name if owner else "-"
    )


def _owned(call: Escalation, staff_member: StaffMember, now: datetime) -> None:
    if call.owner_id is None:
        call.owner_id, call.taken_at = staff_member.id, now
