"""Simulated people: how they read a message, and what they answer, when."""

import heapq
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot.channels import CannotTell, Sent
from conversations import words
from conversations.topics import ANSWERS, MENU
from conversations.turns import Incoming, Press, Text
from conversations.words import Channel
from storage.outbox import Parcel

_NUMBERED = re.compile(r"^\d ", re.MULTILINE)
_TROUBLES = (
    "ik kan de huur niet betalen",
    "mijn baas betaalt te laat",
    "ik snap een brief van de belasting niet",
    "het is te druk op mijn werk",
    "ik slaap slecht",
)


@dataclass(frozen=True)
class Temper:
    """How somebody answers: chances in [0, 1], and the hours that an answer takes at most."""

    consents: float
    answers: float
    trouble: float
    stops: float
    strays: float
    hours: float


TEMPERS: dict[str, tuple[Temper, int]] = {
    "steady": (Temper(0.97, 0.95, 0.08, 0.0, 0.02, 3), 45),
    "slow": (Temper(0.85, 0.75, 0.12, 0.01, 0.05, 60), 20),
    "troubled": (Temper(0.95, 0.9, 0.6, 0.02, 0.1, 8), 15),
    "silent": (Temper(0.6, 0.15, 0.2, 0.0, 0.0, 90), 10),
    "chatty": (Temper(1.0, 0.95, 0.15, 0.0, 0.7, 1), 7),
    "quitter": (Temper(0.8, 0.6, 0.2, 0.35, 0.1, 24), 3),
}
"""Each temper, and how many in a hundred have it. Invented, to try every path; not a forecast."""


@dataclass
class Person:
    """A simulated client: how to reach them, what they are like, what they wrote and got."""

    address: str
    channel: Channel
    temper: Temper
    dice: random.Random
    wrote: int = 0
    got: Counter[int] = field(default_factory=Counter)


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
        person.got[parcel.id] += 1
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
    temper, dice = person.temper, person.dice
    pause = dice.uniform(0.01, 1.0) * temper.hours
    if dice.random() < temper.stops / 4:
        return [(Text("STOP"), pause)]
    stray: list[tuple[Incoming, float]] = []
    if dice.random() < temper.strays / 3:
        stray.append((Text("hoe werkt dit eigenlijk precies"), pause / 2))
    match _question(parcel):
        case "consent" if dice.random() < 0.9:
            agreed = dice.random() < temper.consents
            return [(_choose(parcel, "yes" if agreed else "no", "JA" if agreed else "NEE"), pause)]
        case "check-in" if dice.random() < temper.answers:
            answer = dice.choice(("good", "good", "so_so"))
            if dice.random() < temper.trouble:
                answer = "job_lost" if dice.random() < 0.12 else "not_good"
            return [*stray, (_choose(parcel, answer, _digit(ANSWERS, answer)), pause)]
        case "topic" if dice.random() < 0.92:
            topic = dice.choice(("work", "work", "money", "money", *MENU))
            return [(_choose(parcel, topic, _digit(MENU, topic)), pause / 10)]
        case "own words" if dice.random() < 0.8:
            return [(Text(dice.choice(_TROUBLES)), pause / 10)]
        case _:
            return []


def _question(parcel: Parcel) -> str:
    """What a message asks, as a person reads it: by its buttons or its words."""
    choices = len(parcel.buttons) or len(_NUMBERED.findall(parcel.text))
    if choices == len(ANSWERS):
        return "check-in"
    if choices == len(MENU):
        return "topic"
    if "JA of NEE" in parcel.text or choices == 2:
        return "consent"
    return "own words" if "eigen woorden" in parcel.text else ""


def _choose(parcel: Parcel, value: str, typed: str) -> Incoming:
    """Press the button, if there is one; else type."""
    for _label, data in parcel.buttons:
        question, _, choice = data.partition(":")
        if choice == value:
            return Press(int(question), value)
    return Text(typed)


def _digit(order: tuple[words.Answer, ...] | tuple[words.Topic, ...], value: str) -> str:
    return str([str(one) for one in order].index(value) + 1)
