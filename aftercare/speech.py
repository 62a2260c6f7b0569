"""From what the dialogue says to the text that a client gets, in the client's language."""

from collections.abc import Mapping
from datetime import date

import locales
from conversations.phrases import TEXT, Phrase
from conversations.turns import Say
from conversations.words import Channel

Button = tuple[str, str]
"""A label and what pressing it sends back."""

WITH_BUTTONS = frozenset({Channel.TELEGRAM})


def phrase(name: Phrase, language: str, params: Mapping[str, str] | None = None) -> str:
    """The sentence `name` in `language`, its braces filled in."""
    return locales.translations(language).gettext(TEXT[name]).format(**(params or {}))


def invitation(language: str, first_name: str, municipality: str) -> str:
    """The first message of all, as an SMS."""
    params = {"first_name": first_name, "municipality": municipality}
    return phrase(Phrase.INVITATION, language, params)


def day(moment: date, language: str) -> str:
    """A day in the words of `language`."""
    return locales.say_day(moment, language)


def render(
    say: Say, channel: Channel, language: str, question: int, params: Mapping[str, str]
) -> tuple[str, list[Button]]:
    """The text and the buttons of `say`. Without buttons, choices are listed with digits."""
    text = phrase(say.phrase, language, params)
    labels = [_label(choice.label, language) for choice in say.choices]
    if channel in WITH_BUTTONS:
        data = [f"{question}:{choice.value}" for choice in say.choices]
        return text, list(zip(labels, data, strict=True))
    if say.numbered and labels:
        lines = [f"{digit} {label}" for digit, label in enumerate(labels, start=1)]
        text = "\n".join([text, *lines])
    return text, []


def _label(label: Phrase | str, language: str) -> str:
    return phrase(label, language) if isinstance(label, Phrase) else label
