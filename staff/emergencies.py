"""Emergency reads as a colleague may see them: who read along, until when, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from staff.access import Hidden, Viewer, oversees_emergencies, reads_reason
from storage.models import Client, Desk, EmergencyRead, Enrolment, StaffMember

MOST = 60


@dataclass(frozen=True)
class ReadAlong:
    """One emergency read. `reason` is None for whom it is not, and when it was erased."""

    reference: str
    at: datetime
    until: datetime
    name: str
    desk: str
    reason: str | None
    seen_at: datetime | None
    seen_by: str | None
    client: str | None = None


async def of_client(session: AsyncSession, viewer: Viewer, client_id: int) -> list[ReadAlong]:
    """Who read along in this client's file, newest first."""
    rows = await session.execute(
        _reads(viewer).where(EmergencyRead.client_id == client_id).limit(MOST)
    )
    return [ReadAlong(*row) for row in rows]


async def of_own_desks(session: AsyncSession, viewer: Viewer) -> list[ReadAlong]:
    """Those that the lead looks at: what is not seen yet first. Raises `Hidden`."""
    if not oversees_emergencies(viewer):
        raise Hidden
    client = case((Enrolment.municipality_id.in_(viewer.municipalities), Client.reference))
    rows = await session.execute(
        _reads(viewer)
        .add_columns(client)
        .join(Client, Client.id == EmergencyRead.client_id)
        .join(Enrolment, Enrolment.id == EmergencyRead.enrolment_id)
        .where(EmergencyRead.desk_id.in_(viewer.leads))
        .order_by(None)
        .order_by(EmergencyRead.seen_at.is_not(None), EmergencyRead.at.desc(), EmergencyRead.id)
        .limit(MOST)
    )
    return [ReadAlong(*row) for row in rows]


async def may_mark(session: AsyncSession, viewer: Viewer, reference: str) -> None:
    """Pass if the emergency read is of a desk that `viewer` leads. Raises `Hidden`."""
    desk_id = await session.scalar(
        select(EmergencyRead.desk_id).where(EmergencyRead.reference == reference)
    )
    if desk_id is None or desk_id not in viewer.leads:
        raise Hidden


def _reads(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    seen_by = aliased(StaffMember)
    return (
        select(
            EmergencyRead.reference,
            EmergencyRead.at,
            EmergencyRead.until,
            StaffMember.name,
            Desk.name,
            case((reads_reason(viewer), EmergencyRead.reason), else_=null()),
            EmergencyRead.seen_at,
            seen_by.name,
        )
        .join(StaffMember, StaffMember.id == EmergencyRead.staff_member_id)
        .join(Desk, Desk.id == EmergencyRead.desk_id)
        .outerjoin(seen_by, seen_by.id == EmergencyRead.seen_by_id)
        .order_by(EmergencyRead.at.desc(), EmergencyRead.id)
    )
