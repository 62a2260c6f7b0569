"""Ticks over what is due: ask the next step, take silence for an answer, close what has ended.

Each reads only what is due, through an index.
"""

from dataclasses import replace

from sqlalchemy import bindparam, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import effects, holding, plans, programme
from aftercare.batches import for_each
from aftercare.service import Service
from aftercare.subject import Subject
from conversations import dialogue
from conversations.dialogue import asking
from conversations.turns import TELLING, Silence, Turn
from conversations.words import CheckInStatus, MessageKind, Standing
from scheduler import steps
from scheduler.taper import ANSWER_WITHIN, SEND_WITHIN
from storage.models import CheckIn, Client, Enrolment

_PLANNED = text("check_in.status = 'planned'")  # in the words of its partial index


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
    if subject.enrolment.held_at:
        await holding.skip(session, subject, row, now)
        return True
    if state.waiting in TELLING:
        return False
    if state.waiting in asking.STEPS:
        await plans.expire_asked(session, row.enrolment_id)  # the one before had its time
    turn = _question(subject, row)
    await effects.apply(session, subject, turn, now, check_in_id=row.id)
    assert subject.writes
    subject.writes.change(
        _ASKED,
        {
            "b_check_in": row.id,
            "b_now": now,
            "b_question": turn.state.question,
            "b_answer_by": now + ANSWER_WITHIN,
        },
    )
    return True


def _question(subject: Subject, row: CheckIn) -> Turn:
    """What this step asks."""
    if row.step == steps.CLOSING:
        return dialogue.closing_question(subject.state)
    contract_end = subject.enrolment.contract_end
    if contract_end and steps.asks_contract(row.step):
        also = steps.asks_how(row.step)
        return dialogue.contract_end(subject.state, contract_end, then_check_in=also)
    return dialogue.check_in(subject.state)


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
    turn = dialogue.respond(subject.state, Silence(), subject.context())
    if subject.state.waiting in asking.STEPS and not await _was_asked(session, subject):
        turn = Turn(asking.let_go(subject.state))  # who never got it is not reminded of it
    if enrolment.held_at:  # nothing of our own accord, but what is owed is still said
        says = tuple(say for say in turn.says if say.kind is not MessageKind.ROUTINE)
        turn = replace(turn, says=says)
    unopened = enrolment.standing is Standing.INVITED and enrolment.link_hash is not None
    if unopened and turn.says:
        # The link was never opened: there is no chat to remind in. The consultant hears at the end.
        turn = Turn(turn.state, (), turn.events, turn.side)
    await effects.apply(session, subject, turn, now)
    return True


async def _was_asked(session: AsyncSession, subject: Subject) -> bool:
    """Whether the step that runs got out, or may still; one that did not has expired."""
    status = await session.scalar(
        select(CheckIn.status).where(
            CheckIn.enrolment_id == subject.enrolment.id,
            CheckIn.question == subject.state.question,
        )
    )
    return status is CheckInStatus.ASKED or subject.state.reminded


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
    if enrolment.standing is not Standing.ACTIVE or subject.state.waiting in TELLING:
        return False
    if enrolment.held_at:
        await holding.end_later(session, subject, now)
        return True
    say = await programme.close(session, subject, now, MessageKind.ROUTINE)
    await effects.apply(session, subject, Turn(subject.state, (say,)), now)
    return True
