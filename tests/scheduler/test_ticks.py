"""The engine that ticks: again and again, one at a time, and a failure stops nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import time_machine

from scheduler.ticks import Engine, Tick

QUICK = 0.01


@asynccontextmanager
async def running(**ticks: Tick) -> AsyncIterator[Engine]:
    engine = Engine(ticks)
    engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


def counting() -> tuple[list[int], Callable[[], Awaitable[object]]]:
    runs: list[int] = []

    async def run() -> None:
        runs.append(len(runs))

    return runs, run


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - the engine knows no event to wait for
            await asyncio.sleep(QUICK)


async def test_a_tick_runs_at_once_and_then_again_and_again() -> None:
    runs, run = counting()
    async with running(count=Tick(run, QUICK)):
        await until(lambda: len(runs) >= 4)
    ended = len(runs)
    await asyncio.sleep(QUICK * 5)
    assert len(runs) == ended, "and no more once the engine has stopped"


async def test_a_failing_tick_runs_again_and_does_not_stop_the_others() -> None:
    runs, run = counting()
    failures: list[int] = []

    async def fail() -> None:
        failures.append(1)
        raise RuntimeError("the database is away")

    async with running(bad=Tick(fail, QUICK), good=Tick(run, QUICK)) as engine:
        await until(lambda: len(failures) >= 3 and len(runs) >= 3)
        assert engine.seconds_since("bad") is None
        since = engine.seconds_since("good")
        assert since is not None
        assert since < 5


async def test_a_tick_that_failed_once_is_alive_again_when_it_succeeds() -> None:
    runs: list[int] = []

    async def fail_first() -> None:
        runs.append(1)
        if len(runs) == 1:
            raise OSError("the network is away")

    async with running(one=Tick(fail_first, QUICK)) as engine:
        await until(lambda: engine.seconds_since("one") is not None)
    assert len(runs) >= 2


async def test_a_slow_tick_never_runs_beside_itself() -> None:
    inside = most = rounds = 0

    async def slow() -> None:
        nonlocal inside, most, rounds
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(QUICK * 5)
        inside -= 1
        rounds += 1

    async with running(slow=Tick(slow, QUICK)) as engine:
        for _ in range(10):
            engine.soon("slow")
            await asyncio.sleep(QUICK)
        await until(lambda: rounds >= 3)
    assert most == 1


async def test_a_tick_asked_for_soon_does_not_wait_for_its_turn() -> None:
    runs, run = counting()
    async with running(rare=Tick(run, 3600)) as engine:
        await until(lambda: len(runs) == 1)
        engine.soon("rare")
        await until(lambda: len(runs) == 2)
    assert len(runs) == 2


async def test_a_tick_asked_for_while_it_runs_runs_once_more() -> None:
    """What was queued while the outbox was being emptied must not wait for its next turn."""
    runs: list[int] = []
    go_on = asyncio.Event()

    async def slow() -> None:
        runs.append(1)
        if len(runs) == 1:
            await go_on.wait()

    async with running(slow=Tick(slow, 3600)) as engine:
        await until(lambda: len(runs) == 1)
        engine.soon("slow")
        go_on.set()
        await until(lambda: len(runs) == 2)
    assert len(runs) == 2


async def test_stopping_lets_a_tick_that_runs_finish() -> None:
    ended: list[int] = []
    began = asyncio.Event()

    async def slow() -> None:
        began.set()
        await asyncio.sleep(QUICK * 5)
        ended.append(1)

    async with running(slow=Tick(slow, 3600)):
        await began.wait()
    assert ended == [1]


async def test_after_stop_nothing_ticks() -> None:
    runs, run = counting()
    async with running(count=Tick(run, QUICK)):
        await until(lambda: len(runs) >= 1)
    seen = len(runs)
    await asyncio.sleep(QUICK * 5)
    assert len(runs) <= seen + 1


async def test_a_clock_that_is_set_back_does_not_stop_the_ticks() -> None:
    runs, run = counting()
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC)) as machine:
        async with running(count=Tick(run, 0.05)):
            await until(lambda: len(runs) >= 2)
            machine.move_to(datetime(2027, 3, 1, 11, tzinfo=UTC))
            before = len(runs)
            await until(lambda: len(runs) >= before + 4)
    assert len(runs) >= before + 4


async def test_a_clock_that_jumps_ahead_makes_no_more_of_one_tick_than_one() -> None:
    runs, run = counting()
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC)) as machine:
        async with running(count=Tick(run, 3600)):
            await until(lambda: len(runs) >= 1)
            machine.move_to(datetime(2027, 3, 2, 12, tzinfo=UTC))
            await asyncio.sleep(QUICK * 10)
            assert len(runs) <= 2, "a day of them is one"
