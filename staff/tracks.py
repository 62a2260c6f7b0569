"""Clients and their tracks as a colleague may see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from aftercare.people import mobile_number
from aftercare.service import Refused
from conversations.words import Answer, CheckInStatus, NoticeKind, Standing
from staff.access import Hidden, Viewer, sees_enrolment
from staff.queue import UNRESOLVED
from staff.visit import valid_reference
from storage.encryption import ring
from storage.models import (
    AuditEntry,
    CheckIn,
    Client,
    Consent,
    Enrolment,
    Escalation,
    Municipality,
    Notice,
    StaffMember,
)

PAGE = 25
_NEWS_FOR = timedelta(days=14)
_MOST_NEWS = 6
_LIVE = (Standing.INVITED, Standing.ACTIVE)


@dataclass(frozen=True)
class Glance:
    """One line of the list of clients: how it goes, what comes next, what is open."""

    client: Client
    enrolment: Enrolment
    place: Municipality
    answer: Answer | None
    next_due: datetime | None
    open_calls: int


@dataclass(frozen=True)
class News:
    """Something to look at, of somebody who did not ask for help."""

    kind: NoticeKind
    at: datetime
    first_name: str
    reference: str
    zone: str


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
    def is_live(self) -> bool:
        """Whether the track still runs, or may begin."""
        return self.track.enrolment.standing in _LIVE


@dataclass(frozen=True)
class Reading:
    """That somebody did something with a client's file; `times` in a row on one day."""

    at: datetime
    name: str | None
    action: str
    times: int


async def glances(
    session: AsyncSession, viewer: Viewer, before: int | None = None
) -> tuple[list[Glance], int | None]:
    """The clients of one's municipalities, newest first, and where the next page begins."""
    newer = aliased(Enrolment)
    superseded = exists().where(
        newer.client_id == Enrolment.client_id,
        newer.id > Enrolment.id,
        newer.municipality_id.in_(viewer.municipalities),
    )
    chosen = (
        select(Client, Enrolment, Municipality)
        .join(Enrolment, Enrolment.client_id == Client.id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .where(sees_enrolment(viewer), ~superseded)
        .order_by(Enrolment.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        chosen = chosen.where(Enrolment.id < before)
    rows = (await session.execute(chosen)).all()
    onward = rows[PAGE - 1][1].id if len(rows) > PAGE else None
    rows = rows[:PAGE]
    ids = [enrolment.id for _, enrolment, _ in rows]
    answers, due = await _check_ins(session, ids)
    open_calls = await _open_calls(session, ids)
    return [
        Glance(
            client,
            enrolment,
            place,
            answers.get(enrolment.id),
            due.get(enrolment.id),
            open_calls.get(enrolment.id, 0),
        )
        for client, enrolment, place in rows
    ], onward


async def news(session: AsyncSession, viewer: Viewer, now: datetime) -> list[News]:
    """What one's desks were told of clients without a call for help, newest first."""
    rows = await session.execute(
        select(Notice.kind, Notice.at, Client.first_name, Client.reference, Municipality.zone)
        .join(Enrolment, Enrolment.id == Notice.enrolment_id)
        .join(Client, Client.id == Enrolment.client_id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .where(
            Notice.desk_id.in_(viewer.desks),
            Notice.escalation_id.is_(None),
            Notice.at > now - _NEWS_FOR,
            sees_enrolment(viewer),
        )
        .order_by(Notice.at.desc(), Notice.id.desc())
        .limit(_MOST_NEWS)
    )
    return [News(*row) for row in rows]


async def find(session: AsyncSession, viewer: Viewer, written: str, *, trial: bool) -> str | None:
    """The reference of the client with exactly this reference or number, if it is one's own."""
    try:
        who = Client.reference == valid_reference(written.replace(" ", ""))
    except Hidden:
        try:
            number = mobile_number(written, trial=trial)
        except Refused:
            return None
        who = Client.number_hash == ring().look_up("number", number)
    return await session.scalar(
        select(Client.reference)
        .join(Enrolment, Enrolment.client_id == Client.id)
        .where(who, sees_enrolment(viewer))
        .limit(1)
    )


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
        if place.id in viewer.municipalities
    ]
    if not tracks:
        raise Hidden
    newest = rows[0]
    return Person(newest[0], tracks, is_current=tracks[0].enrolment.id == newest[1].id)


async def steps(session: AsyncSession, enrolment_id: int) -> list[CheckIn]:
    """The plan, in the order of its days."""
    rows = await session.scalars(
        select(CheckIn)
        .where(CheckIn.enrolment_id == enrolment_id)
        .order_by(CheckIn.plan_version, CheckIn.id)
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


async def readings(session: AsyncSession, client_id: int, most: int = 60) -> list[Reading]:
    """Who did what with the client's file, newest first; the same in a row is one line."""
    rows = await session.execute(
        select(AuditEntry.at, StaffMember.name, AuditEntry.action)
        .outerjoin(StaffMember, StaffMember.id == AuditEntry.staff_member_id)
        .where(AuditEntry.client_id == client_id)
        .order_by(AuditEntry.id.desc())
        .limit(most)
    )
    found: list[Reading] = []
    for at, name, action in rows:
        last = found[-1] if found else None
        if last and (last.name, last.action) == (name, action) and _near(last.at, at):
            found[-1] = Reading(last.at, name, action, last.times + 1)
        else:
            found.append(Reading(at, name, action, 1))
    return found


def _near(later: datetime, earlier: datetime) -> bool:
    return later - earlier < timedelta(hours=12)


async def _check_ins(
    session: AsyncSession, enrolments: Sequence[int]
) -> tuple[dict[int, Answer | None], dict[int, datetime]]:
    """By enrolment: the last answer, and when the next check-in is due."""
    if not enrolments:
        return {}, {}
    rows = (
        await session.execute(
            select(
                CheckIn.enrolment_id,
                CheckIn.status,
                CheckIn.answer,
                CheckIn.answered_at,
                CheckIn.due_at,
            )
            .where(
                CheckIn.enrolment_id.in_(enrolments),
                CheckIn.answer.is_not(None) | (CheckIn.status == CheckInStatus.PLANNED),
            )
            .order_by(CheckIn.answered_at, CheckIn.due_at.desc())
        )
    ).all()
    answers = {row.enrolment_id: row.answer for row in rows if row.answer is not None}
    planned = [row for row in rows if row.status is CheckInStatus.PLANNED]
    due: dict[int, datetime] = {}
    for row in planned:
        due[row.enrolment_id] = min(row.due_at, due.get(row.enrolment_id, row.due_at))
    return answers, due


async def _open_calls(session: AsyncSession, enrolments: Sequence[int]) -> dict[int, int]:
    rows = await session.execute(
        select(Escalation.enrolment_id, func.count())
        .where(Escalation.enrolment_id.in_(enrolments), UNRESOLVED)
        .group_by(Escalation.enrolment_id)
    )
    return dict(rows.all())
