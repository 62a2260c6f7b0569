"""Ticks over what is due: ask the next step, take silence for an answer, close what has ended.

Each reads only what is due, through an index.
"""

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import effects, plans
from aftercare.batches import for_each
from aftercare.service import Service
from aftercare.subject import Subject
from conversations import dialogue
from conversations.phrases import Phrase
from conversations.turns import Context, Say, Silence, Turn, Waiting
from conversations.words import CheckInStatus, Form, MessageKind, Standing
from scheduler.taper import SEND_WITHIN
from storage.models import CheckIn, Client, Enrolment

_PLANNED = text("check_in.status = 'planned'")  # in the words of its partial index
_TELLING = frozenset({Waiting.TOPIC, Waiting.OWN_WORDS})
"""Somebody who is telling what is wrong is not interrupted by the next step."""


_ASKED = (
    update(CheckIn)
    .where(CheckIn.id == bindparam("b_check_in"))
    .values(
        status=CheckInStatus.ASKED,
        asked_at=bindparam("b_now"),
        question=bindparam("b_question"),
        answer_by=bindparam("b_answer_by"),
    )
)


async def ask_due(service: Service) -> int:
    """Ask the check-ins whose moment has come. Returns how many were asked."""
    now = service.now()
    due = (
        select(CheckIn, Enrolment.id)
        .join(Enrolment, Enrolment.id == CheckIn.enrolment_id)
        .join(Client, Client.id == Enrolment.client_id)
        .where(_PLANNED, CheckIn.due_at <= now)
        .order_by(CheckIn.due_at)
    )
    return await for_each(service, due, _ask)


async def _ask(session: AsyncSession, service: Service, subject: Subject, row: CheckIn) -> bool:
    now, state = service.now(), subject.state
    if row.status is not CheckInStatus.PLANNED or row.due_at > now:
        return False
    if subject.enrolment.standing is not Standing.ACTIVE:
        row.status = CheckInStatus.CANCELLED
        return False
    if row.due_at + SEND_WITHIN <= now:
        row.status = CheckInStatus.EXPIRED
        return False
    if state.waiting in _TELLING:
        return False
    if state.waiting is Waiting.CHECK_IN:
        await plans.expire_asked(session, row.enrolment_id)  # the one before had its time
    turn = dialogue.check_in(state)
    await effects.apply(session, subject, turn, now, check_in_id=row.id)
    assert subject.writes
    subject.writes.change(
        _ASKED,
        {
            "b_check_in": row.id,
            "b_now": now,
            "b_question": turn.state.question,
            "b_answer_by": subject.enrolment.silent_at,
        },
    )
    return True


async def expire_unanswered(service: Service) -> int:
    """Check-ins that were not answered in time have expired (rule 3), whatever the conversation
    has come to since. Returns how many."""
    async with service.database.write() as session:
        expired = await session.scalars(
            update(CheckIn)
            .where(text("check_in.status = 'asked'"), CheckIn.answer_by <= service.now())
            .values(status=CheckInStatus.EXPIRED)
            .returning(CheckIn.id)
            .execution_options(synchronize_session=False)
        )
        return len(expired.all())


async def take_silence(service: Service) -> int:
    """Act on questions that were not answered in time: remind, let lapse, pass on."""
    now = service.now()
    silent = (
        select(Enrolment.id, Enrolment.id)
        .join(Client, Client.id == Enrolment.client_id)
        .where(Enrolment.silent_at.is_not(None), Enrolment.silent_at <= now)
        .order_by(Enrolment.silent_at)
    )
    return await for_each(service, silent, _silence)


async def _silence(session: AsyncSession, service: Service, subject: Subject, _: int) -> bool:
    now, enrolment = service.now(), subject.enrolment
    if enrolment.silent_at is None or enrolment.silent_at > now:
        return False
    enrolment.silent_at = None
    if enrolment.standing not in (Standing.INVITED, Standing.ACTIVE):
        return False
    turn = dialogue.respond(subject.state, Silence(), Context(enrolment.standing, enrolment.form))
    if enrolment.link_hash is not None and turn.says:
        # The link was never opened: there is no chat to remind in. The consultant hears at the end.
        turn = Turn(turn.state, (), turn.events, turn.side)
    await effects.apply(session, subject, turn, now)
    return True


async def close_ended(service: Service) -> int:
    """Complete the tracks that have come to their end, with a last word."""
    now = service.now()
    ended = (
        select(Enrolment.id, Enrolment.id)
        .join(Client, Client.id == Enrolment.client_id)
        .where(text("enrolment.standing = 'active'"), Enrolment.ends_at <= now)
        .order_by(Enrolment.ends_at)
    )
    return await for_each(service, ended, _close)


async def _close(session: AsyncSession, service: Service, subject: Subject, _: int) -> bool:
    now, enrolment = service.now(), subject.enrolment
    if enrolment.standing is not Standing.ACTIVE or subject.state.waiting in _TELLING:
        return False
    await plans.cancel(session, enrolment.id)
    if enrolment.form is Form.ACTIVE:  # to the others we promised to send nothing by ourselves
        say = Say(Phrase.CLOSING, MessageKind.ROUTINE)
        await effects.apply(session, subject, Turn(subject.state, (say,)), now)
    enrolment.standing, enrolment.ended_at = Standing.COMPLETED, now
    return True
