"""Ticks over what is due: ask the next step, take silence for an answer, close what has ended.

Each reads only what is due, through an index, and works on one person in one transaction.
"""

from collections.abc import Awaitable, Callable

import structlog
from sqlalchemy import Select, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import effects, plans
from aftercare.service import Service
from aftercare.subject import Subject, locked
from conversations import dialogue
from conversations.phrases import Phrase
from conversations.turns import Context, Say, Silence, Turn, Waiting
from conversations.words import CheckInStatus, Form, MessageKind, Standing
from scheduler.taper import SEND_WITHIN
from storage.models import CheckIn, Client, Enrolment

log = structlog.get_logger()

BATCH = 200
_TELLING = frozenset({Waiting.TOPIC, Waiting.OWN_WORDS})
"""Somebody who is telling what is wrong is not interrupted by the next step."""


async def ask_due(service: Service) -> int:
    """Ask the check-ins whose moment has come. Returns how many were asked."""
    now = service.now()
    due = (
        select(CheckIn.id, Enrolment.client_id)
        .join(Enrolment, Enrolment.id == CheckIn.enrolment_id)
        .where(CheckIn.status == CheckInStatus.PLANNED, CheckIn.due_at <= now)
        .order_by(CheckIn.due_at)
        .limit(BATCH)
    )
    return await _each(service, due, _ask)


async def _ask(session: AsyncSession, service: Service, subject: Subject, check_in_id: int) -> bool:
    now = service.now()
    row = await session.get_one(CheckIn, check_in_id)
    if row.status is not CheckInStatus.PLANNED or row.due_at > now:
        return False
    if subject.enrolment.standing is not Standing.ACTIVE:
        row.status = CheckInStatus.CANCELLED
        return False
    if row.due_at + SEND_WITHIN <= now:
        row.status = CheckInStatus.EXPIRED
        return False
    if subject.state.waiting in _TELLING:
        return False
    turn = dialogue.check_in(subject.state)
    row.status, row.asked_at, row.question = CheckInStatus.ASKED, now, turn.state.question
    await effects.apply(session, subject, turn, now, check_in=row)
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
    """Act on questions that were not answered in time: remind, let lapse, expire, pass on."""
    now = service.now()
    silent = (
        select(Enrolment.id, Enrolment.client_id)
        .where(Enrolment.silent_at.is_not(None), Enrolment.silent_at <= now)
        .order_by(Enrolment.silent_at)
        .limit(BATCH)
    )
    return await _each(service, silent, _silence)


async def _silence(
    session: AsyncSession, service: Service, subject: Subject, enrolment_id: int
) -> bool:
    now, enrolment = service.now(), await session.get_one(Enrolment, enrolment_id)
    if enrolment.silent_at is None or enrolment.silent_at > now:
        return False
    enrolment.silent_at = None
    if enrolment.standing not in (Standing.INVITED, Standing.ACTIVE):
        return False
    if enrolment is not subject.enrolment:  # an earlier track
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
        select(Enrolment.id, Enrolment.client_id)
        .where(Enrolment.standing == Standing.ACTIVE, Enrolment.ends_at <= now)
        .order_by(Enrolment.ends_at)
        .limit(BATCH)
    )
    return await _each(service, ended, _close)


async def _close(
    session: AsyncSession, service: Service, subject: Subject, enrolment_id: int
) -> bool:
    now, enrolment = service.now(), subject.enrolment
    if enrolment.id != enrolment_id or enrolment.standing is not Standing.ACTIVE:
        return False
    if subject.state.waiting in _TELLING:
        return False
    await plans.cancel(session, enrolment.id)
    if enrolment.form is Form.ACTIVE:  # to the others we promised to send nothing by ourselves
        say = Say(Phrase.CLOSING, MessageKind.ROUTINE)
        await effects.apply(session, subject, Turn(subject.state, (say,)), now)
    enrolment.standing, enrolment.ended_at = Standing.COMPLETED, now
    return True


async def _each(
    service: Service,
    due: Select[int, int],
    act: Callable[[AsyncSession, Service, Subject, int], Awaitable[bool]],
) -> int:
    """Do `act` for each row of `due`, one person and one transaction at a time, batch by batch
    until a batch is not full. Returns how often there was something to do."""
    total = 0
    while True:
        async with service.database.read() as session:
            rows = [(row_id, client_id) for row_id, client_id in await session.execute(due)]
        done = 0
        for row_id, client_id in rows:
            try:
                async with service.database.write() as session:
                    subject = await locked(session, Client.id == client_id)
                    if subject and await act(session, service, subject, row_id):
                        done += 1
            except (SQLAlchemyError, OSError):
                raise
            except Exception as error:  # one person must not hold up all others
                log.error("a person was passed over", row=row_id, error=type(error).__name__)
        total += done
        if len(rows) < BATCH or not done:
            return total
