"""From sentences to the rows of the model, and what they make of sentences they have not seen.

Logistic regression on sentence embeddings beside hashed pieces of words. One problem counts for
each of its labels in part. Everything is deterministic: no chance, one thread, folds by hash.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from conversations.understanding.features import PLACES, sparse
from conversations.understanding.labels import LABELS
from conversations.understanding.languages import LANGUAGES
from training.corpus import Line

Array = npt.NDArray[Any]

FOLDS = 5
LANGUAGE_PLACES = 1 << 13

_DENSE = 8.0
_LEXICAL = 3.0
"""How much the embeddings and the pieces weigh against the regularisation."""
_STRENGTH = {"labels": 1.0, "urgent": 0.3, "double": 0.1, "language": 20.0}


@dataclass(frozen=True)
class Rows:
    """What was learnt: a score is `embedding @ dense + pieces @ lexical + bias`."""

    dense: npt.NDArray[np.float32]
    lexical: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def scores(self, embeddings: Array, pieces: csr_matrix) -> npt.NDArray[np.float32]:
        """A score for each text and row."""
        scored: npt.NDArray[np.float32] = (
            embeddings @ self.dense + pieces @ self.lexical + self.bias
        )
        return scored


def pieces_of(texts: Sequence[str]) -> csr_matrix:
    """The hashed pieces of each text, a row each."""
    found = [sparse(text) for text in texts]
    rows = [row for row, one in enumerate(found) for _ in one]
    places = [place for one in found for place in one]
    weights = [weight for one in found for weight in one.values()]
    return csr_matrix((weights, (rows, places)), shape=(len(texts), PLACES), dtype=np.float32)


def learn(lines: Sequence[Line], embeddings: Array, pieces: csr_matrix) -> Rows:
    """Rows for every label, for urgent and for two problems."""
    features = hstack([csr_matrix(embeddings * _DENSE), pieces * _LEXICAL]).tocsr()
    labels = _labels(lines, features)
    urgent = _yes_or_no([line.urgent for line in lines], features, _STRENGTH["urgent"])
    double = _yes_or_no([len(line.labels) > 1 for line in lines], features, _STRENGTH["double"])
    weights = np.vstack([labels[0], urgent[0], double[0]]).T
    bias = np.concatenate([labels[1], urgent[1], double[1]])
    width = embeddings.shape[1]
    return Rows(
        (weights[:width] * _DENSE).astype(np.float32),
        (weights[width:] * _LEXICAL).astype(np.float32),
        bias.astype(np.float32),
    )


def learn_languages(lines: Sequence[Line], pieces: csr_matrix) -> npt.NDArray[np.float32]:
    """Rows that tell the languages apart, on fewer places."""
    folded = sum(
        pieces[:, start : start + LANGUAGE_PLACES] for start in range(0, PLACES, LANGUAGE_PLACES)
    )
    model = LogisticRegression(C=_STRENGTH["language"], max_iter=500, fit_intercept=False)
    model.fit(folded, [LANGUAGES.index(line.lang) for line in lines])
    rows: npt.NDArray[np.float32] = model.coef_.T.astype(np.float32)
    return rows


def unseen(lines: Sequence[Line], embeddings: Array, pieces: csr_matrix) -> Array:
    """The scores of each line by rows that were learnt without its fold."""
    folds = np.array([line.fold % FOLDS for line in lines])
    scores = np.zeros((len(lines), len(LABELS) + 2), dtype=np.float32)
    for fold in range(FOLDS):
        rest = np.flatnonzero(folds != fold)
        mine = np.flatnonzero(folds == fold)
        rows = learn([lines[int(one)] for one in rest], embeddings[rest], pieces[rest])
        scores[mine] = rows.scores(embeddings[mine], pieces[mine])
    return scores


def _labels(lines: Sequence[Line], features: csr_matrix) -> tuple[Array, Array]:
    marked = [(row, label) for row, line in enumerate(lines) for label in line.labels]
    model = LogisticRegression(C=_STRENGTH["labels"], max_iter=500)
    model.fit(
        features[[row for row, _ in marked]],
        [LABELS.index(label) for _, label in marked],
        sample_weight=[1 / len(lines[row].labels) for row, _ in marked],
    )
    return model.coef_, model.intercept_


def _yes_or_no(answers: Sequence[bool], features: csr_matrix, c: float) -> tuple[Array, Array]:
    model = LogisticRegression(C=c, max_iter=500)
    model.fit(features, answers)
    return model.coef_, model.intercept_
