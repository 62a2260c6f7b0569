"""What follows on a turn of the conversation: rows change, replies are queued, desks are told.

All of it in the caller's transaction. Nothing is sent here.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import holding, plans, programme, speech
from aftercare.calls import call_for_help, link_words, promise_of, tell, tell_of_answer
from aftercare.service import Refused
from aftercare.subject import Subject, kept
from conversations.phrases import Phrase
from conversations.safety import danger_in
from conversations.turns import (
    CheckInAnswered,
    ConsentGiven,
    ConsentRefused,
    Danger,
    Event,
    HelpAsked,
    InvitationLapsed,
    NeedsReading,
    OptedOut,
    Say,
    State,
    Turn,
    Waiting,
    WordsAdded,
)
from conversations.words import (
    Answer,
    Channel,
    CheckInStatus,
    Direction,
    MessageKind,
    MessageStatus,
    NoticeKind,
    Purpose,
    Side,
    Standing,
    Topic,
    Urgency,
)
from scheduler.calendar import after_working_days, contact_moment, local_day, next_allowed
from scheduler.taper import REMIND_AFTER, SEND_WITHIN
from storage.models import CheckIn, Consent, Message
from storage.writes import Writes

WORDING = "2026-11"
"""The version of the request for consent; changes whenever its text does."""

_RANK = {MessageKind.INVITATION: 1, MessageKind.STAFF: 1, MessageKind.ROUTINE: 2}
_LIFE = {
    MessageKind.INVITATION: timedelta(days=7),
    MessageKind.ROUTINE: SEND_WITHIN,
    MessageKind.STAFF: SEND_WITHIN,
}
_REPLY_LIFE = timedelta(days=1)

_NAMES_PEOPLE = frozenset({Phrase.WELCOME, Phrase.WELCOME_PASSIVE})

INVITATION_WORKING_DAYS = 3
_PATIENCE = {
    Waiting.CHECK_IN: REMIND_AFTER,
    Waiting.CONTRACT: REMIND_AFTER,
    Waiting.STILL_WORKING: REMIND_AFTER,
    Waiting.TOPIC: timedelta(hours=24),
    Waiting.PERSON: timedelta(hours=4),
    Waiting.OWN_WORDS: timedelta(minutes=30),
    Waiting.DEBT: timedelta(hours=1),
    Waiting.MORE_WORDS: timedelta(hours=24),
    Waiting.SO_SO: timedelta(days=2),
    Waiting.HELPED: timedelta(days=5),
    Waiting.LANGUAGE: timedelta(days=1),
    Waiting.WHICH_LANGUAGE: timedelta(days=1),
}


async def apply(
    session: AsyncSession,
    subject: Subject,
    turn: Turn,
    now: datetime,
    *,
    message_id: int | None = None,
    channel: Channel | None = None,
    check_in_id: int | None = None,
) -> list[datetime]:
    """Do what `turn` says to `subject`. `message_id` is the one that led to it, if any; replies go
    out over `channel` (default: the client's own). Returns when each of them may go at the
    earliest."""
    before, writes = subject.state, subject.writes or Writes()
    says = list(turn.says)
    for event in turn.events:
        promised = any(say.promise for say in says)
        says += await _happen(session, subject, event, now, message_id, promised=promised)
    client = subject.client
    no_chat = client.channel is Channel.TELEGRAM and client.chat_hash is None
    if no_chat and channel is Channel.SMS and subject.enrolment.standing is Standing.ACTIVE:
        client.channel = channel  # the link was never opened: there is nowhere else to write to
    said = [
        await _say(session, subject, turn.state, one, now, channel, check_in_id) for one in says
    ]
    for values in said:
        writes.say(values)
    if turn.state != before:
        asked = _running(turn.state) != _running(before)
        enrolment = subject.enrolment
        silent_at = patience(subject, turn.state.waiting, now) if asked else enrolment.silent_at
        dialogue = kept(turn.state)
        writes.keep(enrolment, asks=asked and bool(said), dialogue=dialogue, silent_at=silent_at)
    if writes is not subject.writes:
        await writes.write(session)
    return [values["not_before"] for values in said]


async def _say(
    session: AsyncSession,
    subject: Subject,
    state: State,
    say: Say,
    now: datetime,
    channel: Channel | None,
    check_in_id: int | None,
) -> dict[str, Any]:
    client, language = subject.client, say.language or subject.client.language
    params = {
        "first_name": client.first_name,
        "municipality": subject.municipality.name,
        **say.params,
    }
    if say.day:
        params["day"] = speech.day(say.day, language)
    if say.phrase in _NAMES_PEOPLE:
        params["people"] = await programme.people(session, subject, now)
    if say.promise:
        params |= await promise_of(session, subject, say.promise, now)
    over = channel or client.channel
    text, buttons = speech.render(say, over, language, state.question, params)
    # Whoever writes to us is awake and is answered at once; all else waits for an allowed moment.
    not_before = now if channel else next_allowed(now, subject.hours, subject.spread)
    return {
        "client_id": client.id,
        "enrolment_id": subject.enrolment.id,
        "direction": Direction.OUT,
        "channel": over,
        "text": text,
        "language": language,
        "at": now,
        "status": MessageStatus.QUEUED,
        "kind": say.kind,
        "phrase": str(say.phrase),
        "buttons": [list(button) for button in buttons] or None,
        "check_in_id": check_in_id,
        "rank": _RANK.get(say.kind, 0),
        "not_before": not_before,
        "expires_at": not_before + _LIFE.get(say.kind, _REPLY_LIFE),
    }


def patience(subject: Subject, waiting: Waiting, now: datetime) -> datetime | None:
    """When a question that is asked now counts as unanswered."""
    match waiting:
        case Waiting.CONSENT:
            day = after_working_days(local_day(now, subject.hours), INVITATION_WORKING_DAYS)
            return contact_moment(day, subject.hours, subject.spread)
        case Waiting.NOTHING:
            return None
        case _:
            return now + _PATIENCE[waiting]


def _running(state: State) -> tuple[Waiting, int, bool]:
    """Which question runs, and whether it was repeated: its patience begins anew with each."""
    return state.waiting, state.question, state.reminded


async def _happen(
    session: AsyncSession,
    subject: Subject,
    event: Event,
    now: datetime,
    message_id: int | None,
    *,
    promised: bool,
) -> list[Say]:
    """Returns what must be said on top of what the dialogue says."""
    match event:
        case ConsentGiven():
            await _consent_given(session, subject, now, message_id)
        case ConsentRefused():
            await _end(session, subject, Standing.DECLINED, now)
        case OptedOut():
            await _end(session, subject, Standing.WITHDRAWN, now)
        case InvitationLapsed():
            await _end(session, subject, Standing.LAPSED, now)
            await tell(session, subject, Side.MUNICIPALITY, NoticeKind.INVITATION_LAPSED, now)
        case CheckInAnswered():
            await _answered(session, subject, event, now)
        case HelpAsked(topic, urgency, words, told):
            await call_for_help(session, subject, topic, urgency, now)
            if told:
                await programme.link_told(session, subject, topic, now)
            if words:
                await link_words(session, subject, topic, message_id)
            await plans.sooner(session, subject, now)
        case WordsAdded(topic):
            await tell_of_answer(session, subject, topic, now)
            if not await link_words(session, subject, topic, message_id):
                # The call was resolved in the meantime; whoever writes on is not done yet.
                await call_for_help(session, subject, topic, Urgency.NORMAL, now)
                await link_words(session, subject, topic, message_id)
                return [] if promised else [Say(Phrase.PASSED_ON, promise=topic)]
        case Danger():
            await call_for_help(session, subject, Topic.DANGER, Urgency.DANGER, now)
            await link_words(session, subject, Topic.DANGER, message_id)
            await holding.hold(session, subject, now)
        case NeedsReading():
            await tell(session, subject, Side.MUNICIPALITY, NoticeKind.WROTE_AFTER_END, now)
        case _:
            return await programme.happen(session, subject, event, now)
    return []


async def _consent_given(
    session: AsyncSession, subject: Subject, now: datetime, message_id: int | None
) -> None:
    """Contact and record together: the request names both. Sharing is a question of its own."""
    for purpose in (Purpose.CONTACT, Purpose.RECORD):
        session.add(
            Consent(
                enrolment_id=subject.enrolment.id,
                purpose=purpose,
                wording=f"{WORDING}/{subject.client.language}",
                given_at=now,
                message_id=message_id,
            )
        )
    subject.enrolment.standing = Standing.ACTIVE
    subject.enrolment.ended_at = None
    plans.make(session, subject, now)


async def _end(session: AsyncSession, subject: Subject, standing: Standing, now: datetime) -> None:
    """The track stops: no consent any more, no steps, and nothing that still waits goes out."""
    enrolment = subject.enrolment
    enrolment.standing, enrolment.ended_at, enrolment.link_hash = standing, now, None
    if standing is Standing.LAPSED:
        return
    await session.execute(
        update(Consent)
        .where(Consent.enrolment_id == enrolment.id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    await plans.cancel(session, enrolment.id)
    await session.execute(
        update(Message)
        .where(
            Message.client_id == subject.client.id,
            Message.status == MessageStatus.QUEUED,
            Message.kind != MessageKind.DANGER,
        )
        .values(status=MessageStatus.CANCELLED)
    )


_IN_TIME = (CheckIn.status == CheckInStatus.ASKED, CheckInStatus.ANSWERED)
_ANSWERED = (  # built once, and past the session: the commonest thing that happens
    update(CheckIn)
    .where(
        CheckIn.enrolment_id == bindparam("b_enrolment"),
        CheckIn.question == bindparam("b_question"),
    )
    .values(
        answer=bindparam("b_answer"),
        answered_at=bindparam("b_now"),
        status=case(_IN_TIME, else_=CheckIn.status),  # a late answer moves nothing back
    )
)


async def _answered(
    session: AsyncSession, subject: Subject, event: CheckInAnswered, now: datetime
) -> None:
    connection = await session.connection()
    await connection.execute(
        _ANSWERED,
        {
            "b_enrolment": subject.enrolment.id,
            "b_question": event.question,
            "b_answer": event.answer,
            "b_now": now,
        },
    )
    if event.answer is Answer.JOB_LOST:
        subject.enrolment.job_lost_at = now
        await plans.cancel(session, subject.enrolment.id)
        await tell(session, subject, Side.MUNICIPALITY, NoticeKind.JOB_LOST, now)


async def must_be_read(session: AsyncSession, subject: Subject, text: str, now: datetime) -> None:
    """The program failed on a message: a person reads it, at once if it speaks of danger."""
    kind = NoticeKind.DANGER if danger_in(text) else NoticeKind.WROTE_AFTER_END
    with suppress(Refused):  # that there is no desk may be what it failed on
        await tell(session, subject, Side.MUNICIPALITY, kind, now)
