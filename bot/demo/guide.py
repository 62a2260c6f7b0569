"""The guided tour: a story in five steps, and which of them comes next.

Where somebody is in it follows from what has really happened, so it does not matter how they did
it, and a page that is loaded again knows it too.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.subject import current
from bot.demo.cast import HEROINE
from conversations.turns import Waiting
from conversations.words import EscalationStatus, Standing, Topic
from storage.models import AuditEntry, CheckIn, Client, Escalation

STEPS = 5


class Area(StrEnum):
    """A part of the page to look at."""

    CLOCK = "clock"
    PHONE = "phone"
    MAIL = "mail"
    CONSOLE = "console"


@dataclass(frozen=True)
class Guide:
    """The next step (from 1; `STEPS` + 1 when the story is told), what to do in it (a key of the
    texts), and where. `heroine` is the reference of the one whom it is about."""

    step: int
    task: str
    area: Area | None
    heroine: str


async def heroine(session: AsyncSession) -> Client:
    """Whom the story is about: the one with that name who was there from the beginning."""
    for client in await session.scalars(select(Client).order_by(Client.id)):
        if client.first_name == HEROINE:
            return client
    raise LookupError("the story has lost its heroine")


async def where_to(session: AsyncSession) -> Guide:
    """What comes next in the story."""
    client = await heroine(session)
    step, task, area = await _next(session, client)
    return Guide(step, task, area, client.reference)


async def _next(session: AsyncSession, client: Client) -> tuple[int, str, Area | None]:
    call = await session.scalar(
        select(Escalation)
        .where(Escalation.client_id == client.id)
        .order_by(Escalation.id.desc())
        .limit(1)
    )
    if call is None or call.status is EscalationStatus.OPEN:
        task = await _on_the_phone(session, client, call)
        if task is not None:
            return task
    assert call is not None
    match call.status:
        case EscalationStatus.OPEN if not await _was_read(session, client, call):
            return 3, "open_mail", Area.MAIL
        case EscalationStatus.OPEN:
            return 4, "take", Area.CONSOLE
        case EscalationStatus.TAKEN:
            return 4, "contacted", Area.CONSOLE
        case EscalationStatus.CONTACTED:
            return 4, "resolve", Area.CONSOLE
        case EscalationStatus.RESOLVED if not await _was_read_back(session, client, call):
            return 5, "read_back", Area.CONSOLE
        case _:
            return STEPS + 1, "done", None


async def _on_the_phone(
    session: AsyncSession, client: Client, call: Escalation | None
) -> tuple[int, str, Area] | None:
    """What is to be done before the colleagues' turn, None when the client has told all."""
    subject = await current(session, Client.id, client.id)
    assert subject is not None
    if call is not None and subject.state.waiting is not Waiting.OWN_WORDS:
        return None
    if subject.enrolment.standing is not Standing.ACTIVE:
        return 2, "stopped", Area.PHONE
    match subject.state.waiting:
        case Waiting.TOPIC:
            return 2, "topic", Area.PHONE
        case Waiting.OWN_WORDS:
            is_money = subject.state.topic is Topic.MONEY
            return 2, "own_words" if is_money else "own_words_other", Area.PHONE
        case Waiting.CHECK_IN:
            return 2, "answer", Area.PHONE
    asked = await session.scalar(
        select(CheckIn.id).where(
            CheckIn.enrolment_id == subject.enrolment.id, CheckIn.asked_at.is_not(None)
        )
    )
    return (2, "answer_again", Area.PHONE) if asked else (1, "check_in", Area.CLOCK)


async def _was_read(session: AsyncSession, client: Client, call: Escalation) -> bool:
    entry = select(AuditEntry.id).where(
        AuditEntry.client_id == client.id,
        AuditEntry.action == "read",
        AuditEntry.detail == call.reference,
    )
    return await session.scalar(entry.limit(1)) is not None


async def _was_read_back(session: AsyncSession, client: Client, call: Escalation) -> bool:
    """Whether somebody opened the whole file after it was resolved."""
    entry = select(AuditEntry.id).where(
        AuditEntry.client_id == client.id,
        AuditEntry.action == "read",
        AuditEntry.detail.is_(None),
        AuditEntry.at >= call.resolved_at,
    )
    return await session.scalar(entry.limit(1)) is not None
