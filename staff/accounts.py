"""Colleagues: who may sign in, in which role, at which desks."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.absences import leave_to_desk
from aftercare.service import N_, Refused, Service
from conversations.words import Role
from staff import passwords
from staff.access import SIDE_OF_ROLE
from staff.links import check_password, forget_links
from staff.second_factor import take_away
from staff.sessions import end_all
from storage.encryption import ring
from storage.models import AuditEntry, Desk, DeskMember, Route, StaffMember

LONGEST_NAME = 80
LONGEST_EMAIL = 254
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True)
class Colleague:
    """A colleague with the desks at which they work."""

    staff_member: StaffMember
    desks: tuple[Desk, ...]


async def add_staff(
    service: Service,
    *,
    name: str,
    email: str,
    role: Role,
    password: str | None = None,
    desks: Sequence[str] = (),
    by: StaffMember | None = None,
) -> StaffMember:
    """A new colleague, or one who left and comes back with the same e-mail address.

    `desks` are slugs; without any, the only desk of the role's side is taken. Without `password`
    a link must follow (`staff.links.make_link`), or they come through the OpenID provider. Raises
    `Refused` with the field that must be mended.
    """
    name, email = _name(name), _email(email)
    password_hash = ""
    if password is not None:
        check_password(password, email)
        password_hash = await passwords.hashed(password)
    try:
        async with service.database.write() as session:
            places = await _desks(session, role, desks)
            now = service.now()
            email_hash = _look_up(email)
            staff_member = await session.scalar(
                select(StaffMember).where(StaffMember.email_hash == email_hash)
            )
            if staff_member is None:
                staff_member = StaffMember(email=email, email_hash=email_hash, created_at=now)
                session.add(staff_member)
            elif staff_member.left_at is None:
                raise Refused(N_("There is already a colleague with this address."), "email")
            staff_member.name, staff_member.role = name, role
            staff_member.password_hash, staff_member.left_at = password_hash, None
            staff_member.subject_hash = None
            await session.flush()
            await take_away(session, staff_member.id)
            await forget_links(session, staff_member.id)
            await session.execute(
                delete(DeskMember).where(DeskMember.staff_member_id == staff_member.id)
            )
            session.add_all(
                DeskMember(staff_member_id=staff_member.id, desk_id=desk.id) for desk in places
            )
            _audit(session, service, by, "add_staff", staff_member)
            return staff_member
    except IntegrityError:
        raise Refused(N_("There is already a colleague with this address."), "email") from None


async def mark_left(service: Service, reference: str, by: StaffMember | None = None) -> None:
    """The colleague works here no more: every session ends at once, what they had taken is the
    desk's again, the history stays."""
    async with service.database.write() as session:
        staff_member = await session.scalar(
            select(StaffMember).where(StaffMember.reference == reference)
        )
        if staff_member is None:
            raise Refused(N_("There is no such colleague."))
        if by is not None and staff_member.id == by.id:
            raise Refused(N_("You cannot remove yourself. Ask another administrator."))
        if staff_member.left_at is not None:
            return
        staff_member.left_at = service.now()
        await leave_to_desk(session, staff_member.id, service.now())
        await end_all(session, staff_member.id)
        await forget_links(session, staff_member.id)
        _audit(session, service, by, "staff_left", staff_member)


async def reset_sign_in(
    service: Service, reference: str, by: StaffMember | None = None
) -> StaffMember:
    """A colleague lost the telephone: the second step is set up anew after the next password.

    Every session ends; through an OpenID provider the next sign-in counts as the first. Raises
    `Refused`.
    """
    async with service.database.write() as session:
        staff_member = await session.scalar(
            select(StaffMember).where(
                StaffMember.reference == reference, StaffMember.left_at.is_(None)
            )
        )
        if staff_member is None:
            raise Refused(N_("There is no such colleague."))
        staff_member.subject_hash = None
        await take_away(session, staff_member.id)
        _audit(session, service, by, "reset_sign_in", staff_member)
        return staff_member


async def find_staff(session: AsyncSession, email: str) -> StaffMember | None:
    """Who works here and signs in with that address."""
    found: StaffMember | None = await session.scalar(
        select(StaffMember).where(
            StaffMember.email_hash == _look_up(email), StaffMember.left_at.is_(None)
        )
    )
    return found


