"""The outside world of the doctor's tests: providers, and what they show of us."""

from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.doctor import Finding, State, examine
from bot.doctor.finding import CHECKS
from tests.providers.smtp import SmtpServer
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer

OURS = "+31612340000"
SERVICE = "MG" + "5" * 32
PUBLIC = "https://nazorg.invalid"


@dataclass
class Outside:
    """The providers, and what Twilio's console shows of our number and service."""

    telegram: TelegramServer
    twilio: TwilioServer
    mail: SmtpServer
    account: dict[str, Any] = field(default_factory=dict)
    number: dict[str, Any] = field(default_factory=dict)
    service: dict[str, Any] = field(default_factory=dict)
    pool: list[dict[str, Any]] = field(default_factory=list)

    def routes(self) -> list[Route]:
        """The resources of Twilio that only the doctor asks for."""
        base = f"/2010-04-01/Accounts/{self.twilio.account_sid}"

        def signed_in(request: Request, body: dict[str, Any]) -> Response:
            basic = httpx.BasicAuth(self.twilio.account_sid, self.twilio.auth_token)
            expected = next(basic.auth_flow(httpx.Request("GET", "http://x"))).headers
            if request.headers.get("Authorization") != expected["Authorization"]:
                return JSONResponse({"code": 20003}, 401)
            return JSONResponse(body)

        async def account(request: Request) -> Response:
            return signed_in(request, {"status": "active", "type": "Full"} | self.account)

        async def numbers(request: Request) -> Response:
            asked = request.query_params["PhoneNumber"]
            usual = {"phone_number": OURS, "capabilities": {"sms": True}, "sms_method": "POST"}
            usual |= {"sms_url": f"{PUBLIC}/webhooks/twilio/message", **self.number}
            found = [usual] if usual["phone_number"] == asked else []
            return signed_in(request, {"incoming_phone_numbers": found})

        async def service(request: Request) -> Response:
            return signed_in(request, self.service)

        async def pool(request: Request) -> Response:
            return signed_in(request, {"phone_numbers": self.pool})

        return [
            Route(f"{base}.json", account),
            Route(f"{base}/IncomingPhoneNumbers.json", numbers),
            Route(f"/v1/Services/{SERVICE}", service),
            Route(f"/v1/Services/{SERVICE}/PhoneNumbers", pool),
        ]


def set_settings(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    """Set them in the environment, as whoever installs does."""
    for name, value in settings.items():
        monkeypatch.setenv(f"NAZORG_{name.upper()}", value)


async def page(port: int = 1, mail_to: str = "") -> dict[str, Finding]:
    """What the doctor finds, the worst of each check."""
    worst: dict[str, Finding] = {}
    order = list(State)
    async for one in examine(port, mail_to):
        assert one.check in CHECKS or one.check.startswith("NAZORG_")
        assert one.found
        assert one.means
        assert bool(one.do) == (one.state is not State.OK)
        before = worst.get(one.check)
        if before is None or order.index(one.state) > order.index(before.state):
            worst[one.check] = one
    return worst
