"""The one source of the moment, which can be travelled."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from scheduler.clock import Clock

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


class Machine:
    """A machine's time that the test moves."""

    def __init__(self) -> None:
        self.at = datetime(2030, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def test_a_running_clock_goes_on_from_where_it_was_set() -> None:
    machine = Machine()
    clock = Clock(START, source=machine)
    assert clock.now() == START
    machine.at += timedelta(minutes=5)
    assert clock.now() == START + timedelta(minutes=5)


def test_a_standing_clock_moves_only_when_told() -> None:
    machine = Machine()
    clock = Clock(START, running=False, source=machine)
    machine.at += timedelta(days=1)
    assert clock.now() == START
    clock.travel_to(START + timedelta(hours=1))
    assert clock.now() == START + timedelta(hours=1)


def test_a_clock_that_nobody_set_shows_the_machines_time() -> None:
    machine = Machine()
    clock = Clock(source=machine)
    machine.at += timedelta(seconds=7)
    assert clock.now() == machine.at


def test_travelling_keeps_a_running_clock_running() -> None:
    machine = Machine()
    clock = Clock(source=machine)
    clock.travel_to(START)
    machine.at += timedelta(hours=2)
    assert clock.now() == START + timedelta(hours=2)


def test_the_moment_is_in_utc_whatever_zone_it_was_set_in() -> None:
    clock = Clock(running=False)
    clock.travel_to(START.astimezone(timezone(timedelta(hours=2))))
    assert clock.now() == START
    assert clock.now().utcoffset() == timedelta()


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Clock(running=False).travel_to(datetime(2026, 3, 2))  # noqa: DTZ001


def test_the_machines_own_time_is_aware() -> None:
    assert Clock().now().tzinfo is not None


def test_a_clock_follows_the_one_that_all_share() -> None:
    machine = Machine()
    clock = Clock(source=machine)
    clock.follow(timedelta(minutes=-3))
    assert clock.now() == machine.at - timedelta(minutes=3)
    clock.travel_to(START)
    assert clock.now() == START
