"""The whole configuration as one file: out and in again, with a word for each mistake."""

from collections.abc import AsyncIterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from aftercare.configuration import EVER, Configuration
from aftercare.configuration_file import read, write
from aftercare.routing import desk_for
from aftercare.service import Refused, Service
from aftercare.setup import IJMOND, apply, current, differences, set_up
from conversations.words import Topic
from storage.database import Database
from storage.migrate import migrate
from storage.models import AuditEntry, Municipality, Route

TODAY = date(2026, 3, 2)
RICH = (
    IJMOND.read_text(encoding="utf-8").replace(
        'slug = "velsen"\nname = "Velsen"',
        'slug = "velsen"\nname = "Velsen \\"aan zee\\""\nopens = 10:00:00\n'
        "evening_from = 17:30:00\n"
        "taper = [1, 10, 40, 100]\nfree_days = [2026-07-13]\ncontact_within = 3\n"
        "exit_premium = true",
    )
    + '\n[sms]\nprice_per_segment = 0.075\n\n[[municipality]]\nslug = "bloemendaal"\n'
    'name = "Bloemendaal"\nroutes = { work = "ijmond-werkt", other = "velsen" }\n'
    '[[municipality.route]]\ntopic = "money"\ndesk = "heemskerk"\nvalid_from = 2026-05-01\n'
)


@pytest.fixture
async def empty(service: Service, tmp_path: Path) -> AsyncIterator[Service]:
    """An installation in which nothing is set up yet."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}", durable=False)
    await migrate(database)
    yield Service(database, service.clock)
    await database.close()


async def _now(service: Service) -> Configuration:
    async with service.database.read() as session:
        return await current(session)


async def test_what_is_written_is_read_again(service: Service) -> None:
    assert await apply(service, read(RICH), None) > 5
    there = await _now(service)
    assert read(write(there)) == there
    velsen = next(one for one in there.places if one.slug == "velsen")
    assert velsen.name == 'Velsen "aan zee"'
    assert (velsen.opens, velsen.taper) == (time(10), (1, 10, 40, 100))
    assert velsen.free_days == (date(2026, 7, 13),)
    assert there.price == Decimal("0.075")


async def test_an_empty_installation_gets_the_same(service: Service, empty: Service) -> None:
    await apply(service, read(RICH), None)
    there = await _now(service)
    assert await apply(empty, read(write(there)), None) > 5
    assert await _now(empty) == there
    assert await apply(empty, read(write(there)), None) == 0


async def test_an_installation_may_begin_with_it(empty: Service, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(RICH)
    assert await set_up(empty, file)
    assert (await _now(empty)).price == Decimal("0.075")


async def test_differences_are_told_and_nothing_is_done(service: Service) -> None:
    async with service.database.read() as session:
        found = await differences(session, read(RICH), TODAY)
    told = {(one.where, one.field): (one.before, one.after) for one in found}
    assert told["municipality velsen", "opens"] == ("09:00:00", "10:00:00")
    assert told["municipality", "bloemendaal"] == (None, "Bloemendaal")
    assert told["municipality bloemendaal", "route money, 2026-05-01"] == (None, '"heemskerk"')
    assert told["sms", "price_per_segment"] == (None, "0.075")
    assert len((await _now(service)).places) == 4


async def test_a_changed_route_counts_from_today_and_the_past_stays(service: Service) -> None:
    text = IJMOND.read_text().replace('other = "velsen"', 'other = "heemskerk"')
    assert await apply(service, read(text), None) == 1
    async with service.database.read() as session:
        velsen = await session.scalar(select(Municipality).where(Municipality.slug == "velsen"))
        assert velsen
        for day, desk in ((TODAY, "heemskerk"), (date(2026, 3, 1), "velsen")):
            assert (await desk_for(session, velsen.id, Topic.MONEY, day)).slug == desk
        rows = await session.scalars(
            select(Route.valid_from)
            .where(Route.municipality_id == velsen.id, Route.topic == Topic.OTHER)
            .order_by(Route.valid_from)
        )
        assert rows.all() == [EVER, TODAY]
        (action,) = (await session.scalars(select(AuditEntry.action))).all()
        assert action == "settings"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('slug = "velsen"\nname = "gemeente', 'slug = velsen\nname = "gemeente', "line "),
        ('side = "work"', 'side = "werk"', "desk ijmond-werkt, side"),
        ('title = "werkcoach"\n', "", "desk ijmond-werkt, title"),
        ('title = "werkcoach"', 'titel = "werkcoach"', "desk ijmond-werkt, titel"),
        ("nazorg@velsen.example.org", "nergens", "desk velsen, email"),
        ('name = "Velsen"', 'name = ""', "municipality velsen, name"),
        ('name = "Velsen"', f'name = "{"x" * 300}"', "municipality velsen, name"),
        ('name = "Velsen"', 'name = "Velsen"\nopens = 07:00:00', "municipality velsen, opens"),
        ('name = "Velsen"', 'name = "Velsen"\ntaper = [1, 3]', "municipality velsen, taper"),
        ('name = "Velsen"', 'name = "Velsen"\ntaper = [1, true]', "municipality velsen, taper"),
        ('name = "Velsen"', 'name = "Velsen"\ncontact_within = 30', "velsen, contact_within"),
        ('name = "Velsen"', 'name = "Velsen"\nzone = "Velsen"', "municipality velsen, zone"),
        ('other = "velsen"', 'other = "velzen"', "municipality velsen, other"),
        ('other = "velsen"', 'other = "ijmond-werkt"', "municipality velsen, other"),
        ('other = "velsen"', 'anders = "velsen"', "municipality velsen, routes"),
        ('other = "velsen"', 'other = "{x}"', "municipality velsen, other"),
        ('organisation = "velsen"', 'organisation = "velzen"', "desk velsen, organisation"),
        ("[[desk]]", "[[bureau]]", "file, bureau"),
        ("[instruments]", "[[instruments]]", "instruments"),
        ('jobcoach = "jobcoach"', "jobcoach = 3", "instruments, jobcoach"),
        ("[instruments]", "[sms]\nprice_per_segment = 7\n[instruments]", "sms, price_per_segment"),
    ],
)
def test_a_mistake_is_named_by_its_place(old: str, new: str, where: str) -> None:
    text = IJMOND.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(Refused) as refused:
        read(text.replace(old, new, 1))
    assert where in str(refused.value)


@pytest.mark.parametrize(
    "text", ["[" * 5000, "x = " + "[" * 5000, "a" * 300_000, "x = 1e999999", "\x00"]
)
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read(text)


async def test_a_team_does_not_change_sides(service: Service) -> None:
    text = IJMOND.read_text().replace('side = "work"', 'side = "municipality"')
    with pytest.raises(Refused):
        await apply(service, read(text.replace('work = "ijmond-werkt", ', "")), None)
    assert (await _now(service)).desks[0].side == "work"
