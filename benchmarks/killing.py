"""One crash trial: what the people do, when a process is killed, and when all has come to rest."""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from random import Random

from sqlalchemy import func, or_, select

from aftercare.service import Service
from benchmarks.common import Process
from benchmarks.street import Somebody, enrolled, messages
from bot.delivery import LOOK_UP_AFTER
from conversations.words import Channel, CheckInStatus, MessageStatus
from storage.models import CheckIn, Message
from storage.outbox import LEASE
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVENINGS = tuple(datetime(2026, 3, day, 19, 0, tzinfo=UTC) for day in (3, 10, 24))
"""Eight in the evening: by then everybody's check-in of that day is due, and may still be sent."""

_FOR_AN_EVENING = 100
"""A trial of fewer messages has no evening, one of twice as many has two."""
_A_PART = 9
"""How many messages a person writes and gets in the morning, and again each evening."""
_ON_TELEGRAM = 2 / 3
_TOO_SOON = 0.1
"""The share of kills that come while it is still starting."""
_PART_SECONDS, _SETTLE_SECONDS = 900.0, 120.0
_STILL_SECONDS = 6.0
_IN_HAND = LEASE + LOOK_UP_AFTER + timedelta(seconds=5)
"""After this, whatever a killed process had in hand has been settled by another."""


class Killing:
    """The people, the processes, and what has been done to them so far. `unfinished` is how often
    somebody did not come to the end of what they had to say."""

    def __init__(
        self,
        service: Service,
        processes: Sequence[Process],
        telegram: TelegramServer,
        twilio: TwilioServer,
        *,
        messages: int,
        kills: int,
        seed: int,
    ) -> None:
        self.people: list[Somebody] = []
        self.kills = 0
        self.unfinished = 0
        self._service = service
        self._processes = processes
        self._telegram = telegram
        self._twilio = twilio
        self._messages = messages
        self._kills = kills
        self._dice = Random(seed)
        self._evenings = EVENINGS[: messages // _FOR_AN_EVENING]
        self._hands = asyncio.Lock()

    def how_far(self) -> str:
        """In words."""
        return (
            f"{messages(self.people)} of about {self._messages} messages, "
            f"{self.kills} of {self._kills} kills"
        )

    async def play(self) -> None:
        """A morning and some evenings, and a killer at large."""
        for number in range(1, ceil(self._messages / (_A_PART * (1 + len(self._evenings)))) + 1):
            self.people.append(
                await enrolled(
                    self._service,
                    number,
                    self._telegram if self._dice.random() < _ON_TELEGRAM else self._twilio,
                    Random(self._dice.random()),
                )
            )
        await self._restart(MORNING)
        beside = [asyncio.create_task(self._kill()), asyncio.create_task(self._hurry())]
        try:
            await self._part([one.agrees() for one in self.people])
            for evening in self._evenings:
                await self._restart(evening)
                await self._part([one.is_asked() for one in self.people])
        finally:
            for task in beside:
                task.cancel()
        await asyncio.gather(*(process.stop() for process in self._processes))

    async def end(self) -> None:
        """Leave nothing running."""
        for process in self._processes:
            await process.kill()

    async def _part(self, doing: Sequence[Coroutine[None, None, None]]) -> None:
        """Everybody does what they do, until nothing waits any more."""
        tasks = [asyncio.create_task(one) for one in doing]
        done, late = await asyncio.wait(tasks, timeout=_PART_SECONDS)
        self.unfinished += len(late)
        for task in late:
            task.cancel()
        for task in done:
            task.result()
        give_up = time.monotonic() + _SETTLE_SECONDS
        while await self._waits() and time.monotonic() < give_up:  # noqa: ASYNC110 - of others
            await asyncio.sleep(0.2)

    async def _kill(self) -> None:
        """After so many messages, one of the processes; it is started again."""
        most = int(self._messages * 0.9)
        for point in sorted(self._dice.randint(0, most) for _ in range(self._kills)):
            too_soon = self.kills > 0 and self._dice.random() < _TOO_SOON
            while not too_soon and messages(self.people) < point:  # noqa: ASYNC110 - seldom
                await asyncio.sleep(0.02)
            await asyncio.sleep(self._dice.uniform(0, 1.5 if too_soon else 0.3))
            async with self._hands:
                process = self._dice.choice(self._processes)
                await process.kill()
                self.kills += 1
                await asyncio.sleep(self._dice.uniform(0, 0.2))
                process.start(self._service.now())

    async def _hurry(self) -> None:
        """What a killed worker had in hand stays there until its lease has run out. When nothing
        else is left to be done, the clock is set ahead."""
        seen, since = -1, time.monotonic()
        while True:
            await asyncio.sleep(0.5)
            if seen != (seen := messages(self.people)):
                since = time.monotonic()
            elif time.monotonic() - since > _STILL_SECONDS and await self._waits():
                await self._restart(self._service.now() + _IN_HAND)
                since = time.monotonic()

    async def _restart(self, moment: datetime) -> None:
        """End all processes cleanly, and begin anew at `moment`."""
        async with self._hands:
            await asyncio.gather(*(process.stop() for process in self._processes))
            self._service.clock.travel_to(moment)
            for process in self._processes:
                process.start(moment)
            await asyncio.gather(*(process.ready() for process in self._processes))

    async def _waits(self) -> bool:
        """Whether there is anything that still has to come to its end."""
        if self._telegram.updates.pending:
            return True
        under_way = select(func.count(Message.id)).where(
            or_(
                Message.status.in_([MessageStatus.QUEUED, MessageStatus.SENDING]),
                (Message.status == MessageStatus.UNCERTAIN) & (Message.channel == Channel.SMS),
            )
        )
        due = select(func.count(CheckIn.id)).where(
            CheckIn.status == CheckInStatus.PLANNED, CheckIn.due_at <= self._service.now()
        )
        async with self._service.database.read() as session:
            return bool(await session.scalar(under_way) or await session.scalar(due))
