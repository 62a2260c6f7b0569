"""A family that shares one telephone (commcare-hq PR#27668): about whom is this message?

The first on a telephone is found by its number; the others by `phone_of_id`. What we say begins
with a first name, so they know whom it is for; what they write often does not. So: a name in it, or
the only one who was just asked something, and otherwise a question. What somebody wrote is never
laid to another's account by a guess. Danger is answered at once, and a stop is for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import calls, effects
from aftercare.subject import Subject, locked
from conversations.dialogue import respond
from conversations.dialogue.answering import answer
from conversations.hearing import hear
from conversations.phrases import Phrase
from conversations.turns import Choice, Incoming, Say, Text, Turn, Waiting
from conversations.understanding import answers
from conversations.words import (
    Channel,
    MessageStatus,
    NoticeKind,
    NoticeStatus,
    Side,
    Standing,
)
from storage.models import Client, Message, Notice

READ_AFTER = timedelta(hours=24)
"""When nobody says about whom a message is, a person reads it."""

_ABOUT_WHOM = "about whom?"
_LIVE = frozenset({Standing.INVITED, Standing.ACTIVE})
_ASKED = frozenset(Waiting) - {Waiting.NOTHING, Waiting.MORE_WORDS}


@dataclass(frozen=True)
class Meant:
    """Whom a message is about, and what it says. `before` are the messages of before that it
    explains: their text is answered, and they move to this person. `stops`: nothing more may go to
    this telephone."""

    subject: Subject
    incoming: Incoming
    before: tuple[int, ...] = ()
    stops: bool = False


async def whom(
    session: AsyncSession,
    first: Subject,
    incoming: Incoming,
    now: datetime,
    *,
    stop_is_answered: bool,
) -> Meant | None:
    """Whom `incoming`, from the telephone of `first`, is about. None: that must be asked."""
    people = await members(session, first)
    if not isinstance(incoming, Text):
        return Meant(people[0], incoming)
    named = _named(incoming.words, people)
    heard = hear(incoming.words, first.client.language)
    pressing = heard.danger or heard.stop or stop_is_answered
    pending = await _pending(session, first, now)
    if pending and not pressing:
        chosen = named[0] if named else _chosen(incoming.words, people)
        if chosen:
            first.client.phone_question = None
            await _is_read(session, people)
            words = "\n".join(one.text for one in pending)
            return Meant(chosen, Text(words), tuple(one.id for one in pending))
    live = [one for one in people if one.enrolment.standing in _LIVE]
    asked = [one for one in live if one.state.waiting in _ASKED]
    if pressing:
        stops = not heard.danger
        return Meant((asked or live or people)[0], incoming, stops=stops)
    if named:
        return Meant(named[0], Text(named[1], incoming.too_early))
    if len(live) <= 1:
        return Meant((live or people)[0], incoming)
    if len(asked) == 1 and _answers(asked[0], incoming.words):
        return Meant(asked[0], incoming)
    return None


async def ask_about_whom(
    session: AsyncSession, first: Subject, message_id: int, now: datetime
) -> None:
    """Ask about whom the message is, once. If nobody says so in a day, a person reads it."""
    waits = {"status": MessageStatus.SET_ASIDE, "error": _ABOUT_WHOM, "side": Side.MUNICIPALITY}
    await session.execute(update(Message).where(Message.id == message_id).values(waits))
    if first.client.phone_question is not None:
        return
    first.client.phone_question = message_id
    people = await members(session, first)
    choices = tuple(
        Choice(one.client.reference, one.client.first_name)
        for one in people
        if one.enrolment.standing in _LIVE
    )
    say = Say(Phrase.ABOUT_WHOM, choices=choices, numbered=True)
    await effects.apply(session, first, Turn(first.state, (say,)), now, channel=Channel.SMS)
    await calls.tell(
        session,
        first,
        Side.MUNICIPALITY,
        NoticeKind.WROTE_AFTER_END,
        now,
        after=READ_AFTER,
    )


async def take_along(session: AsyncSession, meant: Meant, now: datetime) -> None:
    """The messages of before are this person's, and are answered now."""
    assert isinstance(meant.incoming, Text)
    subject = meant.subject
    turn = respond(subject.state, meant.incoming, subject.context())
    await session.execute(
        update(Message)
        .where(Message.id.in_(meant.before))
        .values(
            client_id=subject.client.id,
            enrolment_id=subject.enrolment.id,
            side=turn.side,
            status=MessageStatus.HANDLED,
            error=None,
        )
    )
    await effects.apply(
        session, subject, turn, now, message_id=meant.before[-1], channel=Channel.SMS
    )


