"""What providers say of a message after they took it, and whom to ask when they say nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.words import Channel, MessageStatus
from storage.database import Database
from storage.models import Message
from storage.outbox import never_asked

_FORWARD = {
    MessageStatus.SENT: (MessageStatus.SENDING, MessageStatus.UNCERTAIN),
    MessageStatus.DELIVERED: (
        MessageStatus.SENDING,
        MessageStatus.SENT,
        MessageStatus.UNCERTAIN,
    ),
    MessageStatus.FAILED: (MessageStatus.SENDING, MessageStatus.SENT, MessageStatus.UNCERTAIN),
}


async def reported(
    session: AsyncSession,
    message_id: int,
    status: MessageStatus,
    external_id: str,
    error: str | None,
    now: datetime,
    *,
    ends_step: bool = True,
) -> int | None:
    """A provider's later word on a message. Returns the client's id if it moved the status
    forward; a late, repeated or reversed callback changes nothing (rule 4). `ends_step`: the
    check-in that a failed message asked has expired with it."""
    values: dict[str, object] = {"status": status, "external_id": external_id, "error": error}
    if status is not MessageStatus.SENT:
        values["fate_at"] = None
    if status is not MessageStatus.FAILED:
        values["sent_at"] = func.coalesce(Message.sent_at, now)
    client_id = await session.scalar(
        update(Message)
        .where(Message.id == message_id, Message.status.in_(_FORWARD[status]))
        .values(values | {"lease_until": None})
        .returning(Message.client_id)
        .execution_options(synchronize_session=False)
    )
    if client_id is not None and status is MessageStatus.FAILED and ends_step:
        await never_asked(session, [message_id])
    return client_id


async def unreported(
    database: Database, channel: Channel, now: datetime, limit: int
) -> list[tuple[int, str]]:
    """Messages of which the provider has said nothing for too long: our id and its."""
    async with database.read() as session:
        rows = await session.execute(
            select(Message.id, Message.external_id)
            .where(Message.fate_at <= now, Message.channel == channel)
            .order_by(Message.fate_at)
            .limit(limit)
        )
        return [(one, external_id) for one, external_id in rows if external_id]


async def ask_again(
    database: Database, messages: Sequence[int], at: datetime, sent_after: datetime
) -> None:
    """Ask about these again `at` that moment, but not about what was sent longer ago."""
    async with database.write() as session:
        await session.execute(
            update(Message)
            .where(Message.id.in_(messages), Message.fate_at.is_not(None))
            .values(fate_at=case((Message.sent_at > sent_after, at)))
            .execution_options(synchronize_session=False)
        )
