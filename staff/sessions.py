"""The browsers in which a colleague is signed in: to see them, and to sign out there."""

import re
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import Service
from staff.sign_in import IDLE, Opened
from storage.models import StaffSession

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
"""In the order in which one is recognised: a browser names those that it resembles as well."""


def browser_of(user_agent: str) -> str:
    """By what a colleague recognises a browser of theirs, as "Firefox, Windows"; "" if unknown."""
    found = (
        next((name for mark, name in marks if re.search(rf"\b{mark}", user_agent)), "")
        for marks in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(filter(None, found))


async def list_sessions(
    session: AsyncSession, service: Service, mine: Opened
) -> Sequence[StaffSession]:
    """Where the colleague of `mine` is signed in, the one used last first."""
    now = service.now()
    rows = await session.scalars(
        select(StaffSession)
        .where(
            StaffSession.staff_member_id == mine.staff_member.id,
            StaffSession.is_half.is_(False),
            StaffSession.expires_at > now,
            StaffSession.seen_at > now - IDLE,
        )
        .order_by(StaffSession.seen_at.desc())
    )
    return rows.all()


async def end_others(session: AsyncSession, mine: Opened, reference: str | None = None) -> None:
    """Sign the colleague of `mine` out in another browser, or in all others."""
    statement = delete(StaffSession).where(
        StaffSession.staff_member_id == mine.staff_member.id,
        StaffSession.token_hash != mine.row.token_hash,
    )
    if reference is not None:
        statement = statement.where(StaffSession.reference == reference)
    await session.execute(statement)


async def end_all(session: AsyncSession, staff_member_id: int) -> None:
    """Sign a colleague out everywhere."""
    await session.execute(
        delete(StaffSession).where(StaffSession.staff_member_id == staff_member_id)
    )
