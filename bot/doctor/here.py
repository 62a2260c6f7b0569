"""What can be seen on this machine, without a database and without a network."""

import os
import pwd
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.backup.making import has_keys
from bot.doctor.finding import Finding, attention, ok, wrong
from bot.settings import Settings
from storage.encryption import KeyRing, WrongKeys

_SECRET = frozenset(
    {"keys", "telegram_token", "telegram_secret", "twilio_account_sid", "twilio_auth_token"}
)
_LITTLE = 2**30
_TOO_LITTLE = 200 * 2**20


def look(settings: Settings) -> Iterator[Finding]:
    """Settings, folder, keys, disk."""
    for name in Settings.model_fields:
        if settings.oidc_issuer or not name.startswith("oidc_") or name == "oidc_issuer":
            yield ok(f"NAZORG_{name.upper()}", _shown(settings, name))
    if settings.clock is not None:
        yield attention(
            "settings",
            "this is a trial: the clock is not the real one",
            "Take NAZORG_CLOCK out before real people are enrolled.",
        )
    yield from _settings_file(Path(".env"))
    yield from _data_folder(settings.data_dir)
    yield _keys(settings)
    yield _disk(settings.data_dir)


def _shown(settings: Settings, name: str) -> str:
    """A setting as it may be shown: of a secret only that it is set, of an address where to."""
    value = getattr(settings, name)
    if value in ("", None):
        return "not set"
    if name in _SECRET:
        return "set"
    if name == "database_url":
        return f"set ({_database(value)})"
    if name == "mail_url":
        return f"set (host {urlsplit(value).hostname})"
    return str(value) + ("" if name in settings.model_fields_set else " (default)")


def _database(url: str) -> str:
    try:
        parsed = make_url(url)
    except ArgumentError:
        return "not a URL"
    where = f" at {parsed.host}" if parsed.host else ""
    return f"{parsed.get_backend_name()}{where}, {parsed.database}"


def _settings_file(file: Path) -> Iterator[Finding]:
    if file.exists():
        if file.stat().st_mode & 0o077:
            yield attention(
                "settings file", f"{file} can be read by others", f"chmod 600 {file.absolute()}"
            )
        else:
            yield ok("settings file", f"{file.absolute()}, for its owner only")


def _data_folder(folder: Path) -> Iterator[Finding]:
    if not folder.exists():
        yield attention(
            "data folder",
            f"{folder.absolute()} is not there yet",
            "It is made at the first start. If there should be one: start nazorg in the folder "
            "where it was, or set NAZORG_DATA_DIR.",
        )
        return
    stat = folder.stat()
    if stat.st_uid != os.geteuid():
        owner = _user(stat.st_uid)
        yield wrong(
            "data folder",
            f"{folder.absolute()} is {owner}'s, and you are {_user(os.geteuid())}",
            f"Run nazorg as {owner}: sudo -u {owner} nazorg doctor",
        )
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield wrong("data folder", f"{folder.absolute()} is read-only", f"chmod 700 {folder}")
    elif stat.st_mode & 0o077:
        yield attention(
            "data folder",
            f"others may look into {folder.absolute()}",
            f"chmod 700 {folder.absolute()}",
        )
    else:
        yield ok("data folder", f"{folder.absolute()}, for its owner only")


def _keys(settings: Settings) -> Finding:
    remind = "Is there a copy elsewhere, not beside the backups?"
    file = settings.data_dir / "nazorg.key"
    if settings.keys:
        count = settings.keys.count(",") + 1
        return ok("keys", f"{count} in NAZORG_KEYS. {remind}")
    try:
        if not has_keys(settings):
            return attention(
                "keys",
                f"{file} is not there",
                "With a new installation it is made at the first start. Else put your copy back "
                "before you start nazorg.",
            )
        KeyRing.parse(settings_keys := file.read_text().replace("\n", ","))
    except (WrongKeys, OSError) as error:
        return wrong("keys", f"{file}: {error}", "Put back your copy of the key file.")
    if file.stat().st_mode & 0o077:
        return wrong("keys", f"{file} can be read by others", f"chmod 600 {file}")
    count = len([one for one in settings_keys.split(",") if one.strip()])
    return ok("keys", f"{count} in {file}, for its owner only. {remind}")


def _disk(folder: Path) -> Finding:
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
    free = shutil.disk_usage(there).free
    found = f"{free / 2**30:.1f} GB free at {there}"
    do = "Make room: move old backups elsewhere, or take a larger disk."
    if free < _TOO_LITTLE:
        return wrong("disk", found, do)
    return attention("disk", found, do) if free < _LITTLE else ok("disk", found)


def _user(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
