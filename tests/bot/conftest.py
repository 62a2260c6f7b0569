"""What the tests of this room share: the house between providers on sockets, and the command."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import certifi
import httpx
import pytest
from telegram.request import HTTPXRequest

from aftercare.service import Service
from bot.channels import twilio_http
from bot.opening import open_service
from bot.settings import Settings
from tests.aftercare.people import opens
from tests.bot.command import Command
from tests.bot.house import SERVICE, Here, house_on
from tests.providers.telegram_people import TelegramUser
from tests.providers.twilio_people import Person
from tests.providers.twilio_webhooks import STUCK


@pytest.fixture(scope="session", autouse=True)
def one_authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Trust one authority only: nothing here is encrypted, and to read all of them for each client
    takes longer than most tests."""
    first, end, _ = Path(certifi.where()).read_text().partition("-----END CERTIFICATE-----")
    file = tmp_path_factory.mktemp("trust") / "one.pem"
    file.write_text(first + end + "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(file))
        yield


@pytest.fixture
def database_kind() -> str:
    """SQLite, where the kind of database plays no part."""
    return "sqlite"


@pytest.fixture
def nazorg(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Command:
    """The command `nazorg`, where nothing was installed yet and no setting is set."""
    for name in [name for name in os.environ if name.startswith("NAZORG_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return Command(tmp_path, capsys, monkeypatch)


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the first command leaves it, to be copied."""
    folder = tmp_path_factory.mktemp("installation") / "data"

    async def first() -> None:
        async with open_service(Settings(data_dir=folder)):
            pass

    asyncio.run(first())
    return folder


@pytest.fixture
def installed(nazorg: Command, installation: Path) -> Command:
    """The command `nazorg` beside a data folder that it has used before."""
    shutil.copytree(installation, nazorg.folder / "nazorg-data")
    return nazorg


@pytest.fixture
async def here(service: Service) -> AsyncIterator[Here]:
    """The house with both channels."""
    async with house_on(service) as here:
        yield here


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a provider half a second instead of ten."""

    def request(**options: Any) -> HTTPXRequest:
        return HTTPXRequest(**(options | {"read_timeout": min(0.5, options["read_timeout"])}))

    monkeypatch.setattr(twilio_http, "TIMEOUT", httpx.Timeout(0.5))
    monkeypatch.setattr("bot.channels.telegram.HTTPXRequest", request)


@pytest.fixture
async def by_service(service: Service) -> AsyncIterator[Here]:
    """The house, sending through a Messaging Service."""
    async with house_on(service, sender=SERVICE) as here:
        yield here


@pytest.fixture
async def amina(here: Here) -> Person:
    """Somebody who takes part."""
    return await here.active_by_sms()


@pytest.fixture
async def user(here: Here) -> TelegramUser:
    """Somebody who has written to the bot."""
    user = here.telegram_server.user("Noor")
    await user.start()
    return user


@pytest.fixture
async def bilal(here: Here) -> TelegramUser:
    """Somebody who takes part; the bot listens."""
    here.poll()
    return await here.active_on_telegram()


@pytest.fixture
async def invited_on_telegram(here: Here) -> TelegramUser:
    """Somebody who opened the link; the invitation waits in the outbox."""
    enrolled = await here.enrol_on_telegram()
    user = here.telegram_server.user("Bilal")
    await user.start()
    await opens(here.service, enrolled.link_token, chat=str(user.id))
    return user


@pytest.fixture
async def invited_by_sms(here: Here) -> Person:
    """Somebody whose invitation waits in the outbox, and Twilio tells nothing of itself."""
    here.twilio.outcome = STUCK
    return await here.enrol_by_sms()
