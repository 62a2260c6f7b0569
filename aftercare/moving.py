"""What all steps of a call for help share: one conditional UPDATE, and who did it is written down.

Of two colleagues who do something at once, one moves the row; the other is told who has it now.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import N_, Refused
from aftercare.subject import Subject, subjects
from conversations.words import EscalationStatus, HandingKind
from storage.models import AuditEntry, Client, Escalation, Handing, StaffMember
from storage.writes import Writes

UNCONTACTED = (EscalationStatus.OPEN, EscalationStatus.TAKEN)
UNRESOLVED = (*UNCONTACTED, EscalationStatus.CONTACTED)


async def move(
    session: AsyncSession,
    reference: str,
    before: Sequence[EscalationStatus],
    values: Mapping[str, object],
    *also: ColumnElement[bool],
) -> bool:
    """Set `values` of the call, if it has one of the statuses `before` and `also` holds of it."""
    moved = await session.scalar(
        update(Escalation)
        .where(Escalation.reference == reference, Escalation.status.in_(before), *also)
        .values(dict(values))
        .returning(Escalation.id)
    )
    return moved is not None


async def call_of(session: AsyncSession, reference: str) -> Escalation:
    """The call as it is now. Raises `Refused`."""
    call = await session.scalar(
        select(Escalation)
        .where(Escalation.reference == reference)
        .execution_options(populate_existing=True)
    )
    if call is None:
        raise Refused(N_("There is no call for help {reference}."), reference=reference)
    return call


async def locked_call(session: AsyncSession, reference: str) -> tuple[Escalation, Subject]:
    """The call and whose it is; the client's row is ours, as for a message that comes in. To what
    was erased in the meantime nothing is added any more. Raises `Refused`."""
    call = await call_of(session, reference)
    await session.execute(select(Client.id).where(Client.id == call.client_id).with_for_update())
    call = await call_of(session, reference)
    subject = await subject_of(session, call)
    if subject.enrolment.erased_at is not None:
        raise Refused(N_("There is no call for help {reference}."), reference=reference)
    return call, subject


async def subject_of(session: AsyncSession, call: Escalation) -> Subject:
    """The person and the track that `call` belongs to."""
    found = (await subjects(session, [call.enrolment_id], Writes()))[call.enrolment_id]
    found.writes = None
    return found


async def who_has_it(session: AsyncSession, call: Escalation) -> Refused:
    """Why a step cannot be done any more: somebody was first."""
    if call.status is EscalationStatus.RESOLVED:
        return Refused(N_("This call was already resolved. Load the page again."))
    owner = await session.get(StaffMember, call.owner_id) if call.owner_id else None
    if owner is None:
        return Refused(N_("Nobody has this call in hand any more. Load the page again."))
    return Refused(N_("{name} has this call in hand now. Load the page again."), name=owner.name)


def handed(
    call: Escalation,
    kind: HandingKind,
    now: datetime,
    *,
    by: StaffMember | None,
    from_id: int | None,
    reason: str | None = None,
    deadline: datetime | None = None,
) -> Handing:
    """A line of the history: `call` is in its present hands from now on."""
    return Handing(
        escalation_id=call.id,
        at=now,
        kind=kind,
        desk_id=call.desk_id,
        by_id=by.id if by else None,
        from_id=from_id,
        to_id=call.owner_id,
        reason=reason,
        deadline=deadline,
    )


def audit(
    session: AsyncSession, now: datetime, staff_member: StaffMember, action: str, call: Escalation
) -> None:
    """Write down that `staff_member` did `action` to `call`."""
    session.add(
        AuditEntry(
            at=now,
            staff_member_id=staff_member.id,
            action=action,
            client_id=call.client_id,
            detail=call.reference,
        )
    )
