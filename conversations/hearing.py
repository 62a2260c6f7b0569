"""What the dialogue hears in somebody's own words: the seam to `conversations.understanding`.

Only what the dialogue acts on. Where nothing is sure it asks.
"""

import re
from dataclasses import dataclass

from conversations.safety import DangerKind, danger_in
from conversations.understanding import answers
from conversations.understanding.stopping import is_stop
from conversations.words import Topic

_SCRIPTS = (("ti", "\u1200", "\u137f"), ("uk", "\u0400", "\u04ff"), ("ar", "\u0600", "\u06ff"))
_URGENT_DEBT = re.compile(
    r"\b(?:deurwaarder\w*|ontruim\w*|uit ?huis ?(?:gezet|zetting)\w*|huisuitzetting"
    r"|(?:gas|water|licht|stroom|energie)\b.* (?:afgesloten|afsluiten|afgesneden|eraf)"
    r"|(?:zorg)?verzekering (?:is )?(?:gestopt|beeindigd|opgezegd)|evict\w*|bailiff\w*)"
)


@dataclass(frozen=True)
class Heard:
    """`likely`: when not sure, at most four topics for the question; `urgent_debt`: a home, gas,
    water, electricity or the health insurance is about to be lost (Wgs art. 4)."""

    danger: DangerKind | None = None
    stop: bool = False
    person: bool = False
    topics: tuple[Topic, ...] = ()
    urgent: bool = False
    urgent_debt: bool = False
    good: bool = False
    language: str = ""
    sure: bool = False
    likely: tuple[Topic, ...] = ()
    asks_what: bool = False


def hear(text: str, language: str) -> Heard:
    """What is meant by `text`, which somebody wrote whom we write to in `language`."""
    words = answers.key(text)
    named = answers.topic_named(text)
    urgent_debt = bool(_URGENT_DEBT.search(words))
    topics = (named,) if named else (Topic.MONEY,) if urgent_debt else ()
    return Heard(
        danger=danger_in(text),
        stop=is_stop(text),
        topics=topics,
        urgent=urgent_debt,
        urgent_debt=urgent_debt,
        language=_script(text),
        sure=bool(topics),
    )


def _script(text: str) -> str:
    for language, first, last in _SCRIPTS:
        if sum(first <= one <= last for one in text) * 2 > len(text.replace(" ", "")):
            return language
    return ""
