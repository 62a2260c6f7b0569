"""What the provider servers share: faults, the record of what was sent, mail, the process."""

import asyncio
import json
import smtplib
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import apprise
import httpx
import pytest
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter, TimedOut
from telegram.request import HTTPXRequest
from twilio.base.exceptions import TwilioRestException

from .conftest import OURS, THEIRS
from .control import control_routes
from .faults import Fault, Faults
from .receiver import receiving
from .smtp import SmtpServer
from .telegram import TOKEN, TelegramServer
from .telegram_people import TelegramUser
from .twilio import TwilioServer
from .twilio_clients import connected

ROOT = Path(__file__).parents[2]

# Faults: (what goes wrong, whether it was acted on, what python-telegram-bot and httpx raise).
CASES: list[tuple[Fault, bool, type[Exception], type[Exception]]] = [
    (Fault.HANG_BEFORE, False, TimedOut, httpx.ReadTimeout),
    (Fault.HANG_AFTER, True, TimedOut, httpx.ReadTimeout),
    (Fault.RESET, False, NetworkError, httpx.ReadError),
    (Fault.CLOSE_AFTER, True, NetworkError, httpx.ReadError),
    (Fault.SERVER_ERROR, False, NetworkError, TwilioRestException),
    (Fault.TOO_MANY_REQUESTS, False, RetryAfter, TwilioRestException),
    (Fault.FORBIDDEN, False, Forbidden, TwilioRestException),
]


@pytest.mark.parametrize(("fault", "acted", "error", "_"), CASES)
async def test_telegram_can_fail_before_or_after_it_acted(
    server: TelegramServer,
    user: TelegramUser,
    fault: Fault,
    acted: bool,
    error: type[Exception],
    _: type[Exception],
) -> None:
    request = HTTPXRequest(read_timeout=0.2)
    async with Bot(TOKEN, base_url=server.url, request=request) as bot:
        server.faults.script(fault)
        with pytest.raises(error) as failure:
            await bot.send_message(user.id, "hoi")
        assert type(failure.value) is error
        assert [m.text for m in user.received] == ["hoi"] * acted
        assert len(server.sent) == int(acted)
        await bot.send_message(user.id, "hoi")
        assert len(server.sent) == acted + 1
    assert server.faults.seen == [("sendMessage", fault), ("sendMessage", Fault.NONE)]


@pytest.mark.parametrize(("fault", "acted", "_", "error"), CASES)
async def test_twilio_can_fail_before_or_after_it_acted(
    twilio: TwilioServer, fault: Fault, acted: bool, error: type[Exception], _: type[Exception]
) -> None:
    twilio.faults.script(fault)
    async with connected(twilio.url, seconds=0.2) as client:
        with pytest.raises(error) as failure:
            await client.messages.create_async(to=THEIRS, from_=OURS, body="hoi")
        if isinstance(failure.value, TwilioRestException):
            codes = {"500": 20500, "429": 20429, "403": 20403}
            assert failure.value.code == codes[fault]
        found = await client.messages.list_async(to=THEIRS)  # look before sending again
    assert [message.body for message in found] == ["hoi"] * acted
    assert len(twilio.sent) == int(acted)


async def test_a_lost_answer_does_not_stop_the_callbacks(twilio: TwilioServer) -> None:
    async with receiving() as ours, connected(twilio.url, seconds=0.2) as client:
        twilio.faults.script(Fault.HANG_AFTER)
        with pytest.raises(httpx.ReadTimeout):
            await client.messages.create_async(
                to=THEIRS, from_=OURS, body="hoi", status_callback=f"{ours.url}/status"
            )
        await twilio.settle()
        assert [call.form["MessageSid"] for call in ours.calls] == [twilio.sent[0].id] * 2


def test_random_faults_are_the_same_for_the_same_seed() -> None:
    def run(seed: int) -> list[Fault]:
        faults = Faults(None)
        faults.at_random(0.5, Fault.RESET, Fault.SERVER_ERROR, seed=seed)
        return [faults.decide("any") for _ in range(200)]

    assert run(1) == run(1) != run(2)
    counts = Counter(run(1))
    assert counts.keys() == {Fault.NONE, Fault.RESET, Fault.SERVER_ERROR}
    assert 60 < counts[Fault.NONE] < 140


def test_faults_touch_only_what_sends() -> None:
    faults = Faults(["sendMessage"])
    faults.script(Fault.RESET)
    assert faults.decide("getUpdates") is Fault.NONE
    assert faults.decide("sendMessage") is Fault.RESET


async def test_closing_ends_what_hangs() -> None:
    async with TelegramServer() as server, httpx.AsyncClient() as http:
        server.faults.operations = None
        server.faults.script(Fault.HANG_BEFORE)
        hanging = asyncio.create_task(http.get(f"{server.url}{TOKEN}/getMe"))
        polling = asyncio.create_task(http.get(f"{server.url}{TOKEN}/getUpdates?timeout=50"))
        await asyncio.sleep(0.05)
        async with asyncio.timeout(2):
            await server.__aexit__()
        results = await asyncio.gather(hanging, polling, return_exceptions=True)
        assert isinstance(results[0], httpx.TransportError)


