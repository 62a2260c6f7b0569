"""What the demo's players are made of, and the colleagues; the clients are in `bot.demo.clients`.

Numbers are of a range that nobody has (06 00 ..), addresses end in example.org, and every family
name says that it was made up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from conversations.words import Answer, Channel, Form, OutcomeKind, Role, Topic
from scheduler.calendar import Hours

ZONE = ZoneInfo(Hours().zone)

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)
"""When the demo begins: a Monday morning, always the same."""

HEROINE = "Amina"
"""Whom the guide is about."""


@dataclass(frozen=True)
class Colleague:
    """Somebody who signs in. `key` is how the deeds below name them."""

    key: str
    name: str
    role: Role
    desks: tuple[str, ...] = ()
    leads: bool = False

    @property
    def email(self) -> str:
        """The address they sign in with."""
        return f"{self.key}@nazorg.example.org"


@dataclass(frozen=True)
class Deed:
    """What a colleague did with somebody's call for help. `to`: who has it after a hand-over."""

    at: datetime
    by: str
    act: str  # take, contacted, note, write, hand_over or resolve
    outcome: OutcomeKind = OutcomeKind.HELPED
    note: str = ""
    instruments: tuple[str, ...] = ()
    to: str = ""


Said = Answer | Topic | str
"""A choice (a digit by SMS, a button on Telegram) or typed words."""


@dataclass(frozen=True)
class Person:
    """A client: what was agreed, what was answered on which day of the plan, what was done.
    `reached`: whether messages arrive."""

    name: str
    place: str
    enrolled: date
    first_working_day: date
    channel: Channel = Channel.SMS
    language: str = "nl"
    form: Form = Form.ACTIVE
    contract_end: date | None = None
    coach: str = "sanne"
    consultant: str = "karin"
    consent: str | None = None
    reached: bool = True
    told: Mapping[int, Sequence[Said]] = field(default_factory=dict)
    wrote: Sequence[tuple[datetime, Sequence[Said]]] = ()
    deeds: Sequence[Deed] = ()


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment in the demo's wall time."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


COLLEAGUES = (
    Colleague("sanne", "Sanne Verzon", Role.WERKCOACH, ("ijmond-werkt",), leads=True),
    Colleague("mourad", "Mourad Fictie", Role.WERKCOACH, ("ijmond-werkt",)),
    Colleague("karin", "Karin Voorbeeld", Role.CONSULENT, ("velsen",), leads=True),
    Colleague("dennis", "Dennis Denkbeeld", Role.CONSULENT, ("beverwijk", "heemskerk", "uitgeest")),
    Colleague("iris", "Iris Proef", Role.BEHEERDER),
    Colleague("olga", "Olga Onbestaand", Role.ONDERZOEKER),
)


def number_of(position: int) -> str:
    """The number of the person at `position` in the cast."""
    return f"+316001234{position:02d}"


def chat_of(client_id: int) -> str:
    """The Telegram chat of a client, once the invitation is opened."""
    return str(7_000_000_000 + client_id)
