"""After a desk was in touch: were you helped? A no opens it again, and the desk's lead hears it.

What clients disliked most in Amsterdam was that nothing came of their question (rule 7). The
question names nothing of what it was about, and is never asked about danger.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import calls, effects
from aftercare.batches import for_each
from aftercare.service import Service
from aftercare.subject import Subject
from conversations import dialogue
from conversations.turns import Waiting
from conversations.words import (
    CheckInStatus,
    MessageKind,
    Standing,
    Topic,
)
from scheduler.calendar import after_working_days, contact_moment, local_day
from storage.allowed import ROUTINE_APART
from storage.models import CheckIn, Client, Enrolment, Escalation, Message

AFTER_WORKING_DAYS = 2
"""So much time has the contact to be of help."""

GIVE_UP_AFTER = timedelta(days=28)
"""Then it would be about something long past."""

_FREE = frozenset({Waiting.NOTHING, Waiting.MORE_WORDS})
_MAY_BE_ASKED = frozenset({Standing.ACTIVE, Standing.COMPLETED})


def ask_at(subject: Subject, now: datetime) -> datetime:
    """When the client is asked, after a contact at `now`."""
    day = after_working_days(local_day(now, subject.hours), AFTER_WORKING_DAYS)
    return contact_moment(day, subject.hours, subject.spread)


async def ask_due(service: Service) -> int:
    """Ask those whose moment has come. Returns for how many there was something to do."""
    now = service.now()
    due = (
        select(Escalation, Enrolment.id)
        .join(Enrolment, Enrolment.id == Escalation.enrolment_id)
        .join(Client, Client.id == Enrolment.client_id)
        .where(Escalation.ask_at.is_not(None), Escalation.ask_at <= now)
        .order_by(Escalation.ask_at)
    )
    return await for_each(service, due, _ask)


async def _ask(session: AsyncSession, service: Service, subject: Subject, call: Escalation) -> bool:
    now = service.now()
    if call.ask_at is None or call.ask_at > now:
        return False
    if not await _may_be_asked(session, subject, call, now):
        call.ask_at = None
        return True
    call.ask_at = await _better_moment(session, subject, now)
    if call.ask_at is None:
        who = await calls.who_of(session, subject, call, now)
        await effects.apply(session, subject, dialogue.helped(subject.state, call.topic, who), now)
    return True


async def _may_be_asked(
    session: AsyncSession, subject: Subject, call: Escalation, now: datetime
) -> bool:
    enrolment = subject.enrolment
    if enrolment.standing not in _MAY_BE_ASKED or enrolment.held_at or call.helped is not None:
        return False
    if subject.client.channel_stopped or call.topic is Topic.DANGER:
        return False
    if call.contacted_at is None or call.contacted_at + GIVE_UP_AFTER <= now:
        return False
    newest = await session.scalar(
        select(func.max(Enrolment.id)).where(Enrolment.client_id == subject.client.id)
    )
    return newest == enrolment.id


async def _better_moment(session: AsyncSession, subject: Subject, now: datetime) -> datetime | None:
    """When to ask instead: not in the middle of something, and with three days between this and
    what else we say of our own accord (rule 10)."""

    def evening(moment: datetime) -> datetime:
        found = contact_moment(local_day(moment, subject.hours), subject.hours, subject.spread)
        return max(found, moment, now + timedelta(hours=1))

    if subject.state.waiting not in _FREE:
        return evening(now + timedelta(days=1))
    said = await session.scalar(
        select(func.max(Message.at)).where(
            Message.client_id == subject.client.id,
            Message.kind == MessageKind.ROUTINE,
            Message.at > now - ROUTINE_APART,
        )
    )
    if said is not None:
        return evening(said + ROUTINE_APART)
    coming = await session.scalar(
        select(func.min(CheckIn.due_at)).where(
            CheckIn.enrolment_id == subject.enrolment.id,
            CheckIn.status == CheckInStatus.PLANNED,
            CheckIn.due_at <= now + ROUTINE_APART,
        )
    )
    return evening(coming + ROUTINE_APART) if coming is not None else None
