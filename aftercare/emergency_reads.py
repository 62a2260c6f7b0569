"""Break-glass: reading the other side's words when waiting would harm the client (rule 8).

With a reason, for one hour, one client; who leads the desk whose words they are hears it at once,
and looks at it afterwards. Who may ask for it is decided by the caller (`staff.access`).
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from aftercare import lines
from aftercare.calls import notify
from aftercare.routing import desk_of_side
from aftercare.service import N_, Refused, Service
from aftercare.subject import locked
from conversations.words import NoticeKind, Side
from scheduler.calendar import local_day
from storage.models import (
    AuditEntry,
    Client,
    Desk,
    EmergencyRead,
    Enrolment,
    Escalation,
    StaffMember,
)

LASTS = timedelta(hours=1)
SHORTEST_REASON = 15
LONGEST_REASON = 500


async def read_along(
    service: Service,
    reference: str,
    by: StaffMember,
    side: Side,
    enrolments: Collection[int],
    reason: str,
) -> datetime:
    """`by` may read the words of `side` in these enrolments of the client, newest first. Returns
    until when. Asking again within the hour changes nothing. Raises `Refused`."""
    why = _reason(reason)
    async with service.database.write() as session:
        subject = await locked(session, Client.reference, reference)
        if subject is None or not enrolments:
            raise Refused(N_("There is no client {reference}."), reference=reference)
        now = service.now()
        running = await session.scalar(
            select(EmergencyRead.until).where(
                EmergencyRead.staff_member_id == by.id,
                EmergencyRead.until > now,
                EmergencyRead.client_id == subject.client.id,
            )
        )
        if running is not None:
            return running
        day = local_day(now, subject.hours)
        newest = await session.get_one(Enrolment, max(enrolments))
        general = await desk_of_side(session, newest.municipality_id, side, day)
        asked = await session.scalars(
            select(Escalation.desk_id)
            .join(Desk, Desk.id == Escalation.desk_id)
            .where(Escalation.enrolment_id.in_(enrolments), Desk.side == side)
        )
        for desk_id in sorted({general.id, *asked}):
            session.add(
                EmergencyRead(
                    client_id=subject.client.id,
                    enrolment_id=newest.id,
                    staff_member_id=by.id,
                    desk_id=desk_id,
                    reason=why,
                    at=now,
                    until=now + LASTS,
                )
            )
            # A desk without a lead hears it at its own address: it is never told to nobody.
            told: Sequence[int | None] = await lines.leads(session, desk_id)
            for person in told or [None]:
                notify(
                    session,
                    NoticeKind.EMERGENCY_READ,
                    desk_id,
                    newest.id,
                    now,
                    staff_member_id=person,
                )
        session.add(
            AuditEntry(
                at=now,
                staff_member_id=by.id,
                action="emergency_read",
                client_id=subject.client.id,
                detail=str(side),
            )
        )
        return now + LASTS


async def mark_seen(service: Service, reference: str, by: StaffMember) -> None:
    """A lead has looked at it; the first who does is kept."""
    async with service.database.write() as session:
        now = service.now()
        client_id = await session.scalar(
            update(EmergencyRead)
            .where(EmergencyRead.reference == reference, EmergencyRead.seen_at.is_(None))
            .values(seen_at=now, seen_by_id=by.id)
            .returning(EmergencyRead.client_id)
        )
        if client_id is not None:
            session.add(
                AuditEntry(
                    at=now, staff_member_id=by.id, action="emergency_seen", client_id=client_id
                )
            )


def _reason(written: str) -> str:
    why = " ".join(written.split())
    if len(why) < SHORTEST_REASON:
        raise Refused(
            N_("Write down why you must read this now, in at least {shortest} characters."),
            "reason",
            shortest=str(SHORTEST_REASON),
        )
    if len(why) > LONGEST_REASON:
        raise Refused(
            N_("A reason has at most {longest} characters."),
            "reason",
            longest=str(LONGEST_REASON),
        )
    return why
