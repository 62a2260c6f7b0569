"""A colleague is away: their calls for help go back to the desk, and to them what nobody took.

A call that somebody was in touch about stays with that colleague, who knows how it stands: each of
the desk may go on with it. Decided in docs/decisions/0014.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.calls import DANGER_AGAIN, notify
from aftercare.moving import handed, move
from aftercare.service import N_, Refused, Service
from conversations.words import EscalationStatus, HandingKind, NoticeKind, Urgency
from scheduler.calendar import Hours, local_day
from storage.absence import there
from storage.models import Absence, AuditEntry, DeskMember, Escalation, Handing, StaffMember

BATCH = 200
LONGEST = timedelta(days=366)


async def set_absence(
    service: Service,
    by: StaffMember,
    who: StaffMember,
    from_day: date,
    until_day: date,
    stand_in: StaffMember | None = None,
) -> Absence:
    """`who` is away from `from_day` until `until_day`, with both. What begins today moves their
    calls at once. Raises `Refused`."""
    async with service.database.write() as session:
        now = service.now()
        today = local_day(now, Hours())
        if until_day < max(from_day, today):
            raise Refused(N_("The last day is before the first, or has passed."), "until")
        if until_day - from_day > LONGEST or abs(from_day - today) > LONGEST:
            raise Refused(N_("An absence lasts a year at most. Check the days."), "until")
        # Of two who write it down at once, the second waits here and then sees the first.
        await session.execute(
            select(StaffMember.id).where(StaffMember.id == who.id).with_for_update()
        )
        overlapping = await session.scalar(
            select(Absence.id).where(
                Absence.staff_member_id == who.id,
                Absence.from_day <= until_day,
                Absence.until_day >= from_day,
            )
        )
        if overlapping is not None:
            raise Refused(
                N_("{name} is away on some of these days already. End that first."),
                "from",
                name=who.name,
            )
        if stand_in is not None and not await _may_stand_in(session, who, stand_in):
            raise Refused(N_("Choose a colleague of the same team."), "stand_in")
        absence = Absence(
            staff_member_id=who.id,
            from_day=from_day,
            until_day=until_day,
            stand_in_id=stand_in.id if stand_in else None,
            set_by_id=by.id,
            set_at=now,
            next_at=_begin_of(from_day),
        )
        session.add(absence)
        session.add(_audit(by, who, "absent", now))
        await session.flush()
        if from_day <= today:
            await _move(session, absence, now)
        return absence


async def end_absence(service: Service, reference: str, by: StaffMember) -> None:
    """The colleague is there again, from today on. What nobody took is theirs again."""
    async with service.database.write() as session:
        now = service.now()
        absence = await session.scalar(
            select(Absence).where(Absence.reference == reference).with_for_update()
        )
        today = local_day(now, Hours())
        if absence is None or absence.until_day < today:
            raise Refused(N_("This absence has ended already."))
        who = await session.get_one(StaffMember, absence.staff_member_id)
        if absence.moved_at is not None:
            await _move_back(session, absence, now)
        if absence.from_day >= today:
            await session.delete(absence)
        else:
            absence.until_day = today - timedelta(days=1)
        session.add(_audit(by, who, "back", now))


async def move_due(service: Service) -> int:
    """What begins or ends today, or did while nothing ran. Returns how many absences."""
    now = service.now()
    async with service.database.write() as session:
        due = (
            await session.scalars(
                select(Absence)
                .where(Absence.next_at.is_not(None), Absence.next_at <= now)
                .order_by(Absence.next_at)
                .limit(BATCH)
                .with_for_update(skip_locked=True)
            )
        ).all()
        for absence in due:
            if absence.moved_at is not None:
                await _move_back(session, absence, now)
            elif absence.until_day < local_day(now, Hours()):
                absence.next_at = None  # nothing ran all that time: they are back already
            else:
                await _move(session, absence, now)
        return len(due)


async def _move(session: AsyncSession, absence: Absence, now: datetime) -> None:
    absence.moved_at = now
    absence.next_at = _begin_of(absence.until_day + timedelta(days=1))
    stand_in = await there(session, absence.staff_member_id, local_day(now, Hours()))
    await leave_to_desk(session, absence.staff_member_id, now, stand_in)


async def leave_to_desk(
    session: AsyncSession, staff_member_id: int, now: datetime, stand_in: StaffMember | None = None
) -> None:
    """What the colleague took and nobody was contacted about is the desk's again, which is told;
    and `stand_in`, where they work at that desk too."""
    calls = await session.scalars(
        select(Escalation).where(
            Escalation.owner_id == staff_member_id, Escalation.status == EscalationStatus.TAKEN
        )
    )
    for call in calls.all():
        put = {"status": EscalationStatus.OPEN, "owner_id": None, "taken_at": None}
        still = Escalation.owner_id == staff_member_id
        if not await move(session, call.reference, (EscalationStatus.TAKEN,), put, still):
            continue
        await session.refresh(call)
        kind = NoticeKind.GIVEN_BACK
        if call.urgency is Urgency.DANGER:
            kind, call.remind_at = NoticeKind.DANGER, now + DANGER_AGAIN
        session.add(handed(call, HandingKind.ABSENT, now, by=None, from_id=staff_member_id))
        is_there = stand_in and await _works_at(session, stand_in, call.desk_id)
        for whom in {None, stand_in.id if stand_in and is_there else None}:
            notify(session, kind, call.desk_id, call.enrolment_id, now, call.id, whom)


async def _move_back(session: AsyncSession, absence: Absence, now: datetime) -> None:
    """What still lies where the absence left it."""
    absence.next_at = None
    last = (
        select(func.max(Handing.id))
        .where(Handing.escalation_id == Escalation.id)
        .correlate(Escalation)
        .scalar_subquery()
    )
    who = await session.get_one(StaffMember, absence.staff_member_id)
    if who.left_at is not None:
        return
    calls = await session.scalars(
        select(Escalation)
        .join(Handing, Handing.id == last)
        .join(DeskMember, DeskMember.desk_id == Escalation.desk_id)
        .where(
            Escalation.status == EscalationStatus.OPEN,
            Handing.kind == HandingKind.ABSENT,
            Handing.from_id == who.id,
            DeskMember.staff_member_id == who.id,
        )
    )
    for call in calls.all():
        put = {"status": EscalationStatus.TAKEN, "owner_id": who.id, "taken_at": now}
        if not await move(session, call.reference, (EscalationStatus.OPEN,), put):
            continue
        await session.refresh(call)
        session.add(handed(call, HandingKind.RETURNED, now, by=None, from_id=None))


async def _may_stand_in(session: AsyncSession, who: StaffMember, stand_in: StaffMember) -> bool:
    desks = select(DeskMember.desk_id).where(DeskMember.staff_member_id == who.id)
    found = await session.scalar(
        select(DeskMember.id).where(
            DeskMember.staff_member_id == stand_in.id, DeskMember.desk_id.in_(desks)
        )
    )
    return found is not None and stand_in.id != who.id and stand_in.left_at is None


async def _works_at(session: AsyncSession, who: StaffMember, desk_id: int) -> bool:
    """Whether the colleague can open the calls of the desk."""
    found = await session.scalar(
        select(DeskMember.id).where(
            DeskMember.staff_member_id == who.id, DeskMember.desk_id == desk_id
        )
    )
    return found is not None


def _begin_of(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(Hours().zone))


def _audit(by: StaffMember, who: StaffMember, action: str, now: datetime) -> AuditEntry:
    return AuditEntry(at=now, staff_member_id=by.id, action=action, detail=who.reference)
