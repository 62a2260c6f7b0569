"""Signing in: sessions that live in the database and can be revoked, attempts that are slowed down.

Sessions in cookies cannot be ended, and limits in memory count per worker and forget at every
deploy (field notes); so both are rows. The cookie holds a random token, the row only its hash.
"""

import ipaddress
import math
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from starlette.responses import Response

from aftercare.service import N_, Refused, Service
from conversations.words import Role
from staff import passwords
from storage.encryption import ring
from storage.models import AuditEntry, SignInFailure, StaffMember, StaffSession

LANGUAGE_COOKIE = "nazorg-taal"
"""In which language the browser's colleague reads."""

IDLE = timedelta(minutes=30)
LASTS = timedelta(hours=12)
_TOUCH_EVERY = timedelta(minutes=1)

WINDOW = timedelta(minutes=15)
MOST_FOR_ACCOUNT = 5
MOST_FROM_ADDRESS = 20
"""More than for an account: a whole office can share one address."""


class TooManyAttempts(Refused):
    """Wait, whoever you are."""


async def sign_in(service: Service, email: str, password: str, address: str) -> str:
    """The token of a new session. Raises `Refused`, in the same words and after the same work
    whether the account is unknown or the password wrong; `TooManyAttempts` when slowed down."""
    now = service.now()
    account = ring().look_up("sign-in account", email.strip().casefold())
    place = ring().look_up("sign-in address", _network(address))
    attempt = await _reserve(service, account, place, now)
    async with service.database.read() as session:
        found = await session.scalar(
            select(StaffMember).where(
                StaffMember.email_hash == ring().look_up("email", email.strip().casefold()),
                StaffMember.left_at.is_(None),
            )
        )
    if not await passwords.matches(found.password_hash if found else None, password) or not found:
        raise Refused(N_("The e-mail address or the password is not right."))
    fresh = None
    if passwords.is_outdated(found.password_hash):
        fresh = await passwords.hashed(password)
    async with service.database.write() as session:
        await session.execute(
            delete(SignInFailure).where(
                (SignInFailure.subject == account) | SignInFailure.id.in_(attempt)
            )
        )
        if fresh:
            await session.execute(
                update(StaffMember).where(StaffMember.id == found.id).values(password_hash=fresh)
            )
        session.add(AuditEntry(at=now, staff_member_id=found.id, action="sign_in"))
    return await open_session(service, found.id)


async def open_session(service: Service, staff_member_id: int) -> str:
    """A new session of a colleague, without asking for a password; the token for the cookie."""
    token = secrets.token_urlsafe(32)
    now = service.now()
    async with service.database.write() as session:
        await session.execute(delete(StaffSession).where(StaffSession.expires_at <= now))
        session.add(
            StaffSession(
                token_hash=_hash(token),
                staff_member_id=staff_member_id,
                created_at=now,
                seen_at=now,
                expires_at=now + LASTS,
            )
        )
    return token


async def signed_in(service: Service, token: str, *, touch: bool = True) -> StaffMember | None:
    """Whose session this is, if it still holds. `touch` keeps it from ending as idle."""
    now = service.now()
    async with service.database.read() as session:
        row = (
            await session.execute(
                select(StaffMember, StaffSession.seen_at)
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
    staff_member, seen_at = row
    if touch and now - seen_at >= _TOUCH_EVERY:
        async with service.database.write() as session:
            await session.execute(
                update(StaffSession)
                .where(StaffSession.token_hash == _hash(token))
                .values(seen_at=now)
            )
    return staff_member


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


async def _reserve(
    service: Service, account: bytes, place: bytes, now: datetime
) -> tuple[int, ...]:
    """Count an attempt as failed before it is made, so that many at once gain nothing.

    Returns the ids of its rows. Raises `TooManyAttempts`; such an attempt itself does not count,
    so that the wait has an end.
    """
    since = now - WINDOW
    async with service.database.write() as session:
        await session.execute(delete(SignInFailure).where(SignInFailure.at <= since))
        rows = [SignInFailure(subject=subject, at=now) for subject in (account, place)]
        session.add_all(rows)
        await session.flush()
        attempt = tuple(row.id for row in rows)
    async with service.database.read() as session:
        counted = {
            subject: (count, first)
            for subject, count, first in await session.execute(
                select(SignInFailure.subject, func.count(), func.min(SignInFailure.at))
                .where(SignInFailure.subject.in_([account, place]), SignInFailure.at > since)
                .group_by(SignInFailure.subject)
            )
        }
    over = [
        first
        for subject, most in ((account, MOST_FOR_ACCOUNT), (place, MOST_FROM_ADDRESS))
        for count, first in [counted.get(subject, (0, now))]
        if count > most
    ]
    if not over:
        return attempt
    async with service.database.write() as session:
        await session.execute(delete(SignInFailure).where(SignInFailure.id.in_(attempt)))
    minutes = math.ceil((max(over) + WINDOW - now).total_seconds() / 60)
    raise TooManyAttempts(
        N_("Too many attempts. Wait {minutes} minutes and try again."),
        minutes=str(max(minutes, 1)),
    )


def _network(address: str) -> str:
    """One subject for a whole IPv6 network: whoever has one has 2^64 addresses."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _hash(token: str) -> bytes:
    return ring().look_up("session", token)
