"""The plan of six months: when it asks, what a late start leaves out, what it never does."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendar import Hours, is_allowed, is_contact_day, local_day
from scheduler.taper import DAYS, Plan, plan, step_name

HOURS = Hours()
MONDAY = date(2026, 3, 2)
STEPS = tuple(step_name(day) for day in DAYS)


def planned(first: date, now: str, spread: float = 0.5) -> Plan:
    moment = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Europe/Amsterdam"))
    return plan(first, moment, HOURS, spread)


def days_after(first: date, made: Plan) -> list[int]:
    return [(local_day(one.due, HOURS) - first).days for one in made.contacts]


def test_the_steps_are_those_of_the_thesis() -> None:
    assert DAYS == (1, 8, 22, 50, 106, 182)
    gaps = [later - earlier for earlier, later in pairwise(DAYS)]
    assert gaps == [7, 14, 28, 56, 76]


def test_an_enrolment_before_the_first_working_day_has_all_steps() -> None:
    made = planned(MONDAY, "2026-02-20T12:00:00")
    assert [one.step for one in made.contacts] == list(STEPS)
    assert made.skipped == ()
    assert days_after(MONDAY, made) == [1, 8, 22, 50, 106, 182]


def test_a_step_on_a_sunday_or_holiday_moves_to_the_next_allowed_day() -> None:
    first = date(2026, 4, 4)  # day 1 is Easter Sunday, then comes Easter Monday
    made = planned(first, "2026-04-01T12:00:00")
    assert days_after(first, made)[0] == 3
    assert local_day(made.contacts[0].due, HOURS) == date(2026, 4, 7)


def test_moving_one_step_does_not_move_the_others() -> None:
    saturday = date(2026, 3, 7)  # day 1, 8, 22, 50 and 106 are Sundays, day 182 a Saturday
    made = planned(saturday, "2026-03-01T12:00:00")
    assert days_after(saturday, made) == [2, 9, 23, 52, 107, 182]  # day 51 is King's Day


def test_a_late_enrolment_starts_with_the_current_step_and_names_what_it_skipped() -> None:
    made = planned(MONDAY, "2026-03-30T12:00:00")  # day 28, between 22 and 50
    assert made.skipped == ("day-1", "day-8")
    assert [one.step for one in made.contacts] == ["day-22", "day-50", "day-106", "day-182"]
    assert local_day(made.contacts[0].due, HOURS) == date(2026, 3, 30)


def test_the_current_step_is_left_out_when_the_next_is_less_than_a_week_away() -> None:
    made = planned(MONDAY, "2026-04-16T12:00:00")  # day 45; day 50 is five days away
    assert made.skipped == ("day-1", "day-8", "day-22")
    assert made.contacts[0].step == "day-50"


def test_an_enrolment_late_in_the_evening_asks_the_next_day() -> None:
    made = planned(MONDAY, "2026-03-30T20:10:00")
    assert local_day(made.contacts[0].due, HOURS) == date(2026, 3, 31)


def test_the_very_last_day_still_asks_once() -> None:
    made = planned(MONDAY, "2026-09-01T12:00:00")  # day 183
    assert [one.step for one in made.contacts] == ["day-182"]
    assert made.skipped == STEPS[:-1]


def test_after_everything_has_passed_nothing_is_asked() -> None:
    made = planned(MONDAY, "2026-10-15T12:00:00")
    assert made.contacts == ()
    assert made.skipped == STEPS


@settings(max_examples=400, deadline=None)
@given(
    st.dates(date(2025, 1, 1), date(2034, 1, 1)),
    st.integers(-92, 230),
    st.integers(0, 24 * 60 - 1),
    st.floats(0, 1, exclude_max=True),
)
def test_every_plan_is_in_order_allowed_complete_and_never_crowded(
    first: date, day: int, minute: int, spread: float
) -> None:
    now = datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(
        days=day, minutes=minute
    )
    made = plan(first, now, HOURS, spread)
    moments = [one.due for one in made.contacts]
    steps = [one.step for one in made.contacts]

    assert moments == sorted(set(moments)), "in order"
    assert all(moment > now for moment in moments), "never in the past"
    assert all(is_allowed(moment, HOURS) for moment in moments)
    assert (*made.skipped, *steps) == STEPS, "every step is planned or named as skipped, in order"
    assert all(later - earlier >= timedelta(days=3) for earlier, later in pairwise(moments))
    assert not moments or made.ends > moments[-1]
    for contact in made.contacts[1:]:
        nominal = first + timedelta(days=int(contact.step.removeprefix("day-")))
        moved = (local_day(contact.due, HOURS) - nominal).days
        assert 0 <= moved <= 4
        assert moved == 0 or not is_contact_day(nominal)


@given(st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True))
def test_two_people_have_their_own_moment_on_the_same_day(one: float, other: float) -> None:
    mine = planned(MONDAY, "2026-02-20T12:00:00", one)
    theirs = planned(MONDAY, "2026-02-20T12:00:00", other)
    assert days_after(MONDAY, mine) == days_after(MONDAY, theirs)
    if abs(one - other) > 0.01:
        assert mine.contacts[0].due != theirs.contacts[0].due
