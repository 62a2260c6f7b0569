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


_LAUGHTER = (
    r"(?:[hjk]?ha){2,}|(?:х?ах){2,}|хаха|h{3,}|(?:hi){2,}|\blol\b|\bxd\b|\bjk\b|[:;=]-?[)d]|\){2,}"
    r"|[\U0001f600-\U0001f606\U0001f609\U0001f61b-\U0001f61d\U0001f643\U0001f923]"
    r"|ه{3,}|خ{3,}|ሃሃ|\bgrap(?:je)?\b|\bkidding\b|\bşaka\b|\bżart"
)
_LONG_AGO = (
    r"\bjaa?r(?:en)? (?:geleden|terug)|\bvorig jaar|\bvroeger\b|\byears? ago|\blast year"
    r"|\byıl önce|\bsene önce|\bgeçen (?:yıl|sene)|\blat temu|\brok temu|\blata temu|\bzeszłym roku"
    r"|років тому|роки тому|рік тому|торік|سنوات|سنين|السنة الماضية|سال پیش|پارسال"
    r"|sanad(?:o)? ka hor|sannado ka hor|sanadkii hore|ዓመት ይገብር|ቅድሚ .{1,12}ዓመት|ዓሚ"
)
_LIGHTLY = re.compile(f"{_LAUGHTER}|{_LONG_AGO}", re.IGNORECASE)


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


def said_lightly(text: str) -> bool:
    """Whether somebody laughs in `text`, or speaks of long ago. Words of danger still count; but
    then a model that is certain of the contrary is believed."""
    return _LIGHTLY.search(text) is not None


def without_figures(text: str) -> str | None:
    """The words of `text` without its figures of speech; None when it has none."""
    words, found = _FIGURES_OF_SPEECH.subn(" ", _words(text))
    return words.strip() if found else None


def _words(text: str) -> str:
    return plain(bare(text)).translate(_SOUND_ALIKE)
