"""What a municipality must be able to say of its aftercare: how many took part, answered, asked
for help, were contacted in time and were helped. Amsterdam could not measure its pilot because
this was not registered; here it follows from the rows that the work itself leaves.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

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
    escalations: dict[str, int] = field(default_factory=dict)
    contacted: int = 0
    contacted_in_time: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    instruments: dict[str, int] = field(default_factory=dict)


async def figures(session: AsyncSession, municipalities: Collection[int] | None = None) -> Figures:
    """The figures of all enrolments in `municipalities` (ids), or of all there are."""

    def ours(enrolment_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        if municipalities is None:
            return true()
        return enrolment_id.in_(
            select(Enrolment.id).where(Enrolment.municipality_id.in_(municipalities))
        )

    async def by_word(query: Select[Any, int]) -> dict[str, int]:
        rows = [(str(word), number) for word, number in await session.execute(query) if word]
        return dict(sorted(rows))

    standings = await by_word(
        select(Enrolment.standing, func.count())
        .where(ours(Enrolment.id))
        .group_by(Enrolment.standing)
    )
    check_ins, answers = await _check_ins(session, ours(CheckIn.enrolment_id))
    contacted = (
        await session.execute(
            select(
                func.count(),
                func.count(case((Escalation.contacted_at <= Escalation.deadline, 1))),
            ).where(ours(Escalation.enrolment_id), Escalation.contacted_at.is_not(None))
        )
    ).one()
    return Figures(
        enrolled=sum(standings.values()),
        consented=await session.scalar(
            select(func.count(Consent.enrolment_id.distinct())).where(ours(Consent.enrolment_id))
        )
        or 0,
        standings=standings,
        check_ins=check_ins,
        answers=answers,
        escalations=await by_word(
            select(Desk.slug, func.count())
            .join(Escalation, Escalation.desk_id == Desk.id)
            .where(ours(Escalation.enrolment_id))
            .group_by(Desk.slug)
        ),
        contacted=contacted[0],
        contacted_in_time=contacted[1],
        outcomes=await by_word(
            select(Outcome.kind, func.count())
            .join(Escalation, Escalation.id == Outcome.escalation_id)
            .where(ours(Escalation.enrolment_id))
            .group_by(Outcome.kind)
        ),
        instruments=await by_word(
            select(Instrument.name, func.count())
            .join(InstrumentUse, InstrumentUse.instrument_id == Instrument.id)
            .where(ours(InstrumentUse.enrolment_id))
            .group_by(Instrument.name)
        ),
    )


async def messages(session: AsyncSession) -> tuple[int, int]:
    """How many messages came in, and how many went out and arrived or may have. It reads them all:
    for a trial, not for a page."""
    rows = await session.execute(
        select(Message.direction, func.count())
        .where(or_(Message.direction == Direction.IN, Message.status.in_(_SAID)))
        .group_by(Message.direction)
    )
    counts = dict(rows.all())
    return counts.get(Direction.IN, 0), counts.get(Direction.OUT, 0)


async def _check_ins(
    session: AsyncSession, ours: ColumnElement[bool]
) -> tuple[dict[str, int], dict[str, int]]:
    """How many by status, but for those to come, and by answer."""
    statuses: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    rows = await session.execute(
        select(CheckIn.status, CheckIn.answer, func.count())
        .where(ours)
        .group_by(CheckIn.status, CheckIn.answer)
    )
    for status, answer, number in rows:
        if status is not CheckInStatus.PLANNED:
            statuses[str(status)] += number
        if answer is not None:
            answers[str(answer)] += number
    return dict(sorted(statuses.items())), dict(sorted(answers.items()))


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
