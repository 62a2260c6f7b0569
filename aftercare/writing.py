"""A colleague writes to the client about a call for help, through the bot.

Of our own accord, so within the contact hours and never before consent or after a withdrawal; but
help does not wait three days. Decided in docs/decisions/0014. The answer belongs to the call.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import speech
from aftercare.moving import audit, locked_call
from aftercare.service import N_, Refused, Service
from aftercare.subject import Subject, current, kept
from conversations.dialogue.asking import let_go
from conversations.phrases import Phrase
from conversations.segments import segments
from conversations.topics import side_of
from conversations.turns import TELLING, Waiting
from conversations.words import (
    Channel,
    Direction,
    EscalationStatus,
    MessageKind,
    MessageStatus,
    Standing,
)
from scheduler.calendar import next_allowed
from scheduler.taper import SEND_WITHIN
from storage.models import Client, Desk, Escalation, Message, Organisation, StaffMember
from storage.writes import Writes, add_message

LONGEST_TEXT = 300
_FIRST_OF_A_COLLEAGUE = 1


@dataclass(frozen=True)
class Draft:
    """A message as it would go: the whole text, how many SMS it is (None: not by SMS), when, and
    in which language the client reads."""

    text: str
    segments: int | None
    at: datetime
    language: str


async def draft(
    service: Service,
    session: AsyncSession,
    call: Escalation,
    subject: Subject,
    by: StaffMember,
    text: str,
) -> Draft:
    """What the client would get. Nothing is queued. Raises `Refused`."""
    refused = why_not(subject, call)
    if refused:
        raise refused
    words = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    if not words:
        raise Refused(N_("Write the message first."), "message")
    if len(words) > LONGEST_TEXT or not words.replace("\n", "").isprintable():
        raise Refused(
            N_("A message has at most {longest} characters, and no signs that cannot be read."),
            "message",
            longest=str(LONGEST_TEXT),
        )
    whole = f"{await _name(session, call, subject, by)}: {words}"
    is_sms = subject.client.channel is Channel.SMS
    return Draft(
        whole,
        segments(whole) if is_sms else None,
        next_allowed(service.now(), subject.hours),
        subject.client.language,
    )


async def send(service: Service, reference: str, by: StaffMember, text: str) -> datetime:
    """Queue the message. Returns when it goes at the earliest. Raises `Refused`."""
    async with service.database.write() as session:
        call, subject = await locked_call(session, reference)
        ready = await draft(service, session, call, subject, by, text)
        if await _is_queued(session, call, ready.text):
            raise Refused(N_("This message is on its way already."))
        now = service.now()
        await add_message(
            session,
            {
                "client_id": call.client_id,
                "enrolment_id": call.enrolment_id,
                "escalation_id": call.id,
                "direction": Direction.OUT,
                "channel": subject.client.channel,
                "text": ready.text,
                "side": side_of(call.topic),
                "at": now,
                "status": MessageStatus.QUEUED,
                "kind": MessageKind.STAFF,
                "rank": _FIRST_OF_A_COLLEAGUE,
                "not_before": ready.at,
                "expires_at": ready.at + SEND_WITHIN,
            },
        )
        await _await_answer(session, call, subject, ready.at)
        audit(session, now, by, "write", call)
        return ready.at


def why_not(subject: Subject, call: Escalation) -> Refused | None:
    """Why nobody can write to this client about this call; None: it is possible."""
    match subject.enrolment.standing:
        case Standing.ACTIVE:
            pass
        case Standing.WITHDRAWN | Standing.DECLINED:
            return Refused(
                N_("This person wants no messages from us, so the bot cannot write. You may call.")
            )
        case Standing.COMPLETED:
            return Refused(N_("The track has ended, so the bot does not write any more. Call."))
        case _:
            return Refused(N_("This person has not said yes to messages yet. Call."))
    if subject.client.channel_stopped:
        return Refused(N_("Messages do not arrive any more. Call, and ask for another number."))
    client = subject.client
    if (client.number if client.channel is Channel.SMS else client.chat_hash) is None:
        return Refused(N_("There is no number or chat to write to yet."))
    if call.status is EscalationStatus.RESOLVED:
        return Refused(N_("This call was already resolved. Load the page again."))
    return None


async def _name(session: AsyncSession, call: Escalation, subject: Subject, by: StaffMember) -> str:
    """Who writes: name, organisation and title, in the client's language."""
    desk, organisation = (
        await session.execute(
            select(Desk, Organisation)
            .join(Organisation, Organisation.id == Desk.organisation_id)
            .where(Desk.id == call.desk_id)
        )
    ).one()
    words = {"name": by.name, "organisation": organisation.name, "title": desk.title}
    return speech.phrase(Phrase.NAMED, subject.client.language, words)


async def _is_queued(session: AsyncSession, call: Escalation, text: str) -> bool:
    """Whether the same stands there unsent: the button was pressed twice."""
    waiting = await session.scalars(
        select(Message.text).where(
            Message.client_id == call.client_id,
            Message.escalation_id == call.id,
            Message.kind == MessageKind.STAFF,
            Message.status == MessageStatus.QUEUED,
        )
    )
    return text in set(waiting)


async def _await_answer(
    session: AsyncSession, call: Escalation, subject: Subject, at: datetime
) -> None:
    """What the client writes next is an answer to the colleague, not to a question of the bot that
    ran; but whoever is telling the bot what is wrong goes on with that."""
    state = subject.state
    newest = await current(session, Client.id, call.client_id)
    if newest is None or newest.enrolment.id != call.enrolment_id or state.waiting in TELLING:
        return
    listening = replace(
        let_go(state), waiting=Waiting.MORE_WORDS, topic=call.topic, lapsed=None, puzzled=0
    )
    writes = Writes()
    writes.keep(subject.enrolment, asks=False, dialogue=kept(listening), silent_at=at + SEND_WITHIN)
    await writes.write(session)
