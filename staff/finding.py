"""The list of clients as a colleague may see it: who is in it, and each state at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from aftercare import names
from aftercare.people import mobile_number
from aftercare.service import Refused
from conversations.dialogue.asking import QUIET
from conversations.words import Answer, CheckInStatus, Form, NoticeKind, Standing
from scheduler.calendar import Hours, local_day
from staff.access import Hidden, Viewer, reads_danger, sees_enrolment
from staff.queue import UNRESOLVED
from staff.visit import valid_reference
from storage.encryption import ring
from storage.models import (
    CheckIn,
    Client,
    Enrolment,
    Escalation,
    Municipality,
    NameStart,
    Notice,
)

PAGE = 25
_NEWS_FOR = timedelta(days=14)
_MOST_NEWS = 6
_TRACK_ENDS_SOON = timedelta(weeks=4)
_CONTRACT_ENDS_SOON = timedelta(weeks=6)


class Ends(StrEnum):
    """What comes to its end soon."""

    TRACK = "traject"
    CONTRACT = "contract"


@dataclass(frozen=True)
class Wanted:
    """Whom somebody looks for. `place` is a municipality's slug; `name` how words of the first
    name begin; whatever is empty does not matter."""

    name: tuple[str, ...] = ()
    place: str = ""
    standing: Standing | None = None
    form: Form | None = None
    language: str = ""
    answer: Answer | None = None
    ends: Ends | None = None
    mine: bool = False
    silent: bool = False
    calls: bool = False


@dataclass(frozen=True)
class Glance:
    """One line of the list: how it goes (the last answer, and when), what comes next, what is
    open, whether they are quiet, and whether danger keeps the track still."""

    client: Client
    enrolment: Enrolment
    place: Municipality
    last: tuple[Answer, datetime] | None
    next_due: datetime | None
    open_calls: int
    held: bool

    @property
    def unanswered(self) -> int:
        """How many check-ins in a row had no answer, once that is many; else 0."""
        silent = int(self.enrolment.dialogue.get("silent", 0))
        return silent if silent >= QUIET and self.enrolment.standing is Standing.ACTIVE else 0


@dataclass(frozen=True)
class News:
    """Something to look at, of somebody who did not ask for help."""

    kind: NoticeKind
    at: datetime
    first_name: str
    reference: str
    zone: str


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


async def glances(
    session: AsyncSession, viewer: Viewer, wanted: Wanted, now: datetime, before: int | None = None
) -> tuple[list[Glance], int | None]:
    """Those of one's clients who are wanted, newest first, and where the next page begins."""
    ids = await _chosen(session, _these(viewer, wanted, now, before), wanted.name)
    onward = ids[PAGE - 1] if len(ids) > PAGE else None
    ids = ids[:PAGE]
    if not ids:
        return [], None
    rows = await session.execute(
        select(Client, Enrolment, Municipality)
        .join(Enrolment, Enrolment.client_id == Client.id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .where(Enrolment.id.in_(ids))
        .order_by(Enrolment.id.desc())
    )
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
            enrolment.held_at is not None and reads_danger(viewer),
        )
        for client, enrolment, place in rows
    ], onward


async def places(session: AsyncSession, viewer: Viewer) -> list[Municipality]:
    """One's own municipalities, by name."""
    rows = await session.scalars(
        select(Municipality)
        .where(Municipality.id.in_(viewer.municipalities))
        .order_by(Municipality.name)
    )
    return list(rows)


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
            Notice.kind != NoticeKind.EMERGENCY_READ,
            Notice.address_id.is_(None),
            Notice.at > now - _NEWS_FOR,
            sees_enrolment(viewer),
        )
        .order_by(Notice.at.desc(), Notice.id.desc())
        .limit(_MOST_NEWS)
    )
    return [News(*row) for row in rows]


