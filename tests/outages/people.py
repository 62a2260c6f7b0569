"""Amina, by SMS, and Bilal, on Telegram, of an installation that meets with an outage."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from aftercare.enrolment import Application, Enrolled
from aftercare.enrolment import enrol as enrol_application
from aftercare.service import Service
from bot import reports
from bot.opening import open_service
from bot.settings import Settings
from conversations.words import Channel
from tests.bot.process import Nazorg
from tests.bot.story import AMINA, BILAL, MORNING, World
from tests.bot.waiting import SOON
from tests.providers.telegram_people import TelegramUser
from tests.providers.twilio_people import Person, WebhookAnswer

WELCOMED = 2
"""How many messages somebody has got who said yes: the request and the welcome."""

_one_at_a_time = asyncio.Lock()


@dataclass
class Seen:
    """What `/readyz`, `/healthz` and `/metrics` told."""

    ready: int
    why: dict[str, Any]
    alive: int
    up: float


@dataclass
class People:
    """Both of them, their messages that were not taken, and what was seen from outside."""

    here: World
    amina: Person
    bilal: TelegramUser
    amina_is: str
    bilal_is: str
    link: str = ""
    refused: list[WebhookAnswer] = field(default_factory=list)

    @classmethod
    async def enrolled(cls, here: World) -> "People":
        """Both are to be asked for consent; nothing runs yet."""
        here.nazorg.settings["NAZORG_CLOCK"] = MORNING.isoformat()
        amina, bilal = here.twilio.person(AMINA), here.telegram.user("Bilal", BILAL)
        async with inside(here.nazorg) as service:
            first = await enrol(service, "Amina", number=AMINA)
            second = await enrol(service, "Bilal", channel=Channel.TELEGRAM)
        people = cls(here, amina, bilal, first.reference, second.reference)
        people.link = second.link_token or ""
        return people

    async def are_asked(self) -> None:
        """Both have the question before them."""
        await self.bilal.start(self.link)
        await asyncio.gather(self.amina.wait(1, SOON), self.bilal.wait(1, SOON))

    async def write_in_vain(self) -> None:
        """Amina says yes, and our webhook does not take it."""
        self.refused.append(await self.amina.send("ja"))

    async def come_back(self) -> None:
        """Twilio brings again, as its fallback does, what we did not take; and once more."""
        for answer in self.refused[:1] * 2:
            await self.here.twilio.resend(answer.sid)
        await asyncio.gather(self.amina.wait(WELCOMED, SOON), self.bilal.wait(WELCOMED, SOON))
        await self.here.twilio.settle(SOON)

    async def records(self) -> list[dict[str, Any]]:
        """What is known of both."""
        async with inside(self.here.nazorg) as service:
            return [await reports.show(service, one) for one in (self.amina_is, self.bilal_is)]

    def twice(self) -> dict[tuple[str, str], int]:
        """What the providers took from us more than once."""
        sent = [*self.here.twilio.sent, *self.here.telegram.sent]
        counted = Counter((one.to, one.text) for one in sent)
        return {key: count for key, count in counted.items() if count > 1}


@asynccontextmanager
async def inside(nazorg: Nazorg) -> AsyncIterator[Service]:
    """The use cases on the database of an installation, as its commands have them."""
    given = {name[7:].lower(): value for name, value in nazorg.settings.items()}
    async with AsyncExitStack() as stack:
        async with _one_at_a_time:  # Alembic knows only one database in a process
            settings = Settings(_env_file=None, **given)  # type: ignore[arg-type]
            service = await stack.enter_async_context(open_service(settings))
        yield service


async def enrol(service: Service, name: str, **more: Any) -> Enrolled:
    """Somebody who begins today."""
    day = MORNING.date()
    usual: dict[str, Any] = {"first_name": name, "municipality": "Velsen", "first_working_day": day}
    return await enrol_application(service, Application(**(usual | more)))


async def look(nazorg: Nazorg) -> Seen:
    """Ask a process how it is."""
    async with httpx.AsyncClient(trust_env=False, timeout=SOON) as http:
        ready, alive, figures = await asyncio.gather(
            *(http.get(nazorg.url + path) for path in ("/readyz", "/healthz", "/metrics"))
        )
    up = next(one for one in figures.text.splitlines() if one.startswith("nazorg_database_up "))
    return Seen(ready.status_code, ready.json(), alive.status_code, float(up.split()[1]))


async def until_ready(nazorg: Nazorg, ready: bool = True) -> None:
    """Wait until `/readyz` says so."""
    async with httpx.AsyncClient(trust_env=False, timeout=SOON) as http, asyncio.timeout(SOON):
        url = f"{nazorg.url}/readyz"
        while ((await http.get(url)).status_code == 200) is not ready:  # noqa: ASYNC110 - of another process
            await asyncio.sleep(0.1)


def said(record: dict[str, Any], direction: str) -> list[str]:
    """The texts of the messages in or out."""
    return [one["text"] for one in record["messages"] if one["direction"] == direction]


def statuses(record: dict[str, Any]) -> list[str]:
    """What became of the messages out."""
    return [one["status"] for one in record["messages"] if one["direction"] == "out"]
