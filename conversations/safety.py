"""Danger is seen first, in every state and in every language that we have words for (rule 5).

A miss costs more than a false alarm: a sentence that may mean danger counts as danger, except
for the figures of speech that are listed. It answers three questions only: is there danger, of
which kind, and which fixed reply belongs to it. The words are the floor that always holds; the
model (`conversations.understanding.meaning`) sees what no list can.
"""

import re
from enum import StrEnum

from conversations.danger_words import ar, en, fa, nl, pl, so, ti, tr, uk
from conversations.understanding.answers import plain
from conversations.understanding.features import bare, fold


class DangerKind(StrEnum):
    """Which fixed reply is given."""

    SUICIDE = "suicide"
    VIOLENCE = "violence"
    EMERGENCY = "emergency"


_LANGUAGES = (nl, en, tr, pl, so, uk, ar, fa, ti)


_SOUND_ALIKE = str.maketrans(
    {
        ord(one) + vowel: ord(other) + vowel
        for one, other in ("\u1220\u1230", "\u1340\u1338", "\u1280\u1210", "\u12d0\u12a0")
        for vowel in range(7)
    }
    | {0x12A0: 0x12A3, 0x12D0: 0x12A3}  # of these the first and the fourth vowel sound the same
)
"""Letters of Tigrinya that sound alike and are written for one another, in their seven vowels."""


def _any_of(*lists: tuple[str, ...]) -> re.Pattern[str]:
    ways = "|".join(fold(way).translate(_SOUND_ALIKE) for ways in lists for way in ways)
    return re.compile(rf"\b(?:{ways})")


_FIGURES_OF_SPEECH = _any_of(*(language.FIGURES for language in _LANGUAGES))
_SIGNS = (
    (DangerKind.SUICIDE, _any_of(*(language.SUICIDE for language in _LANGUAGES))),
    (DangerKind.EMERGENCY, _any_of(*(language.EMERGENCY for language in _LANGUAGES))),
    (DangerKind.VIOLENCE, _any_of(*(language.VIOLENCE for language in _LANGUAGES))),
)


def danger_in(text: str) -> DangerKind | None:
    """The kind of danger that the words of `text` speak of, the gravest first, or None."""
    words = _FIGURES_OF_SPEECH.sub(" ", _words(text))
    return next((kind for kind, signs in _SIGNS if signs.search(words)), None)


def without_figures(text: str) -> str | None:
    """The words of `text` without its figures of speech; None when it has none."""
    words, found = _FIGURES_OF_SPEECH.subn(" ", _words(text))
    return words.strip() if found else None


def _words(text: str) -> str:
    return plain(bare(text)).translate(_SOUND_ALIKE)
