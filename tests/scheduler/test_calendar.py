"""Allowed moments, working days and deadlines, in the wall time of the municipality."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar import (
    SUNDAY,
    Hours,
    after_working_days,
    contact_moment,
    deadline,
    is_allowed,
    is_contact_day,
    is_holiday,
    is_working_day,
    local_day,
    next_allowed,
    spread_of,
)

HOURS = Hours()
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

FIRST, LAST = date(2025, 1, 1), date(2036, 1, 1)

moments = st.builds(
    lambda day, minutes: datetime.combine(day, time(), UTC) + timedelta(minutes=minutes),
    st.dates(FIRST, LAST),
    st.integers(0, 24 * 60 - 1),
)
days = st.dates(FIRST, LAST)
spreads = st.floats(0, 1, exclude_max=True)
some = settings(max_examples=300, deadline=None)


def here(text: str) -> datetime:
    """A moment in Dutch wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm (Meeus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    j, k = c // 4, c % 4
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * j - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


@pytest.mark.parametrize("year", range(2025, 2041))
def test_easter_ascension_and_whitsun_move_with_the_moon(year: int) -> None:
    sunday = easter(year)
    for after in (0, 1, 39, 49, 50):
        assert is_holiday(sunday + timedelta(days=after)), after
    assert not is_holiday(sunday + timedelta(days=3))


@pytest.mark.parametrize("year", range(2025, 2041))
def test_fixed_holidays_stay_where_they_are(year: int) -> None:
    for month, day in ((1, 1), (12, 25), (12, 26)):
        assert is_holiday(date(year, month, day))
    for month, day in ((1, 2), (12, 24), (12, 31)):
        assert not is_holiday(date(year, month, day))


def test_kings_day_moves_to_saturday_when_it_falls_on_a_sunday() -> None:
    assert is_holiday(date(2026, 4, 27))
    assert date(2025, 4, 27).weekday() == SUNDAY
    assert is_holiday(date(2025, 4, 26))
    assert date(2031, 4, 27).weekday() == SUNDAY
    assert is_holiday(date(2031, 4, 26))
    assert not is_contact_day(date(2031, 4, 26))


def test_liberation_day_is_a_holiday_once_in_five_years() -> None:
    assert is_holiday(date(2025, 5, 5))
    assert is_holiday(date(2030, 5, 5))
    assert not is_holiday(date(2026, 5, 5))
    assert is_working_day(date(2026, 5, 5))


@given(days)
def test_no_working_day_is_a_weekend_or_holiday_and_each_is_a_contact_day(day: date) -> None:
    if is_working_day(day):
        assert day.weekday() < 5
        assert not is_holiday(day)
        assert is_contact_day(day)
    if is_contact_day(day):
        assert day.weekday() != SUNDAY
        assert not is_holiday(day)


def test_saturday_is_for_messages_and_not_for_deadlines() -> None:
    saturday = date(2026, 3, 7)
    assert is_contact_day(saturday)
    assert not is_working_day(saturday)


@some
@given(moments, spreads)
def test_the_next_allowed_moment_is_allowed_and_never_before(
    moment: datetime, spread: float
) -> None:
    found = next_allowed(moment, HOURS, spread)
    assert is_allowed(found, HOURS)
    assert found >= moment
    assert found == moment or not is_allowed(moment, HOURS)
    local = found.astimezone(AMSTERDAM)
    assert time(9) <= local.time() < time(20, 30)
    assert local.weekday() != SUNDAY
    assert not is_holiday(local.date())
    assert found - moment < timedelta(days=5)


@some
@given(moments, spreads)
def test_no_allowed_day_is_passed_over(moment: datetime, spread: float) -> None:
    found = next_allowed(moment, HOURS, spread)
    between = local_day(moment, HOURS) + timedelta(days=1)
    while between < local_day(found, HOURS):
        assert not is_contact_day(between)
        between += timedelta(days=1)


@some
@given(
    moments,
    spreads,
    st.sampled_from(["Europe/Amsterdam", "America/Kralendijk", "Pacific/Auckland"]),
    st.integers(0, 8),
    st.integers(1, 6),
)
def test_other_municipalities_have_other_hours_and_zones(
    moment: datetime, spread: float, zone: str, opens: int, wide: int
) -> None:
    evening = opens + 2 * wide
    hours = Hours(zone, time(opens), time(evening + 3), time(evening), time(evening + 2))
    found = next_allowed(moment, hours, spread)
    assert is_allowed(found, hours)
    assert found >= moment


@some
@given(days, spreads)
def test_the_evening_moment_is_in_the_evening_of_an_allowed_day(day: date, spread: float) -> None:
    found = contact_moment(day, HOURS, spread)
    assert is_allowed(found, HOURS)
    local = found.astimezone(AMSTERDAM)
    assert time(17) <= local.time() < time(20)
    assert local.date() >= day
    assert local.date() == day or not is_contact_day(day)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-03-02T08:59:59", False),
        ("2026-03-02T09:00:00", True),
        ("2026-03-02T20:29:59", True),
        ("2026-03-02T20:30:00", False),
        ("2026-03-02T00:00:00", False),
        ("2026-03-08T12:00:00", False),  # Sunday
        ("2026-03-07T12:00:00", True),  # Saturday
        ("2026-04-06T12:00:00", False),  # Easter Monday
        ("2026-04-27T12:00:00", False),  # King's Day
        ("2026-12-25T12:00:00", False),
    ],
)
def test_quiet_hours_sundays_and_holidays_are_quiet(moment: str, allowed: bool) -> None:
    assert is_allowed(here(moment), HOURS) is allowed


