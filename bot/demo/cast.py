"""Who plays in the demo: invented people in every phase, and the colleagues who stand behind them.

Numbers are of a range that nobody has (06 00 ..), addresses end in example.org, and every family
name says that it was made up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
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

    @property
    def email(self) -> str:
        """The address they sign in with."""
        return f"{self.key}@nazorg.example.org"


@dataclass(frozen=True)
class Deed:
    """What a colleague did with somebody's call for help."""

    at: datetime
    by: str
    act: str  # take, contacted or resolve
    outcome: OutcomeKind = OutcomeKind.HELPED
    note: str = ""
    instruments: tuple[str, ...] = ()


Said = Answer | Topic | str
"""A choice (a digit by SMS, a button on Telegram) or typed words."""


@dataclass(frozen=True)
class Person:
    """A client: what was agreed, what was answered on which day of the plan, what was done."""

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
    told: Mapping[int, Sequence[Said]] = field(default_factory=dict)
    wrote: Sequence[tuple[datetime, Sequence[Said]]] = ()
    deeds: Sequence[Deed] = ()


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment in the demo's wall time."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


COLLEAGUES = (
    Colleague("sanne", "Sanne Verzon", Role.WERKCOACH, ("ijmond-werkt",)),
    Colleague("mourad", "Mourad Fictie", Role.WERKCOACH, ("ijmond-werkt",)),
    Colleague("karin", "Karin Voorbeeld", Role.CONSULENT, ("velsen",)),
    Colleague("dennis", "Dennis Denkbeeld", Role.CONSULENT, ("beverwijk", "heemskerk", "uitgeest")),
    Colleague("iris", "Iris Proef", Role.BEHEERDER),
)

GOOD, SO_SO, BAD, LOST = Answer.GOOD, Answer.SO_SO, Answer.NOT_GOOD, Answer.JOB_LOST
TELEGRAM = Channel.TELEGRAM


def of_beverwijk(name: str, enrolled: date, first_working_day: date, **more: Any) -> Person:
    """Somebody of Beverwijk, with the coach and the consultant of that place."""
    return Person(
        name,
        "beverwijk",
        enrolled,
        first_working_day,
        coach="mourad",
        consultant="dennis",
        **more,
    )


