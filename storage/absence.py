"""Who is away on a day."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from storage.models import Absence, StaffMember


def away(staff_member_id: InstrumentedAttribute[Any], day: date) -> ColumnElement[bool]:
    """That the colleague of this column is away on `day`."""
    absence = aliased(Absence)
    return (
        exists()
        .where(
            absence.staff_member_id == staff_member_id,
            absence.from_day <= day,
            absence.until_day >= day,
        )
        .correlate_except(absence)
    )


async def there(session: AsyncSession, staff_member_id: int, day: date) -> StaffMember | None:
    """The colleague, or else who stands in for them; None when neither is there on `day`."""
    present = select(StaffMember).where(StaffMember.left_at.is_(None), ~away(StaffMember.id, day))
    found = await session.scalar(present.where(StaffMember.id == staff_member_id))
    if found is not None:
        return found
    stand_in = select(Absence.stand_in_id).where(
        Absence.staff_member_id == staff_member_id,
        Absence.from_day <= day,
        Absence.until_day >= day,
    )
    return await session.scalar(present.where(StaffMember.id.in_(stand_in)).limit(1))
