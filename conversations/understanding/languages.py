"""In which of our nine languages is it written? By its script, and by the pieces of its words."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from conversations.understanding.features import sparse
from conversations.understanding.labels import LANGUAGES

_OWN_SCRIPT = (
    (re.compile(r"[\u1200-\u139f]"), ("ti",)),
    (re.compile(r"[\u0400-\u052f]"), ("uk",)),
    (re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]"), ("ar", "fa")),
)
_LETTER = re.compile(r"[^\W\d_]")
_BENEFIT = 1.5
"""How far the writer's own language goes before the others, as a score: it decides short texts."""


class Languages:
    """Tells languages apart."""

    def __init__(self, rows: npt.NDArray[Any], scale: npt.NDArray[Any]) -> None:
        self._rows = rows
        self._scale = scale.astype(np.float32)

    def of(self, text: str, known: str | None = None) -> str:
        """The language of `text`; `known` is the one that its writer is known to use."""
        own = known if known in LANGUAGES else None
        if not _LETTER.search(text):
            return own or LANGUAGES[0]
        scores = self.scores(text)
        if own:
            scores[LANGUAGES.index(own)] += _BENEFIT
        for script, users in _OWN_SCRIPT:
            if len(script.findall(text)) * 2 > len(_LETTER.findall(text)):
                return max(users, key=lambda lang: scores[LANGUAGES.index(lang)])
        return LANGUAGES[int(scores.argmax())]

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """A score for each of LANGUAGES."""
        pieces = sparse(text)
        weighed = np.fromiter(pieces.values(), np.float32, len(pieces))
        rows = self._rows[[place % len(self._rows) for place in pieces]].astype(np.float32)
        scores: npt.NDArray[np.float32] = weighed @ rows * self._scale
        return scores
