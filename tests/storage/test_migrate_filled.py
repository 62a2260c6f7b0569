"""A database with people in it comes along from every earlier version, and goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, insert, select, text

from aftercare.inbox import Received
from aftercare.service import Service
from storage.database import Database
from storage.migrate import alembic_config, migrate
from storage.models import Base, Escalation
from tests.aftercare.people import active, all_of, colleague, invited, messages, said, writes
from tests.postgres import fresh_database

OLDEST = "0002"
"""The first version that anybody can have filled."""
VERSIONS = sorted(
    one.revision
    for one in ScriptDirectory.from_config(alembic_config()).walk_revisions()
    if one.revision >= OLDEST
)


@pytest.fixture
def elsewhere(database_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a second database, empty."""
    if database_kind == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'old.db'}"
        return
    with fresh_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.mark.parametrize("version", VERSIONS)
async def test_people_of_an_earlier_version_are_all_there_and_can_write(
    service: Service, elsewhere: str, version: str
) -> None:
    await active(service, 1)
    await invited(service, 2)
    await colleague(service, "Karin Voorbeeld")
    await writes(service, "hulp")
    await writes(service, "2")
    old = Database(elsewhere, durable=False)
    await _filled(service.database, old, version)
    await migrate(old)
    there = Service(old, service.clock, trial=True)
    assert await said(there) == await said(service)
    assert [one.text for one in await messages(there)] == [
        one.text for one in await messages(service)
    ]
    assert (await writes(there, "de huur lukt niet meer")).received is Received.ANSWERED
    assert len(await all_of(there, select(Escalation))) == 1
    await old.close()


async def _filled(source: Database, old: Database, version: str) -> None:
    """Make `old` a database of that version, with the rows of `source` as far as it knows them."""
    now, tables = MetaData(), MetaData()

    def build(connection: Connection) -> None:
        command.upgrade(alembic_config(connection), version)
        tables.reflect(connection)

    async with old.engine.execution_options(writes=True).connect() as connection:
        await connection.run_sync(build)
        await connection.commit()
    async with source.engine.connect() as connection:
        await connection.run_sync(now.reflect)
        rows = {}
        for name in (one.name for one in Base.metadata.sorted_tables if one.name in tables.tables):
            known = [one for one in now.tables[name].columns if one.name in tables.tables[name].c]
            found = await connection.execute(select(*known))
            rows[name] = [dict(row) for row in found.mappings()]
    async with old.write() as session:
        for name, values in rows.items():
            if values:
                await session.execute(insert(tables.tables[name]), values)
                if not old.is_sqlite and "id" in tables.tables[name].c:
                    await session.execute(
                        text(
                            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "
                            f"(SELECT max(id) FROM {name}))"
                        )
                    )
