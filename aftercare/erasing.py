"""What is kept of people goes for good: texts, names, numbers, reasons and notes. What stays only
counts: that there was a track, what was answered, which desk was asked, how it ended, and who
looked (the audit proves that it was done well; it holds no content).

On request (`aftercare.rights.erase`), and by itself so long after the end of a track.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, and_, exists, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import names
from aftercare.service import Service
from conversations.words import Direction, EscalationStatus, MessageStatus, NoticeKind, NoticeStatus
from storage.models import (
    AuditEntry,
    Client,
    EmergencyRead,
    Enrolment,
    Escalation,
    Handing,
    Mark,
    Message,
    Note,
    Notice,
    Outcome,
    PlanChange,
)

log = structlog.get_logger()

NOBODY = "–"
"""What stands where a name was."""

MONTH = timedelta(days=31)
"""Of how long things are kept: never too short."""

BATCH = 50

TO_ERASE: ColumnElement[bool] = and_(
    text("enrolment.ended_at IS NOT NULL AND enrolment.erased_at IS NULL"),  # as its index says
    ~exists().where(
        Escalation.enrolment_id == Enrolment.id,
        Escalation.status != EscalationStatus.RESOLVED,
    ),
)
"""Tracks that have ended and are not erased; whoever still waits for help is not forgotten."""


async def erase_old(service: Service, keep_for: timedelta) -> int:
    """Erase the tracks that ended at least `keep_for` ago. Returns how many."""
    erased = 0
    while True:
        now = service.now()
        async with service.database.write() as session:
            due = await session.execute(
                select(Enrolment.id, Enrolment.client_id)
                .join(Client, Client.id == Enrolment.client_id)
                .where(TO_ERASE, Enrolment.ended_at <= now - keep_for)
                .order_by(Enrolment.ended_at)
                .limit(BATCH)
                .with_for_update(of=Client, skip_locked=True)
            )
            rows = due.all()
            await wipe(session, [enrolment_id for enrolment_id, _ in rows], now)
            session.add_all(
                AuditEntry(at=now, action="erase", client_id=client_id) for _, client_id in rows
            )
        erased += len(rows)
        if len(rows) < BATCH:
            break
    if erased:
        log.info("old tracks erased", tracks=erased)
    return erased


async def wipe(session: AsyncSession, enrolments: Collection[int], now: datetime) -> None:
    """Wipe what these tracks hold; and the people, of whom no other track is left. Their clients'
    rows are locked by the caller."""
    if not enrolments:
        return
    await session.flush()
    calls = select(Escalation.id).where(Escalation.enrolment_id.in_(enrolments))
    of_track = Message.enrolment_id.in_(enrolments)
    going = (MessageStatus.SENDING, MessageStatus.UNCERTAIN)
    for statement in (
        update(Message)
        .where(of_track, Message.status == MessageStatus.QUEUED)
        .values(status=MessageStatus.CANCELLED),
        update(Message)
        .where(of_track, Message.direction == Direction.OUT, Message.status.in_(going))
        .values(status=MessageStatus.FAILED, error="erased", lease_until=None),
        update(Message)
        .where(of_track)
        .values(text="", buttons=None, external_id=None, fate_at=None),
        update(PlanChange).where(PlanChange.enrolment_id.in_(enrolments)).values(reason=None),
        update(Handing).where(Handing.escalation_id.in_(calls)).values(reason=None),
        update(Note).where(Note.escalation_id.in_(calls)).values(text=""),
        update(Outcome).where(Outcome.escalation_id.in_(calls)).values(note=None),
        update(EmergencyRead).where(EmergencyRead.enrolment_id.in_(enrolments)).values(reason=None),
        update(Mark)
        .where(Mark.message_id.in_(select(Message.id).where(of_track)))
        .values(note=None),
        update(Notice)
        .where(
            Notice.enrolment_id.in_(enrolments),
            Notice.status == NoticeStatus.QUEUED,
            Notice.kind != NoticeKind.EMERGENCY_READ,  # the lead must still hear of it
        )
        .values(status=NoticeStatus.CANCELLED),
        update(Escalation)
        .where(Escalation.enrolment_id.in_(enrolments))
        .values(ask_at=None, remind_at=None),
        update(Enrolment)
        .where(Enrolment.id.in_(enrolments))
        .values(
            erased_at=now,
            dialogue={},
            contract_end=None,
            link_hash=None,
            silent_at=None,
            held_at=None,
            question_message_id=None,
        ),
    ):
        await session.execute(statement.execution_options(synchronize_session=False))
    session.expire_all()
    await _forget_people(session, enrolments)


async def _forget_people(session: AsyncSession, enrolments: Collection[int]) -> None:
    kept = exists().where(Enrolment.client_id == Client.id, Enrolment.erased_at.is_(None))
    people = await session.scalars(
        select(Client).where(
            Client.id.in_(select(Enrolment.client_id).where(Enrolment.id.in_(enrolments))), ~kept
        )
    )
    for client in people.all():
        number_hash, phone_of = client.number_hash, client.phone_of_id
        client.first_name = NOBODY
        client.number = client.number_hash = client.chat = client.chat_hash = None
        client.phone_of_id = client.phone_question = client.channel_stopped = None
        await names.forget(session, client.id)
        if client.shares_phone:
            client.shares_phone = False
            await session.flush()
            await _hand_on_phone(session, phone_of or client.id, number_hash)


async def _hand_on_phone(session: AsyncSession, first: int, number_hash: bytes | None) -> None:
    """Others on the same telephone stay: the next of them is the first, if that one went."""
    rows = await session.scalars(
        select(Client).where(Client.phone_of_id == first).order_by(Client.id)
    )
    others = list(rows.all())
    if number_hash is None:  # it was one of the others
        await session.execute(
            update(Client).where(Client.id == first).values(shares_phone=bool(others))
        )
        return
    if not others:
        return
    heir, *rest = others
    heir.number_hash, heir.phone_of_id, heir.shares_phone = number_hash, None, bool(rest)
    for one in rest:
        one.phone_of_id = heir.id
