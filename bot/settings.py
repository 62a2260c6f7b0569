"""Settings from the environment or `.env`, all named `NAZORG_...`; a wrong one stops the start.

A channel without its settings is off. `NAZORG_CLOCK` is for trials only: it is refused unless
everything that could reach a real person is on the loopback.
"""

import ipaddress
import re
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from bot.settings_oidc import OidcSettings
from staff.theme import WrongTheme, read_theme
from storage.encryption import KeyRing, WrongKeys, key_file

TELEGRAM_API = "https://api.telegram.org"
TWILIO_API = "https://api.twilio.com"
DATABASES = ("sqlite+aiosqlite:///", "postgresql+psycopg://")
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class WrongSettings(Exception):
    """One or more settings cannot be used; the message says which, and what to do."""


class Settings(OidcSettings):
    """What an installation is told. The description of each field is its documentation."""

    model_config = SettingsConfigDict(
        env_prefix="NAZORG_", env_file=".env", extra="ignore", hide_input_in_errors=True
    )

    data_dir: Path = Field(Path("nazorg-data"), description="folder for the database and key file")
    database_url: str = Field(
        "",
        repr=False,
        description="sqlite+aiosqlite:///FILE or postgresql+psycopg://...; default: in data_dir",
    )
    keys: str = Field(
        "",
        repr=False,
        description="encryption keys, newest first, parted by commas; default: a key file",
    )
    public_url: str = Field(
        "", description="address at which people and providers reach this service, with https"
    )
    telegram_token: str = Field("", repr=False, description="token of the bot, from @BotFather")
    telegram_api_url: str = Field(TELEGRAM_API, description="address of the Bot API")
    telegram_mode: Literal["polling", "webhook"] = Field(
        "polling", description="polling needs no public address; webhook does"
    )
    telegram_secret: str = Field("", repr=False, description="secret that the webhook must carry")
    twilio_account_sid: str = Field("", description="AC... of the Twilio account")
    twilio_auth_token: str = Field("", repr=False, description="auth token of the Twilio account")
    twilio_from: str = Field("", description="number that sends, as +31...")
    twilio_messaging_service_sid: str = Field("", description="MG..., instead of twilio_from")
    twilio_api_url: str = Field(TWILIO_API, description="address of Twilio's API")
    mail_url: str = Field(
        "",
        repr=False,
        description="how notices are mailed, as apprise writes it: mailtos://USER:PASS@HOST",
    )
    keep_months: int = Field(
        12,
        ge=1,
        le=120,
        description="months after the end of a track after which what it holds is erased",
    )
    notice_hosts: str = Field(
        "",
        description="hosts of your own that colleagues' notices may go to, parted by commas",
    )
    theme_file: Path | None = Field(
        None, description="CSS file with the colours and faces of your own house style"
    )
    clock: datetime | None = Field(
        None, description="trials only: the ISO moment at which the clock starts"
    )

    @field_validator("telegram_api_url", "twilio_api_url", "public_url")
    @classmethod
    def _address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("must be an address that begins with https://")
        _port(parts)
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value and not value.startswith(DATABASES):
            raise ValueError(
                "must be sqlite+aiosqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"
            )
        return value

    @field_validator("twilio_from")
    @classmethod
    def _from(cls, value: str) -> str:
        if value and not _NUMBER.fullmatch(value):
            raise ValueError("must be a number as +31612345678; a name cannot be answered")
        return value

    @field_validator("twilio_messaging_service_sid")
    @classmethod
    def _service(cls, value: str) -> str:
        if value and not _SERVICE.fullmatch(value):
            raise ValueError("must be MG and 32 letters and digits, as the Twilio console shows")
        return value

    @field_validator("telegram_secret")
    @classmethod
    def _secret(cls, value: str) -> str:
        if value and not _SECRET.fullmatch(value):
            raise ValueError("may hold only letters, digits, _ and -, at most 256")
        return value

    @field_validator("mail_url")
    @classmethod
    def _mail(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("mailto", "mailtos"):
            raise ValueError("must begin with mailto:// or mailtos:// (apprise's form)")
        _port(urlsplit(value))
        return value

    @field_validator("notice_hosts")
    @classmethod
    def _hosts(cls, value: str) -> str:
        for host in _parted(value):
            if not _HOST.fullmatch(host):
                raise ValueError("must be hosts as signal.example.org:8080, parted by commas")
        return value

    @field_validator("theme_file")
    @classmethod
    def _theme(cls, value: Path | None) -> Path | None:
        if value is not None:
            try:
                read_theme(value)
            except OSError as error:
                raise ValueError(f"{value} cannot be read: {error.strerror}") from None
            except WrongTheme as error:
                raise ValueError(f"{value} {error}") from None
        return value

    @field_validator("keys")
    @classmethod
    def _keys(cls, value: str) -> str:
        if value:
            try:
                KeyRing.parse(value)
            except WrongKeys as error:
                raise ValueError(str(error)) from None
        return value

    @field_validator("clock")
    @classmethod
    def _zone(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            return value.astimezone()
        return value

    @model_validator(mode="after")
    def _together(self) -> "Settings":
        if self.telegram_token and self.telegram_mode == "webhook":
            if not self.public_url:
                raise ValueError("NAZORG_TELEGRAM_MODE=webhook needs NAZORG_PUBLIC_URL")
            if not self.telegram_secret:
                raise ValueError("NAZORG_TELEGRAM_MODE=webhook needs NAZORG_TELEGRAM_SECRET")
        twilio = [self.twilio_account_sid, self.twilio_auth_token, self.twilio_sender]
        if any(twilio) and not all(twilio):
            raise ValueError(
                "Twilio needs NAZORG_TWILIO_ACCOUNT_SID, NAZORG_TWILIO_AUTH_TOKEN and "
                "NAZORG_TWILIO_FROM or NAZORG_TWILIO_MESSAGING_SERVICE_SID together"
            )
        if self.clock is not None:
            for name, address in self._outside().items():
                if not _is_loopback(address):
                    raise ValueError(
                        f"NAZORG_CLOCK is for trials, and {name} reaches the outside world. "
                        "Leave one of the two out."
                    )
        return self

    @property
    def twilio_sender(self) -> str:
        """The number or the messaging service that sends."""
        return self.twilio_messaging_service_sid or self.twilio_from

    @property
    def notice_host_names(self) -> frozenset[str]:
        """The hosts of one's own, each as "host" or "host:port"."""
        return frozenset(_parted(self.notice_hosts))

    @property
    def has_twilio(self) -> bool:
        """Whether SMS is on."""
        return bool(self.twilio_account_sid)

    @property
    def database_address(self) -> str:
        """The database's URL: the setting, or a file in the data folder."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'nazorg.db'}"

    def key_ring(self) -> KeyRing:
        """The keys from the setting, or from the key file, which is made if it is not there."""
        return KeyRing.parse(self.keys or key_file(self.data_dir / "nazorg.key"))

    def _outside(self) -> dict[str, str]:
        """The addresses through which somebody could be reached, by setting."""
        found = {}
        if self.telegram_token:
            found["NAZORG_TELEGRAM_API_URL"] = self.telegram_api_url
        if self.has_twilio:
            found["NAZORG_TWILIO_API_URL"] = self.twilio_api_url
        if self.mail_url:
            found["NAZORG_MAIL_URL"] = self.mail_url
            for name, value in parse_qsl(urlsplit(self.mail_url).query):
                if name.casefold() == "smtp":  # apprise mails through this one instead
                    found["NAZORG_MAIL_URL (smtp=)"] = f"mailto://{value}"
        for host in _parted(self.notice_hosts):
            found["NAZORG_NOTICE_HOSTS"] = f"https://{host}"
            if not _is_loopback(f"https://{host}"):
                break
        return found


def load_settings() -> Settings:
    """The settings of this process. Raises `WrongSettings` with a line for each mistake."""
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for one in error.errors():
            name = "".join(f"NAZORG_{str(part).upper()}: " for part in one["loc"][:1])
            lines.append(name + one["msg"].removeprefix("Value error, "))
        raise WrongSettings("; ".join(lines)) from None


def _parted(value: str) -> list[str]:
    return [one.strip().casefold() for one in value.split(",") if one.strip()]


def _port(parts: SplitResult) -> None:
    try:
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        raise ValueError("the port in the address is not a number below 65536") from None


def _is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
