"""Rows for the tests of the outbox: a client in a track, and messages that wait."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from aftercare.service import Service
from conversations.words import (
    Channel,
    Direction,
    ExitReason,
    Form,
    MessageKind,
    MessageStatus,
    Standing,
)
from storage.encryption import ring
from storage.models import Client, Enrolment, Message, Municipality

RANKS = {MessageKind.INVITATION: 1, MessageKind.ROUTINE: 2}


async def add_client(
    service: Service,
    number: int = 1,
    *,
    standing: Standing = Standing.ACTIVE,
    channel: Channel = Channel.SMS,
) -> Enrolment:
    """A client in a track in Velsen; the `number`-th of the numbers that nobody has."""
    phone = f"+31600{number:06}"
    async with service.database.write() as session:
        place = (
            await session.scalars(select(Municipality).where(Municipality.slug == "velsen"))
        ).one()
        client = Client(
            first_name=f"Person {number}",
            number=phone,
            number_hash=ring().look_up("number", phone),
            chat=str(number) if channel is Channel.TELEGRAM else None,
            channel=channel,
            language="nl",
            created_at=service.now(),
        )
        session.add(client)
        await session.flush()
        enrolment = Enrolment(
            client_id=client.id,
            municipality_id=place.id,
            form=Form.ACTIVE,
            standing=standing,
            first_working_day=date(2026, 3, 1),
            exit_reason=ExitReason.WORK,
            dialogue={},
            created_at=service.now(),
        )
        session.add(enrolment)
        return enrolment


async def add_message(
    service: Service,
    enrolment: Enrolment,
    kind: MessageKind = MessageKind.REPLY,
    *,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    status: MessageStatus = MessageStatus.QUEUED,
    sent_at: datetime | None = None,
    lease_until: datetime | None = None,
    channel: Channel = Channel.SMS,
    text: str = "Dank je.",
) -> int:
    """A message that waits, unless told otherwise. Returns its id."""
    now = service.now()
    async with service.database.write() as session:
        message = Message(
            client_id=enrolment.client_id,
            enrolment_id=enrolment.id,
            direction=Direction.OUT,
            channel=channel,
            text=text,
            at=sent_at or now,
            status=status,
            kind=kind,
            phrase="test",
            rank=RANKS.get(kind, 0),
            not_before=not_before or now,
            expires_at=expires_at or (not_before or now) + timedelta(days=1),
            sent_at=sent_at,
            lease_until=lease_until,
        )
        session.add(message)
        await session.flush()
        return message.id


async def message(service: Service, message_id: int) -> Message:
    """The message as it is now."""
    async with service.database.read() as session:
        return await session.get_one(Message, message_id)


async def status(service: Service, message_id: int) -> MessageStatus:
    """The message's status now."""
    return (await message(service, message_id)).status


async def set_standing(service: Service, enrolment: Enrolment, standing: Standing) -> None:
    """Move a track to another standing, as a use case would."""
    async with service.database.write() as session:
        (await session.get_one(Enrolment, enrolment.id)).standing = standing