async def set_lead(
    service: Service, reference: str, desk: str, *, leads: bool, by: StaffMember | None = None
) -> None:
    """Whether the colleague leads this desk (slug), at which they work. A desk may have several
    leads. Raises `Refused`."""
    async with service.database.write() as session:
        row = (
            await session.execute(
                select(DeskMember, StaffMember)
                .join(StaffMember, StaffMember.id == DeskMember.staff_member_id)
                .join(Desk, Desk.id == DeskMember.desk_id)
                .where(
                    StaffMember.reference == reference,
                    StaffMember.left_at.is_(None),
                    Desk.slug == desk,
                )
            )
        ).first()
        if row is None:
            raise Refused(N_("This colleague does not work at {desk}."), "desks", desk=desk)
        member, staff_member = row
        if member.is_lead is not leads:
            member.is_lead = leads
            action = "leads" if leads else "leads_no_more"
            _audit(session, service, by, action, staff_member)


async def desks_of(service: Service, staff_member: StaffMember) -> Sequence[str]:
    """The slugs of the desks at which the colleague works."""
    async with service.database.read() as session:
        rows = await session.scalars(
            select(Desk.slug)
            .join(DeskMember, DeskMember.desk_id == Desk.id)
            .where(DeskMember.staff_member_id == staff_member.id)
            .order_by(Desk.slug)
        )
        return rows.all()


async def list_staff(session: AsyncSession) -> list[Colleague]:
    """Everybody, those who work here first, by name."""
    everybody = (await session.scalars(select(StaffMember))).all()
    rows = await session.execute(
        select(DeskMember.staff_member_id, Desk)
        .join(Desk, Desk.id == DeskMember.desk_id)
        .order_by(Desk.name)
    )
    desks: dict[int, list[Desk]] = {}
    for staff_member_id, desk in rows:
        desks.setdefault(staff_member_id, []).append(desk)
    found = [Colleague(one, tuple(desks.get(one.id, ()))) for one in everybody]
    return sorted(
        found,
        key=lambda one: (one.staff_member.left_at is not None, one.staff_member.name.casefold()),
    )


async def colleagues_for(
    session: AsyncSession, role: Role, municipalities: Collection[int]
) -> list[StaffMember]:
    """Those of `role` whom a client in one of `municipalities` can have as their own, by name."""
    rows = await session.scalars(
        select(StaffMember)
        .where(
            StaffMember.role == role,
            StaffMember.left_at.is_(None),
            StaffMember.id.in_(
                select(DeskMember.staff_member_id)
                .join(Route, Route.desk_id == DeskMember.desk_id)
                .where(Route.municipality_id.in_(municipalities))
            ),
        )
    )  # fmt: skip
    return sorted(rows, key=lambda one: one.name.casefold())


def _name(written: str) -> str:
    name = " ".join(written.split())
    if not name:
        raise Refused(N_("Fill in a name."), "name")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused(
            N_("A name has at most {longest} letters."), "name", longest=str(LONGEST_NAME)
        )
    return name


def _email(written: str) -> str:
    email = written.strip()
    if len(email) > LONGEST_EMAIL or not email.isprintable() or not _EMAIL.fullmatch(email):
        raise Refused(N_("This is not an e-mail address. Write it like name@example.org."), "email")
    return email


async def _desks(session: AsyncSession, role: Role, slugs: Sequence[str]) -> list[Desk]:
    """The desks of those slugs, which must be of the role's side; or the only one there is."""
    side = SIDE_OF_ROLE.get(role)
    if side is None:
        if slugs:
            raise Refused(
                N_("Administrators and researchers work at no desk, and see no clients."), "desks"
            )
        return []
    possible = (
        await session.scalars(
            select(Desk).where(Desk.side == side, Desk.closed_at.is_(None)).order_by(Desk.slug)
        )
    ).all()
    choices = ", ".join(desk.slug for desk in possible) or "-"
    if not slugs:
        if len(possible) == 1:
            return list(possible)
        raise Refused(N_("Choose a desk: {choices}."), "desks", choices=choices)
    by_slug = {desk.slug: desk for desk in possible}
    for slug in slugs:
        if slug not in by_slug:
            raise Refused(
                N_("There is no desk {slug} for this role. Choose one of: {choices}."),
                "desks",
                slug=slug,
                choices=choices,
            )
    return [by_slug[slug] for slug in dict.fromkeys(slugs)]


def _look_up(email: str) -> bytes:
    return ring().look_up("email", email.strip().casefold())


def _audit(
    session: AsyncSession,
    service: Service,
    by: StaffMember | None,
    action: str,
    whom: StaffMember,
) -> None:
    session.add(
        AuditEntry(
            at=service.now(),
            staff_member_id=by.id if by else None,
            action=action,
            detail=whom.reference,
        )
    )
