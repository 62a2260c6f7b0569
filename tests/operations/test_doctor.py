"""`nazorg doctor` tries everything, shows no secret, changes nothing, and says what to do."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.app import serving as nazorg_serving
from bot.doctor import Finding, State, examine, outside
from bot.doctor.finding import CHECKS
from bot.house import House
from bot.opening import open_service
from bot.settings import load_settings
from conversations.words import Role
from storage import encryption
from storage.encryption import KeyRing, new_key
from storage.models import Desk, Fact
from tests.aftercare.people import all_of, colleague
from tests.bot.process import Nazorg
from tests.postgres import fresh_database
from tests.providers.server import serving
from tests.providers.smtp import SmtpServer
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")  # apprise imports it

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


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key_ring: KeyRing) -> Any:
    """No settings but those of the test; the other tests' keys are put back."""
    for name in [one for one in os.environ if one.startswith("NAZORG_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(outside, "TIMEOUT", httpx.Timeout(2.0))
    yield
    encryption.use(key_ring)


@pytest.fixture
async def around(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Outside]:
    """Providers on the loopback, and settings that name them."""
    telegram, twilio = TelegramServer(), TwilioServer([OURS])
    mail = SmtpServer()
    found = Outside(telegram, twilio, mail)
    twilio.extra_routes += found.routes()
    async with telegram, twilio, mail:
        set_settings(
            monkeypatch,
            public_url=PUBLIC,
            telegram_token=telegram.token,
            telegram_api_url=telegram.url,
            twilio_account_sid=twilio.account_sid,
            twilio_auth_token=twilio.auth_token,
            twilio_from=OURS,
            twilio_api_url=twilio.url,
            mail_url=f"mailto://127.0.0.1:{mail.port}",
        )
        yield found


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


async def test_a_new_installation_is_looked_at_and_left_alone(tmp_path: Path) -> None:
    found = await page()
    assert found["database"].state is State.ATTENTION
    assert found["telegram"].found.startswith("off")
    assert State.WRONG not in {one.state for one in found.values()}
    assert list(os.listdir(tmp_path)) == []


async def test_every_setting_is_shown_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, around: Outside
) -> None:
    keys = new_key()
    set_settings(
        monkeypatch, keys=keys, telegram_secret="een-geheim_1",
        database_url="postgresql+psycopg://nazorg:hunter2@127.0.0.1:1/nazorg",
        mail_url=f"mailto://nazorg:hunter3@127.0.0.1:{around.mail.port}",
    )  # fmt: skip
    found = await page()
    for name in type(load_settings()).model_fields:
        assert f"NAZORG_{name.upper()}" in found
    told = " ".join(one.found + one.do for one in found.values())
    secrets = (keys, "een-geheim_1", "hunter2", "hunter3", around.twilio.auth_token)
    for secret in (*secrets, around.telegram.token, around.twilio.account_sid):
        assert secret not in told
    assert found["NAZORG_DATABASE_URL"].found == "set (postgresql at 127.0.0.1, nazorg)"
    assert found["NAZORG_TWILIO_FROM"].found == OURS
    assert found["database"].state is State.WRONG


async def test_all_is_well_where_all_is_well(
    monkeypatch: pytest.MonkeyPatch, around: Outside, tmp_path: Path
) -> None:
    async with open_service(load_settings()) as service:
        for number, desk in enumerate(await all_of(service, select(Desk))):
            role = Role.WERKCOACH if desk.slug == "ijmond-werkt" else Role.CONSULENT
            await colleague(service, f"Persoon{number} Voorbeeld", role, desk.slug)
        await colleague(service, "Beheer Voorbeeld", Role.BEHEERDER)
        async with service.database.write() as session:
            for desk in await session.scalars(select(Desk)):
                desk.email = f"nazorg@{desk.slug}.nl"
    async with nazorg_serving(load_settings(), PUBLIC) as web, serving(web) as port:
        async with asyncio.timeout(20):
            while (  # noqa: ASYNC110 - until every tick has come to its end once
                found := await page(port)
            )["service"].state is not State.OK:
                await asyncio.sleep(0.1)
    assert found["telegram"].found == "@nazorg_test_bot"
    assert found["telegram updates"].state is State.OK
    assert found["twilio sender"].found == OURS
    assert found["twilio webhook"].state is State.OK
    assert found["mail"].state is State.OK
    assert around.mail.messages == []
    assert found["clock"].state is State.OK
    assert found["desks"].state is State.OK
    assert found["people behind"].state is State.OK
    # The address is an example, and no backup was made.
    doubtful = {name for name, one in found.items() if one.state is not State.OK}
    assert doubtful == {"backup", "public address"}


async def test_nothing_is_written(tmp_path: Path) -> None:
    async with open_service(load_settings()) as service:
        before = {one.name for one in await all_of(service, select(Fact))}
        found = await page()
        assert {one.name for one in await all_of(service, select(Fact))} == before
    assert found["database write"].state is State.OK


async def test_a_desk_where_nobody_works_is_wrong_and_says_how_to_mend_it() -> None:
    async with open_service(load_settings()) as service:
        await colleague(service, "Sanne Voorbeeld", Role.CONSULENT, "velsen")
        await colleague(service, "Karim Voorbeeld", Role.CONSULENT, "ijmond-werkt")
    found = (await page())["desks"]
    assert found.state is State.WRONG
    assert "Velsen" not in found.found
    assert "Beverwijk" in found.found
    assert "IJmond" in found.found  # a consultant there is of the wrong side
    assert "nazorg staff add --role consulent --desk beverwijk" in found.do


async def test_keys_that_do_not_fit_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_service(load_settings()):
        pass
    set_settings(monkeypatch, keys=new_key())
    found = (await page())["keys"]
    assert found.state is State.WRONG
    assert "written with" in found.do


async def test_a_lost_key_file_is_not_made_anew(tmp_path: Path) -> None:
    async with open_service(load_settings()):
        pass
    os.unlink("nazorg-data/nazorg.key")
    found = (await page())["keys"]
    assert found.state is State.WRONG
    assert "Put back your copy" in found.do
    assert "nazorg.key" not in os.listdir("nazorg-data")


async def test_what_others_may_read_is_told(tmp_path: Path) -> None:
    async with open_service(load_settings()):
        pass
    os.chmod("nazorg-data", 0o755)
    os.chmod("nazorg-data/nazorg.key", 0o644)
    write_settings_file(tmp_path)
    found = await page()
    assert found["data folder"].state is State.ATTENTION
    assert found["keys"].state is State.WRONG
    assert found["settings file"].do == f"chmod 600 {tmp_path / '.env'}"


def write_settings_file(folder: Path) -> None:
    """A `.env` that everybody can read."""
    (folder / ".env").write_text("NAZORG_PUBLIC_URL=\n")
    (folder / ".env").chmod(0o644)


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


@pytest.mark.postgres
async def test_postgresql_is_looked_at_too(
    monkeypatch: pytest.MonkeyPatch, postgres_server: str
) -> None:
    with fresh_database(postgres_server) as url:
        set_settings(monkeypatch, database_url=url, keys=new_key())
        assert "set up at the first start" in (await page())["database version"].do
        async with open_service(load_settings()):
            found = await page()
        assert found["database"].found.startswith("PostgreSQL ")
        assert found["database write"].state is State.OK
        assert found["clock"].found.endswith("of the database")
        async with open_service(load_settings()) as service, service.database.write() as session:
            await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        found = await page()
        assert found["database version"].state is State.WRONG
        assert "routes" not in found


async def test_the_command_exits_1_on_a_wrong_setting_and_names_it(tmp_path: Path) -> None:
    nazorg = Nazorg(tmp_path, NAZORG_MAIL_URL="http://mail.example.org")
    ran = await nazorg.run("doctor", "--json")
    assert ran.code == 1
    (finding,) = json.loads(ran.out)
    assert finding["state"] == "wrong"
    assert "NAZORG_MAIL_URL" in finding["found"]
    assert finding["do"]
    assert finding["means"]


async def test_the_page_fits_a_terminal(tmp_path: Path) -> None:
    ran = await Nazorg(tmp_path).run("doctor")
    assert ran.code == 0
    assert len(ran.out.splitlines()) < 60
    assert "docs/operations.md" in ran.out.splitlines()[-1]
    assert "Traceback" not in ran.err
