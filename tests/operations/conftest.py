"""Installations to be saved and put back."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.opening import open_service
from bot.settings import Settings
from storage import encryption
from storage.encryption import KeyRing, new_key
from tests.aftercare.people import invited, writes
from tests.postgres import fresh_database, tool

PEOPLE = 4
"""How many take part in an installation."""


@pytest.fixture
def keys(key_ring: KeyRing) -> Iterator[str]:
    """Keys of their own; the other tests' ring is put back."""
    yield new_key()
    encryption.use(key_ring)


@pytest.fixture
def postgres_tools(monkeypatch: pytest.MonkeyPatch) -> str:
    """A PATH on which pg_dump and pg_restore of the server's version come first."""
    import os

    path = f"{tool('pg_dump').parent}:{os.environ['PATH']}"
    monkeypatch.setenv("PATH", path)
    return path


MakeSettings = Callable[[str], Settings]


@pytest.fixture(params=["sqlite", "postgresql"])
def installations(
    request: pytest.FixtureRequest, tmp_path: Path, keys: str, postgres_tools: str
) -> Iterator[MakeSettings]:
    """Makes the settings of installations, by name, with the same keys; on each database."""
    made: dict[str, Settings] = {}
    with ExitStack() as stack:

        def make(name: str) -> Settings:
            if name not in made:
                url = ""
                if request.param == "postgresql":
                    server = request.getfixturevalue("postgres_server")
                    url = stack.enter_context(fresh_database(server))
                made[name] = settings_of(tmp_path / name, keys, url)
            return made[name]

        yield make


def settings_of(folder: Path, keys: str, database_url: str = "") -> Settings:
    """Settings that do not depend on where the tests are run."""
    return Settings(_env_file=None, data_dir=folder, keys=keys, database_url=database_url)


@pytest.fixture
async def home(installations: MakeSettings) -> AsyncIterator[Settings]:
    """An installation with some people, of which nothing runs."""
    settings = installations("home")
    await fill(settings)
    yield settings


async def fill(settings: Settings) -> None:
    """Let people take part, who said yes."""
    async with open_service(settings) as service:
        trial = type(service)(service.database, service.clock, trial=True)
        for person in range(1, PEOPLE + 1):
            await invited(trial, person, first_working_day=trial.now().date())
            await writes(trial, "ja", person)
