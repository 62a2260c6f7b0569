"""A backup is taken beside the running service, and put back with nothing lost that it held."""

import asyncio
import sqlite3
import stat
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from aftercare.inbox import Received
from aftercare.service import Service
from bot.backup import BackupError
from bot.backup.making import back_up, restore
from bot.opening import open_service
from bot.settings import Settings
from conversations.words import CheckInStatus, Direction, MessageStatus
from storage.database import Database
from storage.encryption import WrongKeys, new_key
from storage.facts import LAST_BACKUP, recall
from storage.models import CheckIn, Message
from tests.aftercare.people import all_of, writes
from tests.bot.process import Nazorg
from tests.operations.conftest import PEOPLE, MakeSettings, fill, settings_of
from tests.postgres import fresh_database

WAITING = select(Message).where(Message.status == MessageStatus.QUEUED)


def process(folder: Path, settings: Settings) -> Nazorg:
    """`nazorg` with these settings."""
    nazorg = Nazorg(folder, NAZORG_KEYS=settings.keys, NAZORG_DATA_DIR=str(settings.data_dir))
    if settings.database_url:
        nazorg.settings["NAZORG_DATABASE_URL"] = settings.database_url
    return nazorg


async def ids(service: Service) -> set[str]:
    """The providers' ids of all messages in, each of which can be read."""
    rows = select(Message).where(Message.direction == Direction.IN)
    return {one.external_id or "" for one in await all_of(service, rows) if one.text}


async def test_a_backup_under_load_holds_all_that_was_acknowledged_before_it(
    home: Settings, installations: MakeSettings, tmp_path: Path
) -> None:
    acknowledged: list[tuple[float, str]] = []
    file = tmp_path / "under-load.backup"

    async def talk(service: Service, person: int, until: asyncio.Event) -> None:
        count = 0
        while not until.is_set():
            external_id = f"load-{person}-{count}"
            await writes(service, "nog een bericht", person, external_id=external_id)
            acknowledged.append((time.monotonic(), external_id))
            count += 1
            await asyncio.sleep(0.002)

    async with open_service(home) as service:
        ended = asyncio.Event()
        talks = [
            asyncio.create_task(talk(service, person, ended)) for person in range(1, PEOPLE + 1)
        ]
        await asyncio.wait(talks, timeout=0.5)
        began = time.monotonic()
        made = await process(tmp_path, home).run("backup", str(file))
        done = time.monotonic()
        await asyncio.sleep(0.1)
        ended.set()
        await asyncio.gather(*talks)
    assert made.code == 0, made.err
    before = {one for at, one in acknowledged if at < began}
    assert before
    assert any(began <= at < done for at, _ in acknowledged), "it was not taken under load"

    away = installations("away")
    nazorg = process(tmp_path, away)
    put_back = await nazorg.run("restore", str(file))
    assert put_back.code == 0, put_back.err
    try:
        await nazorg.start()
        async with open_service(away) as restored:
            held = await ids(restored)
            assert before <= held
            repeated = await writes(restored, "nog een bericht", 1, external_id="load-1-0")
            assert repeated.received is Received.REPEATED
    finally:
        await nazorg.end()


def test_only_its_owner_may_read_a_backup_and_the_key_is_not_in_it(
    home: Settings, saved: Path
) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    content = saved.read_bytes()
    assert len(content) > 1000
    assert home.keys.encode() not in content
    assert b"Amina" not in content
    assert [one.name for one in saved.parent.iterdir()] == [saved.name]


async def test_the_moment_of_a_backup_is_remembered(home: Settings, tmp_path: Path) -> None:
    before = datetime.now(UTC)
    made = await back_up(home, tmp_path / "nazorg.backup")
    async with open_service(home) as service:
        assert await recall(service.database, LAST_BACKUP) == made.began.isoformat()
    assert made.began >= before


async def test_a_backup_is_not_overwritten_unless_asked(home: Settings, tmp_path: Path) -> None:
    file = tmp_path / "nazorg.backup"
    file.write_text("an older one")
    with pytest.raises(BackupError, match="--force"):
        await back_up(home, file)
    assert file.read_text() == "an older one"
    await back_up(home, file, force=True)
    assert file.read_bytes()[:5] in (b"SQLit", b"PGDMP")


async def test_what_waited_may_have_gone_out_since_and_is_in_doubt(
    home: Settings, installations: MakeSettings, tmp_path: Path
) -> None:
    """A restored outbox must not send last night's messages once more (rule 2)."""
    async with open_service(home) as service:
        now = datetime.now(UTC)
        first = min(one.id for one in await all_of(service, WAITING))
        async with service.database.write() as session:
            await session.execute(update(Message).values(not_before=now))
            await session.execute(
                update(Message)
                .where(Message.id == first)
                .values(not_before=now + timedelta(hours=1))
            )
    file = tmp_path / "nazorg.backup"
    await back_up(home, file)
    away = installations("away")
    restored = await restore(away, file)
    async with open_service(away) as service:
        (still,) = await all_of(service, WAITING)
        assert still.id == first
        doubted = select(Message).where(Message.status == MessageStatus.UNCERTAIN)
        assert len(await all_of(service, doubted)) == restored.in_doubt > 0
        planned = select(CheckIn).where(CheckIn.status == CheckInStatus.PLANNED)
        assert len(await all_of(service, planned)) >= PEOPLE


