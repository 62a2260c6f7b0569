"""What every use case needs, and how it says no."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scheduler.clock import Clock
from storage.database import Database


@dataclass(frozen=True)
class Service:
    """What every use case works with. `trial`: numbers that nobody has (06 00 ..) are taken."""

    database: Database
    clock: Clock
    trial: bool = False

    def now(self) -> datetime:
        """The moment, in UTC."""
        return self.clock.now()


class Refused(Exception):
    """A use case that cannot be done as asked.

    `text` is a msgid that says what is wrong and what to do, with `params` in braces; `field`
    names the input that must be mended, if it is one.
    """

    def __init__(self, text: str, field: str | None = None, **params: str) -> None:
        self.text = text
        self.field = field
        self.params: Mapping[str, str] = params
        super().__init__(text.format(**params))


def N_(text: str) -> str:
    """Mark `text` for the catalogues."""
    return text
