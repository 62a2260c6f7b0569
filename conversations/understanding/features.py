"""A text as numbers: the pieces of its words, each hashed to a place in a row.

The pieces catch what sentence embeddings blur: spelling, street words, the word "niet". Hashing
(Weinberger et al. 2009, "Feature hashing for large scale multitask learning") needs no vocabulary.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from math import log, sqrt
from zlib import crc32

PLACES = 1 << 15

_TOKENS = re.compile(r"[^\W\d_]+|\d+|[?!€]")
_LONG = re.compile(r"(.)\1{2,}")


_SAME = str.maketrans("ıیىک", "iييك")
"""Letters that are typed for one another: Turkish i, Arabic and Persian y and k."""


def fold(text: str) -> str:
    """`text` in lower case, without accents and invisible characters."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (one for one in decomposed if unicodedata.category(one) not in ("Mn", "Cf"))
    return "".join(kept).translate(_SAME)


def bare(text: str) -> str:
    """`text` folded, and without letters that were held down: "neeee" is "nee"."""
    return _LONG.sub(r"\1\1", fold(text))


def pieces(text: str) -> Iterator[str]:
    """The words of `text`, its pairs of words, and the runs of 3 to 5 letters in each word."""
    words = ["0" if word.isdigit() else word for word in _TOKENS.findall(bare(text))]
    before = ""
    for word in [*words, ""]:
        yield f"{before}_{word}"
        before = word
    for word in words:
        yield word
        edged = f"<{word}>"
        for length in (3, 4, 5):
            for start in range(len(edged) - length + 1):
                yield edged[start : start + length]


def sparse(text: str) -> dict[int, float]:
    """Place -> weight, together of length 1: how often each piece occurs, damped."""
    counted = Counter(crc32(piece.encode()) % PLACES for piece in pieces(text))
    weights = {place: 1 + log(times) for place, times in counted.items()}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {place: weight / length for place, weight in weights.items()}
