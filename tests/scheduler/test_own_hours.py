"""When a colleague is told: working days, own hours, at once or once a day."""

from datetime import UTC, datetime, time

import pytest

from scheduler.own_hours import told_at

ZONE = "Europe/Amsterdam"
OPENS, CLOSES = time(8), time(18)


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "digest", "expected"),
    [
        (_at(2, 10), None, _at(2, 10)),
        (_at(2, 6, 59), None, _at(2, 7)),  # a minute to eight here
        (_at(2, 17), None, _at(3, 7)),
        (_at(6, 18), None, _at(9, 7)),  # Friday evening
        (_at(28, 12), None, _at(30, 6)),  # summer time begins that night
        (_at(2, 10), time(8, 30), _at(3, 7, 30)),
        (_at(2, 7, 30), time(8, 30), _at(2, 7, 30)),
        (_at(7, 7), time(8, 30), _at(9, 7, 30)),
    ],
)
def test_somebody_is_told_in_their_own_hours(
    now: datetime, digest: time | None, expected: datetime
) -> None:
    assert told_at(now, ZONE, OPENS, CLOSES, digest) == expected


def test_a_holiday_is_no_working_day() -> None:
    easter_monday = datetime(2026, 4, 6, 10, tzinfo=UTC)
    assert told_at(easter_monday, ZONE, OPENS, CLOSES, None).day == 7
