"""Which ways people went through the programme, counted from the rows that their tracks leave.

One person takes several: asked for help, in danger, stopped. A way that nobody took shows as 0, so
that a rehearsal says what it has not tried.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.phrases import Phrase
from conversations.topics import side_of
from conversations.words import (
    ChangeKind,
    CheckInStatus,
    Direction,
    Form,
    Side,
    Standing,
    Topic,
)
from storage.models import CheckIn, Consent, Enrolment, Escalation, Message, PlanChange

_SIDES = {
    side: [topic for topic in Topic if topic is not Topic.DANGER and side_of(topic) is side]
    for side in Side
}


async def paths(session: AsyncSession) -> dict[str, int]:
    """Each path and how many people took it."""
    found = {}
    for name, took in _PATHS.items():
        query = select(func.count(Enrolment.id)).where(took)
        found[name] = int(await session.scalar(query) or 0)
    return found


def _standing(standing: Standing) -> ColumnElement[bool]:
    return Enrolment.standing == standing


def _in(enrolments: Any, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """One scan of the rows that tell, whatever the number of people: not one for each."""
    return Enrolment.id.in_(select(enrolments).where(enrolments.is_not(None), *which))


def _consented() -> ColumnElement[bool]:
    return _in(Consent.enrolment_id)


def _asked_for_help(topics: Sequence[Topic]) -> ColumnElement[bool]:
    return _in(Escalation.enrolment_id, Escalation.topic.in_(topics))


def _got(*phrases: Phrase) -> ColumnElement[bool]:
    sent = Message.direction == Direction.OUT
    return _in(Message.enrolment_id, sent, Message.phrase.in_(phrases))


def _check_in(status: CheckInStatus) -> ColumnElement[bool]:
    return _in(CheckIn.enrolment_id, CheckIn.status == status)


def _changed(kind: ChangeKind) -> ColumnElement[bool]:
    return _in(PlanChange.enrolment_id, PlanChange.kind == kind)


_PATHS: dict[str, ColumnElement[bool]] = {
    "declined at the interview": Enrolment.form == Form.DECLINED,
    "refused": and_(_standing(Standing.DECLINED), Enrolment.form != Form.DECLINED, ~_consented()),
    "never answered the request": _standing(Standing.LAPSED),
    "consented": _consented(),
    "passive": and_(_consented(), Enrolment.form == Form.PASSIVE),
    "answered every check-in": and_(
        _check_in(CheckInStatus.ANSWERED), ~_check_in(CheckInStatus.EXPIRED)
    ),
    "left a check-in unanswered": _check_in(CheckInStatus.EXPIRED),
    "so-so": _got(Phrase.SO_SO),
    "asked for help with work": _asked_for_help(_SIDES[Side.WORK]),
    "asked the municipality for help": _asked_for_help(_SIDES[Side.MUNICIPALITY]),
    "asked for help with both": and_(
        _asked_for_help(_SIDES[Side.WORK]), _asked_for_help(_SIDES[Side.MUNICIPALITY])
    ),
    "was asked: were you helped": _got(Phrase.HELPED),
    "was not helped": _got(Phrase.HELPED_NO),
    "lost the job": Enrolment.job_lost_at.is_not(None),
    "contract ended": _got(Phrase.CONTRACT_END),
    "urgent debt": _got(Phrase.DEBT_OFFER),
    "danger: suicide": _got(Phrase.DANGER_SUICIDE),
    "danger: violence": _got(Phrase.DANGER_VIOLENCE),
    "danger: emergency": _got(Phrase.DANGER_EMERGENCY),
    "released after danger": _changed(ChangeKind.RELEASED),
    "language changed": _got(Phrase.LANGUAGE_SET),
    "paused": _changed(ChangeKind.PAUSED),
    "extended": _changed(ChangeKind.EXTENDED),
    "stopped": _standing(Standing.WITHDRAWN),
    "closed at the end": _standing(Standing.COMPLETED),
    "closed with a question open": _got(Phrase.CLOSING_OPEN),
}
