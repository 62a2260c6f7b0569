"""Rows for the pieces of words, beside the rows for points that the tuning made.

Logistic regression. One problem counts for each of its labels in part. Deterministic: no chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from conversations.understanding.features import PLACES, sparse
from conversations.understanding.labels import LABELS, LANGUAGES
from training.corpus import Line

Array = npt.NDArray[Any]

LANGUAGE_PLACES = 1 << 13

_SHARE = 0.5  # of the pieces' say beside the points'
_PIECES = 3.0
_POINTS = 8.0
"""What the numbers are multiplied by before they are learnt from: less is more regularised."""
_STRENGTH = {"labels": 3.0, "urgent": 0.3, "double": 0.1, "language": 20.0}


@dataclass(frozen=True)
class Rows:
    """A score is `points @ points_rows + pieces @ pieces_rows + bias`."""

    points: Array
    pieces: Array
    bias: Array


def pieces_of(texts: Sequence[str]) -> csr_matrix:
    """The hashed pieces of each text, a row each."""
    found = [sparse(text) for text in texts]
    rows = [row for row, one in enumerate(found) for _ in one]
    places = [place for one in found for place in one]
    weights = [weight for one in found for weight in one.values()]
    return csr_matrix((weights, (rows, places)), shape=(len(texts), PLACES), dtype=np.float32)


def learn(
    lines: Sequence[Line], points: Array, pieces: csr_matrix, head: Array, bias: Array
) -> Rows:
    """Rows for every label, beside those of the tuning, and for urgent and for two problems."""
    words, words_bias = _labels(lines, pieces * _PIECES)
    both = hstack([csr_matrix(points * _POINTS), pieces * _PIECES]).tocsr()
    urgent, urgent_bias = _yes_or_no([line.urgent for line in lines], both, "urgent")
    double, double_bias = _yes_or_no([len(line.labels) > 1 for line in lines], both, "double")
    width = points.shape[1]
    others = np.vstack([urgent, double]).T
    return Rows(
        np.hstack([head, others[:width] * _POINTS]),
        np.hstack([words.T * _SHARE, others[width:]]) * _PIECES,
        np.concatenate([bias + words_bias * _SHARE, urgent_bias, double_bias]),
    )


def learn_languages(lines: Sequence[Line], pieces: csr_matrix) -> Array:
    """Rows that tell the languages apart, on fewer places."""
    folded = sum(
        pieces[:, start : start + LANGUAGE_PLACES] for start in range(0, PLACES, LANGUAGE_PLACES)
    )
    model = LogisticRegression(C=_STRENGTH["language"], max_iter=500, fit_intercept=False)
    model.fit(folded, [LANGUAGES.index(line.lang) for line in lines])
    rows: Array = model.coef_.T
    return rows


def _labels(lines: Sequence[Line], pieces: csr_matrix) -> tuple[Array, Array]:
    marked = [(row, label) for row, line in enumerate(lines) for label in line.labels]
    model = LogisticRegression(C=_STRENGTH["labels"], max_iter=500)
    model.fit(
        pieces[[row for row, _ in marked]],
        [LABELS.index(label) for _, label in marked],
        sample_weight=[1 / len(lines[row].labels) for row, _ in marked],
    )
    return model.coef_, model.intercept_


def _yes_or_no(answers: Sequence[bool], features: csr_matrix, what: str) -> tuple[Array, Array]:
    model = LogisticRegression(C=_STRENGTH[what], max_iter=500)
    model.fit(features, answers)
    return model.coef_, model.intercept_
