"""Let the providers fail in every way that they have, while weeks go by and people stop.

The house with its real channels, against Twilio and Telegram over sockets, on a clock that
travels. Time-outs before and after the provider acted, resets, 429, 500, 403, 21610, messages
that do not arrive; callbacks late, repeated, reversed and never; and our own webhooks fail as
often. In the end no rule may be broken, whichever side one asks.
"""

import asyncio
import heapq
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from aftercare.service import Service
from benchmarks import common, rules
from benchmarks.crowd import STOPS, Member, Written
from benchmarks.stage import Stage, stage
from benchmarks.street import Chat, Phone, enrolled
from bot.rehearsal.office import Office
from conversations.words import Channel, Direction, MessageStatus
from scheduler.clock import Clock
from storage.encryption import new_key
from storage.models import Message, Notice

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REST = timedelta(days=8)
"""After the last word of the people; longer than anything may wait to be sent."""

_SHORTEST, _LONGEST = timedelta(seconds=2), timedelta(hours=6)
_IN_DOUBT = timedelta(seconds=20)
"""How far the clock travels at once: less as long as something must be looked up."""
_REFUSALS = (*STOPS, "nee")


@dataclass(frozen=True)
class Plan:
    """What is asked for: the share of all calls that fail, and how much there is to happen."""

    faults: float
    people: int
    days: int
    seed: int
    database_url: str = ""


