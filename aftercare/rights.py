"""The client's rights, exercised through a colleague: to stop, by telephone or at the desk; to know
what is kept, and to have it erased (AVG, articles 15, 17 and 20)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import effects, erasing
from aftercare.copies import Item, Readable, collect
from aftercare.service import N_, Refused, Service
from aftercare.subject import Subject, locked
from conversations.phrases import Phrase
from conversations.turns import OptedOut, Say, State, Turn
from conversations.words import (
    Channel,
    EscalationStatus,
    MessageKind,
    OutcomeKind,
    Standing,
    Urgency,
)
from storage.models import AuditEntry, Client, Enrolment, Escalation, Outcome, StaffMember

_LIVE = (Standing.INVITED, Standing.ACTIVE)

STOPPABLE = frozenset({Standing.INVITED, Standing.LAPSED, Standing.ACTIVE})
"""Who never answered may answer still: they too can say that they want nothing of it."""


async def withdraw(service: Service, reference: str, staff_member: StaffMember) -> None:
    """The client told a colleague to stop. Confirmed to the client, as if STOP had been sent."""
    async with service.database.write() as session:
        subject = await locked(session, Client.reference, reference)
        if subject is None:
            raise Refused(N_("There is no client {reference}."), reference=reference)
        if subject.enrolment.standing not in STOPPABLE:
            raise Refused(N_("This track has already ended."))
        now = service.now()
        client = subject.client
        reachable = client.number if client.channel is Channel.SMS else client.chat
        say = (Say(Phrase.STOPPED, MessageKind.CONFIRMATION),) if reachable else ()
        await _stop(session, subject, say, now)
        session.add(_entry(client.id, "withdraw", staff_member, now))


async def copy_of(
    service: Service,
    client: Client,
    enrolments: Collection[Enrolment],
    readable: Readable,
    staff_member: StaffMember,
) -> Item:
    """What is kept of the client in these tracks, for handing over."""
    now = service.now()
    async with service.database.write() as session:
        session.add(_entry(client.id, "copy", staff_member, now))
    async with service.database.read() as session:
        return await collect(session, client, enrolments, readable, now)


async def erase(
    service: Service, reference: str, enrolments: Collection[int], staff_member: StaffMember
) -> None:
    """Erase what these tracks hold, and the person when no other track is left. A running track
    ends; nothing is sent, because there is nobody left to send it to. Cannot be undone.

    Refused as long as somebody may be in danger. Other calls for help are closed with it.
    """
    async with service.database.write() as session:
        subject = await locked(session, Client.reference, reference)
        if subject is None or not enrolments:
            raise Refused(N_("There is no client {reference}."), reference=reference)
        now = service.now()
        unresolved = (
            await session.scalars(
                select(Escalation).where(
                    Escalation.enrolment_id.in_(enrolments),
                    Escalation.status != EscalationStatus.RESOLVED,
                )
            )
        ).all()
        if any(call.urgency is Urgency.DANGER for call in unresolved):
            raise Refused(
                N_("This person may be in danger. Resolve that call for help first, then erase.")
            )
        for call in unresolved:
            call.status, call.resolved_at = EscalationStatus.RESOLVED, now
            session.add(
                Outcome(
                    escalation_id=call.id,
                    kind=OutcomeKind.NOT_NEEDED,
                    staff_member_id=staff_member.id,
                    at=now,
                )
            )
        if subject.enrolment.id in enrolments and subject.enrolment.standing in _LIVE:
            await _stop(session, subject, (), now)
        client_id = subject.client.id
        await erasing.wipe(session, enrolments, now)
        session.add(_entry(client_id, "erase", staff_member, now))


async def _stop(
    session: AsyncSession, subject: Subject, say: tuple[Say, ...], now: datetime
) -> None:
    stopped = State(question=subject.state.question, check_in=subject.state.check_in)
    await effects.apply(session, subject, Turn(stopped, say, (OptedOut(),)), now)
    subject.enrolment.silent_at = None


def _entry(client_id: int, action: str, staff_member: StaffMember, now: datetime) -> AuditEntry:
    return AuditEntry(at=now, staff_member_id=staff_member.id, action=action, client_id=client_id)
