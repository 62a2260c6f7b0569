"""After danger nothing goes out of our own accord, until a person says that it may again."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import calls
from aftercare.subject import Subject
from conversations.words import (
    CheckInStatus,
    Direction,
    MessageKind,
    MessageStatus,
    NoticeKind,
    Side,
    Standing,
)
from storage.models import CheckIn, Message

CLOSE_LATER = timedelta(days=7)
"""The end of a track that is held is looked at again after so long."""


async def hold(session: AsyncSession, subject: Subject, now: datetime) -> None:
    """Routine stops; what waits to be sent is taken back."""
    if subject.enrolment.standing is not Standing.ACTIVE:
        return
    subject.enrolment.held_at = subject.enrolment.held_at or now
    taken_back = await session.execute(
        update(Message)
        .where(
            Message.client_id == subject.client.id,
            Message.direction == Direction.OUT,
            Message.status == MessageStatus.QUEUED,
            Message.kind == MessageKind.ROUTINE,
        )
        .values(status=MessageStatus.CANCELLED)
        .returning(Message.check_in_id)
        .execution_options(synchronize_session=False)
    )
    steps = [one for one in taken_back.scalars() if one is not None]
    if steps:
        await session.execute(
            update(CheckIn)
            .where(CheckIn.id.in_(steps), CheckIn.status == CheckInStatus.ASKED)
            .values(status=CheckInStatus.SKIPPED)
            .execution_options(synchronize_session=False)
        )


async def skip(session: AsyncSession, subject: Subject, row: CheckIn, now: datetime) -> None:
    """A step came due while routine is held: it is left out, and the desk is reminded."""
    row.status = CheckInStatus.SKIPPED
    await calls.tell(session, subject, Side.MUNICIPALITY, NoticeKind.HELD, now)


async def end_later(session: AsyncSession, subject: Subject, now: datetime) -> None:
    """The last word waits as well."""
    subject.enrolment.ends_at = now + CLOSE_LATER
    await calls.tell(session, subject, Side.MUNICIPALITY, NoticeKind.HELD, now)