@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-30", "2026-10-24", "2026-10-26"])
def test_nine_is_nine_on_both_sides_of_the_change_of_the_clock(day: str) -> None:
    """Summer time begins on 29 March and ends on 25 October 2026."""
    night = here(f"{day}T03:00:00")
    assert next_allowed(night, HOURS, 0.0) == here(f"{day}T09:00:00")
    offset = here(f"{day}T09:00:00").utcoffset()
    assert offset == timedelta(hours=2 if "03-30" <= day[5:] <= "10-24" else 1)


def test_the_same_hour_twice_is_quiet_both_times() -> None:
    for moment in (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ):
        assert moment.astimezone(AMSTERDAM).hour == 2
        assert next_allowed(moment, HOURS, 0.0) == here("2026-10-26T09:00:00")


def test_contact_and_deadline_keep_their_wall_time_over_the_change() -> None:
    assert contact_moment(date(2026, 3, 28), HOURS, 0.0) == here("2026-03-28T17:00:00")
    assert contact_moment(date(2026, 3, 30), HOURS, 0.0) == here("2026-03-30T17:00:00")
    friday_evening = here("2026-03-27T20:00:00")
    assert deadline(friday_evening, 2, HOURS) == here("2026-03-31T17:00:00")


@pytest.mark.parametrize(
    ("now", "working_days", "until"),
    [
        ("2026-03-02T11:00:00", 1, "2026-03-03T17:00:00"),
        ("2026-03-02T11:00:00", 2, "2026-03-04T17:00:00"),
        ("2026-03-06T11:00:00", 1, "2026-03-09T17:00:00"),  # Friday
        ("2026-03-07T11:00:00", 2, "2026-03-10T17:00:00"),  # Saturday
        ("2026-03-08T23:30:00", 1, "2026-03-09T17:00:00"),  # Sunday night
        ("2026-04-02T18:00:00", 2, "2026-04-08T17:00:00"),  # before Easter
        ("2026-12-24T12:00:00", 2, "2026-12-29T17:00:00"),
    ],
)
def test_a_deadline_is_the_end_of_a_working_day(now: str, working_days: int, until: str) -> None:
    assert deadline(here(now), working_days, HOURS) == here(until)


@some
@given(moments, st.integers(1, 30))
def test_as_many_working_days_pass_as_were_given(moment: datetime, count: int) -> None:
    start = local_day(moment, HOURS)
    last = after_working_days(start, count)
    passed = [start + timedelta(days=one) for one in range(1, (last - start).days + 1)]
    assert is_working_day(last)
    assert sum(map(is_working_day, passed)) == count
    assert deadline(moment, count, HOURS) > moment


def test_people_are_spread_evenly_and_each_keeps_the_same_place() -> None:
    places = [spread_of(person) for person in range(1, 4001)]
    assert places == [spread_of(person) for person in range(1, 4001)]
    assert all(0 <= place < 1 for place in places)
    counts = [sum(1 for place in places if tenth <= place * 10 < tenth + 1) for tenth in range(10)]
    assert min(counts) > 300
    assert max(counts) < 500


def test_a_night_of_waiting_messages_is_no_burst_in_the_morning() -> None:
    night = here("2026-03-03T02:00:00")
    moments_of_people = [next_allowed(night, HOURS, spread_of(one)) for one in range(1, 1001)]
    busiest = max(
        sum(1 for one in moments_of_people if start <= one < start + timedelta(minutes=15))
        for start in (here("2026-03-03T09:00:00") + timedelta(minutes=15 * n) for n in range(46))
    )
    assert busiest < 80
