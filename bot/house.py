"""The service with its channels and ticks: what `serve`, the demo and the rehearsal share."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Select, String, func, literal_column, select, text, union_all
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from aftercare import (
    absences,
    afterwards,
    check_ins,
    erasing,
    escalations,
    inbox,
    list_enrolment,
)
from aftercare.intake import Intake
from aftercare.service import Service
from bot import metrics
from bot.channels import Channel, Fate
from bot.delivery import Delivery, take_report
from bot.ready import ANSWER_SECONDS, Trial
from conversations.words import MessageStatus
from scheduler.ticks import Engine, Tick
from storage import line, notices, outbox
from storage.models import Absence, CheckIn, Enrolment, EnrolmentList, Escalation, Message, Notice

log = structlog.get_logger()

CLOCKS_AGREE = timedelta(seconds=1)
"""Nearer than this, two clocks show the same."""

ALIVE_SECONDS = 60
"""A tick that is this late is taken for dead."""


def _first(name: str, moment: Any, which: Any) -> Select[str, datetime | None]:
    label = literal_column(f"'{name}'", String).label("name")
    return select(label, func.min(moment).label("at")).where(which)


_AGENDA = union_all(
    _first("lists", EnrolmentList.due_at, EnrolmentList.due_at.is_not(None)),
    _first("silence", Enrolment.silent_at, Enrolment.silent_at.is_not(None)),
    _first("check-ins", CheckIn.due_at, text("check_in.status = 'planned'")),
    _first("unanswered", CheckIn.answer_by, text("check_in.status = 'asked'")),
    _first("closings", Enrolment.ends_at, text("enrolment.standing = 'active'")),
    _first("afterwards", Escalation.ask_at, Escalation.ask_at.is_not(None)),
    _first("absences", Absence.next_at, Absence.next_at.is_not(None)),
    _first("deadlines", Escalation.remind_at, Escalation.remind_at.is_not(None)),
    _first("outbox", Message.not_before, line.QUEUED),
    _first("outbox", Message.lease_until, line.SENDING),
    _first("fates", Message.fate_at, Message.fate_at.is_not(None)),
    _first("ends", Message.expires_at, line.QUEUED),
    _first("notices", Notice.not_before, notices.QUEUED),
    _first("given up", Notice.at, notices.QUEUED),
    _first("erasing", Enrolment.ended_at, erasing.TO_ERASE),
)
"""For each tick, the first moment at which it has something to do; each from an index."""


class House:
    """The use cases, the channels that are on, and what happens again and again."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._deliveries: dict[str, Delivery] = {}
        self.mail: Callable[[], Awaitable[int]] | None = None
        self.keep_for: timedelta | None = None
        self.telegram_name: str | None = None
        self._engine: Engine | None = None
        self._intake = Intake(service)
        self._trial = Trial(service)

    def connect(self, channel: Channel) -> None:
        """Turn a channel on."""
        self._deliveries[f"outbox {channel.name}"] = Delivery(self.service, channel)

    async def receive(self, inbound: inbox.Inbound) -> inbox.Receipt:
        """Take in a message, and let the answer go out."""
        receipt = await self._intake.receive(inbound)
        self.wake()
        return receipt

    async def report(self, message_id: int, external_id: str, fate: Fate) -> None:
        """Take in a provider's later word on a message."""
        await take_report(self.service, message_id, external_id, fate)
        self.wake()

    async def deliver(self) -> int:
        """Send what may go now, over all channels. Returns how many were handed over."""
        return sum([await delivery.run() for delivery in self._deliveries.values()])

    def ticks(self) -> dict[str, Tick]:
        """What happens again and again, and how often (seconds). The order is that of a day."""
        service = self.service
        ticks = {
            "lists": Tick(lambda: list_enrolment.work(service), 2),
            "silence": Tick(lambda: check_ins.take_silence(service), 5),
            "check-ins": Tick(lambda: check_ins.ask_due(service), 5),
            "unanswered": Tick(lambda: check_ins.expire_unanswered(service), 30),
            "closings": Tick(lambda: check_ins.close_ended(service), 30),
            "afterwards": Tick(lambda: afterwards.ask_due(service), 30),
            "absences": Tick(lambda: absences.move_due(service), 30),
            "deadlines": Tick(lambda: escalations.remind(service), 15),
            **{name: Tick(delivery.run, 1) for name, delivery in self._deliveries.items()},
            "fates": Tick(self._ask_fates, 60),
            "ends": Tick(self._end_what_is_late, 60),
        }
        if self.mail:
            ticks["notices"] = Tick(self.mail, 2)
        if not service.database.is_sqlite:
            ticks["clock"] = Tick(self.keep_time, 60)
        if keep_for := self.keep_for:
            ticks["erasing"] = Tick(lambda: erasing.erase_old(service, keep_for), 30)
        return ticks

    async def keep_time(self) -> None:
        """Go by the database server's clock, which all processes share: with two clocks, one
        process would take a message that another has in hand for left behind."""
        clock, ahead = self.service.clock, await self.service.database.ahead()
        if abs(ahead - clock.ahead) > CLOCKS_AGREE:
            log.warning("clock set by the database server's", seconds=round(ahead.total_seconds()))
            clock.follow(ahead)

    async def _ask_fates(self) -> int:
        return sum([await delivery.ask_fates() for delivery in self._deliveries.values()])

    async def _end_what_is_late(self) -> int:
        database, now = self.service.database, self.service.now()
        return await outbox.expire(database, now) + await notices.give_up(database, now)

    async def tick(self) -> datetime | None:
        """Do what is due, until nothing is at this moment. Returns when something is again."""
        ticks = self.ticks()
        while True:
            agenda = await self._agenda()
            now, done = self.service.now(), 0
            for name, tick in ticks.items():
                if name in agenda and agenda[name] <= now:
                    result = await tick.run()
                    done += result if isinstance(result, int) else 0
            if not done:
                return min((agenda[name] for name in ticks if name in agenda), default=None)

    async def next_due(self) -> datetime | None:
        """The moment at which there is something to do again, or None."""
        agenda = await self._agenda()
        return min((agenda[name] for name in self.ticks() if name in agenda), default=None)

    async def _agenda(self) -> dict[str, datetime]:
        """By tick, the first moment at which it has something to do. One query."""
        agenda: dict[str, datetime] = {}
        async with self.service.database.read() as session:
            for name, at in await session.execute(_AGENDA):
                if at is not None and name == "given up":
                    name, at = "ends", at + notices.GIVE_UP_AFTER
                if at is not None and name == "erasing":
                    at += self.keep_for or timedelta()
                if at is not None:
                    agenda[name] = min(at, agenda.get(name, at))
        for name in self._deliveries:
            if "outbox" in agenda:
                agenda[name] = agenda["outbox"]
        return agenda

    async def travel(self, to: datetime) -> None:
        """Let time pass until `to`, stopping at each moment at which something is due."""
        clock = self.service.clock
        stuck = 0
        while (due := await self.tick()) is not None and max(due, clock.now()) < to:
            stuck = 0 if due > clock.now() else stuck + 1
            # What cannot be done now (somebody is still telling) must not stop the clock.
            clock.travel_to(min(to, max(due, clock.now() + timedelta(minutes=stuck))))
        clock.travel_to(max(to, clock.now()))
        await self.tick()

    def start(self) -> None:
        """Begin to tick."""
        self._engine = Engine(self.ticks())
        self._engine.start()

    def wake(self) -> None:
        """Something was queued: send it now instead of at the next tick."""
        if self._engine:
            for name in ("lists", *self._deliveries):
                self._engine.soon(name)
            if self.mail:
                self._engine.soon("notices")

    async def close(self) -> None:
        """Stop ticking, finish what is in hand, let go of the providers."""
        if self._engine:
            await self._engine.stop()
            self._engine = None
        await self._intake.close()
        for delivery in self._deliveries.values():
            await delivery.close()

    def health_routes(self) -> list[Route]:
        """`/healthz`: the process lives. `/readyz`: database and ticks work. `/metrics`: figures
        for Prometheus, for whoever is near."""
        return [
            Route("/healthz", _healthz),
            Route("/readyz", self._readyz),
            Route("/metrics", self._metrics),
        ]

    def _is_alive(self, name: str, tick: Tick) -> bool:
        ago = self._engine.seconds_since(name) if self._engine else None
        return ago is not None and ago < tick.every + ALIVE_SECONDS

    async def _readyz(self, _request: Request) -> JSONResponse:
        try:
            async with asyncio.timeout(ANSWER_SECONDS), self.service.database.read() as session:
                oldest = await session.scalar(
                    select(func.min(Message.not_before)).where(
                        Message.status == MessageStatus.QUEUED,
                        Message.not_before <= self.service.now(),
                    )
                )
        except Exception as error:
            return JSONResponse({"database": type(error).__name__}, 503)
        if problem := await self._trial.problem():
            return JSONResponse({"database": f"cannot be written: {problem}"}, 503)
        # `nazorg web` does not tick: its workers do, and tell of themselves.
        ticking = self.ticks() if self._engine else {}
        dead = [name for name, tick in ticking.items() if not self._is_alive(name, tick)]
        waiting = (self.service.now() - oldest).total_seconds() if oldest else 0
        return JSONResponse(
            {
                "database": "ok",
                "ticks": {"dead": dead} if dead else "ok" if ticking else "in the workers",
                "oldest_waiting_message_seconds": round(waiting),
            },
            503 if dead else 200,
        )

    async def _metrics(self, request: Request) -> Response:
        engine = self._engine
        ages = {name: engine.seconds_since(name) for name in self.ticks()} if engine else {}
        return await metrics.answer(request, self.service, self._trial, ages)


async def _healthz(_request: Request) -> JSONResponse:
    return JSONResponse({"alive": True})
