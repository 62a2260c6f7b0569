"""What a municipality must be able to say of its aftercare: how many took part, answered, asked
for help, were contacted in time and were helped. Amsterdam could not measure its pilot because
this was not registered; here it follows from the rows that the work itself leaves.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.words import CheckInStatus, Direction, MessageStatus, Standing
from storage.models import (
    CheckIn,
    Consent,
    Desk,
    Enrolment,
    Escalation,
    Instrument,
    InstrumentUse,
    Message,
    Outcome,
)

_SAID = (MessageStatus.SENT, MessageStatus.DELIVERED)


@dataclass(frozen=True)
class Figures:
    """Counts. `contacted_in_time` is out of `contacted`; the mappings go from a word to a count."""

    enrolled: int
    consented: int
    standings: dict[str, int]
    check_ins: dict[str, int]
    answers: dict[str, int]
    messages_in: int
    messages_out: int
    escalations: dict[str, int] = field(default_factory=dict)
    contacted: int = 0
    contacted_in_time: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    instruments: dict[str, int] = field(default_factory=dict)


async def figures(session: AsyncSession, municipalities: Collection[int] | None = None) -> Figures:
    """The figures of all enrolments in `municipalities` (ids), or of all there are."""
    ours = select(Enrolment.id)
    if municipalities is not None:
        ours = ours.where(Enrolment.municipality_id.in_(municipalities))

    async def count(query: Select[int]) -> int:
        return await session.scalar(query) or 0

    async def by_word(query: Select[Any, int]) -> dict[str, int]:
        rows = [(str(word), number) for word, number in await session.execute(query) if word]
        return dict(sorted(rows))

    contacted = (
        select(func.count())
        .select_from(Escalation)
        .where(Escalation.enrolment_id.in_(ours), Escalation.contacted_at.is_not(None))
    )
    said = select(func.count()).select_from(Message).where(Message.enrolment_id.in_(ours))
    return Figures(
        enrolled=await count(select(func.count()).select_from(ours.subquery())),
        consented=await count(
            select(func.count(Consent.enrolment_id.distinct())).where(
                Consent.enrolment_id.in_(ours)
            )
        ),
        standings=await by_word(
            select(Enrolment.standing, func.count())
            .where(Enrolment.id.in_(ours))
            .group_by(Enrolment.standing)
        ),
        check_ins=await by_word(
            select(CheckIn.status, func.count())
            .where(CheckIn.enrolment_id.in_(ours), CheckIn.status != CheckInStatus.PLANNED)
            .group_by(CheckIn.status)
        ),
        answers=await by_word(
            select(CheckIn.answer, func.count())
            .where(CheckIn.enrolment_id.in_(ours))
            .group_by(CheckIn.answer)
        ),
        messages_in=await count(said.where(Message.direction == Direction.IN)),
        messages_out=await count(
            said.where(Message.direction == Direction.OUT, Message.status.in_(_SAID))
        ),
        escalations=await by_word(
            select(Desk.slug, func.count())
            .join(Escalation, Escalation.desk_id == Desk.id)
            .where(Escalation.enrolment_id.in_(ours))
            .group_by(Desk.slug)
        ),
        contacted=await count(contacted),
        contacted_in_time=await count(
            contacted.where(Escalation.contacted_at <= Escalation.deadline)
        ),
        outcomes=await by_word(
            select(Outcome.kind, func.count())
            .join(Escalation, Escalation.id == Outcome.escalation_id)
            .where(Escalation.enrolment_id.in_(ours))
            .group_by(Outcome.kind)
        ),
        instruments=await by_word(
            select(Instrument.name, func.count())
            .join(InstrumentUse, InstrumentUse.instrument_id == Instrument.id)
            .where(InstrumentUse.enrolment_id.in_(ours))
            .group_by(Instrument.name)
        ),
    )


def asked(status_counts: dict[str, int]) -> int:
    """How many check-ins were put to people, of the counts by status."""
    return sum(
        number
        for status, number in status_counts.items()
        if status in (CheckInStatus.ASKED, CheckInStatus.ANSWERED, CheckInStatus.EXPIRED)
    )


def completed(standings: dict[str, int]) -> int:
    """How many tracks came to their own end."""
    return standings.get(Standing.COMPLETED, 0)
