"""`python -m training`: from `sentences/` to the model's weights, its marks and the page on both.

Deterministic: the same sentences give the same files. A few minutes, on one thread.
"""

import sys
from pathlib import Path

import numpy as np

from conversations.understanding import marks, model
from conversations.understanding.labels import LABELS
from conversations.understanding.model import WEIGHTS, Encoder, softmax
from training import marking
from training.corpus import corpus
from training.learning import Array, learn, learn_languages, pieces_of, unseen

_HERE = Path(model.__file__).parent


def main() -> None:
    """Train on all that is not held apart, and write what came of it."""
    lines = [line for line in corpus() if not line.held_apart]
    encoder = Encoder()
    _say(f"{len(lines)} sentences to learn from; embedding them")
    embeddings = encoder.embed([line.text for line in lines])
    mean = embeddings.mean(axis=0)
    embeddings = embeddings - mean
    pieces = pieces_of([line.text for line in lines])
    _say("learning, a fold at a time")
    chances = unseen(lines, embeddings, pieces)
    chances[:, : len(LABELS)] = softmax(chances[:, : len(LABELS)])
    chances[:, len(LABELS) :] = 1 / (1 + np.exp(-chances[:, len(LABELS) :]))
    (_HERE / marks.FILE).write_text(marking.as_toml(marking.marks_from(lines, chances)))
    _say("learning from all")
    rows = learn(lines, embeddings, pieces)
    lexical, scale = _in_bytes(rows.lexical)
    languages, language_scale = _in_bytes(learn_languages(lines, pieces))
    np.savez_compressed(
        _HERE / WEIGHTS,
        mean=mean.astype(np.float16),
        dense=rows.dense.astype(np.float16),
        bias=rows.bias.astype(np.float32),
        lexical=lexical,
        scale=scale,
        languages=languages,
        language_scale=language_scale,
    )
    _say(f"{WEIGHTS}: {(_HERE / WEIGHTS).stat().st_size:,} bytes")


def _in_bytes(rows: Array) -> tuple[Array, Array]:
    """Rows as whole numbers from -127 to 127, and what each column is to be multiplied by."""
    scale = np.abs(rows).max(axis=0) / 127
    return np.round(rows / scale).astype(np.int8), scale.astype(np.float32)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


main()
