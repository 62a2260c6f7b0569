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
_FEWEST_WORDS = 2


def halves(text: str) -> tuple[str, str] | None:
    """The two parts of `text` at the first joint that leaves words enough on both sides."""
    for joint in _JOINED.finditer(text):
        first, second = text[: joint.start()].strip(), text[joint.end() :].strip()
        if min(len(first.split()), len(second.split())) >= _FEWEST_WORDS:
            return first, second
    return None
