"""A sentence without what says who wrote it: names, numbers, addresses, dates become placeholders.

What a pattern cannot know (a nickname, "the bakery behind the church") a person must see: hence
nothing that comes out of here leaves the house before somebody read it.
"""

import re
from collections.abc import Iterable

from phonenumbers import Leniency, PhoneNumberMatcher

NAME, NUMBER, MAIL, DATE = "[naam]", "[nummer]", "[e-mail]", "[datum]"
ADDRESS, POSTCODE, ACCOUNT, SITE = "[adres]", "[postcode]", "[rekening]", "[site]"

_MONTHS = r"(?:jan|feb|m(?:aa)?rt|apr|mei|jun|jul|aug|sep|okt|nov|dec|mar|may|oct)[a-z]*"
_PATTERNS = (
    (MAIL, re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?@\s?[\w-]+(?:\.[\w-]+)+")),
    (SITE, re.compile(r"\b(?:https?://|www\.)\S+", re.I)),
    (ACCOUNT, re.compile(r"\b[a-z]{2}\s?\d{2}\s?[a-z]{4}(?:\s?\d){7,}\b", re.I)),
    (ACCOUNT, re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z\d]{4}){3,7}(?:\s?[A-Z\d]{1,3})?\b")),
    (POSTCODE, re.compile(r"\b[1-9]\d{3}(?:\s?[A-Z]{2}|[a-z]{2})\b")),
    (DATE, re.compile(rf"\b\d{{1,2}}(?:e|ste|de)?\s+{_MONTHS}\b\.?(?:\s+\d{{4}})?", re.I)),
    (DATE, re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b|\b\d{1,2}[-/]\d{1,2}\b")),
    (ADDRESS, re.compile(
        r"\b[\w'’-]{0,30}(?:straat|str\.|laan|weg|plein|kade|singel|hof|dijk|gracht|pad|dreef|plantsoen"
        r"|street|road|avenue)\s+\d+\s?[a-z]?\b", re.I)),
    (NUMBER, re.compile(r"(?<![\w,.])\+?\(?\d(?:[\s().-]?\d){5,}")),
)  # fmt: skip
_CALLED = re.compile(r"\b((?:ik heet|mijn naam is|my name is|i am called)\s+)[^\W\d_]+", re.I)
_CAPITAL = re.compile(r"(?<=[\w,;:)\]] )([A-ZÀ-ÞА-ЯҐЄІЇŁŚŻŹĆŃĞİŞÇÖÜ][^\W\d_]+)")
_PARTICLES = frozenset("al ben bin de del den der di du el het la le ten ter te van von".split())
_CASE_COUNTS = 3
"""Letters; "Wil" and "An" are names, "wil" and "an" are not."""


def nameless(text: str, names: Iterable[str] = ()) -> str:
    """`text` on one line, with placeholders for all of `names` and for what looks like a name, a
    number, an address, a date."""
    said = " ".join(text.replace("|", " ").split())
    for placeholder, pattern in _PATTERNS:
        said = pattern.sub(placeholder, said)
    for number in reversed(list(PhoneNumberMatcher(said, "NL", Leniency.POSSIBLE))):
        if sum(one.isdigit() for one in number.raw_string) >= 8:
            said = said[: number.start] + NUMBER + said[number.end :]
    for name in sorted({part for one in names for part in one.split()}, key=len, reverse=True):
        said = _without(said, name)
    said = _CALLED.sub(rf"\g<1>{NAME}", said)
    if said.isupper():
        return said
    return _CAPITAL.sub(lambda found: found[1] if found[1].isupper() else NAME, said)


def _without(said: str, name: str) -> str:
    if name.casefold() in _PARTICLES:
        return said
    flags = re.NOFLAG if len(name) <= _CASE_COUNTS else re.IGNORECASE
    return re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", NAME, said, flags=flags)
