"""What the tests of the provider servers share."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from telegram import Bot

from .telegram import TOKEN, TelegramServer
from .telegram_people import TelegramUser
from .twilio import TwilioServer
from .twilio_clients import connected

# Invented numbers: parameters of these tests, nothing to be called.
OURS = "+31612340000"
THEIRS = "+31612340001"
SERVICE = "MG" + "5" * 32


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, python-telegram-bot 22 warns as soon as it makes a RetryAfter."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest_asyncio.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(allow_loopback=True) as server:
        server.updates.retry_unit = 0.01
        yield server


@pytest_asyncio.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, base_url=server.url) as bot:
        yield bot


@pytest_asyncio.fixture
async def user(server: TelegramServer) -> TelegramUser:
    user = server.user(first_name="Noor")
    await user.start("token-1")
    return user


@pytest_asyncio.fixture
async def twilio() -> AsyncIterator[TwilioServer]:
    async with TwilioServer([OURS], allow_loopback=True) as twilio:
        yield twilio


@pytest_asyncio.fixture
async def client(twilio: TwilioServer) -> AsyncIterator[Any]:
    async with connected(twilio.url) as client:
        yield client
