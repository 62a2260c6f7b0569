"""A call for help (hulpvraag) and what is promised of it: one desk, one deadline, one person."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import speech
from aftercare.routing import desk_for, desk_of_side
from aftercare.subject import Subject
from conversations.phrases import Phrase
from conversations.words import (
    EscalationStatus,
    MessageKind,
    NoticeKind,
    NoticeStatus,
    Side,
    Topic,
    Urgency,
)
from scheduler.calendar import deadline, local_day
from storage.absence import there
from storage.models import (
    Desk,
    Escalation,
    Message,
    Municipality,
    Notice,
    Organisation,
    StaffMember,
)

URGENT_WITHIN = 1
"""Working days: the same or the next. What is not urgent has what the municipality says (T: 2)."""

TOLD_WITHIN = timedelta(days=2)
"""What was written before its topic was asked, is not longer ago than this."""

DANGER_AGAIN = timedelta(minutes=15)
"""A call about danger is repeated until a person takes it (rule 5)."""

DANGER_PRESSING = timedelta(hours=24)
"""After a day of that, whoever is not there will not come by mail: once each working day."""

_NOTICE = {
    Urgency.NORMAL: NoticeKind.HELP_ASKED,
    Urgency.URGENT: NoticeKind.URGENT_HELP_ASKED,
    Urgency.DANGER: NoticeKind.DANGER,
}


async def call_for_help(
    session: AsyncSession, subject: Subject, topic: Topic, urgency: Urgency, now: datetime
) -> Escalation:
    """The unresolved call about `topic`, or a new one at the desk that takes it; the desk is told.

    Asking twice makes no second call, but the desk hears that the person asked again.
    """
    call = await unresolved(session, subject, topic)
    if call and urgency is Urgency.DANGER and call.status is EscalationStatus.CONTACTED:
        call = None  # danger anew: repeated anew until somebody takes it
    due = deadline(now, working_days(subject.municipality, urgency), subject.hours)
    if call is None:
        day = local_day(now, subject.hours)
        desk = await desk_for(session, subject.municipality.id, topic, day)
        call = Escalation(
            client_id=subject.client.id,
            enrolment_id=subject.enrolment.id,
            topic=topic,
            desk_id=desk.id,
            urgency=urgency,
            status=EscalationStatus.OPEN,
            opened_at=now,
            deadline=due,
            remind_at=now + DANGER_AGAIN if urgency is Urgency.DANGER else due,
        )
        session.add(call)
        await session.flush()
        subject.calls[topic] = call
    elif urgency is Urgency.URGENT and call.urgency is Urgency.NORMAL:
        call.urgency = urgency  # it was not so urgent when it was asked first
        if call.contacted_at is None:
            call.deadline = call.remind_at = min(call.deadline, due)
        if await _told_sharper(session, call):
            return call
    notify(session, _NOTICE[urgency], call.desk_id, subject.enrolment.id, now, call.id)
    return call


def working_days(place: Municipality, urgency: Urgency) -> int:
    """Within how many working days there must be contact."""
    return place.contact_within if urgency is Urgency.NORMAL else URGENT_WITHIN


async def _told_sharper(session: AsyncSession, call: Escalation) -> bool:
    """Whether the notice about `call` had not left yet, and now says that it is urgent."""
    await session.flush()
    changed = await session.scalar(
        update(Notice)
        .where(
            Notice.escalation_id == call.id,
            Notice.kind == NoticeKind.HELP_ASKED,
            Notice.status == NoticeStatus.QUEUED,
            Notice.address_id.is_(None),
        )
        .values(kind=NoticeKind.URGENT_HELP_ASKED)
        .returning(Notice.id)
    )
    return changed is not None


async def unresolved(session: AsyncSession, subject: Subject, topic: Topic) -> Escalation | None:
    """The client's call about `topic` that is not resolved yet."""
    if topic in subject.calls:
        return subject.calls[topic]
    call = await session.scalar(
        select(Escalation)
        .where(
            Escalation.client_id == subject.client.id,
            Escalation.topic == topic,
            Escalation.status != EscalationStatus.RESOLVED,
        )
        .order_by(Escalation.id.desc())
        .limit(1)
    )
    if call is not None:
        subject.calls[topic] = call
    return call


async def link_words(
    session: AsyncSession, subject: Subject, topic: Topic, message_id: int | None
) -> bool:
    """What the client wrote belongs to the call about `topic`. False when there is none."""
    call = await unresolved(session, subject, topic)
    if call is None:
        return False
    if message_id is not None:
        await session.execute(
            update(Message).where(Message.id == message_id).values(escalation_id=call.id)
        )
    return True


