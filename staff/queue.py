"""The werkvoorraad: the unresolved calls for help of a colleague's desks, in the order of need."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Result, case, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from conversations.words import EscalationStatus, HandingKind, Urgency
from staff.access import Viewer
from storage.models import Client, Enrolment, Escalation, Handing, Municipality, StaffMember

UNRESOLVED = Escalation.status != literal_column("'resolved'")
"""Written out, because SQLite uses a partial index only for the very condition of the index."""

LONGEST = 60
_UNCONTACTED = (EscalationStatus.OPEN, EscalationStatus.TAKEN)
_WAITS = Escalation.status.in_(_UNCONTACTED)


class View(StrEnum):
    """Which calls: as the address says it."""

    DESK = ""
    MINE = "mij"
    LATE = "te-laat"
    AGAIN = "opnieuw"


@dataclass(frozen=True)
class QueuedCall:
    """One line of the queue. `before`: who had it last, when it came back to the desk; `is_away`:
    because that colleague is away."""

    call: Escalation
    first_name: str
    place: Municipality
    owner: StaffMember | None
    overdue: bool
    before: StaffMember | None
    is_away: bool


@dataclass(frozen=True)
class Queue:
    """The lines of a view, the first of them only; the counts are of all. `danger` counts what
    speaks of danger and has nobody; `untaken` what has nobody."""

    lines: list[QueuedCall]
    unresolved: int
    mine: int
    overdue: int
    again: int
    untaken: int
    danger: int


def is_overdue(call: Escalation, now: datetime) -> bool:
    """Whether nobody was in touch before the deadline."""
    return call.status in _UNCONTACTED and call.deadline < now


def late_at(now: datetime) -> ColumnElement[bool]:
    """Like `is_overdue`, in a query."""
    return _WAITS & (Escalation.deadline < now)


async def queue(session: AsyncSession, viewer: Viewer, now: datetime, view: View) -> Queue:
    """Danger first, then what is late, then what is urgent, each by deadline; what somebody was in
    touch about comes last."""
    own = Escalation.desk_id.in_(viewer.desks)
    is_late = late_at(now)
    is_danger = Escalation.urgency == Urgency.DANGER
    is_open = Escalation.status == EscalationStatus.OPEN
    which: dict[View, ColumnElement[bool]] = {
        View.MINE: Escalation.owner_id == viewer.id,
        View.LATE: is_late,
        View.AGAIN: Escalation.again_of_id.is_not(None),
    }
    counts = (
        await session.execute(
            select(
                func.count(),
                *(func.count(case((condition, 1))) for condition in which.values()),
                func.count(case((is_open, 1))),
                func.count(case((is_open & is_danger, 1))),
            ).where(own, UNRESOLVED)
        )
    ).one()
    need = case(
        (~_WAITS, 4),
        (is_danger, 0),
        (is_late, 1),
        (Escalation.urgency == Urgency.URGENT, 2),
        else_=3,
    )
    before = aliased(StaffMember)
    last = (
        select(func.max(Handing.id))
        .where(Handing.escalation_id == Escalation.id)
        .correlate(Escalation)
        .scalar_subquery()
    )
    chosen = (
        select(Escalation, Client.first_name, Municipality, StaffMember, before, Handing.kind)
        .join(Client, Client.id == Escalation.client_id)
        .join(Enrolment, Enrolment.id == Escalation.enrolment_id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .outerjoin(StaffMember, StaffMember.id == Escalation.owner_id)
        .outerjoin(Handing, (Handing.id == last) & (Handing.to_id.is_(None)))
        .outerjoin(before, before.id == Handing.from_id)
        .where(own, UNRESOLVED)
        .order_by(need, Escalation.deadline, Escalation.id)
        .limit(LONGEST)
    )
    if view in which:
        chosen = chosen.where(which[view])
    rows: Result[*tuple[Any, ...]] = await session.execute(chosen)  # outer joins
    lines = [
        QueuedCall(
            call,
            first_name,
            place,
            owner,
            is_overdue(call, now),
            was if owner is None else None,
            kind is HandingKind.ABSENT,
        )
        for call, first_name, place, owner, was, kind in rows
    ]
    unresolved, mine, overdue, again, untaken, danger = (int(one) for one in counts)
    return Queue(lines, unresolved, mine, overdue, again, untaken, danger)
