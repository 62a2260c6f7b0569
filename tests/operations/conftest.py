"""Installations to be saved and put back; made once for each kind of database."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url

from aftercare.service import Service
from aftercare.setup import set_up
from bot.backup.making import back_up
from bot.opening import open_service
from bot.settings import Settings
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database
from storage.encryption import KeyRing, new_key
from storage.migrate import migrate
from tests.aftercare.people import invited, writes
from tests.operations.outside import OURS, PUBLIC, Outside, set_settings
from tests.postgres import fresh_database, tool
from tests.providers.smtp import SmtpServer
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer

PEOPLE = 4
"""How many take part in an installation."""

MakeSettings = Callable[[str], Settings]


@pytest.fixture(scope="session")
def prepared(postgres_server: str, key_ring: KeyRing) -> Iterator[str]:
    """The name of a PostgreSQL database that is set up, to be copied: five times as fast."""
    with fresh_database(postgres_server) as url:
        asyncio.run(_prepare(url, key_ring))
        yield make_url(url).database or ""


async def _prepare(url: str, key_ring: KeyRing) -> None:
    encryption.use(key_ring)
    database = Database(url)
    await migrate(database)
    await set_up(Service(database, Clock()))
    await database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """As everywhere, but the one on PostgreSQL is a copy."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'nazorg.db'}"
        return
    server, like = (request.getfixturevalue(name) for name in ("postgres_server", "prepared"))
    with fresh_database(server, like) as url:
        yield url


@pytest.fixture(scope="module")
def keys(key_ring: KeyRing) -> Iterator[str]:
    """Keys of their own; the other tests' ring is put back."""
    yield new_key()
    encryption.use(key_ring)


@pytest.fixture(scope="module")
def postgres_tools() -> Iterator[None]:
    """pg_dump and pg_restore of the server's version come first on the PATH."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{tool('pg_dump').parent}:{os.environ['PATH']}")
        yield


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installations(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    keys: str,
    postgres_tools: None,
) -> Iterator[MakeSettings]:
    """Makes the settings of installations, each time of a new one with the same keys."""
    with ExitStack() as stack:

        def make(name: str) -> Settings:
            url = ""
            if request.param == "postgresql":
                server = request.getfixturevalue("postgres_server")
                url = stack.enter_context(fresh_database(server))
            return settings_of(tmp_path_factory.mktemp(name) / "data", keys, url)

        yield make


@pytest.fixture(scope="module")
def home(installations: MakeSettings) -> Settings:
    """An installation with some people, of which nothing runs."""
    settings = installations("home")
    asyncio.run(fill(settings))
    return settings


@pytest.fixture(scope="module")
def saved(home: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("saved") / "nazorg.backup"
    asyncio.run(back_up(home, file))
    return file


def settings_of(folder: Path, keys: str, database_url: str = "") -> Settings:
    """Settings that do not depend on where the tests are run."""
    return Settings(_env_file=None, data_dir=folder, keys=keys, database_url=database_url)


async def fill(settings: Settings) -> None:
    """Let people take part, who said yes."""
    async with open_service(settings) as service:
        trial = Service(service.database, service.clock, trial=True)
        for person in range(1, PEOPLE + 1):
            await invited(trial, person, first_working_day=trial.now().date())
            await writes(trial, "ja", person)


@pytest.fixture
def unset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key_ring: KeyRing) -> Iterator[None]:
    """No settings but those of the test; the other tests' keys are put back."""
    for name in [one for one in os.environ if one.startswith("NAZORG_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bot.doctor.outside.TIMEOUT", httpx.Timeout(2.0))
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
