"""`nazorg doctor` tries everything, shows no secret, changes nothing, and says what to do."""

import asyncio
import json
import os
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.app import serving as nazorg_serving
from bot.doctor import State
from bot.opening import open_service
from bot.settings import load_settings
from conversations.words import Role
from storage.encryption import new_key
from storage.models import Desk, Fact
from tests.aftercare.people import all_of, colleague
from tests.bot.process import Nazorg
from tests.operations.outside import OURS, PUBLIC, Outside, page, set_settings
from tests.postgres import fresh_database
from tests.providers.server import serving

pytestmark = [
    pytest.mark.usefixtures("unset"),
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated"),  # apprise imports it
]


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
        is_shown = not name.startswith("oidc_") or name == "oidc_issuer"  # of a provider, if any
        assert (f"NAZORG_{name.upper()}" in found) is is_shown
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
