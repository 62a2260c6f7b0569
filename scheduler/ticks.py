"""The engine: APScheduler calls a few functions again and again. What is due lives in our tables.

One job per check-in would be wrong: such a store cannot be shared by processes, and a one-shot
job that is a second late is dropped. So: fixed names, UTC, `coalesce`, one run at a time, and a
failing tick is logged and tried again at its next turn (apscheduler#1083).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger()

_MIND_SECONDS = 1.0


@dataclass(frozen=True)
class Tick:
    """One thing to do again and again, `every` so many seconds."""

    run: Callable[[], Awaitable[object]]
    every: float


class Engine:
    """Runs ticks in the current event loop until it is stopped."""

    def __init__(self, ticks: Mapping[str, Tick]) -> None:
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._done_at: dict[str, float] = {}
        self._running: set[str] = set()
        self._again: set[str] = set()
        self._names = list(ticks)
        self._minding: asyncio.Task[None] | None = None
        self._idle = asyncio.Event()
        self._idle.set()
        for name, tick in ticks.items():
            self._scheduler.add_job(
                self._guarded(name, tick.run),
                "interval",
                seconds=tick.every,
                id=name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
                next_run_time=datetime.now(UTC),
            )

    def start(self) -> None:
        """Begin; every tick runs once at once."""
        self._scheduler.start()
        self._minding = asyncio.create_task(self._mind_the_clock())

    async def stop(self, within: float = 5.0) -> None:
        """No more ticks; those that run may finish, `within` so many seconds."""
        if self._minding:
            self._minding.cancel()
        self._scheduler.pause()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), within)
        self._scheduler.shutdown(wait=False)

    def soon(self, name: str) -> None:
        """Run the tick `name` now instead of at its next turn; once more if it is running."""
        if name in self._running:
            self._again.add(name)
        else:
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def seconds_since(self, name: str) -> float | None:
        """How long ago the tick `name` last came to its end without an error; None: never."""
        done_at = self._done_at.get(name)
        return None if done_at is None else time.monotonic() - done_at

    async def _mind_the_clock(self) -> None:
        """APScheduler waits for moments of the machine's clock: set back by an hour, it would do
        nothing for an hour."""
        before = datetime.now(UTC)
        while True:
            await asyncio.sleep(_MIND_SECONDS)
            if (now := datetime.now(UTC)) < before:
                log.warning("the clock was set back", seconds=round((before - now).total_seconds()))
                for name in self._names:
                    self.soon(name)
            before = now

    def _guarded(
        self, name: str, run: Callable[[], Awaitable[object]]
    ) -> Callable[[], Awaitable[None]]:
        async def guarded() -> None:
            self._running.add(name)
            self._idle.clear()
            try:
                while True:
                    self._again.discard(name)
                    await run()
                    self._done_at[name] = time.monotonic()
                    if name not in self._again:
                        break
            except Exception as error:
                log.error("tick failed", tick=name, error=type(error).__name__)
            finally:
                self._running.discard(name)
                if not self._running:
                    self._idle.set()

        return guarded
