"""When a colleague is told something: in their own hours, at once or once a day. Pure."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.calendar import is_working_day


def told_at(
    now: datetime, zone: str, opens: time, closes: time, digest_at: time | None
) -> datetime:
    """The first moment from `now` on, in UTC: on a working day between `opens` and `closes`; or,
    for a digest, at `digest_at`."""
    local = now.astimezone(ZoneInfo(zone))
    if digest_at is not None:
        return _first(local, zone, digest_at, lambda moment: moment >= local)
    if is_working_day(local.date()) and opens <= local.time() < closes:
        return now
    return _first(local, zone, opens, lambda moment: moment > local)


def _first(local: datetime, zone: str, at: time, counts: Callable[[datetime], bool]) -> datetime:
    day: date = local.date()
    while True:
        moment = datetime.combine(day, at, ZoneInfo(zone))
        if is_working_day(day) and counts(moment):
            return moment.astimezone(UTC)
        day += timedelta(days=1)
