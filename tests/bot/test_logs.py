"""Logs say what happened and where, never of whom (rule 9); also those of the libraries."""

import asyncio
import gc
import json
import logging
from collections.abc import Iterator
from io import StringIO

import httpx
import pytest
import structlog

from aftercare.service import Service
from bot import logs
from bot.channels import DeliveryError
from bot.notices import Mailer
from tests.aftercare.people import active, number, writes
from tests.bot.house import Here, house_on
from tests.bot.parcels import sms as parcel
from tests.bot.waiting import SOON
from tests.providers.faults import Fault
from tests.providers.smtp import SmtpServer
from tests.providers.telegram import TOKEN
from tests.providers.twilio import AUTH_TOKEN

PERSONAL = "Amina 06 12 34 00 01 kan de huur niet betalen"
NUMBER = "+31612340001"


@pytest.fixture(autouse=True)
def log() -> Iterator[StringIO]:
    """What is written, with logs as in the service; as they were again afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure(readable=False)
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    stream = StringIO()
    handler.setStream(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def test_our_own_lines_are_json_with_a_moment(log: StringIO) -> None:
    structlog.get_logger("test").info("something happened", message=7)
    line = json.loads(log.getvalue())
    assert line["event"] == "something happened"
    assert line["message"] == 7
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    "name",
    ["httpx", "httpcore.connection", "twilio.http_client", "telegram.Bot", "telegram.ext.Updater",
     "uvicorn.access", "apscheduler.executors.default", "alembic.runtime.migration"],
)  # fmt: skip
def test_what_libraries_tell_in_passing_is_not_written(log: StringIO, name: str) -> None:
    for level in (logging.DEBUG, logging.INFO):
        logging.getLogger(name).log(level, "POST /bot%s/sendMessage %s", TOKEN, PERSONAL)
    assert log.getvalue() == ""


@pytest.mark.parametrize("name", ["apprise", "telegram.ext.Application"])
def test_libraries_that_repeat_what_they_were_given_are_silent(log: StringIO, name: str) -> None:
    logging.getLogger(name).error("could not handle %s", PERSONAL)
    assert log.getvalue() == ""


@pytest.mark.parametrize(
    "name", ["uvicorn.error", "apscheduler.scheduler", "asyncio", "sqlalchemy.pool", "whatever"]
)
def test_an_exception_of_a_library_is_written_without_its_text(log: StringIO, name: str) -> None:
    try:
        raise ValueError(PERSONAL)
    except ValueError:
        logging.getLogger(name).exception("Exception in application")
    line = json.loads(log.getvalue())
    assert line["error"] == "ValueError"
    assert "Amina" not in str(line)


async def test_a_task_that_fails_unseen_is_written_without_its_text(
    log: StringIO,
) -> None:
    async def fails() -> None:
        raise ValueError(PERSONAL)

    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
    assert "huur" not in log.getvalue()


async def test_sending_writes_no_name_number_text_or_token(service: Service, log: StringIO) -> None:
    async with house_on(service) as here:
        await _send_with_all_faults(here)
    for secret in (TOKEN, AUTH_TOKEN, NUMBER, NUMBER[3:], "Amina", "huur", "Basic "):
        assert secret not in log.getvalue()


async def test_conversations_write_no_name_number_text_or_token(
    service: Service, log: StringIO
) -> None:
    async with house_on(service) as here:
        here.poll()
        bilal = await here.active_on_telegram(first_name="Bilal")
        amina = await here.active_by_sms(2, first_name="Amina")
        here.telegram_server.faults.script(Fault.SERVER_ERROR)
        await bilal.send("ik kan de huur niet betalen")
        await amina.send("ik wil niet meer leven")
        await bilal.wait(3, SOON)
        await amina.wait(3, SOON)
        await here.twilio.person("+31612345678").send("verkoopt u tuinstoelen")
        await amina.send_forged("dit is vals")
    assert "not delivered" in log.getvalue()
    assert "telegram" in log.getvalue()
    for words in ("Amina", "Bilal", amina.number[3:], "612345678", str(bilal.id), "huur", "leven",
                  "tuinstoelen", "vals", TOKEN, AUTH_TOKEN):  # fmt: skip
        assert words not in log.getvalue()


async def test_a_message_that_the_program_fails_on_is_not_in_the_log(
    service: Service, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ValueError(PERSONAL)

    async with house_on(service) as here:
        amina = await here.active_by_sms()
        with monkeypatch.context() as broken:
            broken.setattr("aftercare.inbox.respond", fails)
            assert (await amina.send("ik kan de huur niet betalen")).status == 200
        assert (await here.inbox())[-1] == "ik kan de huur niet betalen"  # kept for a person
    assert "message set aside" in log.getvalue()
    assert "ValueError" in log.getvalue()
    assert "huur" not in log.getvalue()


async def test_a_message_that_was_refused_is_not_in_the_log(here: Here, log: StringIO) -> None:
    amina = await here.enrol_by_sms()
    here.twilio.refusals[amina.number] = 21211  # Twilio's answer names the number
    await here.send()
    assert "not delivered" in log.getvalue()
    assert amina.number[3:] not in log.getvalue()
    assert "Amina" not in log.getvalue()


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
async def test_a_mail_that_was_refused_is_not_in_the_log(
    service: Service, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("mail.log"), "disabled", True)  # the host's own
    await active(service, 7)
    await writes(service, "ik wil niet meer leven", 7)
    async with SmtpServer(refuse=550) as mail:
        mailer = Mailer(service, f"mailto://127.0.0.1:{mail.port}", "https://nazorg.example.org")
        await mailer.run()
    assert "notice not mailed" in log.getvalue()
    for words in ("leven", "Amina", number(7)[3:], "nazorg@velsen", "Velsen"):
        assert words not in log.getvalue()


async def test_httpx_writes_no_address_at_all(log: StringIO) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        with pytest.raises(httpx.ConnectError):
            await http.get(f"http://127.0.0.1:1/bot{TOKEN}/getMe")
    assert log.getvalue() == ""


async def _send_with_all_faults(here: Here) -> None:
    here.twilio.refusals[NUMBER] = 21211
    for fault in (Fault.NONE, Fault.SERVER_ERROR, Fault.RESET, Fault.FORBIDDEN):
        here.twilio.faults.script(fault)
        with pytest.raises(DeliveryError):
            await here.sms.send(parcel(NUMBER, PERSONAL))
    for fault in (Fault.SERVER_ERROR, Fault.RESET, Fault.FORBIDDEN):
        here.telegram_server.faults.script(fault)
        with pytest.raises(DeliveryError):
            await here.telegram.send(parcel("7000000001", PERSONAL))
