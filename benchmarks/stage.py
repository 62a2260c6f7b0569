"""The house with its real channels between two providers, where calls fail in both directions."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random
from typing import Any
from unittest.mock import patch

import httpx
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from telegram.request import HTTPXRequest

from aftercare.service import Service
from benchmarks.street import OURS
from bot.app import fixed
from bot.channels import twilio_http
from bot.channels.sms import Sms
from bot.channels.telegram import Telegram
from bot.house import House
from bot.notices import Mailer
from tests.providers.faults import Fault
from tests.providers.server import serving
from tests.providers.smtp import SmtpServer
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer

PUBLIC = "https://nazorg.example.org"

_SECRET = "trial"
_IMPATIENT = 0.4
"""Seconds that we wait for a provider, instead of ten."""
_SETTLE_SECONDS = 60.0


@dataclass
class Stage:
    """The house and its providers; `ours` is how often our own webhooks failed."""

    house: House
    telegram: TelegramServer
    twilio: TwilioServer
    mail: SmtpServer
    ours: Counter[str]

    def faults(self) -> dict[str, int]:
        """How often each fault was met, by who failed and how."""
        seen = Counter(self.ours)
        for server in (self.telegram, self.twilio):
            for _, fault in server.faults.seen:
                if fault is not Fault.NONE:
                    seen[f"{server.name} {fault}"] += 1
        return dict(sorted(seen.items()))


@asynccontextmanager
async def stage(service: Service, faults: float, seed: int) -> AsyncIterator[Stage]:
    """Everything connected, and a share `faults` of all calls failing."""
    shared: dict[str, Any] = {"now": service.now}
    async with (
        TelegramServer(**shared) as telegrams,
        TwilioServer([OURS], inbound_url=f"{PUBLIC}/webhooks/twilio/message", **shared) as twilio,
        SmtpServer() as mail,
    ):
        house = House(service)
        sms, telegram = _channels(house, telegrams, twilio)
        house.connect(sms)
        house.connect(telegram)
        house.mail = Mailer(service, f"mailto://127.0.0.1:{mail.port}", PUBLIC).run
        failing = _Failing(Starlette(routes=[*sms.routes(), telegram.route()]), faults, seed)
        async with serving(failing) as port:
            twilio.deliver_to = telegrams.deliver_to = f"http://127.0.0.1:{port}"
            telegrams.updates.retry_unit = 0.01
            await telegram.set_webhook(PUBLIC)
            twilio.faults.operations = frozenset({"create", "list"})
            telegrams.faults.operations = frozenset({"sendMessage", "answerCallbackQuery"})
            for server in (telegrams, twilio):
                server.faults.at_random(faults, seed=seed)
            try:
                yield Stage(house, telegrams, twilio, mail, failing.failed)
            finally:
                await house.close()
                for server in (telegrams, twilio):
                    await server.settle(_SETTLE_SECONDS)


def _channels(
    house: House, telegrams: TelegramServer, twilio: TwilioServer
) -> tuple[Sms, Telegram]:
    """The channels as `bot.app` makes them, but for their patience."""

    def request(**options: Any) -> HTTPXRequest:
        return HTTPXRequest(**(options | {"read_timeout": _IMPATIENT}))

    with (
        patch.object(twilio_http, "TIMEOUT", httpx.Timeout(_IMPATIENT)),
        patch("bot.channels.telegram.HTTPXRequest", request),
    ):
        sms = Sms(
            twilio.account_sid,
            twilio.auth_token,
            OURS,
            api_url=twilio.url,
            public_url=PUBLIC,
            receive=house.receive,
            render=fixed,
            report=house.report,
            now=house.service.now,
        )
        telegram = Telegram(telegrams.token, telegrams.url, house.receive, fixed, secret=_SECRET)
    return sms, telegram


class _Failing:
    """Our webhooks, of which a share answers 503: half of these before anything was done, half
    when all is done and only the answer is lost."""

    def __init__(self, web: ASGIApp, share: float, seed: int) -> None:
        self.failed = Counter[str]()
        self._web = web
        self._share = share
        self._dice = Random(seed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""
        if self._dice.random() >= self._share:
            await self._web(scope, receive, send)
            return
        if self._dice.random() < 0.5:
            self.failed["ours before"] += 1
        else:
            self.failed["ours after"] += 1
            await self._web(scope, receive, _nowhere)
        await Response(status_code=503)(scope, receive, send)


async def _nowhere(_message: Message) -> None:
    """An answer that nobody gets."""
