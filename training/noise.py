"""Sentences as somebody might also have typed them: a slip of the thumb, no capitals, two at once.

So that the encoder learns what is meant and not how it happened to be spelt.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from conversations.understanding.labels import LABELS
from training.corpus import Line

_LOWERED = 0.25
_UNPOINTED = 0.15
_SLIPPED = 0.25
_JOINED = 0.08
_LONGEST = 160


def truth_of(lines: Sequence[Line]) -> npt.NDArray[np.float32]:
    """What share each label has in each line."""
    truth = np.zeros((len(lines), len(LABELS)), np.float32)
    for row, line in enumerate(lines):
        for label in line.labels:
            truth[row, LABELS.index(label)] += 1 / len(line.labels)
    return truth


def as_typed(
    lines: Sequence[Line], chance: np.random.Generator
) -> tuple[list[str], npt.NDArray[Any]]:
    """Each line typed anew, some with a second problem behind it; and their truth."""
    written = truth_of(lines)
    truth = written.copy()
    calls: dict[str, list[int]] = {}
    for row, line in enumerate(lines):
        if line.is_call:
            calls.setdefault(line.lang, []).append(row)
    texts = []
    for row, line in enumerate(lines):
        text = slipped(line.text, chance)
        if chance.random() < _JOINED and line.is_call:
            other = int(chance.choice(calls[line.lang]))
            if len(text) + len(lines[other].text) < _LONGEST:
                text += str(chance.choice([" ", ". ", " ", ", "])) + lines[other].text
                truth[row] = (written[row] + written[other]) / 2
        texts.append(text)
    return texts, truth


def slipped(text: str, chance: np.random.Generator) -> str:
    """`text` as it might have been typed in haste."""
    if chance.random() < _LOWERED:
        text = text.lower()
    if chance.random() < _UNPOINTED:
        text = "".join(one for one in text if one not in ".,!?;:")
    if chance.random() >= _SLIPPED or len(text) <= 6:
        return text
    letters = list(text)
    for _ in range(1 + len(letters) // 40):
        at = int(chance.integers(1, len(letters) - 1))
        slip = int(chance.integers(4))
        if not letters[at].isalpha():
            continue
        match slip:
            case 0:
                letters[at] = ""
            case 1:
                letters[at] *= 2
            case 2:
                letters[at], letters[at - 1] = letters[at - 1], letters[at]
            case _:
                letters[at] = letters[at + 1]
    return "".join(letters)
