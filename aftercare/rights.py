"""The client's rights, exercised through a colleague: to stop, by telephone or at the desk."""

from aftercare import effects
from aftercare.service import N_, Refused, Service
from aftercare.subject import locked
from conversations.phrases import Phrase
from conversations.turns import OptedOut, Say, State, Turn
from conversations.words import Channel, MessageKind, Standing
from storage.models import AuditEntry, Client, StaffMember

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
        stopped = State(question=subject.state.question, check_in=subject.state.check_in)
        await effects.apply(session, subject, Turn(stopped, say, (OptedOut(),)), now)
        subject.enrolment.silent_at = None
        session.add(
            AuditEntry(
                at=now,
                staff_member_id=staff_member.id,
                action="withdraw",
                client_id=subject.client.id,
            )
        )
