"""Which of the rules that always hold was broken? From the providers' side, and by an audit.

A trigger in the database writes down every change of status, so that none goes unseen.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import Service
from benchmarks.ledger import Matched, match, received
from benchmarks.street import Somebody
from conversations.words import (
    Channel,
    CheckInStatus,
    MessageKind,
    MessageStatus,
    NoticeStatus,
    Standing,
)
from scheduler.calendar import Hours, is_allowed
from storage.allowed import OWN_ACCORD, OWN_ACCORD_A_DAY, ROUTINE_APART
from storage.models import CheckIn, Client, Enrolment, Message, Notice
from tests.providers.server import Sent

NAMES = (
    "not_final",
    "after_withdrawal",
    "stop_ignored",
    "outside_hours",
    "too_often",
    "backwards",
    "asked_twice",
    "duplicates",
    "lost_in",
    "tick_failed",
)

_FORWARD = {
    "message": {
        "queued": {"sending", "failed", "expired", "cancelled"},
        "sending": {"queued", "sent", "delivered", "failed", "uncertain"},
        "uncertain": {"queued", "sent", "delivered", "failed"},
        "sent": {"delivered", "failed"},
    },
    "notice": {
        "queued": {"sending", "failed", "cancelled"},
        "sending": {"queued", "sent", "failed", "cancelled"},
    },
    "check_in": {
        "planned": {"asked", "expired", "skipped", "cancelled"},
        "asked": {"answered", "expired"},
        "expired": {"asked"},  # when its message did not arrive, and goes again
    },
}
"""What may follow on a status. Only a message that did not go out goes back to be sent."""

_ENDED = (Standing.WITHDRAWN, Standing.DECLINED)
_LAST_WORDS = (MessageKind.CONFIRMATION, MessageKind.DANGER)


async def watch(service: Service) -> None:
    """Begin to write down every change of status."""
    async with service.database.write() as session:
        await session.execute(
            text("CREATE TABLE trial_audit (what TEXT, row_id INTEGER, old TEXT, new TEXT)")
        )
        if not service.database.is_sqlite:
            await session.execute(text(_NOTE))
        for table in _FORWARD:
            which = f"CREATE TRIGGER trial_{table} AFTER UPDATE OF status ON {table}"
            if service.database.is_sqlite:
                then = (
                    "WHEN OLD.status IS NOT NEW.status BEGIN INSERT INTO trial_audit "
                    f"VALUES ('{table}', NEW.id, OLD.status, NEW.status); END"
                )
            else:
                then = (
                    "FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) "
                    "EXECUTE FUNCTION trial_note()"
                )
            await session.execute(text(f"{which} {then}"))


_NOTE = """
CREATE FUNCTION trial_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO trial_audit VALUES (TG_TABLE_NAME, NEW.id, OLD.status, NEW.status);
    RETURN NEW;
