"""What the doctor finds, and what each check is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.settings import Settings


class State(StrEnum):
    """`attention`: it works, and somebody should look. `wrong`: people will not be reached, or
    something will be lost."""

    OK = "ok"
    ATTENTION = "attention"
    WRONG = "wrong"


CHECKS: Mapping[str, str] = {
    "settings": "whether the settings can be used together",
    "settings file": "who can read the secrets in .env",
    "data folder": "where the key and a SQLite database lie, and who may read them",
    "keys": "the keys without which nobody is recognised and nothing can be read, for ever",
    "disk": "the room that is left: a full disk stops all that comes in",
    "database": "whether the database answers, and is new enough",
    "database version": "whether the tables are those of this program",
    "database write": "whether something can be written (it is taken back at once)",
    "backup": "the age of the last `nazorg backup`",
    "routes": "whether each call for help has a desk to go to, in each municipality",
    "desks": "whether somebody at each of these desks can take a call for help",
    "desk addresses": "whether notices go to addresses that exist",
    "administrator": "who manages colleagues in the console",
    "backlog": "whether messages go out when they should",
    "set aside": "messages from people that the program failed on",
    "people behind": "whether everybody gets what was planned for them",
    "telegram": "the token, and whose bot it is",
    "telegram updates": "whether what people write on Telegram comes to this service",
    "twilio": "whether the account can be used",
    "twilio sender": "the number or messaging service that sends SMS",
    "twilio webhook": "whether what people write by SMS comes to this service",
    "mail": "whether the mail host takes notices to staff",
    "sign-in service": "whether the organisation's own sign-in can be used by colleagues",
    "public address": "whether people and providers reach this service from outside",
    "proxy": "whether the proxy says for whom it asks: sign-in slows down by address",
    "service": "whether a nazorg runs here, with its ticks alive",
    "clock": "the time: a wrong clock asks people at night and misses deadlines",
}
"""What each check is about, in the order of the page. docs/operations.md explains them all."""


@dataclass(frozen=True)
class Finding:
    """One line of the page: the check, how it stands, what was found, and what to do."""

    check: str
    state: State
    found: str
    do: str = ""

    @property
    def means(self) -> str:
        """What the check is about."""
        if self.check in CHECKS:
            return CHECKS[self.check]
        field = Settings.model_fields[self.check.removeprefix("NAZORG_").lower()]
        return field.description or ""


def ok(check: str, found: str) -> Finding:
    """As it should be."""
    return Finding(check, State.OK, found)


def attention(check: str, found: str, do: str) -> Finding:
    """It works, and somebody should look."""
    return Finding(check, State.ATTENTION, found, do)


def wrong(check: str, found: str, do: str) -> Finding:
    """It does not work."""
    return Finding(check, State.WRONG, found, do)
