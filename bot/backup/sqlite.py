"""A SQLite database as one file, and back."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.backup import BackupError, to_the_disk
from storage.near_sqlite import BUSY_SECONDS

MAGIC = b"SQLite format 3\0"

SERVING_LOCK = "serving.lock"
"""In the data folder; held by the process that serves (`bot.app`)."""


def file_of(url: str) -> Path:
    """The file that a database URL names."""
    return Path(make_url(url).database or "")


def size(source: Path) -> int:
    """Roughly how large a copy of `source` is, in bytes. Raises `BackupError`."""
    if not source.is_file():
        raise BackupError(f"there is no database at {source}, so there is nothing to back up")
    return source.stat().st_size + _size_of(_beside(source, "-wal"))


def dump(source: Path, part: Path) -> None:
    """Copy `source` as it is at this moment, while others go on reading and writing.

    VACUUM INTO reads one snapshot (https://sqlite.org/lang_vacuum.html), every row of it, so that
    a damaged file is found today and not at the restore; and it leaves out deleted pages.
    """
    try:
        with closing(_connect(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(part),))
        _check(part)
    except sqlite3.Error as error:
        raise BackupError(f"{source} cannot be copied: {error}") from None


@contextmanager
def restored(backup: Path, target: Path, data_dir: Path) -> Iterator[Path]:
    """A copy of `backup` beside `target`, to be looked at; it becomes `target` in the end, unless
    there was an exception. No service can start meanwhile."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(data_dir):
        for one in (target, _beside(target, "-wal"), _beside(target, "-shm")):
            if one.exists():
                raise BackupError(
                    f"{one} is there. A restore overwrites nothing: move it away first, together "
                    f"with {target.name}-wal and {target.name}-shm if they are there."
                )
        part = target.with_name(f".{target.name}.{os.getpid()}.part").absolute()
        try:
            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            shutil.copyfile(backup, part)
            try:
                _check(part)
            except sqlite3.Error as error:
                raise BackupError(f"{backup} is damaged: {error}") from None
            yield part
            _settle(part)
            part.replace(target)
            to_the_disk(target.parent)
        finally:
            for one in (part, _beside(part, "-wal"), _beside(part, "-shm")):
                one.unlink(missing_ok=True)


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    with (data_dir / SERVING_LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupError(
                "a nazorg is running on this data folder. Stop it first, then restore."
            ) from None
        yield


def is_served(data_dir: Path) -> bool:
    """Whether a process serves the database of this data folder."""
    try:
        with (data_dir / SERVING_LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _check(file: Path) -> None:
    """Raises `sqlite3.DatabaseError` when `file` is damaged."""
    with closing(_connect(file)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(found)


def _settle(file: Path) -> None:
    """All of it in the one file, and that on the disk."""
    with closing(_connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    if _size_of(_beside(file, "-wal")):
        raise BackupError(f"{file} is in use by another program")
    to_the_disk(file)


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)


def _size_of(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
