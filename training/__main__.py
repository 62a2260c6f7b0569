"""`python -m training`: what the model needs beside the tuning, its marks, and the page on it all.

Deterministic: the same sentences and the same tuning give the same files. Ten minutes;
`python -m training --marks` only judges anew, after a change of words or of what may go wrong.
"""

import sys
from pathlib import Path

import numpy as np

from conversations.understanding import marks
from conversations.understanding.encoder import TUNED, Encoder
from conversations.understanding.model import WEIGHTS, load_model
from training import marking, report
from training.corpus import apart, to_learn
from training.learning import Array, learn, learn_languages, pieces_of

_HERE = Path(marks.__file__).parent
_PAGE = Path(__file__).parents[1] / "docs" / "understanding.md"


def main() -> None:
    """Learn from all that is not held apart, judge by what is, and write what came of it."""
    if "--marks" not in sys.argv:
        _learn()
    _say("setting the marks")
    model = load_model()
    lines = apart()
    readings = model.read([line.text for line in lines], [None] * len(lines))
    chosen = marking.marks_from(lines, readings)
    (_HERE / marks.FILE).write_text(marking.as_toml(chosen), encoding="utf-8")
    _PAGE.write_text(report.page(model, lines, readings), encoding="utf-8")


def _learn() -> None:
    tuned = dict(np.load(_HERE / TUNED))
    lines = to_learn()
    _say(f"{len(lines)} sentences to learn from")
    points = Encoder(tuned).embed([line.text for line in lines]) - tuned["centre"]
    pieces = pieces_of([line.text for line in lines])
    rows = learn(lines, points, pieces, tuned["head"], tuned["bias"])
    in_bytes, scale = _in_bytes(rows.pieces)
    languages, language_scale = _in_bytes(learn_languages(lines, pieces))
    np.savez_compressed(
        _HERE / WEIGHTS,
        rows=rows.points.astype(np.float16),
        bias=rows.bias.astype(np.float32),
        pieces=in_bytes,
        scale=scale,
        languages=languages,
        language_scale=language_scale,
    )


def _in_bytes(rows: Array) -> tuple[Array, Array]:
    """Rows as whole numbers from -127 to 127, and what each column is to be multiplied by."""
    scale = np.abs(rows).max(axis=0) / 127
    return np.round(rows / scale).astype(np.int8), scale.astype(np.float32)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


main()
