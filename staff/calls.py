"""Calls for help as a colleague may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.topics import side_of
from conversations.words import EscalationStatus, Side, Topic
from staff.access import (
    Hidden,
    Viewer,
    handles_call,
    reads_call,
    reads_notes,
    sees_call,
    shared_enrolments,
)
from staff.queue import is_overdue
from storage.models import (
    Client,
    Desk,
    Enrolment,
    Escalation,
    Instrument,
    InstrumentUse,
    Municipality,
    Outcome,
    StaffMember,
)

MOST = 60
"""Calls for help in one file."""


@dataclass(frozen=True)
class KnownCall:
    """A call for help in a dossier. What may not be read is not in it: then `call` is None."""

    group: Side
    status: EscalationStatus
    call: Escalation | None = None
    owner: StaffMember | None = None
    outcome: Outcome | None = None
    instruments: tuple[str, ...] = ()
    overdue: bool = False


@dataclass(frozen=True)
class OpenedCall:
    """Everything on the page of one call."""

    known: KnownCall
    call: Escalation
    client: Client
    enrolment: Enrolment
    place: Municipality
    desk: Desk
    shared: frozenset[int]
    handles: bool
    sees_client: bool
    reads_notes: bool

    @property
    def may_release(self) -> bool:
        """Whether the track stands still because of this call, which somebody took."""
        return (
            self.handles
            and self.call.topic is Topic.DANGER
            and self.call.status is not EscalationStatus.OPEN
            and self.enrolment.held_at is not None
        )


async def open_call(
    session: AsyncSession, viewer: Viewer, reference: str, now: datetime
) -> OpenedCall:
    """The call, for whom may read what it is about. Raises `Hidden`."""
    row = (
        await session.execute(
            select(Escalation, Client, Enrolment, Municipality, Desk, StaffMember, Outcome)
            .join(Client, Client.id == Escalation.client_id)
            .join(Enrolment, Enrolment.id == Escalation.enrolment_id)
            .join(Municipality, Municipality.id == Enrolment.municipality_id)
            .join(Desk, Desk.id == Escalation.desk_id)
            .outerjoin(StaffMember, StaffMember.id == Escalation.owner_id)
            .outerjoin(Outcome, Outcome.escalation_id == Escalation.id)
            .where(Escalation.reference == reference, Enrolment.erased_at.is_(None))
        )
    ).first()
    if row is None:
        raise Hidden
    call, client, enrolment, place, desk, owner, outcome = row
    shared = await shared_enrolments(session, client.id)
    if not reads_call(viewer, call, place.id, shared):
        raise Hidden
    late = is_overdue(call, now)
    return OpenedCall(
        KnownCall(side_of(call.topic), call.status, call, owner, outcome, overdue=late),
        call,
        client,
        enrolment,
        place,
        desk,
        shared,
        handles=handles_call(viewer, call),
        sees_client=place.id in viewer.municipalities,
        reads_notes=reads_notes(viewer, call, place.id),
    )


async def may_handle(session: AsyncSession, viewer: Viewer, reference: str) -> None:
    """Pass if `viewer` may work on the call. Raises `Hidden`."""
    call = await session.scalar(
        select(Escalation)
        .join(Enrolment, Enrolment.id == Escalation.enrolment_id)
        .where(Escalation.reference == reference, Enrolment.erased_at.is_(None))
    )
    if call is None or not handles_call(viewer, call):
        raise Hidden


async def calls_of(
    session: AsyncSession,
    viewer: Viewer,
    enrolments: Collection[Enrolment],
    shared: Collection[int],
    now: datetime,
) -> list[KnownCall]:
    """The calls of a client's tracks, newest first; of the other side's only that they exist."""
    places = {enrolment.id: enrolment.municipality_id for enrolment in enrolments}
    rows = (
        await session.execute(
            select(Escalation, StaffMember, Outcome)
            .outerjoin(StaffMember, StaffMember.id == Escalation.owner_id)
            .outerjoin(Outcome, Outcome.escalation_id == Escalation.id)
            .where(Escalation.enrolment_id.in_(places))
            .order_by(Escalation.id.desc())
            .limit(MOST)
        )
    ).all()
    used = await _instruments(session, [call.id for call, _, _ in rows])
    known = []
    for call, owner, outcome in rows:
        place = places[call.enrolment_id]
        if reads_call(viewer, call, place, shared):
            known.append(
                KnownCall(
                    side_of(call.topic), call.status, call, owner, outcome,
                    used.get(call.id, ()), is_overdue(call, now),
                )
            )  # fmt: skip
        elif sees_call(viewer, call, place):
            known.append(KnownCall(side_of(call.topic), call.status))
    return known


async def all_instruments(session: AsyncSession) -> list[Instrument]:
    """What can be done for a client, by name."""
    return list(await session.scalars(select(Instrument).order_by(Instrument.name)))


async def _instruments(
    session: AsyncSession, calls: Collection[int]
) -> dict[int | None, tuple[str, ...]]:
    found: dict[int | None, tuple[str, ...]] = {}
    if not calls:
        return found
    rows = await session.execute(
        select(InstrumentUse.escalation_id, Instrument.name)
        .join(Instrument, Instrument.id == InstrumentUse.instrument_id)
        .where(InstrumentUse.escalation_id.in_(calls))
        .order_by(Instrument.name)
    )
    for call_id, name in rows:
        found[call_id] = (*found.get(call_id, ()), name)
    return found
