"""How a simulated person reads a message: which question it asks, whatever its language."""

import re
from enum import StrEnum
from functools import cache

import locales
from conversations.phrases import TEXT, Phrase

_BRACES = re.compile(r"\\\{\w+\\\}")


class Question(StrEnum):
    """What is asked of the reader."""

    CONSENT = "consent"
    CHECK_IN = "check-in"
    TOPIC = "topic"
    OWN_WORDS = "own words"
    SHALL_WE = "shall we help"
    IS_IT_WELL = "is it well"


_ASKS = {
    Question.CONSENT: (
        Phrase.INVITATION,
        Phrase.INVITATION_AGAIN,
        Phrase.CONSENT_UNCLEAR,
    ),
    Question.CHECK_IN: (
        Phrase.CHECK_IN,
        Phrase.CHECK_IN_AGAIN,
        Phrase.CHECK_IN_ALSO,
        Phrase.CHECK_IN_UNCLEAR,
    ),
    Question.TOPIC: (
        Phrase.WHAT_ABOUT,
        Phrase.WHAT_ABOUT_CALL,
        Phrase.TOPIC_UNCLEAR,
        Phrase.TOPIC_TO_BE_SURE,
    ),
    Question.OWN_WORDS: (Phrase.OWN_WORDS,),
    Question.SHALL_WE: (
        Phrase.SO_SO,
        Phrase.CONTRACT_END,
        Phrase.DEBT_OFFER,
        Phrase.LANGUAGE_OFFER,
        Phrase.YES_NO_UNCLEAR,
    ),
    Question.IS_IT_WELL: (Phrase.HELPED, Phrase.CLOSING_QUESTION),
}


def question_in(text: str, language: str) -> Question | None:
    """What `text` asks, by the sentences that we have; `language` is tried first."""
    others = (one for one in locales.languages() if one != language)
    for one in (language, *others):
        for pattern, question in _sentences(one):
            if pattern.match(text):
                return question
    return None


@cache
def _sentences(language: str) -> tuple[tuple[re.Pattern[str], Question], ...]:
    said = locales.translations(language).gettext
    return tuple(
        (re.compile(_BRACES.sub(".+?", re.escape(said(TEXT[phrase])))), question)
        for question, phrases in _ASKS.items()
        for phrase in phrases
    )
