"""The database comes to the version of the code on every start, or is refused with a reason."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text

from aftercare.service import Service
from aftercare.setup import set_up
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database, UnusableUrl
from storage.encryption import KeyRing, WrongKeys, new_key
from storage.migrate import NewerDatabase, migrate
from storage.models import Base, Fact

OLD, NEW = new_key(), new_key()


@pytest.fixture(autouse=True)
def _ring(key_ring: KeyRing) -> Iterator[None]:
    encryption.use(KeyRing.parse(OLD))
    yield
    encryption.use(key_ring)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url, durable=False)
    yield database
    await database.close()


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await migrate(database)
    async with database.engine.connect() as connection:
        before = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await migrate(database)
    async with database.engine.connect() as connection:
        assert before == await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert set(Base.metadata.tables) <= set(before)


async def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    databases = [Database(database_url, durable=False) for _ in range(3)]
    try:
        await asyncio.gather(*(migrate(one) for one in databases))
        async with databases[0].read() as session:
            versions = (
                await session.scalars(text("SELECT version_num FROM alembic_version"))
            ).all()
        assert len(versions) == 1
    finally:
        for one in databases:
            await one.close()


async def test_processes_that_start_together_set_up_once(database_url: str) -> None:
    databases = [Database(database_url, durable=False) for _ in range(3)]
    clock = Clock(running=False)

    async def start(database: Database) -> bool:
        await migrate(database)
        return await set_up(Service(database, clock))

    try:
        done = await asyncio.gather(*(start(one) for one in databases))
    finally:
        for one in databases:
            await one.close()
    assert sorted(done) == [False, False, True]


async def test_the_models_and_the_migrations_say_the_same(database: Database) -> None:
    await migrate(database)

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_newer_database_is_refused_and_left_alone(database: Database) -> None:
    await migrate(database)
    async with database.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase, match=r"9999.*newer nazorg"):
        await migrate(database)
    async with database.read() as session:
        assert (await session.execute(text("SELECT version_num FROM alembic_version"))).one() == (
            "9999",
        )


async def test_a_database_of_other_keys_is_refused(database: Database) -> None:
    await migrate(database)
    encryption.use(KeyRing.parse(NEW))
    with pytest.raises(WrongKeys):
        await migrate(database)


async def test_a_new_key_in_front_of_the_old_one_is_taken(database: Database) -> None:
    await migrate(database)
    encryption.use(KeyRing.parse(f"{NEW},{OLD}"))
    await migrate(database)
    async with database.read() as session:
        assert (await session.scalars(select(Fact.name))).all(), "the check of the keys is read"


async def test_a_new_key_behind_the_old_one_is_refused(database: Database) -> None:
    """The last key keys the look-ups: with another, every client would be a stranger."""
    await migrate(database)
    encryption.use(KeyRing.parse(f"{OLD},{NEW}"))
    with pytest.raises(WrongKeys):
        await migrate(database)


@pytest.mark.parametrize(
    "url", ["", "nazorg.db", "mysql://x/y", "postgresql://x/y", "sqlite:///x.db", "http://x"]
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(UnusableUrl):
        Database(url)


def test_a_refused_address_does_not_tell_its_password() -> None:
    with pytest.raises(UnusableUrl) as refused:
        Database("mysql://somebody:geheim@db.example.org/nazorg")
    assert "geheim" not in str(refused.value)
