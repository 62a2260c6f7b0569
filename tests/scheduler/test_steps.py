"""The steps beside the taper: when, and what becomes one."""

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scheduler import steps
from scheduler.calendar import Hours, contact_moment, is_allowed, local_day
from scheduler.taper import DAYS, Contact, plan

HOURS = Hours()
FIRST = date(2026, 3, 2)
NOW = contact_moment(FIRST, HOURS, 0.0) - timedelta(hours=6)


def contacts(now: datetime = NOW) -> tuple[Contact, ...]:
    return plan(FIRST, now, HOURS, 0.5).contacts


def with_end(contract_end: date, now: datetime = NOW) -> tuple[Contact, ...]:
    return steps.with_contract_end(contacts(now), contract_end, now, HOURS, 0.5)


def names(found: tuple[Contact, ...]) -> list[str]:
    return [one.step for one in found]


def test_the_contact_comes_six_weeks_before_the_contract_ends() -> None:
    found = with_end(date(2026, 5, 19))
    (extra,) = [one for one in found if one.step == steps.CONTRACT_END]
    assert local_day(extra.due, HOURS) == date(2026, 4, 7)
    assert names(found) == [
        "day-1",
        "day-8",
        "day-22",
        "contract-end",
        "day-50",
        "day-106",
        "day-182",
    ]


def test_near_another_step_the_two_are_one() -> None:
    found = with_end(date(2026, 6, 3))  # six weeks before is the 22nd of April, a day after day 50
    assert names(found) == ["day-1", "day-8", "day-22", "day-50+contract-end", "day-106", "day-182"]
    assert [one.due for one in found] == [one.due for one in contacts()]
    assert steps.asks_contract("day-50+contract-end")
    assert steps.asks_how("day-50+contract-end")
    assert not steps.asks_how(steps.CONTRACT_END)


def test_enrolled_within_the_six_weeks_it_is_asked_at_the_first_contact() -> None:
    assert names(with_end(date(2026, 3, 30)))[0] == "day-1+contract-end"


def test_a_contract_that_is_over_or_far_away_is_not_asked_about() -> None:
    for contract_end in (FIRST - timedelta(days=1), FIRST + timedelta(days=2), date(2027, 3, 1)):
        assert with_end(contract_end) == contacts()


@given(st.integers(-30, 400), st.integers(0, 200))
def test_whatever_the_contract_the_contacts_stay_in_order_and_apart(end: int, passed: int) -> None:
    now = NOW + timedelta(days=passed)
    found = with_end(FIRST + timedelta(days=end), now)
    dues = [one.due for one in found]
    assert dues == sorted(dues)
    assert len(found) - len(contacts(now)) in (0, 1)
    assert sum(steps.asks_contract(one.step) for one in found) <= 1
    for earlier, later in pairwise(dues):
        assert later - earlier >= timedelta(days=3)
    for one in found:
        assert is_allowed(one.due, HOURS)
        if steps.asks_contract(one.step):
            assert local_day(one.due, HOURS) < FIRST + timedelta(days=end)


def test_an_extension_lasts_twelve_months_at_most() -> None:
    after = NOW + timedelta(days=DAYS[-1] + 3)
    year = steps.extension(FIRST, FIRST + steps.LONGEST, after, HOURS, 0.5)
    assert names(year) == ["day-243", "day-304", "day-365"]
    assert names(steps.extension(FIRST, FIRST + timedelta(days=260), after, HOURS, 0.5)) == [
        "day-243"
    ]
    assert steps.extension(FIRST, FIRST + timedelta(days=200), after, HOURS, 0.5) == ()
