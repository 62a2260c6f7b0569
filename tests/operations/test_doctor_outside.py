"""The doctor asks the providers, and ourselves from outside; and tells what is wrong there."""

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from bot.doctor import Finding, State
from bot.house import House
from bot.opening import open_service
from bot.settings import load_settings
from tests.operations.outside import OURS, PUBLIC, SERVICE, Outside, page, set_settings
from tests.providers.oidc import OidcServer
from tests.providers.server import serving

pytestmark = [
    pytest.mark.usefixtures("unset"),
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated"),  # apprise imports it
]


async def test_a_wrong_token_is_told_apart_from_a_provider_that_is_away(
    monkeypatch: pytest.MonkeyPatch, around: Outside
) -> None:
    set_settings(monkeypatch, telegram_token="1:wrong", twilio_auth_token="wrong")
    found = await page()
    assert "@BotFather" in found["telegram"].do
    assert "Auth Token" in found["twilio"].do
    set_settings(
        monkeypatch, telegram_api_url="http://127.0.0.1:1", twilio_api_url="http://127.0.0.1:1"
    )
    found = await page()
    assert "does not answer" in found["telegram"].found
    assert "does not answer" in found["twilio"].found
    assert found["telegram"].state is found["twilio"].state is State.WRONG


async def test_telegram_that_calls_another_address_is_told(
    monkeypatch: pytest.MonkeyPatch, around: Outside
) -> None:
    await around.telegram.set_webhook({"url": "https://elsewhere.example.org/hook"})
    assert (await page())["telegram updates"].state is State.ATTENTION
    set_settings(monkeypatch, telegram_mode="webhook", telegram_secret="s")
    found = (await page())["telegram updates"]
    assert (found.state, found.found) == (State.WRONG, "Telegram calls another address")
    await around.telegram.set_webhook({"url": f"{PUBLIC}/webhooks/telegram"})
    assert (await page())["telegram updates"].state is State.OK


@pytest.mark.parametrize(
    ("shown", "check", "state"),
    [
        ({"sms_url": "https://demo.twilio.com/welcome/sms/reply"}, "twilio webhook", State.WRONG),
        ({"sms_url": ""}, "twilio webhook", State.WRONG),
        ({"sms_method": "GET"}, "twilio webhook", State.WRONG),
        ({"sms_application_sid": "AP1"}, "twilio webhook", State.WRONG),
        ({"capabilities": {"sms": False}}, "twilio sender", State.WRONG),
        ({"phone_number": "+31612349999"}, "twilio sender", State.WRONG),
    ],
)
async def test_a_number_at_twilio_that_is_not_set_right_is_told(
    around: Outside, shown: dict[str, Any], check: str, state: State
) -> None:
    around.number = shown
    found = (await page())[check]
    assert found.state is state
    assert found.do


async def test_a_closed_or_trial_account_at_twilio_is_told(around: Outside) -> None:
    around.account = {"status": "suspended"}
    assert (await page())["twilio"].state is State.WRONG
    around.account = {"type": "Trial"}
    assert (await page())["twilio"].state is State.ATTENTION


async def test_a_messaging_service_at_twilio_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, around: Outside
) -> None:
    set_settings(monkeypatch, twilio_from="", twilio_messaging_service_sid=SERVICE)
    right = {"inbound_request_url": f"{PUBLIC}/webhooks/twilio/message", "inbound_method": "POST"}
    around.service, around.pool = right, [{"phone_number": OURS}]
    found = await page()
    assert found["twilio sender"].state is found["twilio webhook"].state is State.OK
    around.service, around.pool = right | {"inbound_request_url": None}, []
    found = await page()
    assert found["twilio sender"].state is found["twilio webhook"].state is State.WRONG
    around.service = right | {"use_inbound_webhook_on_number": True}
    assert (await page())["twilio webhook"].state is State.ATTENTION
    set_settings(monkeypatch, twilio_messaging_service_sid="MG" + "6" * 32)
    assert (await page())["twilio sender"].state is State.WRONG


async def test_a_mail_host_that_is_down_is_told_and_a_mail_is_sent_when_asked(
    around: Outside,
) -> None:
    assert (await page(mail_to="beheer@example.org"))["mail"].state is State.OK
    (mail,) = around.mail.messages
    assert mail.rcpt_to == ["beheer@example.org"]
    around.mail.refuse(550)
    assert "did not take" in (await page(mail_to="beheer@example.org"))["mail"].found
    await around.mail.stop()
    assert (await page())["mail"].state is State.WRONG
    await around.mail.start()


async def test_a_public_address_that_leads_elsewhere_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = (await page())["public address"]
    assert found.state is State.ATTENTION
    set_settings(monkeypatch, public_url=PUBLIC)
    assert (await page())["public address"].state is State.WRONG
    async with serving(Starlette()) as port:
        seen = await seen_from_outside(monkeypatch, port)
        assert "not nazorg" in seen["public address"].found


async def test_a_proxy_that_does_not_say_for_whom_it_asks_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with open_service(load_settings()) as service:
        house = Starlette(routes=[*House(service).health_routes()])

        async def honest(scope: Scope, receive: Receive, send: Send) -> None:
            """What a proxy makes of a request."""
            headers = [*scope["headers"], (b"x-forwarded-for", b"203.0.113.7")]
            await house({**scope, "headers": headers}, receive, send)

        async with serving(house) as port:
            found = await seen_from_outside(monkeypatch, port)
            assert found["proxy"].state is State.WRONG
            assert "not encrypted" in found["public address"].found
        async with serving(honest) as port:
            assert (await seen_from_outside(monkeypatch, port))["proxy"].state is State.OK


async def seen_from_outside(monkeypatch: pytest.MonkeyPatch, port: int) -> dict[str, Finding]:
    """As if the loopback were the world."""
    monkeypatch.setattr("bot.doctor.around._is_near", lambda _: False)
    set_settings(monkeypatch, public_url=f"http://127.0.0.1:{port}")
    return await page()


async def test_the_sign_in_service_is_asked_what_it_publishes(
    monkeypatch: pytest.MonkeyPatch, around: Outside
) -> None:
    assert (await page())["sign-in service"].found.startswith("off")
    async with OidcServer() as provider:
        ours = {"oidc_client_id": "nazorg", "oidc_client_secret": "s" * 40}
        set_settings(monkeypatch, oidc_issuer=provider.issuer, **ours)
        found = (await page())["sign-in service"]
        assert found.state is State.OK
        assert f"{PUBLIC}/inloggen/organisatie/terug" in found.found
        set_settings(monkeypatch, oidc_issuer=f"{provider.issuer}/")
        found = (await page())["sign-in service"]
        assert (found.state, found.found) == (State.WRONG, "it calls itself by another name")
        set_settings(monkeypatch, oidc_issuer=f"{provider.issuer}/elsewhere")
        assert (await page())["sign-in service"].state is State.WRONG
    found = (await page())["sign-in service"]
    assert (found.state, found.found) == (
        State.WRONG,
        "it does not answer as an OpenID provider does",
    )
