"""The model: how likely each label is, from the point of a text and from the pieces of its words.

The points are the encoder's; the rows that weigh them come from `python -m training.tuning`, those
for the pieces of words from `python -m training`. Both lie beside this module.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from conversations.safety import without_figures
from conversations.understanding.encoder import TUNED, Encoder, Floats, Stored
from conversations.understanding.features import PLACES, sparse
from conversations.understanding.labels import DANGER_OF, LABELS
from conversations.understanding.languages import Languages

WEIGHTS = "weights.npz"
ROWS = (*LABELS, "urgent", "double")
"""What is scored: each label, whether it cannot wait, whether there are two problems."""


_A_CLAUSE = 3
"""Words that say something by themselves, at the least."""

_DANGER = [LABELS.index(label) for label in DANGER_OF]


@dataclass(frozen=True)
class Reading:
    """What the model makes of one text."""

    labels: Floats  # how likely each of LABELS is; together 1
    urgent: float
    double: float
    lang: str


class Model:
    """Reads texts. Loaded once, used by any thread."""

    def __init__(self, tuned: Mapping[str, Stored], weights: Mapping[str, Stored]) -> None:
        self._encoder = Encoder(tuned)
        self._centre = tuned["centre"]
        self._rows = weights["rows"].astype(np.float32)
        self._bias = weights["bias"]
        self._pieces = weights["pieces"]
        self._scale = weights["scale"]
        self._languages = Languages(weights["languages"], weights["language_scale"])
        if self._pieces.shape != (PLACES, len(ROWS)) or self._rows.shape[1] != len(ROWS):
            raise ValueError(f"{WEIGHTS} is of another version: python -m training")

    def read(self, texts: Sequence[str], known: Sequence[str | None]) -> list[Reading]:
        """What each of `texts` is about; `known` are the languages of their writers."""
        if not texts:
            return []
        scores = self._scores(texts)
        likely = self._without_figures(texts, softmax(scores[:, : len(LABELS)]))
        others = 1 / (1 + np.exp(-scores[:, len(LABELS) :]))
        return [
            Reading(labels, float(urgent), float(double), self._languages.of(text, lang))
            for labels, (urgent, double), text, lang in zip(
                likely, others, texts, known, strict=True
            )
        ]

    def _without_figures(self, texts: Sequence[str], likely: Floats) -> Floats:
        """`likely`, with danger read from what stands beside the figures of speech.

        A model takes "ik wil niet dood hoor" for its contrary; the list knows better. Where
        hardly a word stands beside them there is nothing to read.
        """
        rests = {
            row: rest
            for row, text in enumerate(texts)
            if (rest := without_figures(text)) is not None
        }
        sober = softmax(self._scores([*rests.values()])[:, : len(LABELS)]) if rests else ()
        for (row, words), rest in zip(rests.items(), sober, strict=True):
            danger = rest[_DANGER] if len(words.split()) >= _A_CLAUSE else 0 * rest[_DANGER]
            others = 1 - likely[row, _DANGER].sum()
            likely[row] *= (1 - danger.sum()) / max(others, 1e-6)
            likely[row, _DANGER] = danger
        return likely

    def _scores(self, texts: Sequence[str]) -> Floats:
        points = self._encoder.embed(texts) - self._centre
        scores: Floats = np.einsum("ti,io->to", points, self._rows) + self._bias
        for row, text in enumerate(texts):
            pieces = sparse(text)
            if pieces:
                weights = np.fromiter(pieces.values(), np.float32, len(pieces))
                scores[row] += weights @ self._pieces[list(pieces)] * self._scale
        return scores


def softmax(scores: Stored) -> Floats:
    """Scores as shares of 1, each row by itself."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def load_model() -> Model:
    """The model, from the files beside this module; raises OSError or ValueError."""
    return Model(_stored(TUNED), _stored(WEIGHTS))


def _stored(name: str) -> dict[str, Stored]:
    with (files(__package__) / name).open("rb") as file, np.load(file) as stored:
        return dict(stored)
