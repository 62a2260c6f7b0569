"""A track as a picture: where its months, check-ins, pauses, calls and ends are drawn.

Pure: it only says what is where. The template draws, and says the same in a table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from conversations.words import ChangeKind, CheckInStatus, Standing, Urgency
from scheduler.calendar import Hours, local_day
from staff.file import Change, File
from storage.models import CheckIn, Escalation

WIDTH, MARGIN = 920, 34
_FIRST_WEEKS = timedelta(days=182)
_CONTRACT_NEAR = timedelta(days=62)
_MARK = 24
"""Two marks nearer than this would hide one another."""


@dataclass(frozen=True)
class Step:
    """A check-in: its place, and what shape it has (an answer, or else a status)."""

    x: int
    shape: str
    raised: bool
    row: CheckIn


@dataclass(frozen=True)
class Calls:
    """Calls for help that were opened close together; `urgent` if one of them was."""

    x: int
    number: int
    urgent: bool


@dataclass(frozen=True)
class Pause:
    """A time without check-ins."""

    x: int
    width: int


@dataclass(frozen=True)
class Event:
    """One line of the table: exactly one of the last four says what it is."""

    day: date
    at: datetime | None = None
    step: CheckIn | None = None
    call: Escalation | None = None
    change: Change | None = None
    fact: str = ""


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn, from left to right, and told in `events`. What is None is not on
    the picture."""

    months: list[tuple[int, date]]
    steps: list[Step]
    calls: list[Calls]
    pauses: list[Pause]
    start: int
    today: int | None
    contract_end: int | None
    end: int | None
    ends_on: date | None
    events: list[Event]


def picture(file: File, now: datetime) -> Picture:
    """The newest of the tracks in `file` as it stands at `now`."""
    track = file.person.track
    enrolment, hours = track.enrolment, track.place.hours
    steps = [one for one in file.steps if one.status is not CheckInStatus.CANCELLED]
    calls = [one.call for one in file.calls if one.call and one.call.enrolment_id == enrolment.id]
    pauses = [
        one
        for one in file.changes
        if one.kept.kind is ChangeKind.PAUSED and one.kept.enrolment_id == enrolment.id
    ]
    ends_at = enrolment.ended_at or enrolment.ends_at
    ends_on = local_day(ends_at, hours) if ends_at else None
    today = local_day(now, hours)
    runs = enrolment.standing in (Standing.INVITED, Standing.ACTIVE)
    days = [enrolment.first_working_day, local_day(enrolment.created_at, hours)]
    days += [local_day(_moment(one), hours) for one in steps]
    days += [local_day(one.opened_at, hours) for one in calls]
    days += [today] if runs else []
    days += [ends_on or enrolment.first_working_day + _FIRST_WEEKS]
    contract = enrolment.contract_end
    if contract and contract <= max(days) + _CONTRACT_NEAR:
        days.append(contract)
    scale = _Scale(min(days), max(days), hours)
    return Picture(
        list(scale.months()),
        list(_steps(steps, scale)),
        list(_calls(calls, scale)),
        [
            Pause(scale.at(one.kept.at), max(scale.at(one.kept.until) - scale.at(one.kept.at), 4))
            for one in pauses
            if one.kept.until
        ],
        scale.of(enrolment.first_working_day),
        scale.of(today) if runs and today <= scale.last else None,
        scale.of(contract) if contract and scale.first <= contract <= scale.last else None,
        scale.of(ends_on) if ends_on else None,
        ends_on,
        _events(file, hours, steps, calls, ends_on),
    )


@dataclass(frozen=True)
class _Scale:
    """From days to places on the line."""

    first: date
    last: date
    hours: Hours

    def of(self, day: date) -> int:
        length = max((self.last - self.first).days, 1)
        share = min(max((day - self.first).days / length, 0.0), 1.0)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN))

    def at(self, moment: datetime) -> int:
        return self.of(local_day(moment, self.hours))

    def months(self) -> Iterator[tuple[int, date]]:
        day = self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                yield self.of(day), day
            day = (day + timedelta(days=32)).replace(day=1)


def _steps(rows: Sequence[CheckIn], scale: _Scale) -> Iterator[Step]:
    last, raised = -WIDTH, False
    for row in sorted(rows, key=_moment):
        x = scale.at(_moment(row))
        raised = x - last < _MARK and not raised
        last = x
        yield Step(x, str(row.answer or row.status), raised, row)


def _calls(rows: Sequence[Escalation], scale: _Scale) -> Iterator[Calls]:
    current: Calls | None = None
    for row in sorted(rows, key=lambda one: one.opened_at):
        x, urgent = scale.at(row.opened_at), row.urgency is not Urgency.NORMAL
        if current and x - current.x < _MARK:
            current = Calls(current.x, current.number + 1, current.urgent or urgent)
            continue
        if current:
            yield current
        current = Calls(x, 1, urgent)
    if current:
        yield current


def _events(
    file: File,
    hours: Hours,
    steps: Sequence[CheckIn],
    calls: Sequence[Escalation],
    ends_on: date | None,
) -> list[Event]:
    enrolment = file.person.track.enrolment
    found = [Event(enrolment.first_working_day, fact="start")]
    found += [Event(local_day(_moment(one), hours), _moment(one), step=one) for one in steps]
    found += [Event(local_day(one.opened_at, hours), one.opened_at, call=one) for one in calls]
    found += [
        Event(local_day(one.kept.at, hours), one.kept.at, change=one)
        for one in file.changes
        if one.kept.enrolment_id == enrolment.id
    ]
    if enrolment.contract_end:
        found.append(Event(enrolment.contract_end, fact="contract"))
    if ends_on:
        found.append(Event(ends_on, fact="ended" if enrolment.ended_at else "ends"))
    return sorted(found, key=lambda one: one.day)


def _moment(step: CheckIn) -> datetime:
    return step.answered_at or step.asked_at or step.due_at
