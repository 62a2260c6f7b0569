"""Where a colleague wants to hear of calls for help, beside the desk's own address."""

from collections.abc import Sequence
from datetime import time

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import N_, Refused, Service
from storage.models import AuditEntry, NoticeAddress, StaffMember

MOST = 5
"""Addresses that one colleague can have."""


async def add(
    service: Service,
    who: StaffMember,
    kind: str,
    url: str,
    *,
    opens: time,
    closes: time,
    digest_at: time | None,
) -> str:
    """One more address. Returns its reference. Raises `Refused`."""
    if opens >= closes:
        raise Refused(N_("The end must be later than the beginning."), "closes")
    async with service.database.write() as session:
        count = await session.scalar(
            select(func.count()).where(
                NoticeAddress.staff_member_id == who.id, NoticeAddress.ended_at.is_(None)
            )
        )
        if count is not None and count >= MOST:
            raise Refused(N_("You have {most} already. Stop one first."), most=str(MOST))
        address = NoticeAddress(
            staff_member_id=who.id,
            kind=kind,
            url=url,
            opens=opens,
            closes=closes,
            digest_at=digest_at,
            created_at=service.now(),
        )
        session.add(address)
        _audit(session, service, who, "notices_on", kind)
        await session.flush()
        return address.reference


async def end(service: Service, who: StaffMember, reference: str) -> None:
    """Nothing goes there any more; what still waits is cancelled when its turn comes."""
    async with service.database.write() as session:
        address = await _own(session, who, reference)
        if address.ended_at is None:
            address.ended_at = service.now()
            _audit(session, service, who, "notices_off", address.kind)


async def own(session: AsyncSession, who: StaffMember) -> Sequence[NoticeAddress]:
    """The colleague's addresses."""
    rows = await session.scalars(
        select(NoticeAddress)
        .where(NoticeAddress.staff_member_id == who.id, NoticeAddress.ended_at.is_(None))
        .order_by(NoticeAddress.id)
    )
    return rows.all()


async def find(service: Service, who: StaffMember, reference: str) -> NoticeAddress:
    """One of the colleague's own addresses. Raises `Refused`."""
    async with service.database.read() as session:
        return await _own(session, who, reference)


async def _own(session: AsyncSession, who: StaffMember, reference: str) -> NoticeAddress:
    address = await session.scalar(
        select(NoticeAddress).where(
            NoticeAddress.reference == reference, NoticeAddress.staff_member_id == who.id
        )
    )
    if address is None:
        raise Refused(N_("That is not there any more. Load the page again."))
    return address


def _audit(
    session: AsyncSession, service: Service, who: StaffMember, action: str, kind: str
) -> None:
    session.add(
        AuditEntry(at=service.now(), staff_member_id=who.id, action=action, detail=kind[:40])
    )
