"""A call for help comes into other hands: back to the desk, or warmly to a named colleague or desk.

No sending from pillar to post (T): whoever hands over says why and to whom, the receiver is told,
the client hears who it is now, and the history keeps it all. Across the two organisations nothing
is passed on but what the colleague writes with the client's knowledge: docs/decisions/0014.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import calls, effects
from aftercare.calls import DANGER_AGAIN, notify, working_days
from aftercare.lines import leads
from aftercare.moving import UNRESOLVED, audit, handed, locked_call, move, who_has_it
from aftercare.routing import desk_for, takes_for
from aftercare.service import N_, Refused, Service
from aftercare.subject import Subject
from conversations.phrases import Phrase
from conversations.topics import side_of
from conversations.turns import Say, Turn
from conversations.words import (
    EscalationStatus,
    HandingKind,
    MessageKind,
    NoticeKind,
    OutcomeKind,
    Standing,
    Topic,
    Urgency,
)
from scheduler.calendar import deadline, local_day
from storage.absence import away
from storage.models import Desk, DeskMember, Escalation, Note, Outcome, StaffMember

LONGEST_REASON = 1000
_IN_HAND = (EscalationStatus.TAKEN, EscalationStatus.CONTACTED)
_IS_TOLD = frozenset({Standing.ACTIVE, Standing.COMPLETED})


@dataclass(frozen=True)
class Receiver:
    """Who gets a call: a desk (slug), or one colleague of it (reference). For the other side also
    what it is about there, and whether the client knows what is passed on."""

    desk: str
    person: str | None = None
    topic: Topic | None = None
    client_knows: bool = False


async def give_back(service: Service, reference: str, by: StaffMember, reason: str) -> None:
    """The call is the desk's again. Only who has it, or a lead of the desk, gives it back. Raises
    `Refused`."""
    why = _reason(reason)
    async with service.database.write() as session:
        now = service.now()
        call, subject = await locked_call(session, reference)
        before = call.owner_id
        if before != by.id and by.id not in await leads(session, call.desk_id):
            raise await who_has_it(session, call)
        put = {"status": EscalationStatus.OPEN, "owner_id": None, "taken_at": None}
        if not await move(session, reference, _IN_HAND, put, Escalation.owner_id == before):
            raise await who_has_it(session, call)
        await session.refresh(call)
        promised = _set_anew(call, subject, now) if call.contacted_at else None
        call.ask_at = None  # not before somebody was in touch again
        is_danger = call.urgency is Urgency.DANGER
        call.remind_at = call.deadline
        if is_danger:
            call.remind_at = now + DANGER_AGAIN
        elif call.deadline <= now:
            call.remind_at = deadline(now, 1, subject.hours)
        kind = NoticeKind.DANGER if is_danger else NoticeKind.GIVEN_BACK
        notify(session, kind, call.desk_id, call.enrolment_id, now, call.id)
        session.add(
            handed(
                call, HandingKind.GIVEN_BACK, now,
                by=by, from_id=before, reason=why, deadline=promised,
            )
        )  # fmt: skip
        audit(session, now, by, "give_back", call)


async def hand_over(
    service: Service,
    reference: str,
    by: StaffMember,
    to: Receiver,
    reason: str,
    seen: str | None,
) -> str:
    """The call is `to`'s from now on; `reason` tells what they must know, and `seen` is the
    reference of the colleague who had it when that was decided (None: nobody). Returns the
    reference of the call, which is a new one at the other side. Raises `Refused`."""
    why = _reason(reason)
    async with service.database.write() as session:
        now = service.now()
        call, subject = await locked_call(session, reference)
        if call.status is EscalationStatus.RESOLVED or seen != await _owner(session, call):
            raise await who_has_it(session, call)
        here = await session.get_one(Desk, call.desk_id)
        desk = await session.scalar(select(Desk).where(Desk.slug == to.desk))
        if desk is None:
            raise Refused(N_("Choose who takes it over."), "to")
        day = local_day(now, subject.hours)
        person = await _person(session, desk, to.person) if to.person else None
        if person is not None and await session.scalar(
            select(StaffMember.id).where(StaffMember.id == person.id, away(StaffMember.id, day))
        ):
            raise Refused(N_("{name} is away. Choose somebody else."), "to", name=person.name)
        if desk.side is here.side:
            call = await _within(session, call, subject, desk, person, by, why, now)
        else:
            call = await _across(session, call, subject, desk, person, by, to, why, now)
        whom = person.id if person else None
        if whom != by.id:
            notify(
                session, NoticeKind.HANDED_OVER, desk.id, subject.enrolment.id, now, call.id, whom
            )
        await _say_who(session, subject, call, now)
        audit(session, now, by, "hand_over", call)
        return call.reference


async def _within(
    session: AsyncSession,
    call: Escalation,
    subject: Subject,
    desk: Desk,
    person: StaffMember | None,
    by: StaffMember,
    why: str,
    now: datetime,
) -> Escalation:
    """The same call in other hands of the same side."""
    before = call.owner_id
    takes = takes_for(subject.municipality.id, local_day(now, subject.hours))
    if desk.id != call.desk_id and not await session.scalar(
        select(Desk.id).where(Desk.id == desk.id, takes)
    ):
        raise Refused(N_("Choose who takes it over."), "to")  # another municipality's, or closed
    if person is None and desk.id == call.desk_id:
        raise Refused(N_("It is this team's already. Choose a colleague, or give it back."), "to")
    if person is not None and person.id == before:
        raise Refused(N_("{name} has this call already."), "to", name=person.name)
    put = {
        "desk_id": desk.id,
        "owner_id": person.id if person else None,
        "status": EscalationStatus.TAKEN if person else EscalationStatus.OPEN,
        "taken_at": now if person else None,
        "ask_at": None,
    }
    same_hands = Escalation.owner_id.is_not_distinct_from(before)
    if not await move(session, call.reference, UNRESOLVED, put, same_hands):
        raise await who_has_it(session, call)
    await session.refresh(call)
    kept = call.deadline > now and call.contacted_at is None
    promised = None if kept else _set_anew(call, subject, now)
    call.remind_at = call.deadline
    if call.urgency is Urgency.DANGER and person is None:
        call.remind_at = now + DANGER_AGAIN
    session.add(
        handed(
            call, HandingKind.HANDED_OVER, now,
            by=by, from_id=before, reason=why, deadline=promised,
        )
    )  # fmt: skip
    return call


async def _across(
    session: AsyncSession,
    call: Escalation,
    subject: Subject,
    desk: Desk,
    person: StaffMember | None,
    by: StaffMember,
    to: Receiver,
    why: str,
    now: datetime,
) -> Escalation:
    """Another call at the other side, which knows what is written for it and nothing else. This
    one ends as referred."""
    if call.topic is Topic.DANGER:
        raise Refused(N_("A call about danger stays with this side. Choose a colleague."), "to")
    if to.topic is None or side_of(to.topic) is not desk.side:
        raise Refused(N_("Choose what it is about for the other team."), "topic")
    day = local_day(now, subject.hours)
    if (await desk_for(session, subject.municipality.id, to.topic, day)).id != desk.id:
        raise Refused(
            N_("{desk} does not take this for {municipality}. Choose another team or subject."),
            "topic",
            desk=desk.name,
            municipality=subject.municipality.name,
        )
    if not to.client_knows:
        raise Refused(
            N_("First tell the person what you pass on, and to whom. Then tick the box."),
            "client_knows",
        )
    values = {
        "status": EscalationStatus.RESOLVED,
        "resolved_at": now,
        "remind_at": None,
        "ask_at": None,  # the client is asked once, after the other side was in touch
    }
    same_hands = Escalation.owner_id.is_not_distinct_from(call.owner_id)
    if not await move(session, call.reference, UNRESOLVED, values, same_hands):
        raise await who_has_it(session, call)
    await session.refresh(call)
    subject.calls.pop(call.topic, None)
    session.add(
        Outcome(escalation_id=call.id, kind=OutcomeKind.REFERRED, staff_member_id=by.id, at=now)
    )
    session.add(
        handed(call, HandingKind.HANDED_OVER, now, by=by, from_id=call.owner_id, reason=why)
    )
    there = await calls.call_for_help(session, subject, to.topic, call.urgency, now)
    if there.contacted_at is None and now < call.deadline < there.deadline:
        there.deadline = there.remind_at = call.deadline  # what was promised stays promised
    if person is not None and there.owner_id is None:
        there.owner_id, there.taken_at = person.id, now
        there.status = EscalationStatus.TAKEN
    session.add(handed(there, HandingKind.HANDED_OVER, now, by=by, from_id=by.id))
    session.add(Note(escalation_id=there.id, staff_member_id=by.id, at=now, text=why))
    return there


async def _say_who(
    session: AsyncSession, subject: Subject, call: Escalation, now: datetime
) -> None:
    """The client hears who it is now, and by when; the safety reply named somebody for danger."""
    if subject.enrolment.standing not in _IS_TOLD or subject.client.channel_stopped:
        return
    if call.topic is Topic.DANGER:
        return
    subject.calls[call.topic] = call
    say = replace(Say(Phrase.PASSED_ON, promise=call.topic), kind=MessageKind.STAFF)
    await effects.apply(session, subject, Turn(subject.state, (say,)), now)


def _set_anew(call: Escalation, subject: Subject, now: datetime) -> datetime:
    """A fresh deadline for the next contact. Returns the one of before."""
    before = call.deadline
    call.deadline = deadline(now, working_days(subject.municipality, call.urgency), subject.hours)
    return before


async def _owner(session: AsyncSession, call: Escalation) -> str | None:
    owner = await session.get(StaffMember, call.owner_id) if call.owner_id else None
    return owner.reference if owner else None


async def _person(session: AsyncSession, desk: Desk, reference: str) -> StaffMember:
    found = await session.scalar(
        select(StaffMember)
        .join(DeskMember, DeskMember.staff_member_id == StaffMember.id)
        .where(
            StaffMember.reference == reference,
            StaffMember.left_at.is_(None),
            DeskMember.desk_id == desk.id,
        )
    )
    if found is None:
        raise Refused(N_("Choose who takes it over."), "to")
    return found


def _reason(written: str) -> str:
    why = written.strip()
    if not why:
        raise Refused(N_("Write down why."), "reason")
    if len(why) > LONGEST_REASON:
        raise Refused(
            N_("A reason has at most {longest} characters."),
            "reason",
            longest=str(LONGEST_REASON),
        )
    return why
