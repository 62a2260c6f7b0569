"""What the programme does when something happens in the conversation: brings contact forward, asks
who is there, closes, and opens again what did not help.

Called by `aftercare.effects`, in its transaction. What must be said besides is handed back.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import calls, plans, speech
from aftercare.lines import leads
from aftercare.subject import Subject
from conversations.phrases import Phrase
from conversations.topics import side_of
from conversations.turns import (
    DebtHelpWanted,
    Event,
    FormWanted,
    Helped,
    LanguageWanted,
    PauseWanted,
    Say,
    StepAnswered,
    StillWorking,
    TrackEnds,
    WentQuiet,
    WrongPerson,
)
from conversations.words import (
    ChangeKind,
    Direction,
    EscalationStatus,
    Form,
    MessageKind,
    NoticeKind,
    OutcomeKind,
    Side,
    Standing,
    Topic,
    Urgency,
)
from scheduler.calendar import deadline, local_day
from storage.allowed import WRONG_PERSON
from storage.models import Escalation, Message, Outcome, PlanChange

FIRST_TALK_WORKING_DAYS = 3
"""Urgent debts: a first talk within so many working days (Wgs art. 4)."""


async def happen(session: AsyncSession, subject: Subject, event: Event, now: datetime) -> list[Say]:
    """Do what follows on `event`. Returns what must be said on top of what the dialogue says."""
    enrolment = subject.enrolment
    match event:
        case StepAnswered(question):
            await plans.answered(session, enrolment.id, question, now)
        case WentQuiet():
            await calls.tell(session, subject, Side.WORK, NoticeKind.QUIET, now)
        case StillWorking(working):
            await _still_working(session, subject, now, working=working)
        case TrackEnds():
            if enrolment.standing is Standing.ACTIVE and not enrolment.held_at:
                return [await close(session, subject, now)]
        case Helped(topic, helped):
            await _helped(session, subject, topic, now, helped=helped)
        case DebtHelpWanted():
            await _debt_help(session, subject, now)
        case PauseWanted(days):
            until = await plans.pause(session, subject, plans.days_from(now, days, subject))
            session.add(change(subject, ChangeKind.PAUSED, now, until=until))
            return [Say(Phrase.PAUSED, day=local_day(until, subject.hours))]
        case FormWanted(form):
            await set_form(session, subject, form, now)
            session.add(change(subject, ChangeKind.FORM, now))
        case LanguageWanted(language):
            subject.client.language = language
            session.add(change(subject, ChangeKind.LANGUAGE, now))
        case WrongPerson():
            subject.client.channel_stopped = WRONG_PERSON
            await calls.tell(session, subject, Side.MUNICIPALITY, NoticeKind.CHANNEL_STOPPED, now)
    return []


async def people(session: AsyncSession, subject: Subject, now: datetime) -> str:
    """Who is there for the client: the coach and the consultant, or the one who is both."""
    coach = await calls.contact_of(session, subject, Topic.WORK, now)
    consultant = await calls.contact_of(session, subject, Topic.OTHER, now)
    language = subject.client.language
    if coach == consultant:
        return speech.phrase(Phrase.WELCOME_WHO_ONE, language, {"who": coach})
    both = {"coach": coach, "consultant": consultant}
    return speech.phrase(Phrase.WELCOME_WHO, language, both)


async def close(
    session: AsyncSession, subject: Subject, now: datetime, kind: MessageKind = MessageKind.REPLY
) -> Say:
    """The track is completed. The last word says what stays open: also a question that a desk was
    in touch about, and that nobody has said is solved."""
    enrolment = subject.enrolment
    await plans.cancel(session, enrolment.id)
    enrolment.standing, enrolment.ended_at = Standing.COMPLETED, now
    topic = await session.scalar(
        select(Escalation.topic)
        .where(
            Escalation.client_id == subject.client.id,
            Escalation.status != EscalationStatus.RESOLVED,
            Escalation.topic != Topic.DANGER,
        )
        .order_by(Escalation.deadline)
        .limit(1)
    )
    return Say(Phrase.CLOSING_OPEN, kind, promise=topic) if topic else Say(Phrase.CLOSING, kind)


async def set_form(session: AsyncSession, subject: Subject, form: Form, now: datetime) -> None:
    """Who takes the initiative from now on. A new plan, with what is still to come."""
    enrolment = subject.enrolment
    await plans.cancel(session, enrolment.id)
    enrolment.form = form
    enrolment.plan_version += 1
    plans.make(session, subject, now)


def change(
    subject: Subject,
    kind: ChangeKind,
    now: datetime,
    *,
    staff_member_id: int | None = None,
    reason: str | None = None,
    step: str | None = None,
    until: datetime | None = None,
) -> PlanChange:
    """A departure from the plan, to be kept."""
    return PlanChange(
        enrolment_id=subject.enrolment.id,
        at=now,
        kind=kind,
        staff_member_id=staff_member_id,
        reason=reason,
        step=step,
        until=until,
    )


async def link_told(session: AsyncSession, subject: Subject, topic: Topic, now: datetime) -> None:
    """What was written before the topic was known belongs to the call about `topic`, and is read
    by whose topic it is."""
    call = await calls.unresolved(session, subject, topic)
    if call is None:
        return
    newest = (
        select(Message.id)
        .where(
            Message.client_id == subject.client.id,
            Message.direction == Direction.IN,
            Message.escalation_id.is_(None),
            Message.side.is_not(None),
            Message.at > now - calls.TOLD_WITHIN,
        )
        .order_by(Message.id.desc())
        .limit(1)
    )
    message_id = await session.scalar(newest)
    if message_id is not None:
        await session.execute(
            update(Message)
            .where(Message.id == message_id)
            .values(escalation_id=call.id, side=side_of(topic))
        )


async def _still_working(
    session: AsyncSession, subject: Subject, now: datetime, *, working: bool
) -> None:
    subject.enrolment.works_at_end = working
    if not working:
        subject.enrolment.job_lost_at = subject.enrolment.job_lost_at or now
        await calls.tell(session, subject, Side.MUNICIPALITY, NoticeKind.JOB_LOST, now)
    elif subject.municipality.exit_premium:
        await calls.tell(session, subject, Side.MUNICIPALITY, NoticeKind.EXIT_PREMIUM, now)


async def _helped(
    session: AsyncSession, subject: Subject, topic: Topic, now: datetime, *, helped: bool
) -> None:
    call = await _newest_contacted(session, subject, topic)
    if call is not None:
        call.helped = helped
        if call.status is EscalationStatus.CONTACTED:
            call.status, call.resolved_at, call.remind_at = EscalationStatus.RESOLVED, now, None
            kind = OutcomeKind.HELPED if helped else OutcomeKind.NOT_HELPED
            assert call.owner_id  # whoever was in touch has it
            session.add(
                Outcome(escalation_id=call.id, kind=kind, staff_member_id=call.owner_id, at=now)
            )
            subject.calls.pop(topic, None)
            await session.flush()
    if helped:
        return
    again = await calls.call_for_help(session, subject, topic, Urgency.URGENT, now)
    again.again_of_id = call.id if call else None
    who: Sequence[int | None] = await leads(session, again.desk_id, local_day(now, subject.hours))
    for lead_id in who or [None]:
        calls.notify(
            session,
            NoticeKind.NOT_HELPED,
            again.desk_id,
            subject.enrolment.id,
            now,
            again.id,
            lead_id,
        )


async def _debt_help(session: AsyncSession, subject: Subject, now: datetime) -> None:
    """The client asked for it, so the law's term begins."""
    call = await calls.call_for_help(session, subject, Topic.MONEY, Urgency.URGENT, now)
    call.applied_at = now
    call.first_talk_by = deadline(now, FIRST_TALK_WORKING_DAYS, subject.hours)


async def _newest_contacted(
    session: AsyncSession, subject: Subject, topic: Topic
) -> Escalation | None:
    """The call about `topic` that the question is about."""
    return await session.scalar(
        select(Escalation)
        .where(
            Escalation.client_id == subject.client.id,
            Escalation.topic == topic,
            Escalation.contacted_at.is_not(None),
            Escalation.status.in_([EscalationStatus.CONTACTED, EscalationStatus.RESOLVED]),
        )
        .order_by(Escalation.contacted_at.desc())
        .limit(1)
    )
