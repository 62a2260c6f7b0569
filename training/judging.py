"""How well are messages understood? Counted as it matters to people, not label by label."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from conversations.understanding.labels import DESKS, Route
from conversations.understanding.meaning import Understood

_TESTS = Path(__file__).parents[1] / "tests" / "conversations"
STRANGERS = _TESTS / "strangers"
HARD = _TESTS / "hard"
BLIND = _TESTS / "blind"


class Case(Protocol):
    """A message and the routes that are right for it."""

    @property
    def text(self) -> str: ...
    @property
    def lang(self) -> str: ...
    @property
    def routes(self) -> frozenset[Route]: ...


@dataclass(frozen=True)
class Stranger:
    """A message from somebody who had not read the training sentences."""

    text: str
    lang: str
    routes: frozenset[Route]


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """From 0 to 1."""
        return self.count / self.of if self.of else 0.0

    def __str__(self) -> str:
        return f"{100 * self.value:.1f} % ({self.count} of {self.of})"


@dataclass(frozen=True)
class Figures:
    """What came of messages."""

    right: Share  # calls for help: sure, and at a right organisation or as danger
    wrong: Share  # calls for help: sure, and at the other organisation or dropped
    danger: Share  # danger that is seen
    false_danger: Share  # the rest, taken for danger
    stop: Share  # wishes to stop that are seen
    false_stop: Share  # the rest, taken for one
    lang: Share  # languages that are right


def strangers() -> list[Stranger]:
    """The messages in `tests/conversations/strangers/`."""
    return _read(STRANGERS)


def hard() -> list[Stranger]:
    """The messages in `tests/conversations/hard/`: danger sideways, and what only looks like it."""
    return _read(HARD)


def blind() -> list[Stranger]:
    """The messages in `tests/conversations/blind/`: plain and hard, by writers who knew neither the
    program nor its sentences."""
    return _read(BLIND)


def _read(folder: Path) -> list[Stranger]:
    return [
        Stranger(text, path.stem, frozenset(Route(one) for one in routes.split("/")))
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
        for routes, _, text in [line.partition(" | ")]
    ]


def figures(cases: Sequence[Case], understood: Sequence[Understood]) -> Figures:
    """What came of `cases`."""
    pairs = list(zip(cases, understood, strict=True))

    def share(seen: Callable[[Case, Understood], bool], of: Callable[[Case], bool]) -> Share:
        among = [pair for pair in pairs if of(pair[0])]
        return Share(sum(seen(*pair) for pair in among), len(among))

    return Figures(
        right=share(lambda case, one: one.sure and one.route in case.routes, is_call),
        wrong=share(is_wrong, is_call),
        danger=share(lambda _, one: one.danger is not None, _is_danger),
        false_danger=share(
            lambda _, one: one.danger is not None, lambda case: not _is_danger(case)
        ),
        stop=share(lambda _, one: one.stop, _is_stop),
        false_stop=share(lambda _, one: one.stop, lambda case: not _is_stop(case)),
        lang=share(lambda case, one: one.lang == case.lang, lambda _: True),
    )


def is_call(case: Case) -> bool:
    """Whether a desk should take it."""
    return bool(case.routes & DESKS) and not _is_danger(case)


def is_wrong(case: Case, one: Understood) -> bool:
    """Whether a call for help went to the other organisation, or was dropped, without asking."""
    return one.sure and one.route not in case.routes | {Route.CRISIS, Route.PERSON}


def _is_danger(case: Case) -> bool:
    return Route.CRISIS in case.routes


def _is_stop(case: Case) -> bool:
    return Route.STOP in case.routes
