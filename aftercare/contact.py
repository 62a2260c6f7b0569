"""What the channels report afterwards: a message's fate, or that somebody cannot be reached."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.calls import notify
from aftercare.routing import desk_of_side
from aftercare.service import Service
from aftercare.subject import locked
from conversations.words import CheckInStatus, MessageStatus, NoticeKind, Side, Standing
from scheduler.calendar import local_day
from storage import reports
from storage.models import CheckIn, Client, Message

_SAME = (
    "client_id", "enrolment_id", "direction", "channel", "text", "kind", "phrase", "buttons",
    "check_in_id", "rank", "expires_at", "side", "escalation_id",
)  # fmt: skip
AGAIN_AFTER = timedelta(hours=2)
"""A telephone that was off may be on again by then."""


async def report(
    service: Service,
    message_id: int,
    status: MessageStatus,
    external_id: str,
    error: str | None,
    closed: bool,
    tries: int = 0,
) -> None:
    """A provider's later word on a message; `closed`: this address will never take another;
    `tries`: how often a message that did not arrive for this reason is sent again."""
    async with service.database.write() as session:
        failed = status is MessageStatus.FAILED
        again = failed and not closed and await _goes_again(session, service, message_id, tries)
        client_id = await reports.reported(
            session,
            message_id,
            status,
            external_id,
            error,
            service.now(),
            ends_step=not again,
        )
        if client_id is None:
            return
        if failed and closed:
            await _close(session, service, client_id, error or "closed")
        if again:
            await _send_again(session, service, message_id)


async def _goes_again(session: AsyncSession, service: Service, message_id: int, tries: int) -> bool:
    """Whether a message that did not arrive is still worth sending, later."""
    failed = await session.get(Message, message_id)
    if failed is None or failed.expires_at is None or failed.again >= tries:
        return False
    if failed.check_in_id:
        step = await session.get_one(CheckIn, failed.check_in_id)
        if step.status is not CheckInStatus.ASKED:
            return False
    return service.now() + AGAIN_AFTER < failed.expires_at


async def _send_again(session: AsyncSession, service: Service, message_id: int) -> None:
    """Queue the same text once more."""
    failed = await session.get_one(Message, message_id)
    session.add(
        Message(
            **{name: getattr(failed, name) for name in _SAME},
            at=service.now(),
            not_before=service.now() + AGAIN_AFTER,
            status=MessageStatus.QUEUED,
            attempts=0,
            again=failed.again + 1,
        )
    )


async def close_channel(service: Service, client_id: int, why: str) -> None:
    """Nothing more goes to this address; the desk is told that this person hears nothing."""
    async with service.database.write() as session:
        await _close(session, service, client_id, why)


async def _close(session: AsyncSession, service: Service, client_id: int, why: str) -> None:
    subject = await locked(session, Client.id, client_id)
    if subject is None or subject.client.channel_stopped:
        return
    now = service.now()
    subject.client.channel_stopped = why[:60]
    if subject.enrolment.standing in (Standing.INVITED, Standing.ACTIVE):
        day = local_day(now, subject.hours)
        desk = await desk_of_side(session, subject.municipality.id, Side.MUNICIPALITY, day)
        notify(session, NoticeKind.CHANNEL_STOPPED, desk.id, subject.enrolment.id, now)
