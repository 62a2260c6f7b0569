"""Simulated people: how they read a message, and what they answer, when."""

import heapq
import random
import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.channels import CannotTell, Sent
from bot.rehearsal.reading import Question, question_in
from bot.rehearsal.sayings import OTHER_LANGUAGE, PAUSE, SAYINGS, STRAY, Sayings
from conversations import words
from conversations.topics import ANSWERS, MENU
from conversations.turns import Incoming, Press, Text
from conversations.words import Channel
from storage.outbox import Parcel

_NUMBERED = re.compile(r"^\d ", re.MULTILINE)


@dataclass(frozen=True)
class Temper:
    """How somebody answers: chances in [0, 1], and the hours that an answer takes at most."""

    consents: float
    answers: float
    trouble: float
    stops: float
    strays: float
    hours: float
    own_words: float = 0.0  # of those in trouble: who write it down at once, often two at a time
    danger: float = 0.0  # at a check-in
    switches: float = 0.0  # to another language, once
    pauses: float = 0.0


TEMPERS: dict[str, tuple[Temper, int]] = {
    "steady": (Temper(0.97, 0.95, 0.08, 0.0, 0.02, 3), 38),
    "slow": (Temper(0.85, 0.75, 0.12, 0.01, 0.05, 60, pauses=0.05), 17),
    "troubled": (Temper(0.95, 0.9, 0.6, 0.02, 0.1, 8), 12),
    "burdened": (Temper(0.95, 0.9, 0.6, 0.0, 0.0, 8, own_words=0.7), 6),
    "in danger": (Temper(0.95, 0.8, 0.3, 0.0, 0.0, 12, danger=0.35), 5),
    "silent": (Temper(0.6, 0.15, 0.2, 0.0, 0.0, 90), 9),
    "chatty": (Temper(1.0, 0.95, 0.15, 0.0, 0.7, 1), 6),
    "switcher": (Temper(0.95, 0.9, 0.15, 0.0, 0.0, 4, switches=0.4), 4),
    "quitter": (Temper(0.8, 0.6, 0.2, 0.35, 0.1, 24), 3),
}
"""Each temper, and how many in a hundred have it. Invented, to try every path; not a forecast."""

LANGUAGES: dict[str, int] = {
    "nl": 54, "ar": 10, "en": 8, "ti": 6, "tr": 6, "uk": 5, "pl": 4, "fa": 4, "so": 3,
}  # fmt: skip
"""Each language, and how many in a hundred write it. Invented as well."""


@dataclass(slots=True)
class Person:
    """A simulated client: how to reach them, what they are like, what they wrote and got. There
    are a hundred thousand of them in a country, so that each is small."""

    address: str
    channel: Channel
    temper: Temper
    chance: float
    """In [0, 1): what befalls this person and nobody else."""
    language: str = "nl"
    wrote: int = 0
    got: "array[int]" = field(default_factory=lambda: array("q"))
    """The ids of the messages that arrived, in order."""
    switched: bool = False

    @property
    def dice(self) -> random.Random:
        """For what they do with the message that arrived last."""
        return random.Random(f"{self.chance} {len(self.got)}")  # noqa: S311 - a play

    @property
    def says(self) -> Sayings:
        """What they write, in their language."""
        return SAYINGS[self.language]


class Street(CannotTell):
    """Where the people live: the channel at the end of the outbox, and their coming answers."""

    pace = None

    def __init__(self, name: words.Channel, now: Callable[[], datetime]) -> None:
        self.name = name
        self.people: dict[str, Person] = {}
        self._now = now
        self._answers: list[tuple[datetime, int, Person, Incoming]] = []
        self._order = count()

    async def send(self, parcel: Parcel) -> Sent:
        """The person reads it, and perhaps answers some time later."""
        person = self.people[parcel.address]
        person.got.append(parcel.id)
        for answer, hours in _reactions(person, parcel):
            at = self._now() + timedelta(hours=hours)
            heapq.heappush(self._answers, (at, next(self._order), person, answer))
        return Sent(f"street-{parcel.id}", arrived=True)

    def next_answer(self) -> datetime | None:
        """When the next answer comes."""
        return self._answers[0][0] if self._answers else None

    def written(self, until: datetime) -> list[tuple[Person, Incoming]]:
        """What is written up to `until`, in order."""
        due = []
        while self._answers and self._answers[0][0] <= until:
            _, _, person, answer = heapq.heappop(self._answers)
            due.append((person, answer))
        return due

    async def close(self) -> None:
        """Nothing to close."""


