"""Each message as long as it gets in earnest, and how many SMS segments it may take then.

A client who writes Dutch, English or Somali gets messages in the letters of GSM-7. One letter
outside it ("ë", "ş", Arabic) makes every segment less than half as long, so the languages that
need such letters have three segments where the others have two (docs/languages.md).
"""

from collections.abc import Iterator, Mapping
from datetime import date

import locales
from aftercare import speech
from conversations.dialogue.asking import HOW, what
from conversations.dialogue.calls import PERSONS
from conversations.phrases import Phrase
from conversations.turns import Choice, Say
from conversations.wishes import OWN_NAMES
from conversations.words import Channel

LANGUAGES = locales.languages()
GSM_7_LANGUAGES = frozenset({"nl", "en", "so"})
ONE_SEGMENT = frozenset({"nl", "en"})
"""Where what we ask most often, how it is going, must be cheap."""

CHECK_INS = (Phrase.CHECK_IN, Phrase.CHECK_IN_AGAIN, Phrase.CHECK_IN_ALSO)
FIRST_NAME = "Abdulrahmane"
"""Twelve letters."""
DAY = date(2026, 9, 24)  # "donderdag 24 september", as long as a day gets
PLACE = "Heemskerk"
WHO = {"name": "Sanne Voorbeeld", "title": "inkomensconsulent", "organisation": "gemeente Velsen"}
COACH = {"name": "Sanne Voorbeeld", "title": "werkcoach", "organisation": "IJmond Werkt!"}
NAMES = (Phrase.NAMED, Phrase.SOMEBODY)
"""The two ways to say who will be in touch."""

INNER = frozenset({*NAMES, Phrase.WELCOME_WHO, Phrase.WELCOME_WHO_ONE})
"""Filled into other phrases."""

_FAMILY = tuple(Choice(name, name) for name in (FIRST_NAME, "Jozefien"))
LISTS: Mapping[Phrase, tuple[tuple[Choice, ...], ...]] = {
    **dict.fromkeys(CHECK_INS, (HOW,)),
    Phrase.CHECK_IN_UNCLEAR: (HOW,),
    Phrase.WHAT_ABOUT: (what(),),
    Phrase.WHAT_ABOUT_CALL: (what(),),
    Phrase.TOPIC_UNCLEAR: (what(),),
    Phrase.TOPIC_TO_BE_SURE: (what(),),
    Phrase.PLEASE_TYPE: (HOW, what()),
    Phrase.PERSON_WHICH: (PERSONS,),
    Phrase.LANGUAGE_WHICH: (tuple(Choice(*one) for one in OWN_NAMES.items()),),
    Phrase.ABOUT_WHOM: (_FAMILY,),
}
"""The longest lists that are shown under a phrase; a shorter one is part of one of these. A test
holds them against what the dialogue says."""


def params(language: str, who: Phrase = Phrase.NAMED) -> dict[str, str]:
    """What is filled in, as long as it gets in earnest."""
    both = {
        "coach": speech.phrase(who, language, COACH),
        "consultant": speech.phrase(who, language, WHO),
    }
    return {
        "first_name": FIRST_NAME,
        "municipality": PLACE,
        "who": speech.phrase(who, language, WHO),
        "people": speech.phrase(Phrase.WELCOME_WHO, language, both),
        "day": speech.day(DAY, language),
        **both,
    }


def text_messages(phrase: Phrase, language: str) -> Iterator[str]:
    """`phrase` as text messages, with each list that it may show and each way to name people."""
    for choices in LISTS.get(phrase, ((),)):
        for who in NAMES:
            say = Say(phrase, choices=choices, numbered=True)
            text, _ = speech.render(say, Channel.SMS, language, 1, params(language, who))
            yield text


def most_segments(phrase: Phrase, language: str) -> int:
    """The number of segments that `phrase` may take as an SMS."""
    if phrase in CHECK_INS and language in ONE_SEGMENT:
        return 1
    if phrase is Phrase.LANGUAGE_WHICH:
        return 3  # it names every language in its own letters
    return 2 if language in GSM_7_LANGUAGES else 3
