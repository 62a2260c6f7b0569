"""Notices that wait to be mailed. A notice twice is a nuisance, a lost one is not: when the
mailer dies with one in hand, it goes again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select, text, update

from conversations.words import EscalationStatus, NoticeKind, NoticeStatus
from storage.database import Database
from storage.models import Desk, Enrolment, Escalation, Municipality, Notice

LEASE = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(days=7)
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=1)

_WAITING = "notice.status IN ('queued', 'sending')"
QUEUED = text(f"{_WAITING} AND notice.status = 'queued'")
_SENDING = text(f"{_WAITING} AND notice.status = 'sending'")


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
                select(Notice, Desk, Escalation, Municipality.zone)
                .join(Desk, Desk.id == Notice.desk_id)
                .join(Enrolment, Enrolment.id == Notice.enrolment_id)
                .join(Municipality, Municipality.id == Enrolment.municipality_id)
                .outerjoin(Escalation, Escalation.id == Notice.escalation_id)
                .where(
                    or_(QUEUED, and_(_SENDING, Notice.lease_until <= now)),
                    Notice.not_before <= now,
                )
                .order_by(Notice.not_before, Notice.id)
                .limit(limit)
                .with_for_update(of=Notice, skip_locked=True)
            )
        ).all()
        letters = []
        for notice, desk, about, zone in rows:
            call: Escalation | None = about  # an outer join
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
                        email=desk.email,
                        escalation=call.reference if call else None,
                        deadline=call.deadline if call else None,
                        zone=zone,
                        attempts=notice.attempts,
                    )
                )
        return letters


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
    pause = min(_FIRST_PAUSE * 2 ** (letter.attempts - 1), _LONGEST_PAUSE)
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
