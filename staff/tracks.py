"""Clients and their tracks as a colleague may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from aftercare.rights import STOPPABLE
from conversations.words import CheckInStatus
from staff.access import Hidden, Viewer, sees_enrolment, sees_track
from storage.models import (
    AuditEntry,
    CheckIn,
    Client,
    Consent,
    Enrolment,
    Municipality,
    PlanChange,
    StaffMember,
)

_MOST_CHANGES = 60


@dataclass(frozen=True)
class Track:
    """One enrolment of a client, with its people."""

    enrolment: Enrolment
    place: Municipality
    werkcoach: StaffMember | None
    consulent: StaffMember | None


@dataclass(frozen=True)
class Person:
    """A client with the tracks that the colleague sees, newest first. `is_current`: the newest of
    all is among them, so that the colleague may act on it."""

    client: Client
    tracks: list[Track]
    is_current: bool

    @property
    def track(self) -> Track:
        """The newest of the tracks."""
        return self.tracks[0]

    @property
    def enrolments(self) -> list[Enrolment]:
        """The tracks' rows."""
        return [track.enrolment for track in self.tracks]

    @property
    def may_stop(self) -> bool:
        """Whether there is something to stop: the track runs, or may still begin."""
        return self.track.enrolment.standing in STOPPABLE


@dataclass(frozen=True)
class Reading:
    """That somebody did something with a client's file; `times` in a row on one day."""

    at: datetime
    name: str | None
    action: str
    times: int


async def person(session: AsyncSession, viewer: Viewer, reference: str) -> Person:
    """The client with the tracks in one's municipalities. Raises `Hidden` if there are none."""
    coach, consultant = aliased(StaffMember), aliased(StaffMember)
    rows = (
        await session.execute(
            select(Client, Enrolment, Municipality, coach, consultant)
            .join(Enrolment, Enrolment.client_id == Client.id)
            .join(Municipality, Municipality.id == Enrolment.municipality_id)
            .outerjoin(coach, coach.id == Enrolment.werkcoach_id)
            .outerjoin(consultant, consultant.id == Enrolment.consulent_id)
            .where(Client.reference == reference)
            .order_by(Enrolment.id.desc())
        )
    ).all()
    tracks = [
        Track(enrolment, place, werkcoach, consulent)
        for _, enrolment, place, werkcoach, consulent in rows
        if sees_track(viewer, enrolment)
    ]
    if not tracks:
        raise Hidden
    newest = rows[0]
    return Person(newest[0], tracks, is_current=tracks[0].enrolment.id == newest[1].id)


async def steps(session: AsyncSession, enrolment: Enrolment) -> list[CheckIn]:
    """The plan as it is now, in the order of its days, and of plans of before what was asked."""
    rows = await session.scalars(
        select(CheckIn)
        .where(CheckIn.enrolment_id == enrolment.id)
        .order_by(CheckIn.due_at, CheckIn.id)
    )
    found = [one for one in rows if one.plan_version == enrolment.plan_version or _was_asked(one)]
    asked = {one.step for one in found if _was_asked(one)}
    return [one for one in found if _was_asked(one) or one.step not in asked]


async def changes(
    session: AsyncSession, enrolments: Collection[Enrolment]
) -> list[tuple[PlanChange, StaffMember | None]]:
    """What was changed in the plan, why and by whom (None: the client asked), newest first."""
    rows = await session.execute(
        select(PlanChange, StaffMember)
        .outerjoin(StaffMember, StaffMember.id == PlanChange.staff_member_id)
        .where(PlanChange.enrolment_id.in_([one.id for one in enrolments]))
        .order_by(PlanChange.id.desc())
        .limit(_MOST_CHANGES)
    )
    return [(change, by) for change, by in rows]


async def on_the_same_phone(session: AsyncSession, viewer: Viewer, client: Client) -> list[Client]:
    """Who else uses the client's telephone, as far as one may know of them."""
    if not client.shares_phone:
        return []
    first = client.phone_of_id or client.id
    rows = await session.scalars(
        select(Client)
        .where(
            or_(Client.id == first, Client.phone_of_id == first),
            Client.id != client.id,
            exists().where(Enrolment.client_id == Client.id, sees_enrolment(viewer)),
        )
        .order_by(Client.id)
    )
    return list(rows)


async def consents(session: AsyncSession, enrolments: Collection[Enrolment]) -> list[Consent]:
    """What the client agreed to, and took back."""
    rows = await session.scalars(
        select(Consent)
        .where(Consent.enrolment_id.in_([one.id for one in enrolments]))
        .order_by(Consent.id)
    )
    return list(rows)


async def readings(
    session: AsyncSession, client_id: int, *, danger: bool, most: int = 60
) -> list[Reading]:
    """Who did what with the client's file, newest first; the same in a row is one line. Without
    `danger`, a release after it is a change of the plan like any other."""
    rows = await session.execute(
        select(AuditEntry.at, StaffMember.name, AuditEntry.action)
        .outerjoin(StaffMember, StaffMember.id == AuditEntry.staff_member_id)
        .where(AuditEntry.client_id == client_id)
        .order_by(AuditEntry.id.desc())
        .limit(most)
    )
    found: list[Reading] = []
    for at, name, done in rows:
        action = "plan" if done == "release" and not danger else done
        last = found[-1] if found else None
        if last and (last.name, last.action) == (name, action) and _near(last.at, at):
            found[-1] = Reading(last.at, name, action, last.times + 1)
        else:
            found.append(Reading(at, name, action, 1))
    return found


def _was_asked(step: CheckIn) -> bool:
    return step.status in (CheckInStatus.ASKED, CheckInStatus.ANSWERED, CheckInStatus.EXPIRED)


def _near(later: datetime, earlier: datetime) -> bool:
    return later - earlier < timedelta(hours=12)
