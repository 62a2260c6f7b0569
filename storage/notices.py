"""Notices that wait to be mailed. A notice twice is a nuisance, a lost one is not: when the
mailer dies with one in hand, it goes again.

A notice is a desk's. For each address that a colleague there chose it is `spread` into a row of its
own, so that a service that is broken holds up nobody else, and each comes to its own end.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, or_, select, text, update

from conversations.words import EscalationStatus, NoticeKind, NoticeStatus
from scheduler.calendar import Hours, local_day
from scheduler.own_hours import told_at
from storage.absence import away
from storage.database import Database
from storage.models import (
    Desk,
    DeskMember,
    Enrolment,
    Escalation,
    Municipality,
    Notice,
    NoticeAddress,
    StaffMember,
)

MAIL = "mail"
"""The kind of an address that is a colleague's own mail; all others are services."""

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
    """What a notice needs to be written: to which desk, why, and where to look. No person.

    `service`: the address of a colleague's service, instead of mail. `digest`: the address whose
    notices of a day go together.
    """

    id: int
    kind: NoticeKind
    desk: str
    email: str
    escalation: str | None
    deadline: datetime | None
    zone: str
    attempts: int
    service: str | None = None
    digest: int | None = None


async def spread(database: Database, now: datetime) -> int:
    """Make of each notice a row for each address that colleagues of the desk chose. Returns how
    many notices there were."""
    async with database.write() as session:
        waiting = (
            await session.scalars(
                select(Notice)
                .where(text(_WAITING), Notice.spread.is_(False))
                .with_for_update(skip_locked=True)
            )
        ).all()
        if not waiting:
            return 0
        found = await session.execute(
            select(DeskMember.desk_id, NoticeAddress)
            .join(StaffMember, StaffMember.id == DeskMember.staff_member_id)
            .join(NoticeAddress, NoticeAddress.staff_member_id == StaffMember.id)
            .where(
                DeskMember.desk_id.in_({notice.desk_id for notice in waiting}),
                StaffMember.left_at.is_(None),
                NoticeAddress.ended_at.is_(None),
                ~away(StaffMember.id, local_day(now, Hours())),
            )
        )
        addresses: dict[int, list[NoticeAddress]] = {}
        for desk_id, address in found:
            addresses.setdefault(desk_id, []).append(address)
        for notice in waiting:
            notice.spread = True
            session.add_all(
                _copy(notice, address, now)
                for address in addresses.get(notice.desk_id, ())
                if notice.staff_member_id in (None, address.staff_member_id)
            )
        return len(waiting)


async def claim_notices(
    database: Database, now: datetime, limit: int, *, by_mail: bool = True
) -> list[Letter]:
    """Up to `limit` notices to be mailed at `now`; what nobody needs any more is cancelled.
    `by_mail`: there is a mail host; else only services are written to."""
    async with database.write() as session:
        rows = (
            await session.execute(
                select(Notice, Desk, Escalation, Municipality.zone, StaffMember, NoticeAddress)
                .join(Desk, Desk.id == Notice.desk_id)
                .join(Enrolment, Enrolment.id == Notice.enrolment_id)
                .join(Municipality, Municipality.id == Enrolment.municipality_id)
                .outerjoin(Escalation, Escalation.id == Notice.escalation_id)
                .outerjoin(
                    StaffMember,
                    and_(
                        StaffMember.id == Notice.staff_member_id,
                        StaffMember.left_at.is_(None),
                        ~away(StaffMember.id, local_day(now, Hours())),  # then it is the desk's
                    ),
                )
                .outerjoin(NoticeAddress, NoticeAddress.id == Notice.address_id)
                .where(
                    *(() if by_mail else (NoticeAddress.kind != MAIL,)),
                    or_(QUEUED, and_(_SENDING, Notice.lease_until <= now)),
                    Notice.not_before <= now,
                )
                .order_by(_PRESSING, Notice.not_before, Notice.id)
                .limit(limit)
                .with_for_update(of=Notice, skip_locked=True)
            )
        ).all()
        letters = []
        for notice, desk, about, zone, to, where in rows:
            call: Escalation | None = about  # an outer join
            person: StaffMember | None = to
            address: NoticeAddress | None = where
            is_over = call is not None and call.status is EscalationStatus.RESOLVED
            # The desk was told beside an address of its own, so what nobody reads there just ends.
            if is_over or (address and (address.ended_at or person is None)):
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
                        service=address.url if address and address.kind != MAIL else None,
                        digest=_digest_of(address, notice.kind),
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


def _copy(notice: Notice, address: NoticeAddress, now: datetime) -> Notice:
    """The same notice for one address. Danger comes at once, at any hour."""
    later = told_at(now, Hours().zone, address.opens, address.closes, address.digest_at)
    return Notice(
        kind=notice.kind,
        desk_id=notice.desk_id,
        staff_member_id=address.staff_member_id,
        address_id=address.id,
        spread=True,
        enrolment_id=notice.enrolment_id,
        escalation_id=notice.escalation_id,
        status=NoticeStatus.QUEUED,
        at=notice.at,
        not_before=now if notice.kind is NoticeKind.DANGER else later,
        attempts=0,
    )


def _digest_of(address: NoticeAddress | None, kind: NoticeKind) -> int | None:
    if address is None or address.digest_at is None or kind is NoticeKind.DANGER:
        return None
    return address.id