def _these(viewer: Viewer, wanted: Wanted, now: datetime, before: int | None) -> Select[int, str]:
    """The newest track of each client that fits, but for the name."""
    newer = aliased(Enrolment)
    superseded = exists().where(
        newer.client_id == Enrolment.client_id,
        newer.id > Enrolment.id,
        newer.erased_at.is_(None),
        (newer.municipality_id + 0).in_(viewer.municipalities),  # so that SQLite goes by client
    )
    chosen = (
        select(Enrolment.id, Client.first_name)
        .join(Client, Client.id == Enrolment.client_id)
        .where(sees_enrolment(viewer), ~superseded, *_conditions(viewer, wanted, now))
        .order_by(Enrolment.id.desc())
    )
    return chosen if before is None else chosen.where(Enrolment.id < before)


async def _chosen(session: AsyncSession, these: Select[int, str], name: Sequence[str]) -> list[int]:
    """The ids of one page and one more. Names are opened here, because the database cannot."""
    if not name:
        return list(await session.scalars(these.limit(PAGE + 1)))
    bucket = NameStart.bucket == names.bucket_of(name)
    rows = await session.execute(these.where(
        Client.id.in_(select(NameStart.client_id).where(bucket))
    ))  # fmt: skip
    found = (track for track, first_name in rows if names.fits(first_name, name))
    return [track for track, _ in zip(found, range(PAGE + 1), strict=False)]


def _conditions(viewer: Viewer, wanted: Wanted, now: datetime) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.place:
        place = select(Municipality.id).where(Municipality.slug == wanted.place)
        found.append(Enrolment.municipality_id == place.scalar_subquery())
    if wanted.standing:
        found.append(Enrolment.standing == wanted.standing)
    if wanted.form:
        found.append(Enrolment.form == wanted.form)
    if wanted.language:
        found.append(Client.language == wanted.language)
    if wanted.mine:
        own = (Enrolment.werkcoach_id == viewer.id, Enrolment.consulent_id == viewer.id)
        found.append(or_(*own))
    if wanted.answer:
        last = (
            select(CheckIn.answer)
            .where(CheckIn.enrolment_id == Enrolment.id, CheckIn.answer.is_not(None))
            .order_by(CheckIn.answered_at.desc())
            .limit(1)
        )
        found.append(last.scalar_subquery() == wanted.answer)
    if wanted.silent:
        found += [
            Enrolment.standing == Standing.ACTIVE,
            Enrolment.dialogue["silent"].as_integer() >= QUIET,
        ]
    if wanted.calls:
        found.append(exists().where(Escalation.enrolment_id == Enrolment.id, UNRESOLVED))
    if wanted.ends:
        found += [Enrolment.standing == Standing.ACTIVE, _ends_soon(wanted.ends, now)]
    return found


def _ends_soon(ends: Ends, now: datetime) -> ColumnElement[bool]:
    if ends is Ends.TRACK:
        return Enrolment.ends_at.between(now, now + _TRACK_ENDS_SOON)
    today = local_day(now, Hours())
    return Enrolment.contract_end.between(today, today + _CONTRACT_ENDS_SOON)


async def _check_ins(
    session: AsyncSession, enrolments: Sequence[int]
) -> tuple[dict[int, tuple[Answer, datetime]], dict[int, datetime]]:
    """By enrolment: the last answer and its moment, and when the next check-in is due."""
    rows = await session.execute(
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
        .order_by(CheckIn.answered_at)
    )
    answers: dict[int, tuple[Answer, datetime]] = {}
    due: dict[int, datetime] = {}
    for enrolment_id, status, answer, answered_at, due_at in rows:
        if answer is not None and answered_at is not None:
            answers[enrolment_id] = (answer, answered_at)
        if status is CheckInStatus.PLANNED:
            due[enrolment_id] = min(due_at, due.get(enrolment_id, due_at))
    return answers, due


async def _open_calls(session: AsyncSession, enrolments: Sequence[int]) -> dict[int, int]:
    rows = await session.execute(
        select(Escalation.enrolment_id, func.count())
        .where(Escalation.enrolment_id.in_(enrolments), UNRESOLVED)
        .group_by(Escalation.enrolment_id)
    )
    return dict(rows.all())
