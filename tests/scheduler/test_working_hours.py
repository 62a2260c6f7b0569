"""Time as an office counts it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendar import Hours, midnight, working_hours

HERE = Hours()
BEGIN = datetime(2021, 1, 1, tzinfo=UTC)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-03-02T10:00", "2026-03-02T12:30", 2.5),  # Monday, eleven in the morning here
        ("2026-03-02T10:00", "2026-03-03T10:00", 8),
        ("2026-03-06T15:30", "2026-03-09T09:00", 1.5),  # over a weekend
        ("2026-03-07T10:00", "2026-03-08T10:00", 0),
        ("2026-03-02T22:00", "2026-03-03T08:30", 0.5),  # written in the evening
        (
            "2026-04-03T08:00",
            "2026-04-07T09:00",
            2,
        ),  # Easter, with Good Friday as `holidays` has it
        ("2026-03-27T15:00", "2026-03-30T08:00", 2),  # summer time begins: ten is nine
        ("2026-12-31T15:00", "2027-01-04T09:00", 2),  # over New Year
        ("2026-03-03T10:00", "2026-03-02T10:00", 0),
    ],
)
def test_hours_on_which_the_office_is_open(start: str, end: str, expected: float) -> None:
    assert working_hours(_at(start), _at(end), HERE) == pytest.approx(expected)


@given(
    st.integers(0, 8 * 365 * 24 * 60).map(lambda one: BEGIN + timedelta(minutes=one)),
    st.timedeltas(timedelta(), timedelta(days=400)),
    st.timedeltas(timedelta(), timedelta(days=400)),
)
def test_times_add_up(start: datetime, first: timedelta, second: timedelta) -> None:
    middle, end = start + first, start + first + second
    whole = working_hours(start, end, HERE)
    parts = working_hours(start, middle, HERE) + working_hours(middle, end, HERE)
    assert whole == pytest.approx(parts)
    assert whole <= (first + second).total_seconds() / 3600 + 1e-6


def test_a_day_begins_at_midnight_on_the_wall() -> None:
    assert midnight(date(2026, 3, 2), HERE) == _at("2026-03-01T23:00")
    assert midnight(date(2026, 7, 1), HERE) == _at("2026-06-30T22:00")
