"""Who sees what: the one place where it is decided (rule 8).

`docs/privacy.md` says it in tables, which the tests try against the console. Three things decide:
a colleague's municipalities are those with a route that is valid today to one of their desks; their
side is that of their role; "shared" means that the client agreed to it (purpose `SHARE`) and has
not taken that back. What one may not know of does not exist: `Hidden` becomes a 404.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    cast,
    exists,
    false,
    null,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from conversations.topics import side_of
from conversations.words import MessageKind, Purpose, Role, Side, Topic
from scheduler.calendar import Hours, local_day
from storage.models import (
    Client,
    Consent,
    Desk,
    DeskMember,
    EmergencyRead,
    Enrolment,
    EnrolmentList,
    Escalation,
    Message,
    Review,
    Route,
    StaffMember,
)

CASEWORK = frozenset({Role.WERKCOACH, Role.CONSULENT})
"""Those who work with clients."""

MANAGEMENT = frozenset({Role.BEHEERDER})
"""Those who manage colleagues and routes, and see no clients."""

RESEARCH = frozenset({Role.ONDERZOEKER})
"""Those who see figures, and no persons."""

REVIEWERS = CASEWORK | RESEARCH
"""Those who look back on a period."""

EVERYBODY = CASEWORK | MANAGEMENT | RESEARCH

SIDE_OF_ROLE = {Role.WERKCOACH: Side.WORK, Role.CONSULENT: Side.MUNICIPALITY}
"""Whose words a role may read, and of which side its desks are."""


_NOBODY = cast(null(), Integer)


class Hidden(Exception):
    """It does not exist, or not for this colleague."""


@dataclass(frozen=True)
class Viewer:
    """A signed-in colleague: which side, which desks, which municipalities, which of the desks
    they lead, and of which clients they may read everything just now, in an emergency (ids)."""

    staff_member: StaffMember
    desks: frozenset[int] = field(default_factory=frozenset)
    municipalities: frozenset[int] = field(default_factory=frozenset)
    leads: frozenset[int] = field(default_factory=frozenset)
    emergencies: frozenset[int] = field(default_factory=frozenset)

    @property
    def id(self) -> int:
        """The colleague's own row."""
        return self.staff_member.id

    @property
    def role(self) -> Role:
        """What the colleague does."""
        return self.staff_member.role

    @property
    def side(self) -> Side | None:
        """Whose words the colleague may read, besides those that are anyone's."""
        return SIDE_OF_ROLE.get(self.role)


async def viewer_of(session: AsyncSession, staff_member: StaffMember, now: datetime) -> Viewer:
    """What `staff_member` may see at `now`. Desks of another side than the role's do not count."""
    side = SIDE_OF_ROLE.get(staff_member.role)
    if side is None:
        return Viewer(staff_member)
    day = local_day(now, Hours())
    newer = aliased(Route)
    superseded = exists().where(
        newer.municipality_id == Route.municipality_id,
        newer.topic == Route.topic,
        newer.valid_from > Route.valid_from,
        newer.valid_from <= day,
    )
    desks = (
        select(Desk.id, Route.municipality_id, DeskMember.is_lead, _NOBODY.label("client_id"))
        .join(DeskMember, DeskMember.desk_id == Desk.id)
        .outerjoin(Route, and_(Route.desk_id == Desk.id, Route.valid_from <= day, ~superseded))
        .where(DeskMember.staff_member_id == staff_member.id, Desk.side == side)
    )
    emergencies = select(_NOBODY, _NOBODY, false(), EmergencyRead.client_id).where(
        EmergencyRead.staff_member_id == staff_member.id, EmergencyRead.until > now
    )
    rows = await session.execute(desks.union(emergencies))
    found: list[tuple[int | None, int | None, bool, int | None]] = [
        (desk, place, lead, client) for desk, place, lead, client in rows
    ]
    return Viewer(
        staff_member,
        desks=frozenset(desk for desk, _, _, _ in found if desk is not None),
        municipalities=frozenset(place for _, place, _, _ in found if place is not None),
        leads=frozenset(desk for desk, _, lead, _ in found if lead and desk is not None),
        emergencies=frozenset(client for _, _, _, client in found if client is not None),
    )


def sees_enrolment(viewer: Viewer) -> ColumnElement[bool]:
    """The tracks, and so the clients, that `viewer` may know of."""
    if not viewer.municipalities:
        return false()
    return and_(Enrolment.municipality_id.in_(viewer.municipalities), Enrolment.erased_at.is_(None))


def sees_track(viewer: Viewer, enrolment: Enrolment) -> bool:
    """The same of one track that is in hand."""
    return enrolment.municipality_id in viewer.municipalities and enrolment.erased_at is None


def may_know(viewer: Viewer, reference: str) -> Select[int]:
    """The client with that reference, if `viewer` may know of them."""
    return (
        select(Client.id)
        .join(Enrolment, Enrolment.client_id == Client.id)
        .where(Client.reference == reference, sees_enrolment(viewer))
    )


