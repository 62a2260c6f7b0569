"""Who sees what: the one place where it is decided (rule 8).

| kind of data                      | werkcoach          | consulent             | beheerder |
|-----------------------------------|--------------------|-----------------------|-----------|
| clients, plan, answers            | own municipalities | own municipalities    | no        |
| words that belong to no side      | yes                | yes                   | no        |
| words of the work side            | yes                | only if shared        | no        |
| words of the municipality's side  | only if shared     | yes                   | no        |
| that danger holds a track up      | only if shared     | yes                   | no        |
| why a colleague changed the plan  | own side, shared   | own side, shared      | no        |
| the own side's calls for help     | yes                | yes                   | no        |
| the other side's calls for help   | that, group, state | that, group, state    | no        |
| take, contact, resolve a call     | of the own desks   | of the own desks      | no        |
| a list of people to be enrolled  | who sent it        | who sent it           | no        |
| counts without persons            | own municipalities | own municipalities    | all       |
| settings, channels, the audit     | no                 | no                    | yes       |
| where one's own notices go        | own                | own                   | no        |

A colleague's municipalities are those with a route that is valid today to one of their desks.
"Shared" means that the client agreed to it (purpose `SHARE`) and has not taken that back. What
one may not know of does not exist: `Hidden` becomes a 404.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from conversations.topics import side_of
from conversations.words import MessageKind, Purpose, Role, Side, Topic
from storage.models import (
    Client,
    Consent,
    Desk,
    DeskMember,
    Enrolment,
    EnrolmentList,
    Escalation,
    Message,
    Route,
    StaffMember,
)

CASEWORK = frozenset({Role.WERKCOACH, Role.CONSULENT})
"""Those who work with clients."""

MANAGEMENT = frozenset({Role.BEHEERDER})
"""Those who manage colleagues and routes, and see no clients."""

RESEARCH = frozenset({Role.ONDERZOEKER})
"""Those who see figures, and no persons."""

EVERYBODY = CASEWORK | MANAGEMENT | RESEARCH

SIDE_OF_ROLE = {Role.WERKCOACH: Side.WORK, Role.CONSULENT: Side.MUNICIPALITY}
"""Whose words a role may read, and of which side its desks are."""


class Hidden(Exception):
    """It does not exist, or not for this colleague."""


@dataclass(frozen=True)
class Viewer:
    """A signed-in colleague: which side, which desks, which municipalities, and which
    of the desks they lead (ids)."""

    staff_member: StaffMember
    desks: frozenset[int] = field(default_factory=frozenset)
    municipalities: frozenset[int] = field(default_factory=frozenset)
    leads: frozenset[int] = field(default_factory=frozenset)

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


async def viewer_of(session: AsyncSession, staff_member: StaffMember, day: date) -> Viewer:
    """What `staff_member` may see on `day`. Desks of another side than the role's do not count."""
    side = SIDE_OF_ROLE.get(staff_member.role)
    if side is None:
        return Viewer(staff_member)
    newer = aliased(Route)
    superseded = exists().where(
        newer.municipality_id == Route.municipality_id,
        newer.topic == Route.topic,
        newer.valid_from > Route.valid_from,
        newer.valid_from <= day,
    )
    rows = await session.execute(
        select(Desk.id, Route.municipality_id, DeskMember.is_lead)
        .join(DeskMember, DeskMember.desk_id == Desk.id)
        .outerjoin(Route, and_(Route.desk_id == Desk.id, Route.valid_from <= day, ~superseded))
        .where(DeskMember.staff_member_id == staff_member.id, Desk.side == side)
        .distinct()
    )
    found: list[tuple[int, int | None, bool]] = [(desk, place, lead) for desk, place, lead in rows]
    return Viewer(
        staff_member,
        desks=frozenset(desk for desk, _, _ in found),
        municipalities=frozenset(place for _, place, _ in found if place is not None),
        leads=frozenset(desk for desk, _, lead in found if lead),
    )


def sees_enrolment(viewer: Viewer) -> ColumnElement[bool]:
    """The tracks, and so the clients, that `viewer` may know of."""
    if not viewer.municipalities:
        return false()
    return Enrolment.municipality_id.in_(viewer.municipalities)


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
    return or_(and_(Message.side.is_(None), ~is_danger), *own, of_own_desk, shared)


def reads_danger(viewer: Viewer, *, shared: bool = False) -> bool:
    """Whether `viewer` may know that a track stands still, or did, because of danger."""
    return shared or viewer.side is side_of(Topic.DANGER)


def reads_reason(viewer: Viewer, written_by: Role, *, shared: bool) -> bool:
    """Whether `viewer` may read why a colleague with this role changed a plan. That it was changed
    is for both sides; the words are, like all words, for the side that wrote them."""
    return shared or SIDE_OF_ROLE.get(written_by) is viewer.side


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


def handles_call(viewer: Viewer, call: Escalation) -> bool:
    """Whether `viewer` may take, contact and resolve `call`."""
    return call.desk_id in viewer.desks


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
