"""Allowed moments, working days and deadlines in a municipality's wall time. Pure.

People were woken at night (immersion-facile PR#1046), held messages burst in the morning
(commcare-hq PR#27900), holidays were missing from deadlines (chatwoot#6467): hence one place.
Moments are aware datetimes, in and out in UTC; days and times are wall time in `Hours.zone`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b
from zoneinfo import ZoneInfo

import holidays

SUNDAY, SATURDAY = 6, 5


@dataclass(frozen=True)
class Hours:
    """When a municipality's people may be sent something of our own accord.

    Between `opens` and `closes` it is allowed; check-ins prefer the evening, from
    `evening_from` until `evening_until`, when most people are back from work. Nothing
    goes out on `free_days`, the municipality's own, beside Sundays and holidays.
    """

    zone: str = "Europe/Amsterdam"
    opens: time = time(9, 0)
    closes: time = time(20, 30)
    evening_from: time = time(17, 0)
    evening_until: time = time(20, 0)
    free_days: frozenset[date] = frozenset()


OFFICE_OPENS, OFFICE_CLOSES = time(9, 0), time(17, 0)
"""A deadline ends with the working day."""

WORKING_DAY = OFFICE_CLOSES.hour - OFFICE_OPENS.hour
"""Hours."""


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))


def is_holiday(day: date) -> bool:
    """Whether `day` is a Dutch public holiday (Liberation Day once in five years)."""
    return day in _public_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Monday to Friday, not a holiday."""
    return day.weekday() < SATURDAY and not is_holiday(day)


def is_contact_day(day: date) -> bool:
    """Any day but Sundays and holidays (rule 10)."""
    return day.weekday() != SUNDAY and not is_holiday(day)


def after_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which itself does not count."""
    for later in _days_from(day + timedelta(days=1)):
        if is_working_day(later):
            count -= 1
            if count <= 0:
                return later
    raise AssertionError("days do not end")


def local_day(moment: datetime, hours: Hours) -> date:
    """The wall-time day on which `moment` falls."""
    return moment.astimezone(_zone(hours.zone)).date()


def midnight(day: date, hours: Hours) -> datetime:
    """The moment at which `day` begins on the wall, in UTC."""
    return _at(day, time(), hours)


def deadline(moment: datetime, working_days: int, hours: Hours) -> datetime:
    """The end of the `working_days`-th working day after `moment`, in UTC."""
    day = after_working_days(local_day(moment, hours), working_days)
    return _at(day, OFFICE_CLOSES, hours)


def working_hours(start: datetime, end: datetime, hours: Hours) -> float:
    """How many hours the office was open between two moments; 0 when `end` is not after `start`."""
    return max(0.0, _office_hours_until(end, hours) - _office_hours_until(start, hours))


def is_allowed(moment: datetime, hours: Hours) -> bool:
    """Whether something of our own accord may go out at `moment` (rule 10)."""
    local = moment.astimezone(_zone(hours.zone))
    return _is_open(local.date(), hours) and hours.opens <= local.time() < hours.closes


def next_allowed(moment: datetime, hours: Hours, spread: float = 0.0) -> datetime:
    """`moment` itself when allowed; else on the next allowed day, spread over its first hours.

    `spread` in [0, 1) is the person's own place, so that a night's backlog is no burst at nine.
    """
    if is_allowed(moment, hours):
        return moment
    local = moment.astimezone(_zone(hours.zone))
    start = local.date() if local.time() < hours.opens else local.date() + timedelta(days=1)
    day = _open_from(start, hours)
    return _between(day, hours.opens, hours.evening_from, hours, spread)


def contact_moment(day: date, hours: Hours, spread: float) -> datetime:
    """The person's own evening moment on `day`, or on the first contact day after it, in UTC."""
    return _between(_open_from(day, hours), hours.evening_from, hours.evening_until, hours, spread)


def spread_of(person: int) -> float:
    """A person's fixed place in [0, 1), even over all people."""
    return int.from_bytes(blake2b(str(person).encode(), digest_size=6).digest()) / 2**48


def _is_open(day: date, hours: Hours) -> bool:
    return day not in hours.free_days and is_contact_day(day)


def _open_from(day: date, hours: Hours) -> date:
    return next(one for one in _days_from(day) if _is_open(one, hours))


def _between(day: date, start: time, end: time, hours: Hours, spread: float) -> datetime:
    first, last = _at(day, start, hours), _at(day, end, hours)
    seconds = int((last - first).total_seconds() * spread)
    return first + timedelta(seconds=seconds)


def _at(day: date, moment: time, hours: Hours) -> datetime:
    return datetime.combine(day, moment, _zone(hours.zone)).astimezone(UTC)


def _office_hours_until(moment: datetime, hours: Hours) -> float:
    """Counted from the same beginning for all moments."""
    local = moment.astimezone(_zone(hours.zone))
    day = local.date()
    full = _working_days_before(day)
    if not is_working_day(day):
        return full * WORKING_DAY
    today = local.hour + local.minute / 60 + local.second / 3600 - OFFICE_OPENS.hour
    return full * WORKING_DAY + min(max(today, 0.0), WORKING_DAY)


@lru_cache(maxsize=2048)
def _working_days_before(day: date) -> int:
    """Working days from 2020 on: nobody had aftercare from us before."""
    if day <= date(2020, 1, 1):
        return 0
    start = (day - timedelta(days=1)).replace(day=1)  # so that a year of days shares its months
    return _working_days_before(start) + _working_days_in(start, day)


def _working_days_in(start: date, end: date) -> int:
    return sum(is_working_day(start + timedelta(days=one)) for one in range((end - start).days))


@lru_cache(maxsize=16)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)
