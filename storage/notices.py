"""Notices that wait to be mailed. A notice twice is a nuisance, a lost one is not: when the
mailer dies with one in hand, it goes again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, or_, select, text, update

from conversations.words import EscalationStatus, NoticeKind, NoticeStatus
from scheduler.calendar import Hours, local_day
from storage.absence import away
from storage.database import Database
from storage.models import Desk, Enrolment, Escalation, Municipality, Notice, StaffMember

LEASE = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(days=7)
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=1)
_LONGEST_IN_DANGER = timedelta(minutes=5)

_WAITING = "notice.status IN ('queued', 'sending')"
QUEUED = text(f"{_WAITING} AND notice.status = 'queued'")
_SENDING = text(f"{_WAITING} AND notice.status = 'sending'")
_PRESSING = case(
    (Notice.kind == NoticeKind.DANGER, 0), (Notice.kind == NoticeKind.URGENT_HELP_ASKED, 1), else_=2
)
"""After a day without a mail host, the mail that matters most comes first."""


@dataclass(frozen=True)
class Letter:
    """What a notice needs to be written: to which desk, why, and where to look. No person."""

    id: int
    kind: NoticeKind
    desk: str
    email: str
    escalation: str | None
    deadline: datetime | None
    zone: str
    attempts: int


async def claim_notices(database: Database, now: datetime, limit: int) -> list[Letter]:
    """Up to `limit` notices to be mailed at `now`; what nobody needs any more is cancelled."""
    async with database.write() as session:
        rows = (
            await session.execute(
                select(Notice, Desk, Escalation, Municipality.zone, StaffMember)
                .join(Desk, Desk.id == Notice.desk_id)
                .join(Enrolment, Enrolment.id == Notice.enrolment_id)
                .join(Municipality, Municipality.id == Enrolment.municipality_id)
                .outerjoin(Escalation, Escalation.id == Notice.escalation_id)
                .outerjoin(
                    StaffMember,
                    and_(
                        StaffMember.id == Notice.staff_member_id,
                        ~away(StaffMember.id, local_day(now, Hours())),  # then it is the desk's
                    ),
                )
                .where(
                    or_(QUEUED, and_(_SENDING, Notice.lease_until <= now)),
                    Notice.not_before <= now,
                )
                .order_by(_PRESSING, Notice.not_before, Notice.id)
                .limit(limit)
                .with_for_update(of=Notice, skip_locked=True)
            )
        ).all()
        letters = []
        for notice, desk, about, zone, to in rows:
            call: Escalation | None = about  # an outer join
            person: StaffMember | None = to
            if call is not None and call.status is EscalationStatus.RESOLVED:
                notice.status = NoticeStatus.CANCELLED
            elif notice.at + GIVE_UP_AFTER <= now:
                notice.status = NoticeStatus.FAILED
            else:
                notice.status, notice.lease_until = NoticeStatus.SENDING, now + LEASE
                notice.attempts += 1
                letters.append(
                    Letter(
                        id=notice.id,
                        kind=notice.kind,
                        desk=desk.name,
                        email=person.email if person else desk.email,
                        escalation=call.reference if call else None,
                        deadline=call.deadline if call else None,
                        zone=zone,
                        attempts=notice.attempts,
                    )
                )
        return letters


async def give_up(database: Database, now: datetime) -> int:
    """End what nobody could be mailed for a week, also where no mail is set. Returns how many."""
    async with database.write() as session:
        ended = await session.scalars(
            update(Notice)
            .where(QUEUED, Notice.at <= now - GIVE_UP_AFTER)
            .values(status=NoticeStatus.FAILED)
            .returning(Notice.id)
            .execution_options(synchronize_session=False)
        )
        return len(ended.all())


async def orphaned_notices(database: Database) -> None:
    """At the start of the only sender: what was in the hand of one that died goes again."""
    async with database.write() as session:
        await session.execute(
            update(Notice)
            .where(_SENDING)
            .values(status=NoticeStatus.QUEUED, lease_until=None)
            .execution_options(synchronize_session=False)
        )


async def settle_notice(database: Database, letter: Letter, now: datetime, *, sent: bool) -> None:
    """Write down that a notice went out, or put it back for later."""
    longest = _LONGEST_IN_DANGER if letter.kind is NoticeKind.DANGER else _LONGEST_PAUSE
    pause = min(_FIRST_PAUSE * 2 ** min(letter.attempts - 1, 10), longest)
    values: dict[str, object] = (
        {"status": NoticeStatus.SENT, "sent_at": now}
        if sent
        else {"status": NoticeStatus.QUEUED, "not_before": now + pause}
    )
    async with database.write() as session:
        await session.execute(
            update(Notice)
            .where(Notice.id == letter.id, _SENDING)
            .values(values | {"lease_until": None})
            .execution_options(synchronize_session=False)
        )
