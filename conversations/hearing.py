"""What the dialogue hears in somebody's own words: the seam to `conversations.understanding`.

Only what the dialogue acts on. Where nothing is sure it asks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from conversations.safety import DangerKind
from conversations.topics import ANSWERS
from conversations.understanding import answers
from conversations.understanding.labels import DANGER_OF, Label, Mood, Route
from conversations.understanding.meaning import Understood, understand
from conversations.words import Topic

_A_WORD_OR_TWO = 12
_A_FEW_WORDS = 5
_LONGEST_ANSWER = 40
_MAY_BE_LOST = (Label.DEBT, Label.HOUSING, Label.INCOME)
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


@dataclass(frozen=True)
class Noted:
    """What was understood of a message, to be kept beside it: `label` is what it is about, `also`
    the second problem in it, `language` what it is written in ("" where that cannot be told)."""

    label: Label
    also: Label | None
    language: str
    mood: Mood
    urgent: bool
    sure: bool


def note(text: str, language: str) -> Noted | None:
    """What `hear` made of `text`. None for a bare answer, which means what the question says."""
    if not any(one.isalpha() for one in text):
        return None
    if len(text) <= _LONGEST_ANSWER and _is_answer(text):  # which no model need weigh
        return None
    return _weighed(text, language)[1]


def hear(text: str, language: str) -> Heard:
    """What is meant by `text`, which somebody wrote whom we write to in `language`."""
    if not any(one.isalpha() for one in text):  # a cipher out of the blue means nothing
        return Heard()
    return _weighed(text, language)[0]


def prepare(texts: Iterable[str]) -> None:
    """Understand what is more than a word or two, so that `hear` need not: it takes some tens of
    milliseconds, which nobody should wait for while others' rows are locked."""
    for text in texts:
        if len(text) > _A_WORD_OR_TWO:
            _understood(text)


_understood = lru_cache(maxsize=512)(understand)


def _is_answer(text: str) -> bool:
    return bool(
        answers.yes_or_no(text) is not None
        or answers.check_in_answer(text, ANSWERS)
        or answers.is_thanks(text)
        or answers.topic_named(text)
    )


@lru_cache(maxsize=512)
def _weighed(text: str, language: str) -> tuple[Heard, Noted | None]:
    """What is acted upon, and what is kept of it; a moment later the same is asked again."""
    meant = _understood(text)
    named = answers.topic_named(text)
    if named or answers.yes_or_no(text) is not None:  # words of our own, which no model need weigh
        language = _written_in(text, meant, language)
        bare = Heard(topics=(named,) if named else (), language=language, sure=bool(named))
        return bare, None
    urgent_debt = bool(_URGENT_DEBT.search(answers.key(text))) or (
        meant.sure and meant.urgent and any(one in _MAY_BE_LOST for one in meant.labels[:1])
    )
    topics = meant.topics if meant.sure else ()
    if urgent_debt and Topic.MONEY not in topics:
        topics = (Topic.MONEY, *topics)
    heard = Heard(
        danger=meant.danger,
        stop=meant.stop,
        person=meant.person,
        topics=topics,
        urgent=urgent_debt or meant.urgent,
        urgent_debt=urgent_debt,
        good=meant.route is Route.NONE and meant.mood is Mood.GOOD,
        language=_written_in(text, meant, language),
        sure=meant.sure or bool(topics),
        likely=meant.likely,
        asks_what=meant.model and meant.route is Route.UNCLEAR,
    )
    first, second = (*_labels(meant, heard), None, None)[:2]
    label = first or Label.UNCLEAR
    return heard, Noted(label, second, heard.language, meant.mood, heard.urgent, heard.sure)


def _labels(meant: Understood, heard: Heard) -> tuple[Label, ...]:
    """The labels that `heard` acts on, the likeliest first."""
    if meant.danger:
        return tuple(label for label, kind in DANGER_OF.items() if kind is meant.danger)
    if meant.stop:
        return (Label.STOP,)
    if meant.person and not heard.topics:
        return (Label.PERSON,)
    if heard.urgent_debt and not any(one in _MAY_BE_LOST for one in meant.labels):
        return (Label.DEBT, *(meant.labels if meant.sure else ()))
    return meant.labels


def _written_in(text: str, meant: Understood, language: str) -> str:
    """The language of `text`, where that can be told: by its script, or from a few words."""
    in_another_script = sum(one > "\u024f" for one in text if one.isalpha()) > len(text) // 2
    if not meant.model:
        return ""
    return meant.lang if in_another_script or len(text.split()) >= _A_FEW_WORDS else language
