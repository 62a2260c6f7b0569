"""How people say the few things that need no guessing: yes, no, thanks, help, a choice's name.

One file a language. Words alone; what they are held against is made equal first
(`conversations.understanding.answers.key`), so case, accents and punctuation do not matter. All
languages are listened to at once: people mix them.
"""

from collections.abc import Mapping

from conversations.sayings import ar, en, fa, nl, pl, so, ti, tr, uk
from conversations.sayings.ways import Sayings
from conversations.words import Answer, Topic

Ways = Mapping[str, str]
"""By language, ways parted by bars."""

SAYINGS: Mapping[str, Sayings] = {
    "nl": nl.SAYINGS,
    "en": en.SAYINGS,
    "ar": ar.SAYINGS,
    "ti": ti.SAYINGS,
    "tr": tr.SAYINGS,
    "fa": fa.SAYINGS,
    "so": so.SAYINGS,
    "uk": uk.SAYINGS,
    "pl": pl.SAYINGS,
}


def _of(name: str) -> Ways:
    return {language: getattr(one, name) for language, one in SAYINGS.items()}


YES, NO, SKIP = _of("yes"), _of("no"), _of("skip")
THANKS, HELP = _of("thanks"), _of("help")
ANSWERS: Mapping[Answer, Ways] = {
    Answer.GOOD: _of("good"),
    Answer.SO_SO: _of("so_so"),
    Answer.NOT_GOOD: _of("not_good"),
    Answer.JOB_LOST: _of("job_lost"),
}
TOPICS: Mapping[Topic, Ways] = {
    Topic.WORK: _of("work"),
    Topic.MONEY: _of("money"),
    Topic.HOME: _of("home"),
    Topic.HEALTH: _of("health"),
    Topic.LETTERS: _of("letters"),
    Topic.OTHER: _of("other"),
}
NUMBERS, AROUND_A_NUMBER, AND = _of("numbers"), _of("around_a_number"), _of("and_")
