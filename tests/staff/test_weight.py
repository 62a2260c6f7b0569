"""What a page asks of the database and weighs: little, and no more when there are more people."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from aftercare.service import Service
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database
from tests.conftest import MONDAY_MORNING
from tests.staff.asking import asked, queries, reader
from tests.staff.crowd import crowd
from tests.staff.everything import build
from tests.staff.world import browser, hire

FEW, MANY = 120, 360
"""Among the few there must be somebody on each list: an empty one asks less."""

MESSAGES = 10
MOST_QUERIES, MOST_BYTES = 12, 100_000

Costs = Mapping[str, tuple[int, int]]


async def _costs(template: Path, file: Path, people: int) -> Costs:
    """Of each page in a town of so many people: how many queries, and how many bytes."""
    shutil.copy(template, file)
    database = Database(f"sqlite+aiosqlite:///{file}", durable=False)
    service = Service(database, Clock(MONDAY_MORNING, running=False), trial=True)
    world = await build(service, await hire(service))
    known = await crowd(service, people, MESSAGES)
    found = {}
    for name, ask in asked(service, world, known).items():
        async with browser(service, await reader(service, world, ask)) as web:
            with queries(database) as done:
                answer = await ask(web)
        assert answer.status_code < 500, name
        found[name] = len(done), len(answer.content)
    await database.close()
    return found


async def test_a_page_stays_small(
    key_ring: encryption.KeyRing, sqlite_template: Path, tmp_path: Path
) -> None:
    encryption.use(key_ring)
    few = await _costs(sqlite_template, tmp_path / "few.db", FEW)
    many = await _costs(sqlite_template, tmp_path / "many.db", MANY)
    assert len(many) > 50
    assert {name: done for name, (done, _) in many.items() if done > MOST_QUERIES} == {}
    assert {name: size for name, (_, size) in many.items() if size > MOST_BYTES} == {}
    more = {name: (few[name][0], done) for name, (done, _) in many.items() if done > few[name][0]}
    assert more == {}, "these ask more where there are more people"