END $$
"""


@dataclass(frozen=True)
class Farewell:
    """Somebody has stopped: what the provider had by then, and which rows were under way."""

    channel: Channel
    client_id: int
    position: int
    in_hand: frozenset[int]


async def farewell(session: AsyncSession, who: Somebody, sent: Sequence[Sent]) -> Farewell | None:
    """The moment of a withdrawal, right after what somebody wrote last was taken in; None when
    that did not end the track. `sent` is what the provider has."""
    client_id, standing = (
        await session.execute(
            select(Message.client_id, Enrolment.standing)
            .join(Enrolment, Enrolment.id == Message.enrolment_id)
            .where(Message.channel == who.channel, Message.external_id == who.took[-1])
        )
    ).one()
    if standing not in _ENDED:
        return None
    found = await session.scalars(
        select(Message.id).where(
            Message.client_id == client_id, Message.status == MessageStatus.SENDING
        )
    )
    in_hand = frozenset(found)  # before we count: what arrives in between was in hand
    return Farewell(who.channel, client_id, len(sent), in_hand)


async def broken(
    session: AsyncSession,
    people: Sequence[Somebody],
    at_provider: Mapping[Channel, Sequence[Sent]],
    farewells: Sequence[Farewell],
) -> Counter[str]:
    """How often each rule was broken, by the name of the rule."""
    found = Counter[str]()
    for channel, sent in at_provider.items():
        matched = await match(session, channel, sent)
        found["duplicates"] += len(matched.copies)
        found["outside_hours"] += _outside_hours(matched, sent)
        found["too_often"] += _too_often(matched, sent)
        found["after_withdrawal"] += sum(
            _after(matched, one) for one in farewells if one.channel is channel
        )
        kept = await received(session, channel)
        wrote = {taken for one in people if one.channel is channel for taken in one.took}
        found["lost_in"] += len(wrote - kept.keys())
        found["lost_in"] += sum(one is MessageStatus.SET_ASIDE for one in kept.values())
    found["not_final"] = await _not_final(session)
    found["backwards"] = await _backwards(session)
    found["asked_twice"] = await _asked_twice(session)
    return found


def _outside_hours(matched: Matched, sent: Sequence[Sent]) -> int:
    return sum(
        not is_allowed(sent[position].when, Hours())
        for position, message in matched.pairs
        if message.kind in OWN_ACCORD
    )


def _too_often(matched: Matched, sent: Sequence[Sent]) -> int:
    """Rule 10, by what came at the provider."""
    routine: dict[int, list[datetime]] = {}
    own: dict[int, list[datetime]] = {}
    for position, message in matched.pairs:
        if message.status is MessageStatus.FAILED:
            continue  # taken by the provider, and never seen by the person
        if message.kind is MessageKind.ROUTINE:
            routine.setdefault(message.client_id, []).append(sent[position].when)
        if message.kind in OWN_ACCORD:
            own.setdefault(message.client_id, []).append(sent[position].when)
    return _closer(routine, 1, ROUTINE_APART) + _closer(own, OWN_ACCORD_A_DAY, timedelta(days=1))


def _closer(moments: Mapping[int, list[datetime]], most: int, within: timedelta) -> int:
    return sum(
        later - earlier < within
        for times in moments.values()
        for earlier, later in zip(sorted(times), sorted(times)[most:], strict=False)
    )


def _after(matched: Matched, end: Farewell) -> int:
    """What came after the end, but for the confirmation and what was under way."""
    return sum(
        message.kind not in _LAST_WORDS and message.id not in end.in_hand
        for position, message in matched.pairs
        if message.client_id == end.client_id and position >= end.position
    )


async def _not_final(session: AsyncSession) -> int:
    waiting = [MessageStatus.QUEUED, MessageStatus.SENDING]
    messages = select(func.count(Message.id)).where(
        Message.status.in_(waiting)
        | ((Message.status == MessageStatus.UNCERTAIN) & (Message.channel == Channel.SMS))
    )
    unfinished = [CheckInStatus.PLANNED, CheckInStatus.ASKED]
    ended = [Standing.WITHDRAWN, Standing.DECLINED, Standing.COMPLETED]
    steps = (
        select(func.count(CheckIn.id))
        .join(Enrolment, Enrolment.id == CheckIn.enrolment_id)
        .where(CheckIn.status.in_(unfinished), Enrolment.standing.in_(ended))
    )
    notices = select(func.count(Notice.id)).where(
        Notice.status.in_([NoticeStatus.QUEUED, NoticeStatus.SENDING])
    )
    return sum([await session.scalar(each) or 0 for each in (messages, steps, notices)])


async def _backwards(session: AsyncSession) -> int:
    changes = await session.execute(text("SELECT what, old, new FROM trial_audit"))
    return sum(new not in _FORWARD[what].get(old, ()) for what, old, new in changes)


async def _asked_twice(session: AsyncSession) -> int:
    """Steps with more than one message that reached, or may have reached, the person."""
    reached = [MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.UNCERTAIN]
    steps = (
        select(func.count(Message.id).label("times"))
        .join(Client, Client.id == Message.client_id)
        .where(Message.check_in_id.is_not(None), Message.status.in_(reached))
        .group_by(Message.check_in_id)
        .subquery()
    )
    return int(await session.scalar(select(func.coalesce(func.sum(steps.c.times - 1), 0))) or 0)
