"""A message in two parts, at the word or the comma that joins them: two problems, two clauses."""

import re

_JOINED = re.compile(
    r"\s*[,.;]\s+(?:(?:en|and|ve|i|oraz|і|та|و|iyo) )?"
    r"|\s+(?:en|and|also|plus|ve|bir de|i|oraz|і|й|та|а ще|iyo|oo)\s+"
    r"|\s+(?=و\w{2}|waxaana )"
    r"|\s+و\s+"
    r"|\s+(?=(?:\w+ ){1,3}ድማ\b)",
    re.IGNORECASE,
)
_ANALYTIC = re.compile(r"\s*[,.;]?\s*(?:en|and|also|plus)?\s*", re.IGNORECASE)
"""A joint of a language that needs three words for what Turkish or Tigrinya says in two: "mijn
fiets" is a thing, and no problem of its own."""


def halves(text: str) -> tuple[str, str] | None:
    """The two parts of `text` at the first joint that leaves words enough on both sides."""
    for joint in _JOINED.finditer(text):
        first, second = text[: joint.start()].strip(), text[joint.end() :].strip()
        fewest = 3 if _ANALYTIC.fullmatch(joint.group()) and text.isascii() else 2
        if min(len(first.split()), len(second.split())) >= fewest:
            return first, second
    return None
