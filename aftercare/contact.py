"""What the channels report afterwards: a message's fate, or that somebody cannot be reached."""

from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.calls import notify
from aftercare.routing import desk_of_side
from aftercare.service import Service
from aftercare.subject import locked
from conversations.words import MessageStatus, NoticeKind, Side, Standing
from scheduler.calendar import local_day
from storage import outbox
from storage.models import Client


async def report(
    service: Service,
    message_id: int,
    status: MessageStatus,
    external_id: str,
    error: str | None,
    closed: bool,
) -> None:
    """A provider's later word on a message; `closed`: this address will never take another."""
    async with service.database.write() as session:
        client_id = await outbox.reported(
            session, message_id, status, external_id, error, service.now()
        )
        if client_id is not None and closed:
            await _close(session, service, client_id, error or "closed")


async def close_channel(service: Service, client_id: int, why: str) -> None:
    """Nothing more goes to this address; the desk is told that this person hears nothing."""
    async with service.database.write() as session:
        await _close(session, service, client_id, why)


async def _close(session: AsyncSession, service: Service, client_id: int, why: str) -> None:
    subject = await locked(session, Client.id == client_id)
    if subject is None or subject.client.channel_stopped:
        return
    now = service.now()
    subject.client.channel_stopped = why[:60]
    if subject.enrolment.standing in (Standing.INVITED, Standing.ACTIVE):
        day = local_day(now, subject.hours)
        desk = await desk_of_side(session, subject.municipality.id, Side.MUNICIPALITY, day)
        notify(session, NoticeKind.CHANNEL_STOPPED, desk.id, subject.enrolment.id, now)
