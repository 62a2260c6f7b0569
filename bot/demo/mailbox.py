"""The post: every notice that went out to a desk, in the words of the mail itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.demo.words import say_shortly
from bot.notices import write
from conversations.words import EscalationStatus, NoticeKind, NoticeStatus, Role, Side
from storage.models import (
    Desk,
    DeskMember,
    Enrolment,
    Escalation,
    Municipality,
    Notice,
    StaffMember,
)
from storage.notices import Letter

_MOST = 25
_READ = 400


@dataclass(frozen=True)
class Post:
    """One mail. `times`: how often it came again; `path` is what its link opens, as `reader`."""

    id: int
    moment: str
    to: str
    subject: str
    lines: tuple[str, ...]
    kind: NoticeKind
    path: str
    reader: str | None
    reader_name: str
    status: EscalationStatus | None
    times: int


@dataclass(frozen=True)
class Badge:
    """A colleague whom the visitor can be."""

    reference: str
    name: str
    role: Role
    place: str


async def mails(session: AsyncSession, public_url: str, language: str) -> list[Post]:
    """What was mailed, the newest first; reminders about one call are counted, not listed."""
    rows = await session.execute(
        select(Notice, Desk, Escalation, Enrolment, Municipality.zone)
        .join(Desk, Desk.id == Notice.desk_id)
        .join(Enrolment, Enrolment.id == Notice.enrolment_id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .outerjoin(Escalation, Escalation.id == Notice.escalation_id)
        .where(Notice.status == NoticeStatus.SENT, Notice.address_id.is_(None))
        .order_by(Notice.sent_at.desc(), Notice.id.desc())
        .limit(_READ)
    )
    seats = await _seats(session)
    found: dict[tuple[object, ...], Post] = {}
    for notice, desk, call, enrolment, zone in rows:
        again = (notice.kind, notice.escalation_id or f"notice {notice.id}")
        if again in found:
            found[again] = replace(found[again], times=found[again].times + 1)
            continue
        if len(found) == _MOST:
            continue
        letter = Letter(
            id=notice.id,
            kind=notice.kind,
            desk=desk.name,
            email=desk.email,
            escalation=call.reference if call else None,
            deadline=call.deadline if call else None,
            zone=zone,
            attempts=notice.attempts,
        )
        mail = write(letter, public_url, language)
        reader = _reader(seats.get(desk.id, ()), desk, enrolment)
        found[again] = Post(
            id=notice.id,
            moment=say_shortly(notice.sent_at or notice.at, language),
            to=mail.to,
            subject=mail.subject,
            lines=tuple(line for line in mail.body.split("\n\n") if public_url not in line),
            kind=notice.kind,
            path=f"/hulpvragen/{call.reference}" if call else "/deelnemers",
            reader=reader.reference if reader else None,
            reader_name=reader.name if reader else "",
            status=call.status if call else None,
            times=1,
        )
    return list(found.values())


async def badges(session: AsyncSession) -> list[Badge]:
    """The colleagues who work here: coaches, consultants, administrators."""
    everybody = (
        await session.scalars(
            select(StaffMember).where(StaffMember.left_at.is_(None)).order_by(StaffMember.id)
        )
    ).all()
    desks = await session.execute(
        select(DeskMember.staff_member_id, Desk.name)
        .join(Desk, Desk.id == DeskMember.desk_id)
        .order_by(DeskMember.id.desc())
    )
    first_desk = {row.staff_member_id: row.name for row in desks}
    found = [
        Badge(
            one.reference,
            one.name,
            one.role,
            first_desk.get(one.id, "").removeprefix("Inkomen "),
        )
        for one in everybody
    ]
    return sorted(found, key=lambda one: (list(Role).index(one.role), one.name))


async def _seats(session: AsyncSession) -> dict[int, list[StaffMember]]:
    rows = await session.execute(
        select(DeskMember.desk_id, StaffMember)
        .join(StaffMember, StaffMember.id == DeskMember.staff_member_id)
        .where(StaffMember.left_at.is_(None))
        .order_by(StaffMember.id)
    )
    seats: dict[int, list[StaffMember]] = {}
    for desk_id, staff_member in rows:
        seats.setdefault(desk_id, []).append(staff_member)
    return seats


def _reader(members: Sequence[StaffMember], desk: Desk, enrolment: Enrolment) -> StaffMember | None:
    """The client's own coach or consultant if they sit at the desk, else whoever does."""
    own = enrolment.werkcoach_id if desk.side is Side.WORK else enrolment.consulent_id
    return next((one for one in members if one.id == own), members[0] if members else None)
