"""The house between its providers, all by one clock that travels."""

from collections.abc import AsyncIterator

import pytest

from aftercare.service import Service
from tests.bot.conftest import impatient, one_authority  # noqa: F401 - fixtures of ours too
from tests.bot.house import Here, house_on
from tests.providers.telegram_people import TelegramUser


@pytest.fixture
async def here(service: Service) -> AsyncIterator[Here]:
    """The house with both channels; the providers have its clock."""
    async with house_on(service) as here:
        here.twilio.now = here.telegram_server.now = service.now
        yield here


@pytest.fixture
async def bilal(here: Here) -> TelegramUser:
    """Somebody who takes part; the bot listens."""
    here.poll()
    return await here.active_on_telegram()
