"""The house between servers of our own: what a test of the channels looks at and steers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from starlette.applications import Starlette

from aftercare.enrolment import Enrolled
from aftercare.service import Service
from bot.app import fixed
from bot.channels.sms import Sms
from bot.channels.telegram import Telegram
from bot.house import House
from conversations.words import Channel, Direction
from storage.models import Client, Enrolment, Message, Notice, Stranger
from tests.aftercare.people import all_of, invited
from tests.bot.waiting import SOON, until, until_true
from tests.providers.server import serving
from tests.providers.telegram import TelegramServer
from tests.providers.telegram_people import TelegramUser
from tests.providers.twilio import TwilioServer
from tests.providers.twilio_people import Person

OURS = "+31612340000"
PUBLIC = "https://nazorg.example.org"
"""Our address for the providers, which is not where we listen: there is a proxy in between."""
SERVICE = "MG" + "5" * 32


@dataclass
class Here:
    """The house, its providers, and what is in its database."""

    service: Service
    house: House
    telegram_server: TelegramServer
    telegram: Telegram
    twilio: TwilioServer
    sms: Sms
    polling: asyncio.Task[None] | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def send(self) -> int:
        """Deliver what waits, as the tick does."""
        return await self.house.deliver()

    def poll(self) -> None:
        """Listen to Telegram, and deliver all the time."""
        self.polling = asyncio.create_task(self.telegram.poll())
        self.tasks.append(self.polling)
        self.deliver()

    def deliver(self) -> None:
        """Deliver all the time, on a clock that runs fifty times as fast as ours: Telegram takes
        one message a second for a chat."""

        async def always() -> None:
            while True:
                await self.send()
                await asyncio.sleep(0.005)
                self.pass_by(seconds=0.25)

        self.tasks.append(asyncio.create_task(always()))

    def pass_by(self, **time: float) -> None:
        """Let the clock go on."""
        self.service.clock.travel_to(self.service.now() + timedelta(**time))

    async def all_taken(self) -> None:
        """Wait until all updates were confirmed and all that waits was sent."""
        updates = self.telegram_server.updates
        await until(lambda: not updates.pending and not updates._again)

        async def nothing_waits() -> bool:
            return not any(one.status in ("queued", "sending") for one in await self.outbox())

        await until_true(nothing_waits)
        await asyncio.sleep(0.02)

    async def enrol_by_sms(self, person: int = 1, **changes: Any) -> Person:
        """Enrol somebody who has a phone; the invitation waits in the outbox."""
        number = f"+3161234{person:04}"
        await invited(self.service, person, number=number, **changes)
        return self.twilio.person(number)

    async def enrol_on_telegram(self, **changes: Any) -> Enrolled:
        """Enrol somebody who still has to open the link."""
        usual = {"number": None, "channel": Channel.TELEGRAM, "first_name": "Bilal"}
        return await invited(self.service, **(usual | changes))

    async def active_by_sms(self, person: int = 1, **changes: Any) -> Person:
        """Somebody who said yes by SMS, and got all that follows."""
        phone = await self.enrol_by_sms(person, **changes)
        await self.send()
        await phone.send("ja")
        self.pass_by(seconds=1)
        await self.send()
        await phone.wait(2, SOON)
        await self.twilio.settle(SOON)
        return phone

    async def active_on_telegram(self, **changes: Any) -> TelegramUser:
        """Somebody who opened the link and said yes; polling must be on."""
        enrolled = await self.enrol_on_telegram(**changes)
        person = self.telegram_server.user("Bilal")
        await person.start(enrolled.link_token or "")
        await person.wait(1, SOON)
        await person.press("ja")
        await person.wait(2, SOON)
        return person

    async def quiet(self, **step: float) -> None:
        """Deliver, and let the clock go on by `step`, until nothing waits any more."""
        for _ in range(200):
            await self.send()
            await self.twilio.settle(SOON)
            waiting = ("queued", "sending", "uncertain")
            if not any(one.status in waiting for one in await self.outbox()):
                return
            self.pass_by(**step)
        raise AssertionError([(one.status, one.not_before) for one in await self.outbox()])

    async def outbox(self) -> list[Message]:
        """All messages out, in order."""
        rows = select(Message).where(Message.direction == Direction.OUT).order_by(Message.id)
        return list(await all_of(self.service, rows))

    async def last(self) -> Message:
        """The message out that was queued last."""
        return (await self.outbox())[-1]

    async def inbox(self) -> list[str]:
        """The texts of all messages in, in order."""
        rows = select(Message).where(Message.direction == Direction.IN).order_by(Message.id)
        return [one.text for one in await all_of(self.service, rows)]

    async def notices(self) -> list[str]:
        """The kinds of all notices, in order."""
        rows = await all_of(self.service, select(Notice).order_by(Notice.id))
        return [str(one.kind) for one in rows]

    async def track(self) -> Enrolment:
        """The newest track."""
        return (await all_of(self.service, select(Enrolment).order_by(Enrolment.id)))[-1]

    async def client(self) -> Client:
        """The newest client."""
        return (await all_of(self.service, select(Client).order_by(Client.id)))[-1]

    async def strangers(self) -> int:
        """How many people we do not know are remembered, until tomorrow."""
        return len(await all_of(self.service, select(Stranger.digest)))

    async def eventually(self, status: str) -> Message:
        """Wait until the message that was queued last has `status`."""

        async def has_it() -> bool:
            return (await self.last()).status == status

        await until_true(has_it)
        return await self.last()


@asynccontextmanager
async def house_on(service: Service, *, sender: str = OURS) -> AsyncIterator[Here]:
    """The house with both channels, on servers of our own. Ticks and polling are off."""
    async with (
        TelegramServer(allow_loopback=True) as telegram_server,
        TwilioServer(
            [OURS],
            services={SERVICE: ["+31612349999"]},
            inbound_url=f"{PUBLIC}/webhooks/twilio/message",
        ) as twilio,
    ):
        house = House(service)
        telegram = Telegram(telegram_server.token, telegram_server.url, house.receive, fixed)
        sms = Sms(
            twilio.account_sid,
            twilio.auth_token,
            sender,
            api_url=twilio.url,
            public_url=PUBLIC,
            receive=house.receive,
            render=fixed,
            report=house.report,
            now=service.now,
        )
        house.connect(telegram)
        house.connect(sms)
        async with serving(Starlette(routes=[*sms.routes()])) as port:
            twilio.deliver_to = f"http://127.0.0.1:{port}"
            here = Here(service, house, telegram_server, telegram, twilio, sms)
            try:
                yield here
            finally:
                for task in here.tasks:
                    task.cancel()
                    with suppress(asyncio.CancelledError):
                        await task
                await house.close()
                await twilio.settle(SOON)