async def stop_all(session: AsyncSession, first: Subject, now: datetime) -> None:
    """A stop is for the telephone: the others on it get nothing more either, and no second
    confirmation."""
    for one in await members(session, first):
        if one.enrolment.standing in _LIVE:
            context = one.context(stop_is_answered=True)
            turn = respond(one.state, Text("stop"), context)
            await effects.apply(session, one, turn, now, channel=Channel.SMS)


async def members(session: AsyncSession, first: Subject) -> list[Subject]:
    """Everybody on the telephone, the first first; all locked in that order."""
    ids = (
        await session.scalars(
            select(Client.id)
            .where(or_(Client.id == first.client.id, Client.phone_of_id == first.client.id))
            .order_by(Client.id)
        )
    ).all()
    found = [first]
    for client_id in ids:
        if client_id != first.client.id:
            one = await locked(session, Client.id, client_id)
            if one is not None:
                found.append(one)
    return found


async def _pending(session: AsyncSession, first: Subject, now: datetime) -> Sequence[Message]:
    """The messages of which we do not know yet about whom they are; those of yesterday are for a
    person to read."""
    if first.client.phone_question is None:
        return ()
    rows = await session.scalars(
        select(Message)
        .where(
            Message.client_id == first.client.id,
            Message.id >= first.client.phone_question,
            Message.error == _ABOUT_WHOM,
            Message.at > now - READ_AFTER,
        )
        .order_by(Message.id)
    )
    found = rows.all()
    if not found:
        first.client.phone_question = None
    return found


def _named(words: str, people: Sequence[Subject]) -> tuple[Subject, str] | None:
    """The one whose first name the message begins with ("Youssef: 3"), and the rest of it."""
    found = answers.key(words)
    for one in people:
        name = answers.key(one.client.first_name)
        for start in (f"{name} ", f"dit is {name} ", f"ik ben {name} ", f"over {name} "):
            if found.startswith(start) or found == start.strip():
                rest = words.split(maxsplit=len(start.split()))[len(start.split()) :]
                return one, " ".join(rest)
    return None


def _chosen(words: str, people: Sequence[Subject]) -> Subject | None:
    """The one of the list that was sent, by cipher or name."""
    live = [one for one in people if one.enrolment.standing in _LIVE]
    number = answers.digit(words, len(live))
    if number:
        return live[number - 1]
    return next((one for one in live if answers.key(words) == answers.key(one.client.first_name)),
                None)  # fmt: skip


def _answers(subject: Subject, words: str) -> bool:
    """Whether the message answers what this person was asked."""
    if subject.state.waiting is Waiting.CONSENT:
        return answers.yes_or_no(words) is not None
    if subject.state.waiting is Waiting.OWN_WORDS:
        return True
    return answer(subject.state, words, ()) is not None


async def _is_read(session: AsyncSession, people: Sequence[Subject]) -> None:
    """The notice that somebody must read it is not needed any more."""
    await session.execute(
        update(Notice)
        .where(
            Notice.enrolment_id == people[0].enrolment.id,
            Notice.kind == NoticeKind.WROTE_AFTER_END,
            Notice.status == NoticeStatus.QUEUED,
        )
        .values(status=NoticeStatus.CANCELLED)
    )
