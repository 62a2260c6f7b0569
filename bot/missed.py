"""Who fell behind the plan? People who said yes and did not get what was planned for them.

Others started a campaign from the wrong day and skipped people without a word (tenants2 PR#902).
So everybody with a running track is held against the plan, and whoever is behind is listed, by
reference and never by name. The whole of the running tracks is read: this is for a person or a
weekly report, not for each scrape.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.escalations import LEAD_AFTER
from aftercare.service import Service
from bot.metrics import CONFIRMED_WITHIN, SET_ASIDE
from conversations.turns import TELLING
from conversations.words import (
    Channel,
    CheckInStatus,
    Direction,
    EscalationStatus,
    Form,
    MessageStatus,
    NoticeKind,
)
from storage.models import (
    AuditEntry,
    CheckIn,
    Client,
    Enrolment,
    Escalation,
    Message,
    Municipality,
    Notice,
)

BEHIND_AFTER = timedelta(hours=1)
"""What should have happened longer ago than this is behind; the ticks come every few seconds."""

_OUT = (MessageStatus.SENDING, MessageStatus.SENT, MessageStatus.DELIVERED)
_ACTIVE = text("enrolment.standing = 'active'")  # in the words of its partial index


_NOT_SENT = {
    MessageStatus.EXPIRED: "could not be sent in time",
    MessageStatus.FAILED: "was refused",
    MessageStatus.CANCELLED: "was cancelled right before sending",
    MessageStatus.UNCERTAIN: "may not have arrived: the provider cannot tell",
    MessageStatus.QUEUED: "waits to be sent",
}


@dataclass(frozen=True)
class Missed:
    """One thing that somebody did not get: which step (if one), since when, and why."""

    client: str
    municipality: str
    step: str | None
    since: datetime | None
    why: str


async def missed(service: Service) -> list[Missed]:
    """Everybody with a running track who is behind the plan, and whoever waits in vain for us; the
    longest first."""
    now = service.now()
    async with service.database.read() as session:
        found = [
            *await _stopped(session),
            *await _never_planned(session),
            *await _not_asked(session, now),
            *await _not_sent(session, now),
            *await _not_confirmed(session, now),
            *await _stands_still(session, now),
            *await _not_helped(session, now),
            *await _not_understood(session),
        ]
    return sorted(found, key=lambda one: (one.since or now, one.client, one.step or ""))


async def _stopped(session: AsyncSession) -> Iterable[Missed]:
    """Nothing can be sent to them. The desk was told when it began."""
    told = (
        select(func.max(Notice.at))
        .where(Notice.enrolment_id == Enrolment.id, Notice.kind == NoticeKind.CHANNEL_STOPPED)
        .scalar_subquery()
    )
    rows = await session.execute(
        _people(Client.channel, Client.channel_stopped, told).where(
            Client.channel_stopped.is_not(None)
        )
    )
    return [
        Missed(who, where, None, since, f"cannot be reached by {channel}: {why}")
        for who, where, channel, why, since in rows
    ]


async def _never_planned(session: AsyncSession) -> Iterable[Missed]:
    rows = await session.execute(
        _people(Enrolment.created_at).where(
            Enrolment.form == Form.ACTIVE, ~exists().where(CheckIn.enrolment_id == Enrolment.id)
        )
    )
    return [Missed(who, where, None, since, "has no plan") for who, where, since in rows]


async def _not_asked(session: AsyncSession, now: datetime) -> Iterable[Missed]:
    """Steps that expired before they were asked, or whose moment has passed."""
    overdue = (CheckIn.status == CheckInStatus.PLANNED) & (CheckIn.due_at <= now - BEHIND_AFTER)
    expired = (CheckIn.status == CheckInStatus.EXPIRED) & CheckIn.asked_at.is_(None)
    rows = await session.execute(
        _people(CheckIn.step, CheckIn.status, CheckIn.due_at, Enrolment.dialogue)
        .join(CheckIn, CheckIn.enrolment_id == Enrolment.id)
        .where(overdue | expired)
    )
    return [
        Missed(who, where, step, due, _why_not_asked(status, dialogue))
        for who, where, step, status, due, dialogue in rows
    ]


def _why_not_asked(status: CheckInStatus, dialogue: dict[str, Any]) -> str:
    if status is CheckInStatus.EXPIRED:
        return "expired before it was asked: nothing ran in the three days after its moment"
    if dialogue.get("waiting") in TELLING:
        return "waits: the person is still telling what is wrong"
    return "is overdue: does a worker run?"


async def _not_sent(session: AsyncSession, now: datetime) -> Iterable[Missed]:
    """Steps that were asked, of which no message has got out, nor is on its way."""
    of_step = (
        (Message.client_id == Enrolment.client_id)
        & (Message.check_in_id == CheckIn.id)
        & (Message.direction == Direction.OUT)
    )
    waits_well = (Message.status == MessageStatus.QUEUED) & (
        Message.not_before > now - BEHIND_AFTER
    )
    rows = await session.execute(
        _people(CheckIn.step, CheckIn.asked_at, Message.status, Message.error)
        .join(CheckIn, CheckIn.enrolment_id == Enrolment.id)
        .join(Message, of_step)
        .where(
            CheckIn.status.in_((CheckInStatus.ASKED, CheckInStatus.EXPIRED)),
            CheckIn.asked_at <= now - BEHIND_AFTER,
            ~exists()
            .where(of_step, Message.status.in_(_OUT) | waits_well)
            .correlate(Enrolment, CheckIn),
        )
        .order_by(Message.id)
    )
    newest = {(who, step): (where, *rest) for who, where, step, *rest in rows}
    return [
        Missed(who, where, step, since, _NOT_SENT[status] + (f": {error}" if error else ""))
        for (who, step), (where, since, status, error) in newest.items()
    ]


async def _not_confirmed(session: AsyncSession, now: datetime) -> Iterable[Missed]:
    """Steps without an answer, of which the provider never told whether they arrived. Sent is an
    end all the same: nothing follows on it."""
    rows = await session.execute(
        _people(CheckIn.step, CheckIn.asked_at)
        .join(CheckIn, CheckIn.enrolment_id == Enrolment.id)
        .join(Message, Message.check_in_id == CheckIn.id)
        .where(
            Message.client_id == Enrolment.client_id,
            Message.channel == Channel.SMS,
            Message.status == MessageStatus.SENT,
            Message.sent_at <= now - CONFIRMED_WITHIN,
            CheckIn.status.in_((CheckInStatus.ASKED, CheckInStatus.EXPIRED)),
        )
    )
    why = "was sent, and the provider never told whether it arrived"
    return [Missed(who, where, step, since, why) for who, where, step, since in rows]


async def _not_helped(session: AsyncSession, now: datetime) -> Iterable[Missed]:
    """Calls for help that stand still after the desk, and then its lead, was reminded."""
    rows = await session.execute(
        select(Client.reference, Municipality.name, Escalation.reference, Escalation.deadline)
        .join(Client, Client.id == Escalation.client_id)
        .join(Enrolment, Enrolment.id == Escalation.enrolment_id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .where(
            text("escalation.status != 'resolved'"),  # in the words of its partial index
            Escalation.status.in_((EscalationStatus.OPEN, EscalationStatus.TAKEN)),
            Escalation.deadline <= now - LEAD_AFTER,
        )
    )
    return [
        Missed(who, where, None, since, f"asked for help, and nobody was in touch: call {call}")
        for who, where, call, since in rows
    ]


async def _not_understood(session: AsyncSession) -> Iterable[Missed]:
    """What people wrote and the program failed on, until a colleague has read it."""
    read = exists().where(
        AuditEntry.client_id == Message.client_id,
        AuditEntry.action == "read",
        AuditEntry.at >= Message.at,
    )
    rows = await session.execute(
        select(Client.reference, Municipality.name, Message.at, Message.error)
        .join(Client, Client.id == Message.client_id)
        .join(Enrolment, Enrolment.id == Message.enrolment_id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .where(SET_ASIDE, ~read)
    )
    why = "wrote something that the program failed on, and nobody has read it"
    return [
        Missed(who, where, None, since, f"{why}: {error}" if error else why)
        for who, where, since, error in rows
    ]


async def _stands_still(session: AsyncSession, now: datetime) -> Iterable[Missed]:
    """Tracks that a tick should have taken on."""
    late = now - BEHIND_AFTER
    rows = await session.execute(
        _people(Enrolment.silent_at, Enrolment.ends_at, Enrolment.dialogue).where(
            (Enrolment.silent_at <= late) | (Enrolment.ends_at <= late)
        )
    )
    found = []
    for who, where, silent_at, ends_at, dialogue in rows:
        if silent_at and silent_at <= late:
            why = "a question without an answer was not taken up: does a worker run?"
            found.append(Missed(who, where, None, silent_at, why))
        elif ends_at and ends_at <= late and dialogue.get("waiting") not in TELLING:
            why = "the track was not closed: does a worker run?"
            found.append(Missed(who, where, None, ends_at, why))
    return found


def _people(*columns: Any) -> Select[Any]:
    """Everybody with a running track: reference, municipality, and the `columns`."""
    return (
        select(Client.reference, Municipality.name, *columns)
        .select_from(Enrolment)
        .join(Client, Client.id == Enrolment.client_id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .where(_ACTIVE)
    )