async def chaos(plan: Plan) -> dict[str, object]:
    """Play it. Returns the report, ready for JSON."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="nazorg-chaos-") as folder:
        clock = Clock(START, running=False)
        url = plan.database_url or f"sqlite+aiosqlite:///{Path(folder) / 'nazorg.db'}"
        async with common.opened(url, clock, new_key(), durable=False) as service:
            await common.must_be_empty(service)
            await rules.watch(service)
            async with stage(service, plan.faults, plan.seed) as on:
                trial = Trial(plan, service, on)
                with common.telling(trial.how_far):
                    await trial.play()
            report = await trial.report()
    return report | {"seconds": round(time.monotonic() - began, 1)}


class Trial:
    """One run: the people, what they will write, and how they left."""

    def __init__(self, plan: Plan, service: Service, on: Stage) -> None:
        self._plan = plan
        self._service = service
        self._on = on
        self._dice = Random(plan.seed)
        self._members: list[Member] = []
        self._coming: list[tuple[datetime, int, Member, str]] = []
        self._order = count()
        self._stuck = 0
        self._quiet_from = START + timedelta(days=plan.days)
        self._farewells: list[rules.Farewell] = []
        self._found = Counter[str]()
        self._office = Office(service, plan.people, Random(plan.seed))
        self._round_at = START

    def how_far(self) -> str:
        """In words."""
        passed = (self._service.now() - START).days
        sent = len(self._on.twilio.sent) + len(self._on.telegram.sent)
        return f"day {passed} of {(timedelta(days=self._plan.days) + REST).days}, {sent} messages"

    async def play(self) -> None:
        """From the first request for consent until nothing waits any more."""
        clock = self._service.clock
        await self._office.open()
        await self._enrol()
        while (now := clock.now()) < self._quiet_from + REST:
            for member in self._members:
                member.meets_fate(self._on.twilio, self._plan.faults)
            if self._dice.random() < self._plan.faults:
                self._on.mail.refuse(451)
            else:
                self._on.mail.accept()
            _, due = await asyncio.gather(self._write(self._due(now)), self._tick())
            for member in self._members:
                self._plans(member, member.reacts(now, self._on.twilio))
            await self._colleagues(now)
            clock.travel_to(await self._next(now, due))
        self._on.mail.accept()
        clock.travel_to(clock.now() + timedelta(hours=1))
        await self._tick()

    async def report(self) -> dict[str, object]:
        """The figures, from both sides. When the providers have told all that they had to."""
        sent = {Channel.SMS: self._on.twilio.sent, Channel.TELEGRAM: self._on.telegram.sent}
        people = [member.who for member in self._members]
        async with self._service.database.read() as session:
            found = self._found + await rules.broken(session, people, sent, self._farewells)
            rows = await session.execute(
                select(Message.channel, Message.status, func.count())
                .where(Message.direction == Direction.OUT)
                .group_by(Message.channel, Message.status)
            )
            counted = select(Notice.status, func.count()).group_by(Notice.status)
            notices = {str(status): times for status, times in await session.execute(counted)}
            ends: dict[str, dict[str, int]] = defaultdict(dict)
            for channel, status, times in rows:
                ends[channel][status] = times
        broken = {name: found[name] for name in rules.NAMES}
        return {
            "benchmark": "chaos",
            "database": "postgresql" if self._plan.database_url else "sqlite",
            "faults": self._plan.faults,
            "seed": self._plan.seed,
            "people": len(people),
            "days": self._plan.days,
            "received": sum(len(one.took) for one in people),
            "sent": {channel: len(messages) for channel, messages in sent.items()},
            "ends": ends,
            "notices": notices,
            "failed": self._on.faults(),
            "withdrawn": len(self._farewells),
            "broken": broken,
            "ok": not any(broken.values()),
        }

    async def _enrol(self) -> None:
        for number in range(1, self._plan.people + 1):
            by = self._dice.choice((self._on.telegram, self._on.twilio))
            dice = Random(self._dice.random())
            who = await enrolled(self._service, number, by, dice)
            who.pause = 0.0
            if isinstance(who, Chat):
                await who.opens()
            member = Member(who, dice)
            self._members.append(member)
            self._plans(member, member.begins(START))

    def _plans(self, member: Member, coming: Iterable[Written]) -> None:
        for at, text in coming:
            if at < self._quiet_from:
                heapq.heappush(self._coming, (at, next(self._order), member, text))

    def _due(self, now: datetime) -> list[tuple[Member, str]]:
        due = []
        while self._coming and self._coming[0][0] <= now:
            _, _, member, text = heapq.heappop(self._coming)
            due.append((member, text))
        return due

    async def _write(self, due: Iterable[tuple[Member, str]]) -> None:
        """What is due is written, by all people side by side."""
        texts: dict[Member, list[str]] = defaultdict(list)
        for member, text in due:
            texts[member].append(text)
        await asyncio.gather(*(self._writes(member, each) for member, each in texts.items()))

    async def _writes(self, member: Member, texts: Iterable[str]) -> None:
        for text in texts:
            later = await member.writes(text, self._service.now(), self._on.twilio)
            self._plans(member, later)
            while member.who.is_waited_for:  # noqa: ASYNC110 - until the provider is done
                await asyncio.sleep(0.005)
            if text in _REFUSALS:
                await self._leaves(member, text)

    async def _leaves(self, member: Member, text: str) -> None:
        at_provider = self._on.twilio if isinstance(member.who, Phone) else self._on.telegram
        async with self._service.database.read() as session:
            end = await rules.farewell(session, member.who, at_provider.sent)
        if end:
            self._farewells.append(end)
        elif text in STOPS:
            self._found["stop_ignored"] += 1

    async def _tick(self) -> datetime | None:
        """Do what is due, and what is in doubt. Returns when something is due again. What breaks
        is tried again, as it is by the engine; but it should not break."""
        try:
            await self._on.house.deliver()
            return await self._on.house.tick()
        except Exception as error:
            print(f"tick failed: {error!r}", file=sys.stderr)
            self._found["tick_failed"] += 1
            return None

    async def _colleagues(self, now: datetime) -> None:
        """Danger is taken within the hour, the queue is worked every few hours."""
        await self._office.watch()
        if now >= self._round_at:
            await self._office.work()
            self._round_at = self._office.next_round(now)

    async def _next(self, now: datetime, due: datetime | None) -> datetime:
        """The moment at which there is something to do again."""
        in_doubt = select(func.count(Message.id)).where(
            Message.status == MessageStatus.UNCERTAIN, Message.channel == Channel.SMS
        )
        async with self._service.database.read() as session:
            far = _IN_DOUBT if await session.scalar(in_doubt) else _LONGEST
        # What cannot be done now (somebody is still telling) must not stop the clock.
        self._stuck = self._stuck + 1 if due and due <= now else 0
        moments = [now + far, *([due] if due else []), *(one[0] for one in self._coming[:1])]
        return max(min(moments), now + _SHORTEST * (1 + self._stuck))


def main() -> None:
    """The command line. Ends with 1 when a rule was broken."""
    parser = common.arguments("chaos", __doc__)
    parser.add_argument("--faults", type=float, default=0.3, help="share of calls that fail, 0-1")
    parser.add_argument("--people", type=int, default=50, help="how many there are")
    parser.add_argument("--days", type=int, default=24, help="how long people go on writing")
    common.postgresql(parser)
    options = parser.parse_args()
    if not 0 <= options.faults < 1 or options.people < 1 or options.days < 1:
        parser.error("--faults must be from 0 to below 1, --people and --days at least 1")
    common.only_our_words()
    plan = Plan(options.faults, options.people, options.days, options.seed)
    report = common.on_a_database(
        parser, options, lambda url: asyncio.run(chaos(replace(plan, database_url=url)))
    )
    common.show(report, as_json=options.json)
    sys.exit(not report["ok"])


if __name__ == "__main__":
    main()
