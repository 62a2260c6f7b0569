"""Make a backup beside a running service, or put one back where no database is."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from bot.backup import BackupError, postgresql, sqlite, to_the_disk
from bot.opening import open_service
from bot.settings import Settings
from conversations.words import MessageStatus
from storage import encryption, line
from storage.database import Database
from storage.encryption import WrongKeys
from storage.facts import LAST_BACKUP, remember
from storage.models import Message

log = structlog.get_logger()

_SPARE = 16 * 1024 * 1024
"""What must be free beside the backup itself."""


@dataclass(frozen=True)
class BackupMade:
    """A backup that is on the disk. All that was acknowledged before `began` is in it."""

    file: Path
    began: datetime
    bytes: int
    seconds: float


@dataclass(frozen=True)
class Restored:
    """A restored database; `in_doubt` messages had waited and may have gone out since."""

    database: str
    in_doubt: int


async def back_up(settings: Settings, file: Path, *, force: bool = False) -> BackupMade:
    """Write the database to `file`, readable by its owner only. Raises `BackupError`."""
    began, clock = datetime.now(UTC), time.perf_counter()
    database = Database(settings.database_address)
    try:
        written = _write(database, file, force=force)
        seconds = time.perf_counter() - clock
        await _remember(settings, database, began)
    finally:
        await database.close()
    return BackupMade(file, began, written, seconds)


async def restore(settings: Settings, file: Path) -> Restored:
    """Put the backup in `file` in the place of a database that is not there. Raises
    `BackupError`, or `WrongKeys` when the keys at hand do not open it; then nothing has changed.
    """
    database = Database(settings.database_address)
    await database.close()
    _check_kind(file, database)
    if not has_keys(settings):
        raise BackupError(
            f"there is no key: {settings.data_dir / 'nazorg.key'} is missing and NAZORG_KEYS is "
            "not set. Put back the key that this backup was written with, then try again."
        )
    encryption.use(settings.key_ring())
    if database.is_sqlite:
        with sqlite.restored(file, sqlite.file_of(database.url), settings.data_dir) as part:
            url = f"sqlite+aiosqlite:///{part}"
            in_doubt = await _into_doubt(settings.model_copy(update={"database_url": url}))
        return Restored(str(sqlite.file_of(database.url)), in_doubt)
    postgresql.restore(file, database.url)
    return Restored(postgresql.name_of(database.url), await _into_doubt(settings))


def has_keys(settings: Settings) -> bool:
    """Whether there are keys, without making any."""
    return bool(settings.keys) or (settings.data_dir / "nazorg.key").exists()


async def _into_doubt(settings: Settings) -> int:
    """Open what was restored, which checks keys and version; doubt what may have gone out since.

    Twilio is asked about each; Telegram cannot tell, so there a person has to look (rule 2).
    """
    async with open_service(settings) as service, service.database.write() as session:
        doubted = await session.scalars(
            update(Message)
            .where(line.QUEUED, Message.not_before <= service.now())
            .values(status=MessageStatus.UNCERTAIN)
            .returning(Message.id)
            .execution_options(synchronize_session=False)
        )
        return len(doubted.all())


async def _remember(settings: Settings, database: Database, began: datetime) -> None:
    """So that `nazorg doctor` and `/metrics` can tell how old the last backup is."""
    try:
        if has_keys(settings):
            encryption.use(settings.key_ring())
            await remember(database, LAST_BACKUP, began.isoformat())
    except (SQLAlchemyError, WrongKeys) as error:
        log.warning("the moment of the backup was not kept", error=type(error).__name__)


def _write(database: Database, file: Path, *, force: bool) -> int:
    """Returns how many bytes were written."""
    if database.is_sqlite:
        source = sqlite.file_of(database.url)
        with _new_file(file, sqlite.size(source), force=force) as part:
            sqlite.dump(source, part)
    else:
        with _new_file(file, postgresql.size(database.url), force=force) as part:
            postgresql.dump(database.url, part)
    return file.stat().st_size


def _check_kind(file: Path, database: Database) -> None:
    with file.open("rb") as backup:
        head = backup.read(16)
    kinds = {sqlite.MAGIC: "SQLite", postgresql.MAGIC: "PostgreSQL"}
    kind = next((name for magic, name in kinds.items() if head.startswith(magic)), None)
    if kind is None:
        raise BackupError(f"{file} is not a backup that nazorg made")
    here = "SQLite" if database.is_sqlite else "PostgreSQL"
    if kind != here:
        raise BackupError(
            f"{file} is a backup of {kind}, and the settings name a database of {here}. "
            "Set NAZORG_DATABASE_URL to where it must go."
        )


@contextmanager
def _new_file(file: Path, size: int, *, force: bool) -> Iterator[Path]:
    """A file beside `file` to write to, which takes its place at once when all went well."""
    if file.is_dir():
        raise BackupError(f"{file} is a folder. Name the file, such as {file / 'nazorg.backup'}")
    if not file.parent.is_dir():
        raise BackupError(f"the folder {file.parent} is not there. Make it first.")
    _refuse_to_overwrite(file, force=force)
    free = shutil.disk_usage(file.parent).free
    if free < size + _SPARE:
        raise BackupError(
            f"{file.parent} has {free // 2**20} MB free, and the backup may need "
            f"{(size + _SPARE) // 2**20} MB. Make room, or name another disk."
        )
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield part
        to_the_disk(part)
        _refuse_to_overwrite(file, force=force)
        part.replace(file)
        to_the_disk(file.parent)
    finally:
        part.unlink(missing_ok=True)


def _refuse_to_overwrite(file: Path, *, force: bool) -> None:
    if file.exists() and not force:
        raise BackupError(f"{file} is there already. Name another file, or add --force.")
