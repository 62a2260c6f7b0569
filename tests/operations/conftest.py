"""Installations to be saved and put back; made once for each kind of database."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from aftercare.service import Service
from bot.backup.making import back_up
from bot.opening import open_service
from bot.settings import Settings
from storage import encryption
from storage.encryption import KeyRing, new_key
from tests.aftercare.people import invited, writes
from tests.postgres import fresh_database, tool

PEOPLE = 4
"""How many take part in an installation."""

MakeSettings = Callable[[str], Settings]


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
