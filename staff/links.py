"""Links with which a colleague chooses a password: an invitation, or a reset.

A link works once, for as long as `INVITED` or `RESET`; only the hash of its token is kept. It never
replaces the second step.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import N_, Refused, Service
from staff import passwords
from staff.sessions import end_all
from storage.encryption import ring
from storage.models import AuditEntry, PasswordLink, StaffMember

INVITED = timedelta(days=7)
RESET = timedelta(hours=24)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


@dataclass(frozen=True)
class Link:
    """A link for a colleague: the path of its page, until when, and whether it invites."""

    staff_member: StaffMember
    path: str
    expires_at: datetime
    invites: bool


async def make_link(service: Service, reference: str, by: StaffMember | None = None) -> Link:
    """A new link for a colleague; an earlier one stops working. Raises `Refused`."""
    async with service.database.write() as session:
        staff_member = await session.scalar(
            select(StaffMember).where(
                StaffMember.reference == reference, StaffMember.left_at.is_(None)
            )
        )
        if staff_member is None:
            raise Refused(N_("There is no such colleague."))
        link = await _make(session, service, staff_member)
        session.add(
            AuditEntry(
                at=service.now(),
                staff_member_id=by.id if by else None,
                action="password_link",
                detail=staff_member.reference,
            )
        )
        return link


async def link_for(service: Service, email: str) -> Link | None:
    """A new link for whoever signs in with that address and forgot the password."""
    async with service.database.write() as session:
        staff_member = await session.scalar(
            select(StaffMember).where(
                StaffMember.email_hash == ring().look_up("email", email.strip().casefold()),
                StaffMember.left_at.is_(None),
            )
        )
        return await _make(session, service, staff_member) if staff_member else None


async def owner_of(session: AsyncSession, service: Service, token: str) -> StaffMember | None:
    """Whose link it is, if it still works."""
    found: StaffMember | None = await session.scalar(
        select(StaffMember)
        .join(PasswordLink, PasswordLink.staff_member_id == StaffMember.id)
        .where(
            PasswordLink.token_hash == _hash(token),
            PasswordLink.expires_at > service.now(),
            StaffMember.left_at.is_(None),
        )
    )
    return found


async def use_link(service: Service, token: str, password: str) -> StaffMember | None:
    """Set the password with a link, and sign out everywhere. None when the link does not work.

    Raises `Refused` for a password that will not do; the link then still works.
    """
    async with service.database.read() as session:
        owner = await owner_of(session, service, token)
    if owner is None:
        return None
    check_password(password, owner.email)
    password_hash = await passwords.hashed(password)
    async with service.database.write() as session:
        spent = await session.execute(
            delete(PasswordLink).where(PasswordLink.token_hash == _hash(token))
        )
        assert isinstance(spent, CursorResult)
        if spent.rowcount != 1:
            return None
        await _set(session, service, owner, password_hash)
        await end_all(session, owner.id)
    return owner


async def set_password(
    session: AsyncSession, service: Service, staff_member: StaffMember, password_hash: str
) -> None:
    """Another password for somebody who knew the old one; links that were out stop working."""
    await forget_links(session, staff_member.id)
    await _set(session, service, staff_member, password_hash)


async def forget_links(session: AsyncSession, staff_member_id: int) -> None:
    """No link of this colleague works any more."""
    await session.execute(
        delete(PasswordLink).where(PasswordLink.staff_member_id == staff_member_id)
    )


def check_password(password: str, email: str) -> None:
    """Raises `Refused` when `password` will not do for whoever has that address."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(
            N_("A password has at least {shortest} characters. A sentence is easy to remember."),
            "password",
            shortest=str(SHORTEST_PASSWORD),
        )
    if len(password) > LONGEST_PASSWORD:
        raise Refused(
            N_("A password has at most {longest} characters."),
            "password",
            longest=str(LONGEST_PASSWORD),
        )
    if password.strip().casefold() == email.casefold():
        raise Refused(N_("The e-mail address cannot be the password."), "password")


async def _make(session: AsyncSession, service: Service, staff_member: StaffMember) -> Link:
    now, token = service.now(), secrets.token_hex(32)
    invites = not staff_member.password_hash
    expires_at = now + (INVITED if invites else RESET)
    await session.execute(
        delete(PasswordLink).where(
            (PasswordLink.staff_member_id == staff_member.id) | (PasswordLink.expires_at <= now)
        )
    )
    session.add(
        PasswordLink(
            token_hash=_hash(token), staff_member_id=staff_member.id, expires_at=expires_at
        )
    )
    return Link(staff_member, f"/welkom/{token}", expires_at, invites)


async def _set(
    session: AsyncSession, service: Service, staff_member: StaffMember, password_hash: str
) -> None:
    await session.execute(
        update(StaffMember)
        .where(StaffMember.id == staff_member.id)
        .values(password_hash=password_hash)
    )
    session.add(AuditEntry(at=service.now(), staff_member_id=staff_member.id, action="password"))


def _hash(token: str) -> bytes:
    return ring().look_up("password link", token)
