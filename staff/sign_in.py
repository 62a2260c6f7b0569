"""Signing in: a password, then the second step; sessions that live in the database.

Sessions in cookies cannot be ended (field notes), so they are rows. The cookie holds a random
token, the row only its hash. After the password a session is half: it opens nothing but the second
step (`staff.second_factor`). After that it gets a new token, so that a half one is worth nothing.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from aftercare.service import N_, Refused, Service
from conversations.words import Role
from staff import attempts, passwords
from storage.encryption import ring
from storage.models import StaffMember, StaffSession

LANGUAGE_COOKIE = "nazorg-taal"
"""In which language the browser's colleague reads."""

IDLE = timedelta(minutes=30)
LASTS = timedelta(hours=12)
HALF_LASTS = timedelta(minutes=15)
"""Enough to set up an authenticator app for the first time."""
_TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Opened:
    """A session that holds, and whose it is."""

    staff_member: StaffMember
    row: StaffSession


async def sign_in(service: Service, email: str, password: str, address: str) -> StaffMember:
    """Who signs in by that password. Raises `Refused`, in the same words and after the same work
    whether the account is unknown or the password wrong; `TooManyAttempts` when slowed down."""
    written = email.strip().casefold()
    attempt = await attempts.begin(service, "sign-in account", written, address)
    async with service.database.read() as session:
        found = await session.scalar(
            select(StaffMember).where(
                StaffMember.email_hash == ring().look_up("email", written),
                StaffMember.left_at.is_(None),
            )
        )
    if not await passwords.matches(found.password_hash if found else None, password) or not found:
        raise Refused(N_("The e-mail address or the password is not right."))
    await attempts.succeeded(service, attempt)
    if passwords.is_outdated(found.password_hash):
        fresh = await passwords.hashed(password)
        async with service.database.write() as session:
            await session.execute(
                update(StaffMember).where(StaffMember.id == found.id).values(password_hash=fresh)
            )
    return found


async def open_session(
    service: Service,
    staff_member_id: int,
    *,
    is_half: bool = False,
    by_provider: bool = False,
    browser: str = "",
) -> str:
    """A new session of a colleague, without asking for anything; the token for the cookie."""
    token = secrets.token_urlsafe(32)
    now = service.now()
    async with service.database.write() as session:
        await session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
        session.add(
            StaffSession(
                token_hash=_hash(token),
                staff_member_id=staff_member_id,
                is_half=is_half,
                by_provider=by_provider,
                browser=browser,
                created_at=now,
                seen_at=now,
                expires_at=now + (HALF_LASTS if is_half else LASTS),
            )
        )
    return token


async def opened(service: Service, token: str, *, touch: bool = True) -> Opened | None:
    """The session of `token`, half or whole, if it still holds. `touch` keeps it from ending as
    idle."""
    now = service.now()
    async with service.database.read() as session:
        row = (
            await session.execute(
                select(StaffMember, StaffSession)
                .join(StaffSession, StaffSession.staff_member_id == StaffMember.id)
                .where(
                    StaffSession.token_hash == _hash(token),
                    StaffSession.expires_at > now,
                    StaffSession.seen_at > now - IDLE,
                    StaffMember.left_at.is_(None),
                )
            )
        ).first()
    if row is None:
        return None
    found = Opened(*row)
    if touch and now - found.row.seen_at >= _TOUCH_EVERY:
        async with service.database.write() as session:
            await session.execute(
                update(StaffSession)
                .where(StaffSession.token_hash == found.row.token_hash)
                .values(seen_at=now)
            )
    return found


async def signed_in(service: Service, token: str, *, touch: bool = True) -> StaffMember | None:
    """Whose session this is, if it still holds and is whole."""
    found = await opened(service, token, touch=touch)
    return found.staff_member if found and not found.row.is_half else None


async def still_signed_in(
    session: AsyncSession, tokens: Collection[str], now: datetime
) -> frozenset[str]:
    """Which of these sessions still hold and are whole. One query, which keeps none of them from
    ending."""
    by_hash = {_hash(token): token for token in tokens}
    rows = await session.scalars(
        select(StaffSession.token_hash)
        .join(StaffMember, StaffMember.id == StaffSession.staff_member_id)
        .where(
            StaffSession.token_hash.in_(by_hash),
            StaffSession.is_half.is_(False),
            StaffSession.expires_at > now,
            StaffSession.seen_at > now - IDLE,
            StaffMember.left_at.is_(None),
        )
    )
    return frozenset(by_hash[one] for one in rows)


async def sign_out(service: Service, token: str) -> None:
    """End the session of `token`, if there is one."""
    async with service.database.write() as session:
        await session.execute(delete(StaffSession).where(StaffSession.token_hash == _hash(token)))


def cookie_name(*, secure: bool) -> str:
    """`__Host-` binds a cookie to this very host; browsers take that name over HTTPS only."""
    return "__Host-nazorg" if secure else "nazorg"


def set_cookie(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser the token of its session, for as long as the browser is open."""
    response.set_cookie(
        cookie_name(secure=secure), token, path="/", httponly=True, samesite="lax", secure=secure
    )


def drop_cookie(response: Response, *, secure: bool) -> None:
    """Take the token back."""
    response.delete_cookie(
        cookie_name(secure=secure), path="/", httponly=True, samesite="lax", secure=secure
    )


def first_page(role: Role) -> str:
    """Where a colleague begins."""
    starts = {Role.BEHEERDER: "/beheer", Role.ONDERZOEKER: "/cijfers"}
    return starts.get(role, "/werkvoorraad")


def _hash(token: str) -> bytes:
    return ring().look_up("session", token)