async def promise_of(
    session: AsyncSession, subject: Subject, topic: Topic, now: datetime
) -> dict[str, str]:
    """Who will be in touch and by when, in the client's language (rule 7)."""
    call = await unresolved(session, subject, topic)
    if call is None:  # resolved in the meantime: the desk takes it up anew
        call = await call_for_help(session, subject, topic, Urgency.NORMAL, now)
    by = call.deadline if call.deadline > now else deadline(now, 1, subject.hours)
    day = speech.day(local_day(by, subject.hours), subject.client.language)
    return {"who": await who_of(session, subject, call, now), "day": day}


async def who_of(session: AsyncSession, subject: Subject, call: Escalation, now: datetime) -> str:
    """The person or the desk that has `call` in hand, in the client's language."""
    desk, organisation = (
        await session.execute(
            select(Desk, Organisation)
            .join(Organisation, Organisation.id == Desk.organisation_id)
            .where(Desk.id == call.desk_id)
        )
    ).one()
    person = await _owner(session, call) or await _own(session, subject, desk, now)
    return _who(subject, desk, organisation, person)


async def contact_of(session: AsyncSession, subject: Subject, topic: Topic, now: datetime) -> str:
    """Who is there for the client about `topic`, when nothing is asked yet."""
    day = local_day(now, subject.hours)
    desk = await desk_for(session, subject.municipality.id, topic, day)
    organisation = await session.get_one(Organisation, desk.organisation_id)
    return _who(subject, desk, organisation, await _own(session, subject, desk, now))


def _who(subject: Subject, desk: Desk, organisation: Organisation, person: str | None) -> str:
    words = {"title": desk.title, "organisation": organisation.name}
    phrase = Phrase.NAMED if person else Phrase.SOMEBODY
    return speech.phrase(phrase, subject.client.language, words | {"name": person or ""})


async def tell(
    session: AsyncSession,
    subject: Subject,
    side: Side,
    kind: NoticeKind,
    now: datetime,
    *,
    after: timedelta = timedelta(),
) -> None:
    """Queue a notice about the client that is not about a call for help; `after` so long."""
    day = local_day(now, subject.hours)
    desk = await desk_of_side(session, subject.municipality.id, side, day)
    notify(session, kind, desk.id, subject.enrolment.id, now + after)


async def tell_of_answer(
    session: AsyncSession, subject: Subject, topic: Topic, now: datetime
) -> None:
    """The colleague who wrote to the client about `topic` hears that there is an answer; once."""
    call = await unresolved(session, subject, topic)
    if call is None or call.owner_id is None:
        return
    newest = await session.scalar(
        select(Message.kind)
        .where(Message.client_id == subject.client.id, Message.escalation_id == call.id)
        .order_by(Message.id.desc())
        .limit(1)
    )
    if newest is MessageKind.STAFF:
        notify(
            session, NoticeKind.ANSWERED, call.desk_id, subject.enrolment.id, now, call.id,
            call.owner_id,
        )  # fmt: skip


def notify(
    session: AsyncSession,
    kind: NoticeKind,
    desk_id: int,
    enrolment_id: int,
    now: datetime,
    escalation_id: int | None = None,
    staff_member_id: int | None = None,
) -> None:
    """Queue a notice to a desk, or to one colleague of it."""
    session.add(
        Notice(
            kind=kind,
            desk_id=desk_id,
            enrolment_id=enrolment_id,
            escalation_id=escalation_id,
            staff_member_id=staff_member_id,
            status=NoticeStatus.QUEUED,
            at=now,
            not_before=now,
            attempts=0,
        )
    )


async def _owner(session: AsyncSession, call: Escalation) -> str | None:
    """The name of the one who has it in hand."""
    if call.owner_id is None:
        return None
    return await session.scalar(
        select(StaffMember.name).where(
            StaffMember.id == call.owner_id, StaffMember.left_at.is_(None)
        )
    )


async def _own(session: AsyncSession, subject: Subject, desk: Desk, now: datetime) -> str | None:
    """The name of the client's own coach or consultant at that desk, or of who stands in."""
    enrolment = subject.enrolment
    own = enrolment.werkcoach_id if desk.side is Side.WORK else enrolment.consulent_id
    if own is None:
        return None
    person = await there(session, own, local_day(now, subject.hours))
    return person.name if person else None
