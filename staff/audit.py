"""Who did what, when: the audit, filtered and paged by key. Clients are references only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from scheduler.calendar import Hours
from storage.models import AuditEntry, Client, StaffMember

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What to show: of a colleague (a reference), one action, from and until a day, and what was
    written down before the entry `before`."""

    who: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Line:
    """One entry. `who` None: the bot itself."""

    entry: AuditEntry
    who: str | None
    client: str | None


async def entries(session: AsyncSession, wanted: Wanted) -> tuple[list[Line], int | None]:
    """A page of the audit, the newest first, and the key of the next page."""
    query = (
        select(AuditEntry, StaffMember.name, Client.reference)
        .outerjoin(StaffMember, StaffMember.id == AuditEntry.staff_member_id)
        .outerjoin(Client, Client.id == AuditEntry.client_id)
        .order_by(AuditEntry.id.desc())
        .limit(PAGE + 1)
    )
    if wanted.who:
        who = select(StaffMember.id).where(StaffMember.reference == wanted.who)
        query = query.where(AuditEntry.staff_member_id == who.scalar_subquery())
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.since:
        query = query.where(AuditEntry.at >= _begin(wanted.since))
    if wanted.until:
        query = query.where(AuditEntry.at < _begin(wanted.until + timedelta(days=1)))
    if wanted.before:
        query = query.where(AuditEntry.id < wanted.before)
    lines = [Line(entry, who, client) for entry, who, client in await session.execute(query)]
    more = lines[PAGE - 1].entry.id if len(lines) > PAGE else None
    return lines[:PAGE], more


async def colleagues(session: AsyncSession) -> Sequence[StaffMember]:
    """Everybody who ever worked here, by name."""
    everybody = await session.scalars(select(StaffMember))
    return sorted(everybody, key=lambda one: one.name.casefold())


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(Hours().zone)).astimezone(UTC)
