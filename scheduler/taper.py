"""The plan: contact that fades out over six months (T: "vinger aan de pols"). Pure.

Days 1, 8, 22, 50, 106 and 182 after the first working day. Anchored on that day, never on the
day of enrolment, so that nobody is skipped silently (tenants2 PR#902): what a late enrolment
leaves out is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduler.calendar import Hours, contact_moment, local_day

DAYS = (1, 8, 22, 50, 106, 182)
SHORTEST_GAP = timedelta(days=7)
"""A late enrolment does not ask the current step when the next one is closer than this."""

SEND_WITHIN = timedelta(days=3)
"""A check-in that could not be sent by then is too late: it expires, and is counted."""

ANSWER_WITHIN = timedelta(days=6)
"""A check-in is open for an answer this long, or until the next one is asked."""

REMIND_AFTER = timedelta(days=3)
"""Whoever did not answer by then is asked once more."""

CLOSE_AFTER = timedelta(days=7)
"""The closing message comes this long after the last step."""


@dataclass(frozen=True)
class Contact:
    """One planned step: its name ("day-8") and its moment in UTC."""

    step: str
    due: datetime


@dataclass(frozen=True)
class Plan:
    """What is coming, what a late start left out, and when the track ends (UTC)."""

    contacts: tuple[Contact, ...]
    skipped: tuple[str, ...]
    ends: datetime


def plan(
    first_working_day: date,
    now: datetime,
    hours: Hours,
    spread: float,
    days: Sequence[int] = DAYS,
) -> Plan:
    """The steps from `now` on, at the person's own allowed moments.

    A start in the past begins with the step that is current, at the next possible moment, unless
    the step after it is less than a week away. `spread` in [0, 1): the person's own place in the
    evening. `days`: those of the contacts after the first working day, ascending.
    """
    today = local_day(now, hours)
    moments = {
        day: contact_moment(first_working_day + timedelta(days=day), hours, spread) for day in days
    }
    coming = [day for day in days if moments[day] > now]
    passed = [day for day in days if moments[day] <= now]
    if passed and _is_current(passed[-1], coming, first_working_day, today):
        current = passed.pop()
        moments[current] = _soon(now, today, hours, spread)
        coming.insert(0, current)
    return Plan(
        contacts=tuple(Contact(step_name(day), moments[day]) for day in coming),
        skipped=tuple(step_name(day) for day in passed),
        ends=moments[days[-1]] + CLOSE_AFTER,
    )


def step_name(day: int) -> str:
    """The name of the step of `day`."""
    return f"day-{day}"


def _is_current(day: int, coming: list[int], first_working_day: date, today: date) -> bool:
    if not coming:
        return today <= first_working_day + timedelta(days=day) + SHORTEST_GAP
    return first_working_day + timedelta(days=coming[0]) - today >= SHORTEST_GAP


def _soon(now: datetime, today: date, hours: Hours, spread: float) -> datetime:
    tonight = contact_moment(today, hours, spread)
    if tonight > now:
        return tonight
    return contact_moment(today + timedelta(days=1), hours, spread)
