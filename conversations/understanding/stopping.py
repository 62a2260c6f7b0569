"""The wish to stop. Everybody has the right to it, at any moment, in their own words.

Two mistakes of others bind us: a running question that takes STOP for an answer (rapidpro#519),
and a sentence with "stop" in it that is taken for one (Spoke#1016, cht-core#476: "STOP 12345").
"""

from conversations.understanding.answers import plain

PROVIDER_KEYWORDS = frozenset(
    {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}
)
"""What Twilio itself takes for an opt-out when it is the whole message: it answers, we do not."""

_STOP = PROVIDER_KEYWORDS | {
    "stoppen",
    "stop ermee",
    "ik wil stoppen",
    "ik stop",
    "ik stop ermee",
    "stop er mee",
    "ik wil ermee stoppen",
    "ik wil er mee stoppen",
    "ik wil graag stoppen",
    "hou op",
    "hou ermee op",
    "ik wil niet meer meedoen",
    "ik doe niet meer mee",
    "geen berichten meer",
    "ik wil geen berichten meer",
    "stuur geen berichten meer",
    "stop met berichten",
    "stop met sms",
    "stop met smsen",
    "stop met appen",
    "stop met deze berichten",
    "laat me met rust",
    "uitschrijven",
    "afmelden",
    "meld me af",
    "schrijf me uit",
    "stop messages",
    "stop texting me",
    "no more messages",
    "stop sending messages",
    "i want to stop",
    "leave me alone",
}
_POLITE = (
    "alsjeblieft",
    "alstublieft",
    "aub",
    "a u b",
    "graag",
    "nu",
    "maar",
    "ja",
    "bedankt",
    "dank je",
    "dank u",
    "dank je wel",
    "please",
    "thank you",
    "thanks",
    "now",
)


def is_stop(text: str) -> bool:
    """Whether the whole message says: stop, with at most a polite word around it."""
    words = plain(text)
    for _ in range(3):
        if words in _STOP:
            return True
        words = _without_politeness(words)
    return False


def is_provider_keyword(text: str) -> bool:
    """Whether the SMS provider has already answered this itself."""
    return text.strip().casefold() in PROVIDER_KEYWORDS


def _without_politeness(words: str) -> str:
    for extra in _POLITE:
        if words.endswith(" " + extra):
            return words.removesuffix(" " + extra)
        if words.startswith(extra + " "):
            return words.removeprefix(extra + " ")
    return words