def _reactions(person: Person, parcel: Parcel) -> list[tuple[Incoming, float]]:
    """What somebody of this temper answers to a message, and after how many hours."""
    temper, dice, says = person.temper, person.dice, person.says
    pause = dice.uniform(0.01, 1.0) * temper.hours
    if dice.random() < temper.stops / 4:
        return [(Text(dice.choice(("STOP", says.stop))), pause)]
    stray: list[tuple[Incoming, float]] = []
    if dice.random() < temper.strays / 3:
        stray.append((Text(STRAY), pause / 2))
    match question_in(parcel.text, person.language):
        case Question.CONSENT if dice.random() < 0.9:
            return [(_agree(person, parcel, dice.random() < temper.consents), pause)]
        case Question.CHECK_IN if dice.random() < temper.answers:
            return [*stray, (_how_it_goes(person, parcel, dice), pause)]
        case Question.TOPIC if dice.random() < 0.92:
            return [(_about(parcel, dice), pause / 10)]
        case Question.OWN_WORDS if dice.random() < 0.8:
            return [(Text(dice.choice(says.troubles)), pause / 10)]
        case Question.SHALL_WE if dice.random() < temper.answers:
            return [(_agree(person, parcel, dice.random() < 0.35), pause)]
        case Question.IS_IT_WELL if dice.random() < temper.answers:
            return [(_agree(person, parcel, dice.random() < 0.88), pause)]
        case _:
            return []


def _how_it_goes(person: Person, parcel: Parcel, dice: random.Random) -> Incoming:
    temper = person.temper
    if dice.random() < temper.danger:
        return Text(dice.choice(person.says.dangers))
    if not person.switched and dice.random() < temper.switches:
        person.switched = True
        return Text(OTHER_LANGUAGE.get(person.language, OTHER_LANGUAGE["en"]))
    if dice.random() < temper.pauses:
        return Text(PAUSE)
    answer = dice.choice(("good", "good", "so_so"))
    if dice.random() < temper.trouble:
        if dice.random() < temper.own_words:
            return Text(dice.choice((*person.says.troubles, person.says.two_troubles)))
        answer = "job_lost" if dice.random() < 0.12 else "not_good"
    return _choose(parcel, answer, _digit(ANSWERS, answer))


def _about(parcel: Parcel, dice: random.Random) -> Incoming:
    """The topic; where fewer are offered, one of those."""
    offered = len(parcel.buttons) or len(_NUMBERED.findall(parcel.text))
    if offered < len(MENU):
        return Text(str(dice.randint(1, max(1, offered))))
    topic = dice.choice(("work", "work", "money", "money", *MENU))
    return _choose(parcel, topic, _digit(MENU, topic))


def _agree(person: Person, parcel: Parcel, agreed: bool) -> Incoming:
    if agreed:
        return _choose(parcel, "yes", person.says.yes)
    return _choose(parcel, "no", person.says.no)


def _choose(parcel: Parcel, value: str, typed: str) -> Incoming:
    """Press the button, if there is one; else type."""
    for _label, data in parcel.buttons:
        question, _, choice = data.partition(":")
        if choice == value:
            return Press(int(question), value)
    return Text(typed)


def _digit(order: tuple[words.Answer, ...] | tuple[words.Topic, ...], value: str) -> str:
    return str([str(one) for one in order].index(value) + 1)