def owns_list(viewer: Viewer) -> ColumnElement[bool]:
    """The lists of people to be enrolled that `viewer` may look at and confirm: their own."""
    return EnrolmentList.staff_member_id == viewer.id


def reads_message(viewer: Viewer) -> ColumnElement[bool]:
    """The messages of which `viewer` may read the words, among those of enrolments they see.

    The fixed safety reply names the danger, so it is as private as what it answers.
    """
    is_danger = and_(Message.kind.is_not(None), Message.kind == MessageKind.DANGER)
    own = [Message.side == viewer.side] if viewer.side else []
    if viewer.side is side_of(Topic.DANGER):
        own.append(and_(Message.side.is_(None), is_danger))
    call, consent = aliased(Escalation), aliased(Consent)
    of_own_desk = exists().where(call.id == Message.escalation_id, call.desk_id.in_(viewer.desks))
    shared = exists().where(
        consent.enrolment_id == Message.enrolment_id,
        consent.purpose == Purpose.SHARE,
        consent.withdrawn_at.is_(None),
    )
    if viewer.emergencies:
        own.append(Message.client_id.in_(viewer.emergencies))
    return or_(and_(Message.side.is_(None), ~is_danger), *own, of_own_desk, shared)


def reads_danger(viewer: Viewer, *, shared: bool = False) -> bool:
    """Whether `viewer` may know that a track stands still, or did, because of danger."""
    return shared or viewer.side is side_of(Topic.DANGER)


def sees_call(viewer: Viewer, call: Escalation, municipality_id: int) -> bool:
    """Whether `viewer` may know that `call` exists, and in which group and state it is."""
    return call.desk_id in viewer.desks or municipality_id in viewer.municipalities


def reads_call(
    viewer: Viewer, call: Escalation, municipality_id: int, shared: Collection[int]
) -> bool:
    """Whether `viewer` may read what `call` is about. `shared`: the enrolments whose words the
    client agreed to share."""
    if call.desk_id in viewer.desks:
        return True
    if municipality_id not in viewer.municipalities:
        return False
    return side_of(call.topic) is viewer.side or call.enrolment_id in shared


def reads_notes(viewer: Viewer, call: Escalation, municipality_id: int) -> bool:
    """Whether `viewer` may read the notes at `call`: what the client agreed to share are the
    client's own words, not what colleagues write."""
    if call.desk_id in viewer.desks:
        return True
    return municipality_id in viewer.municipalities and side_of(call.topic) is viewer.side


def handles_call(viewer: Viewer, call: Escalation) -> bool:
    """Whether `viewer` may take, contact and resolve `call`, write about it and hand it over."""
    return call.desk_id in viewer.desks


def may_read_along(
    viewer: Viewer, enrolments: Collection[Enrolment], shared: Collection[int]
) -> bool:
    """Whether there are words of these tracks that `viewer` may ask to read in an emergency."""
    return viewer.side is not None and any(
        sees_track(viewer, one) and one.id not in shared for one in enrolments
    )


def oversees_emergencies(viewer: Viewer) -> bool:
    """Whether `viewer` looks at who read along: whoever leads a desk."""
    return bool(viewer.leads)


def reads_reason(viewer: Viewer) -> ColumnElement[bool]:
    """The emergency reads of which `viewer` may read why: those of words of a desk that they
    lead, and their own."""
    return or_(EmergencyRead.desk_id.in_(viewer.leads), EmergencyRead.staff_member_id == viewer.id)


def reads_reason_of_change(
    viewer: Viewer, by: Role | None, enrolment_id: int, shared: Collection[int]
) -> bool:
    """Whether `viewer` may read why a colleague in the role `by` changed a plan: what one side
    writes down can tell what it was told. Without `by` the client asked for it."""
    return by is None or by is viewer.role or enrolment_id in shared


def erases(viewer: Viewer) -> bool:
    """Whether `viewer` may erase what is kept of a client they see: it cannot be undone, and it
    takes away the other organisation's words too, so whoever leads a desk does it."""
    return bool(viewer.leads)


def sees_review(viewer: Viewer) -> ColumnElement[bool]:
    """The reviews of one's own side that one started, or judges."""
    people = (Review.started_by_id, Review.first_id, Review.second_id)
    return and_(Review.side == viewer.side, or_(*(one == viewer.id for one in people)))


def judges_review(viewer: Viewer, review: Review) -> bool:
    """Whether `viewer` is one of the two who judge."""
    return viewer.id in (review.first_id, review.second_id)


def must_lead(viewer: Viewer) -> None:
    """Pass whoever leads a desk: they start reviews and export corrections. Raises `Hidden`."""
    if not viewer.leads:
        raise Hidden


async def shared_enrolments(session: AsyncSession, client_id: int) -> frozenset[int]:
    """The client's enrolments of which both sides may read the words."""
    rows = await session.scalars(
        select(Consent.enrolment_id)
        .join(Enrolment, Enrolment.id == Consent.enrolment_id)
        .where(
            Enrolment.client_id == client_id,
            Consent.purpose == Purpose.SHARE,
            Consent.withdrawn_at.is_(None),
        )
    )
    return frozenset(rows)
