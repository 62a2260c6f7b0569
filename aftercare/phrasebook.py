"""Every message as a client gets it, examples filled in, with what it costs in SMS segments."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from aftercare import speech
from conversations.dialogue.asking import HOW, what
from conversations.dialogue.calls import PERSONS
from conversations.phrases import Phrase
from conversations.segments import is_gsm_7, segments
from conversations.turns import Choice, Say
from conversations.wishes import OWN_NAMES
from conversations.words import Channel

FIRST_NAME, PLACE, DAY = "Abdulrahmane", "Heemskerk", date(2026, 9, 24)
"""A long name, a long place and a day as long as one gets."""

COACH = {"name": "Kees Voorbeeld", "title": "werkcoach", "organisation": "IJmond Werkt!"}
CONSULTANT = {
    "name": "Sanne Voorbeeld",
    "title": "inkomensconsulent",
    "organisation": "gemeente Velsen",
}

LABELS = frozenset(
    {
        *(choice.label for choice in (*HOW, *what(), *PERSONS)),
        Phrase.YES,
        Phrase.NO,
        Phrase.RATHER_NOT,
    }
)
"""What stands on a button or in a list."""

INNER = frozenset({Phrase.SOMEBODY, Phrase.NAMED, Phrase.WELCOME_WHO, Phrase.WELCOME_WHO_ONE})
"""Filled into other phrases."""


def example(language: str) -> dict[str, str]:
    """What the braces are filled in with, in `language`."""
    who = speech.phrase(Phrase.NAMED, language, CONSULTANT)
    both = {"coach": speech.phrase(Phrase.NAMED, language, COACH), "consultant": who}
    return {
        "first_name": FIRST_NAME,
        "municipality": PLACE,
        "who": who,
        "people": speech.phrase(Phrase.WELCOME_WHO, language, both),
        "day": speech.day(DAY, language),
        **both,
        **CONSULTANT,
    }


def choices_of(phrase: Phrase) -> tuple[Choice, ...]:
    """The list that goes with a phrase by SMS, where there is one."""
    lists: Mapping[Phrase, tuple[Choice, ...]] = {
        **dict.fromkeys(
            (
                Phrase.CHECK_IN,
                Phrase.CHECK_IN_AGAIN,
                Phrase.CHECK_IN_ALSO,
                Phrase.CHECK_IN_UNCLEAR,
            ),
            HOW,
        ),
        **dict.fromkeys(
            (
                Phrase.WHAT_ABOUT,
                Phrase.WHAT_ABOUT_CALL,
                Phrase.TOPIC_UNCLEAR,
                Phrase.TOPIC_TO_BE_SURE,
            ),
            what(),
        ),
        Phrase.PERSON_WHICH: PERSONS,
        Phrase.LANGUAGE_WHICH: tuple(Choice(one, OWN_NAMES[one]) for one in OWN_NAMES),
        Phrase.ABOUT_WHOM: (Choice("1", FIRST_NAME), Choice("2", "Wilhelmina")),
    }
    return lists.get(phrase, ())


def text_of(phrase: Phrase, language: str) -> str:
    """The phrase as an SMS, with its list."""
    say = Say(phrase, choices=choices_of(phrase), numbered=True)
    text, _ = speech.render(say, Channel.SMS, language, 1, example(language))
    return text


def phrasebook(language: str) -> list[dict[str, Any]]:
    """Every phrase in `language`, in the order in which they are written down."""
    report = []
    for phrase in Phrase:
        text = text_of(phrase, language)
        report.append(
            {
                "phrase": str(phrase),
                "text": text,
                "characters": len(text),
                "segments": None if phrase in LABELS | INNER else segments(text),
                "alphabet": "GSM-7" if is_gsm_7(text) else "UCS-2",
            }
        )
    return report
