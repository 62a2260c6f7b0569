"""A provider that hangs holds up nobody but those it would have reached."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from aftercare.service import Service
from bot.channels import twilio_http
from tests.aftercare.people import opens
from tests.bot.house import Here, house_on
from tests.bot.waiting import SOON, until
from tests.providers.faults import Fault

PATIENCE = 2.0
"""Seconds that we wait for Twilio here; ten otherwise."""


@pytest.fixture
async def half_hanging(service: Service, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Here]:
    """The house, while Twilio hangs."""
    monkeypatch.setattr(twilio_http, "TIMEOUT", httpx.Timeout(PATIENCE))
    async with house_on(service) as here:
        here.twilio.faults.at_random(1.0, Fault.HANG_BEFORE)
        yield here


async def test_a_channel_that_hangs_does_not_hold_up_the_other(half_hanging: Here) -> None:
    here = half_hanging
    await here.enrol_by_sms()
    enrolled = await here.enrol_on_telegram()
    user = here.telegram_server.user("Bilal")
    await user.start()
    here.house.start()
    await until(lambda: bool(here.twilio.faults.seen))
    began = asyncio.get_running_loop().time()
    await opens(here.service, enrolled.link_token, chat=str(user.id))
    here.house.wake()
    await user.wait(1, SOON)
    assert asyncio.get_running_loop().time() - began < PATIENCE