async def test_a_server_comes_back_on_the_same_port() -> None:
    server = TelegramServer()
    async with server:
        port = server.port
    async with server, Bot(TOKEN, base_url=server.url) as bot:
        assert server.port == port
        assert bot.username == "nazorg_test_bot"


# Mail.


def send_mail(port: int, text: str = "Er is een hulpvraag.") -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as host:
        host.sendmail("nazorg@example.nl", ["balie@example.nl"], f"Subject: Nieuw\r\n\r\n{text}")


async def test_mail_arrives_with_its_envelope() -> None:
    async with SmtpServer() as mail:
        await asyncio.to_thread(send_mail, mail.port)
        (message,) = await mail.wait(1)
        assert (message.mail_from, message.rcpt_to) == ("nazorg@example.nl", ["balie@example.nl"])
        assert (message.subject, message.text.strip()) == ("Nieuw", "Er is een hulpvraag.")


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
async def test_mail_arrives_from_apprise() -> None:
    async with SmtpServer() as mail:
        sender = apprise.Apprise()
        address = "from=nazorg@example.nl&to=balie@example.nl&format=text&mode=insecure"
        assert sender.add(f"mailto://127.0.0.1:{mail.port}?{address}")
        assert await sender.async_notify(title="Nieuwe hulpvraag", body="Graag vóór 17.00 é")
        assert mail.messages[0].subject == "Nieuwe hulpvraag"
        assert "vóór 17.00 é" in mail.messages[0].text
        assert mail.messages[0].rcpt_to == ["balie@example.nl"]


@pytest.mark.parametrize("code", [451, 550])
async def test_a_mail_host_can_refuse(code: int) -> None:
    async with SmtpServer(refuse=code) as mail:
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            await asyncio.to_thread(send_mail, mail.port)
        assert refused.value.recipients["balie@example.nl"][0] == code
        mail.accept()
        await asyncio.to_thread(send_mail, mail.port)
        assert len(mail.messages) == 1


async def test_a_mail_host_can_be_down() -> None:
    async with SmtpServer(down=True) as mail:
        with pytest.raises(ConnectionRefusedError):
            await asyncio.to_thread(send_mail, mail.port)
        await mail.start()
        await asyncio.to_thread(send_mail, mail.port)
        await mail.stop()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.to_thread(send_mail, mail.port)


# A process of its own.


async def test_people_can_be_steered_over_http(
    twilio: TwilioServer, server: TelegramServer
) -> None:
    async with receiving() as ours:
        servers: list[Any] = [TelegramServer(), TwilioServer([OURS], inbound_url=ours.url)]
        for each in servers:
            each.extra_routes = control_routes(each)
        async with servers[0] as telegram, servers[1] as twilio, httpx.AsyncClient() as http:
            control = f"http://127.0.0.1:{telegram.port}/_control"
            started = await http.post(f"{control}/people/77/start", json={"text": "token-1"})
            async with Bot(TOKEN, base_url=telegram.url) as bot:
                await bot.send_message(77, "Hoe gaat het?")
                updates = await bot.get_updates()
            assert started.json()["result"] == updates[0].update_id
            received = (await http.get(f"{control}/people/77")).json()
            assert received[0]["text"] == "Hoe gaat het?"
            assert (await http.get(f"{control}/sent")).json()[0]["to"] == "77"
            assert (await http.post(f"{control}/people/77/dance")).status_code == 404
            await http.post(f"{control}/faults", json={"script": ["500"]})
            assert telegram.faults.decide("sendMessage") is Fault.SERVER_ERROR

            control = f"http://127.0.0.1:{twilio.port}/_control"
            answer = await http.post(f"{control}/people/{THEIRS}/send", json={"text": "hoi"})
            assert answer.json()["result"]["status"] == 200
            assert ours.calls[0].form["From"] == THEIRS
            assert (await http.post(f"{control}/settle")).status_code == 200


async def test_the_process_serves_and_writes_what_was_sent(tmp_path: Path) -> None:
    state = tmp_path / "sent.jsonl"
    command = [sys.executable, "-m", "tests.providers", "--telegram-port", "0", "--smtp-port", "0"]
    command += ["--twilio-port", "0", "--twilio-number", OURS, "--state-file", str(state)]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        ports: dict[str, int] = {}
        while (line := (await process.stdout.readline()).decode()) != "ready\n":
            name, _, port = line.partition(" on port ")
            ports[name] = int(port)
        base = f"http://127.0.0.1:{ports['telegram']}"
        async with httpx.AsyncClient() as http:
            await http.post(f"{base}/_control/people/77/start")
        async with Bot(TOKEN, base_url=f"{base}/bot") as bot:
            await bot.send_message(77, "Hoe gaat het?")
        async with connected(f"http://127.0.0.1:{ports['twilio']}") as client:
            sent = await client.messages.create_async(to=THEIRS, from_=OURS, body="Hoi")
        await asyncio.to_thread(send_mail, ports["smtp"])
    finally:
        process.terminate()
        code = await process.wait()
    assert code == 0
    lines = [json.loads(line) for line in state.read_text().splitlines()]
    assert [(line["provider"], line["to"], line["text"]) for line in lines] == [
        ("telegram", "77", "Hoe gaat het?"),
        ("twilio", THEIRS, "Hoi"),
    ]
    assert lines[1]["id"] == sent.sid