async def test_a_restore_with_other_keys_changes_nothing(
    saved: Path, installations: MakeSettings
) -> None:
    away = installations("away")
    with pytest.raises(WrongKeys, match="not in the ring"):
        await restore(away.model_copy(update={"keys": new_key()}), saved)
    # The right key with another behind it would open everything and recognise nobody.
    with pytest.raises(WrongKeys, match="last key"):
        await restore(away.model_copy(update={"keys": f"{away.keys},{new_key()}"}), saved)
    with pytest.raises(BackupError, match="Put back the key"):
        await restore(away.model_copy(update={"keys": ""}), saved)
    assert not (away.data_dir / "nazorg.key").exists()
    await restore(away, saved)  # it is still empty


async def test_a_restore_takes_nothing_away(home: Settings, saved: Path) -> None:
    async with open_service(home) as service:
        before = await ids(service)
    with pytest.raises(BackupError, match="overwrites nothing"):
        await restore(home, saved)
    async with open_service(home) as service:
        assert await ids(service) == before


def halved(file: Path, to: Path) -> Path:
    """The first half of a file."""
    whole = file.read_bytes()
    to.write_bytes(whole[: len(whole) // 2])
    return to


async def test_a_damaged_backup_is_refused(
    saved: Path, installations: MakeSettings, tmp_path: Path
) -> None:
    half = halved(saved, tmp_path / "half.backup")
    away = installations("away")
    with pytest.raises(BackupError):
        await restore(away, half)
    await restore(away, saved)


# Only on one kind of database.


@pytest.fixture
async def small(tmp_path: Path, keys: str) -> Settings:
    """An installation on SQLite."""
    settings = settings_of(tmp_path / "data", keys)
    await fill(settings)
    return settings


async def test_a_restore_below_a_running_service_is_refused(
    small: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "nazorg.backup"
    await back_up(small, file)
    nazorg = process(tmp_path, small)
    await nazorg.start()
    try:
        refused = await nazorg.run("restore", str(file))
    finally:
        await nazorg.stop()
    assert refused.code == 2
    assert "Stop it first" in refused.err
    assert "Traceback" not in refused.err


async def test_a_journal_left_beside_the_database_is_not_mixed_in(
    small: Settings, tmp_path: Path
) -> None:
    """Somebody moved nazorg.db away, and not the journal that belongs to it."""
    file = tmp_path / "nazorg.backup"
    await back_up(small, file)
    (small.data_dir / "nazorg.db").unlink()
    journal = small.data_dir / "nazorg.db-wal"
    journal.write_bytes(b"pages of another time")
    with pytest.raises(BackupError, match=r"nazorg\.db-wal"):
        await restore(small, file)
    journal.unlink()
    await restore(small, file)
    assert names(small.data_dir) == {"nazorg.db", "serving.lock"}


def names(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {one.name for one in folder.iterdir()}


async def test_a_damaged_database_is_noticed_when_it_is_saved(
    small: Settings, tmp_path: Path
) -> None:
    database = small.data_dir / "nazorg.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'message'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as damaged:
        damaged.seek((page - 1) * size)
        damaged.write(b"\xff" * 400)
    with pytest.raises(BackupError, match="cannot be copied"):
        await back_up(small, tmp_path / "nazorg.backup")
    assert names(tmp_path) == {"data"}


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "not a backup"), (b"PGDMP...", "backup of PostgreSQL")]
)
async def test_a_file_that_is_no_backup_of_sqlite_is_refused(
    tmp_path: Path, keys: str, content: bytes, said: str
) -> None:
    file = tmp_path / "something"
    file.write_bytes(content)
    with pytest.raises(BackupError, match=said):
        await restore(settings_of(tmp_path / "data", keys), file)


async def test_where_there_is_nothing_there_is_no_backup(tmp_path: Path, keys: str) -> None:
    with pytest.raises(BackupError, match="nothing to back up"):
        await back_up(settings_of(tmp_path / "data", keys), tmp_path / "nazorg.backup")
    assert not (tmp_path / "data").exists()


async def test_a_full_disk_is_told_before_anything_is_written(
    small: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 1000})()
    monkeypatch.setattr("bot.backup.making.shutil.disk_usage", lambda _: usage)
    with pytest.raises(BackupError, match="Make room"):
        await back_up(small, tmp_path / "nazorg.backup")


@pytest.mark.postgres
async def test_without_pg_dump_it_is_told_what_to_install(
    tmp_path: Path, keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    url = "postgresql+psycopg://nazorg@127.0.0.1:1/nazorg"
    with pytest.raises(BackupError, match="apt-get install postgresql-client"):
        await back_up(settings_of(tmp_path, keys, url), tmp_path / "nazorg.backup")


@pytest.mark.postgres
async def test_a_restore_beside_other_connections_is_refused(
    tmp_path: Path, keys: str, postgres_server: str, postgres_tools: None
) -> None:
    with fresh_database(postgres_server) as one, fresh_database(postgres_server) as other:
        home, away = (
            settings_of(tmp_path / "home", keys, one),
            settings_of(tmp_path / "away", keys, other),
        )
        await fill(home)
        await back_up(home, tmp_path / "nazorg.backup")
        busy = Database(other)
        async with busy.read() as session:
            assert await session.connection()
            with pytest.raises(BackupError, match="other connections"):
                await restore(away, tmp_path / "nazorg.backup")
        await busy.close()
        await restore(away, tmp_path / "nazorg.backup")
