"""The training sentences: readable files, one folder a language (`sentences/{lang}/*.txt`).

A line is `label | text`, `label! | text` when it is urgent, `label+label | text` for two problems.
About one in seven is held apart, by a hash of its text: never learnt from, only judged by. Moving a
line to another file or position does not move it across.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from conversations.understanding import labels
from conversations.understanding.features import bare
from conversations.understanding.labels import Label, Route

HELD_APART = 15
"""Of each hundred, by the hash of the text."""

SENTENCES = Path(labels.__file__).parent / "sentences"


@dataclass(frozen=True)
class Line:
    """One sentence and what it means."""

    text: str
    lang: str
    labels: tuple[Label, ...]
    urgent: bool

    @property
    def routes(self) -> frozenset[Route]:
        """The routes that are right: with two problems either will do."""
        return frozenset(labels.ROUTE_OF[label] for label in self.labels)

    @property
    def held_apart(self) -> bool:
        """Whether it must not be learnt from."""
        return crc32(key(self.text).encode()) % 100 < HELD_APART

    @property
    def half(self) -> int:
        """0 or 1: what one half sets, the other judges."""
        return crc32(key(self.text).encode()) // 100 % 2

    @property
    def is_danger(self) -> bool:
        """Whether somebody is in danger."""
        return Route.CRISIS in self.routes

    @property
    def is_call(self) -> bool:
        """Whether it is a call for help that a desk takes."""
        return bool(self.routes & labels.DESKS) and not self.is_danger


class WrongLine(ValueError):
    """A line of a sentence file that cannot be read; says which and why."""


def key(text: str) -> str:
    """What makes two sentences the same."""
    return "".join(one for one in bare(text) if one.isalnum())


def corpus() -> list[Line]:
    """All sentences, in the order of their files."""
    return [
        line
        for path in sorted(SENTENCES.glob("*/*.txt"))
        for line in read(path, lang=path.parent.name)
    ]


def to_learn() -> list[Line]:
    """The sentences to learn from."""
    return [line for line in corpus() if not line.held_apart]


def apart() -> list[Line]:
    """The sentences to judge by."""
    return [line for line in corpus() if line.held_apart]


def read(path: Path, lang: str) -> Iterator[Line]:
    """The sentences of one file; raises `WrongLine`."""
    for number, written in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not written.strip() or written.startswith("#"):
            continue
        marks, bar, text = written.partition(" | ")
        try:
            if not bar or not text.strip():
                raise ValueError("no ' | ' between label and text")
            named = tuple(Label(one.strip()) for one in marks.rstrip("! ").split("+"))
        except ValueError as error:
            raise WrongLine(f"{path}:{number}: {error}") from error
        yield Line(text.strip(), lang, named, urgent="!" in marks)
