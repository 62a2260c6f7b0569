"""Who at a desk hears what: its lead, and who is next in line when nobody takes a call."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import N_, Refused, Service
from conversations.words import NoticeKind, Side
from storage.absence import away
from storage.encryption import ring
from storage.models import Desk, DeskMember, Enrolment, Escalation, Notice, StaffMember


async def leads(session: AsyncSession, desk_id: int, there_on: date | None = None) -> Sequence[int]:
    """The ids of those who lead the desk and work there still; with `there_on` only those who are
    not away on that day."""
    present = [~away(StaffMember.id, there_on)] if there_on else []
    rows = await session.scalars(
        select(DeskMember.staff_member_id)
        .join(StaffMember, StaffMember.id == DeskMember.staff_member_id)
        .where(
            DeskMember.desk_id == desk_id,
            DeskMember.is_lead.is_(True),
            StaffMember.left_at.is_(None),
            *present,
        )
        .order_by(DeskMember.id)
    )
    return rows.all()


async def next_in_line(session: AsyncSession, call: Escalation, day: date) -> int | None:
    """Whom to tell now that `call` speaks of danger and nobody took it: in turn the desk's own
    address (None), the client's own colleague there, the lead, and everybody else of the desk who
    is there on `day`. Then from the beginning."""
    told = await session.scalar(
        select(func.count())
        .select_from(Notice)
        .where(
            Notice.escalation_id == call.id,
            Notice.kind == NoticeKind.DANGER,
            Notice.address_id.is_(None),
        )
    )
    line = await _line(session, call, day)
    return line[(told or 0) % len(line)]


async def lead(service: Service, slug: str, email: str) -> None:
    """The colleague with this e-mail address leads the desk `slug` from now on; nobody else does.
    Raises `Refused`."""
    async with service.database.write() as session:
        desk = await session.scalar(select(Desk).where(Desk.slug == slug))
        if desk is None:
            raise Refused(N_("There is no desk {slug}."), slug=slug)
        by_email = ring().look_up("email", email.strip().casefold())
        members = await session.execute(
            select(DeskMember, StaffMember.email_hash)
            .join(StaffMember, StaffMember.id == DeskMember.staff_member_id)
            .where(DeskMember.desk_id == desk.id, StaffMember.left_at.is_(None))
        )
        rows = members.all()
        if not any(email_hash == by_email for _, email_hash in rows):
            raise Refused(
                N_("Nobody at {slug} has this e-mail address. Add the colleague first."),
                "lead",
                slug=slug,
            )
        for member, email_hash in rows:
            member.is_lead = email_hash == by_email


async def _line(session: AsyncSession, call: Escalation, day: date) -> list[int | None]:
    desk = await session.get_one(Desk, call.desk_id)
    enrolment = await session.get_one(Enrolment, call.enrolment_id)
    own = enrolment.werkcoach_id if desk.side is Side.WORK else enrolment.consulent_id
    members = (
        await session.execute(
            select(DeskMember.staff_member_id, DeskMember.is_lead)
            .join(StaffMember, StaffMember.id == DeskMember.staff_member_id)
            .where(
                DeskMember.desk_id == desk.id,
                StaffMember.left_at.is_(None),
                ~away(StaffMember.id, day),
            )
            .order_by(DeskMember.is_lead.desc(), DeskMember.id)
        )
    ).all()
    ids = [staff_id for staff_id, _ in members]
    first = [own] if own in ids else []
    return [None, *first, *(one for one in ids if one not in first)]
