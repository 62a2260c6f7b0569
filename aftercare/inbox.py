"""The way of a message in: stored, understood and answered in one transaction.

The database decides what is a repeat (unique on channel + external id; chatwoot#15450), and one
task at a time works on a person. Only after the commit may the provider get its 200.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    SQLAlchemyError,
    StatementError,
)
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import effects, household
from aftercare.service import Service
from aftercare.subject import Subject, locked
from conversations.dialogue import respond
from conversations.hearing import note
from conversations.phrases import Phrase
from conversations.turns import (
    Attachment,
    Hello,
    Incoming,
    Press,
    Text,
    Waiting,
)
from conversations.words import Channel, Direction, MessageStatus, Side, Standing
from storage.allowed import WRONG_PERSON
from storage.encryption import ring
from storage.models import Client, Enrolment, Message, Stranger
from storage.writes import add_message

log = structlog.get_logger()

_CONFIRMED = frozenset({Waiting.TOPIC, Waiting.CONSENT, Waiting.SO_SO})
"""Questions to which a typed answer may have crossed an earlier one."""


@dataclass(frozen=True)
class Inbound:
    """What a channel brings: from whom, the provider's id of it, and what it is.

    `link` is the token of a deep link; `stop_is_answered` that this is a stop word which the
    provider took and confirmed itself.
    """

    channel: Channel
    sender: str
    external_id: str
    incoming: Incoming
    link: str | None = None
    stop_is_answered: bool = False


class Received(StrEnum):
    """What became of it."""

    ANSWERED = "answered"
    REPEATED = "repeated"  # it was here before: nothing happened
    STRANGER = "stranger"  # nobody we know, already answered today
    SET_ASIDE = "set_aside"  # kept, but the program failed on it: a person must look


@dataclass(frozen=True)
class Receipt:
    """The outcome; `answer` is the one fixed answer to somebody unknown, to be sent as it is."""

    received: Received
    answer: Phrase | None = None


async def receive(service: Service, inbound: Inbound) -> Receipt:
    """Take in one message. When this returns, it is safe in the database."""
    try:
        async with service.database.write() as session:
            return await _receive(session, service, inbound)
    except IntegrityError:
        if await _is_known(service, inbound):
            return Receipt(Received.REPEATED)
        raise
    except (DataError, StatementError) as error:
        if isinstance(error, DBAPIError) and not isinstance(error, DataError):
            raise
        # A value that no database takes: it would come again, and hold up all that comes after.
        log.error("message set aside", channel=inbound.channel, error=type(error).__name__)
        return await _set_aside(service, inbound, type(error).__name__)
    except (SQLAlchemyError, OSError):
        raise  # the database's trouble, not the message's: the provider tries again
    except Exception as error:
        log.error("message set aside", channel=inbound.channel, error=type(error).__name__)
        return await _set_aside(service, inbound, type(error).__name__)


async def _receive(session: AsyncSession, service: Service, inbound: Inbound) -> Receipt:
    now = service.now()
    subject = await _open_link(session, inbound) if inbound.link else None
    subject = subject or await _sender(session, inbound)
    if subject is None or subject.client.channel_stopped == WRONG_PERSON:
        return await _stranger(session, service, inbound)
    if subject.client.channel_stopped and subject.client.channel is inbound.channel:
        subject.client.channel_stopped = None  # whoever writes can be reached again
    if subject.client.shares_phone and inbound.channel is Channel.SMS:
        return await _from_shared(session, subject, inbound, now)
    return await receive_from(session, subject, inbound, now)


async def receive_from(
    session: AsyncSession, subject: Subject, inbound: Inbound, now: datetime
) -> Receipt:
    """Take in a message of somebody who is known, with a telephone of their own."""
    incoming = await _in_time(session, subject, inbound.incoming)
    await _answer(session, subject, inbound, incoming, now)
    return Receipt(Received.ANSWERED)


async def _answer(
    session: AsyncSession, subject: Subject, inbound: Inbound, incoming: Incoming, now: datetime
) -> None:
    turn = respond(
        subject.state, incoming, subject.context(stop_is_answered=inbound.stop_is_answered)
    )
    message = _handled(subject, inbound, incoming, now, turn.side)
    message_id = await add_message(session, message)  # a repeat ends here, by the unique key
    await effects.apply(session, subject, turn, now, message_id=message_id, channel=inbound.channel)


async def _from_shared(
    session: AsyncSession, first: Subject, inbound: Inbound, now: datetime
) -> Receipt:
    """A telephone of several people: whose message is it?"""
    incoming = await _in_time(session, first, inbound.incoming)
    stopped = inbound.stop_is_answered
    meant = await household.whom(session, first, incoming, now, stop_is_answered=stopped)
    about = meant.subject if meant else first
    if meant and not meant.before:
        await _answer(session, about, inbound, meant.incoming, now)
        if meant.stops:
            await household.stop_all(session, first, now)
        return Receipt(Received.ANSWERED)
    kept = _handled(about, inbound, incoming, now, Side.MUNICIPALITY)
    message_id = await add_message(session, kept)
    if meant:
        await household.take_along(session, meant, now)
    else:
        await household.ask_about_whom(session, first, message_id, now)
    return Receipt(Received.ANSWERED)


async def _sender(session: AsyncSession, inbound: Inbound) -> Subject | None:
    if inbound.channel is Channel.SMS:
        return await locked(session, Client.number_hash, ring().look_up("number", inbound.sender))
    return await locked(session, Client.chat_hash, ring().look_up("chat", inbound.sender))


async def _open_link(session: AsyncSession, inbound: Inbound) -> Subject | None:
    """Whoever opens the link of an invitation first is that client from then on.

    A chat that belongs to an earlier, ended track moves along; one with a live track does not.
    """
    client_id = await session.scalar(
        update(Enrolment)
        .where(
            Enrolment.link_hash == ring().look_up("link", inbound.link or ""),
            Enrolment.standing.in_([Standing.INVITED, Standing.LAPSED]),
        )
        .values(link_hash=None)
        .returning(Enrolment.client_id)
    )
    subject = await locked(session, Client.id, client_id) if client_id else None
    if subject is None:
        return None
    before = await _sender(session, inbound)
    if before:
        if before.enrolment.standing is Standing.ACTIVE:
            return None  # and the link is spent: two people cannot share one chat
        before.client.chat = before.client.chat_hash = None
        await session.flush()
    subject.client.chat = inbound.sender
    subject.client.chat_hash = ring().look_up("chat", inbound.sender)
    return subject


async def _stranger(session: AsyncSession, service: Service, inbound: Inbound) -> Receipt:
    """One fixed answer a day; only a hash is kept, keyed with the day, and only for that day."""
    today = service.now().date()
    await session.execute(delete(Stranger).where(Stranger.day < today))
    digest = ring().look_up(f"stranger {today} {inbound.channel}", inbound.sender)
    try:
        async with session.begin_nested():
            session.add(Stranger(day=today, digest=digest))
    except IntegrityError:
        return Receipt(Received.STRANGER)
    spent = inbound.link is not None
    return Receipt(Received.STRANGER, Phrase.LINK_SPENT if spent else Phrase.STRANGER)


async def _repeated(session: AsyncSession, inbound: Inbound) -> bool:
    return bool(
        await session.scalar(
            select(Message.id).where(
                Message.channel == inbound.channel,
                Message.direction == Direction.IN,
                Message.external_id == inbound.external_id,
            )
        )
    )


async def _is_known(service: Service, inbound: Inbound) -> bool:
    async with service.database.read() as session:
        return await _repeated(session, inbound)


def _handled(
    subject: Subject, inbound: Inbound, incoming: Incoming, now: datetime, side: Side | None
) -> dict[str, Any]:
    """A message with what was understood of it, which the dialogue has just asked as well."""
    message = _kept(subject, inbound, MessageStatus.HANDLED) | {"at": now, "side": side}
    noted = note(incoming.words, subject.client.language) if isinstance(incoming, Text) else None
    return message | asdict(noted) if noted else message


def _kept(subject: Subject, inbound: Inbound, status: MessageStatus) -> dict[str, Any]:
    match inbound.incoming:
        case Text(words):
            text = words
        case Press(_, value):
            text = f"[{value}]"
        case Attachment():
            text = "[bijlage]"
        case Hello():
            text = "[start]"
        case _:
            raise TypeError("silence does not come in by a channel")
    return {
        "client_id": subject.client.id,
        "enrolment_id": subject.enrolment.id,
        "direction": Direction.IN,
        "channel": inbound.channel,
        "external_id": inbound.external_id,
        "text": text,
        "status": status,
    }


async def _in_time(session: AsyncSession, subject: Subject, incoming: Incoming) -> Incoming:
    """Mark a typed answer that came before our running question had gone out."""
    question = subject.enrolment.question_message_id
    if (
        not isinstance(incoming, Text)
        or question is None
        or subject.state.waiting not in _CONFIRMED
    ):
        return incoming
    status = await session.scalar(select(Message.status).where(Message.id == question))
    return Text(incoming.words, too_early=status is MessageStatus.QUEUED)


async def _set_aside(service: Service, inbound: Inbound, error: str) -> Receipt:
    """Keep a message that the program fails on, once, where staff can read it."""
    async with service.database.write() as session:
        subject = await _sender(session, inbound)
        if subject is None:
            return Receipt(Received.STRANGER)
        if await _repeated(session, inbound):
            return Receipt(Received.REPEATED)
        now = service.now()
        message = _kept(subject, inbound, MessageStatus.SET_ASIDE)
        about = {"at": now, "error": error, "side": Side.MUNICIPALITY}
        await add_message(session, message | about)
        await effects.must_be_read(session, subject, message["text"], now)
        return Receipt(Received.SET_ASIDE)