PEOPLE = (
    Person(  # half a year, from the first day to the closing word
        "Hans",
        "velsen",
        date(2025, 8, 14),
        date(2025, 8, 18),
        consent="ja graag",
        told={1: [GOOD], 8: [GOOD], 22: [SO_SO], 50: [GOOD], 106: [GOOD], 182: [GOOD, "bedankt!"]},
    ),
    of_beverwijk(  # a call for help that was resolved, with what was used
        "Sandra",
        date(2025, 11, 13),
        date(2025, 11, 17),
        consent="JA",
        told={
            1: [GOOD],
            8: [
                BAD,
                Topic.LETTERS,
                "Ik krijg brieven van de Belastingdienst over mijn toeslag en ik snap ze niet",
            ],
            22: [GOOD],
            50: [GOOD],
        },
        deeds=(
            Deed(at(2025, 11, 26, 9, 20), "dennis", "take"),
            Deed(at(2025, 11, 26, 14, 5), "dennis", "contacted"),
            Deed(
                at(2025, 12, 1, 11, 30),
                "dennis",
                "resolve",
                OutcomeKind.HELPED,
                "Samen met de formulierenbrigade de toeslag aangepast. Sandra heeft het zelf "
                "ingevuld.",
                ("forms-brigade",),
            ),
        ),
    ),
    Person(  # stopped, as one may at any time
        "Ingrid",
        "velsen",
        date(2025, 12, 4),
        date(2025, 12, 8),
        consent="ja",
        told={1: [GOOD], 8: ["STOP"]},
    ),
    Person(  # the job was lost; the coach is on it
        "Dirk",
        "velsen",
        date(2025, 12, 29),
        date(2026, 1, 5),
        channel=TELEGRAM,
        contract_end=date(2026, 7, 4),
        consent="yes",
        told={1: [GOOD], 8: [SO_SO], 22: [SO_SO], 50: [LOST, "Mijn contract is niet verlengd"]},
        deeds=(
            Deed(at(2026, 2, 25, 9, 5), "sanne", "take"),
            Deed(at(2026, 2, 25, 11, 40), "sanne", "contacted"),
        ),
    ),
    Person(  # trouble at work, taken up by the coach
        "Kevin",
        "velsen",
        date(2026, 1, 5),
        date(2026, 1, 8),
        consent="JA",
        told={1: [GOOD], 8: [GOOD], 22: [SO_SO]},
        wrote=(
            (
                at(2026, 3, 2, 7, 50),
                [BAD, Topic.WORK, "Mijn baas zet mij elk weekend in, dat was niet afgesproken"],
            ),
        ),
        deeds=(Deed(at(2026, 3, 2, 9, 15), "sanne", "take"),),
    ),
    of_beverwijk(  # in the middle, and it goes well; in English
        "Marek",
        date(2026, 1, 8),
        date(2026, 1, 12),
        language="en",
        consent="ok",
        told={1: [GOOD], 8: [GOOD], 22: [GOOD, "thanks"]},
    ),
    Person(  # agreed to write only when there is something
        "Samira",
        "velsen",
        date(2026, 1, 15),
        date(2026, 1, 19),
        form=Form.PASSIVE,
        consent="ja",
        wrote=(
            (
                at(2026, 2, 10, 19, 10),
                ["HULP", Topic.HOME, "De opvang voor mijn zoontje stopt volgende week"],
            ),
        ),
        deeds=(
            Deed(at(2026, 2, 11, 9, 45), "karin", "take"),
            Deed(at(2026, 2, 11, 10, 15), "karin", "contacted"),
            Deed(
                at(2026, 2, 13, 15, 0),
                "karin",
                "resolve",
                OutcomeKind.REFERRED,
                "Via maatschappelijk werk is een gastouder gevonden.",
                ("social-worker",),
            ),
        ),
    ),
    of_beverwijk(  # offered, and refused at the interview
        "Peter",
        date(2026, 1, 22),
        date(2026, 2, 1),
        form=Form.DECLINED,
    ),
    of_beverwijk(  # Telegram in English; a call for help that Beverwijk has in hand
        "Grace",
        date(2026, 2, 2),
        date(2026, 2, 4),
        channel=TELEGRAM,
        language="en",
        consent="yes",
        told={
            1: [GOOD],
            8: [SO_SO],
            22: [BAD, Topic.HEALTH, "The night shifts are hard, I sleep three hours"],
        },
        deeds=(
            Deed(at(2026, 2, 27, 10, 10), "dennis", "take"),
            Deed(at(2026, 2, 27, 10, 30), "dennis", "contacted"),
        ),
    ),
    Person(  # an open call about money: what waits for the consultant this morning
        "Linda",
        "velsen",
        date(2026, 2, 3),
        date(2026, 2, 6),
        channel=TELEGRAM,
        consent="yes",
        told={1: [GOOD], 8: [GOOD]},
        wrote=(
            (
                at(2026, 3, 2, 8, 20),
                [BAD, Topic.MONEY, "Mijn loon komt pas de 15e en de huur wordt nu afgeschreven"],
            ),
        ),
    ),
    Person(  # asked, reminded, never answered
        "Robin",
        "velsen",
        date(2026, 2, 12),
        date(2026, 2, 16),
        coach="mourad",
    ),
    Person("Joyce", "velsen", date(2026, 2, 26), date(2026, 3, 9)),  # asked, not answered yet
    of_beverwijk(  # has not opened the link of the invitation
        "Youssef",
        date(2026, 2, 26),
        date(2026, 3, 4),
        channel=TELEGRAM,
    ),
    Person(HEROINE, "velsen", date(2026, 2, 27), date(2026, 3, 2), consent="JA"),  # begins today
)


def number_of(position: int) -> str:
    """The number of the person at `position` in the cast."""
    return f"+316001234{position:02d}"


def chat_of(client_id: int) -> str:
    """The Telegram chat of a client, once the invitation is opened."""
    return str(7_000_000_000 + client_id)


def begins() -> datetime:
    """The moment at which the past begins."""
    first = min(person.enrolled for person in PEOPLE)
    return datetime.combine(first - timedelta(days=1), time(9), ZONE)
