"""Answers to a question that was asked: a digit, or the words of the choice.

Strict on purpose: "goed, maar ik kan de huur niet betalen" is not the answer "goed". What is not
recognised here is never guessed; the dialogue asks.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

from conversations.words import Answer, Topic

Choice = TypeVar("Choice", Answer, Topic)

_PUNCTUATION = re.compile(r"[^\w\s']+")
_AMOUNT = re.compile(r"[€$£%+]|-\s*\d")
_SPACES = re.compile(r"\s+")


def _any_of(block: str) -> frozenset[str]:
    """The ways to say one thing, parted by bars."""
    return frozenset(way.strip() for way in " ".join(block.split()).split("|"))


_YES = _any_of(
    """ja | jaa | jaaa | j | ja graag | jazeker | ja hoor | ja hoor graag | ja is goed | ja prima
    | ja dat is goed | dat is goed | is goed | prima | oke | ok | oké | okay | ja oke | ja ok
    | graag | zeker | ja dat wil ik | ja doe maar | doe maar | yes | y | yes please | ok yes
    | yes ok | that is fine | fine | sure"""
)
_NO = _any_of(
    """nee | neen | n | nee bedankt | nee dank je | nee dank u | nee dankjewel | nee hoor
    | nee liever niet | liever niet | niet | nee niet | nee nu niet | nee nee | no | nope
    | no thanks | no thank you | rather not"""
)
_SKIP = _NO | _any_of("overslaan | niks | niets | geen zin | skip | nothing")
_THANKS = _any_of(
    """dank | dank je | dank u | dank je wel | dank u wel | dankje | dankjewel | dankuwel
    | bedankt | oke bedankt | ok bedankt | oke dank je | ok dank je | top | super | fijn | mooi
    | heel erg bedankt | hartelijk dank | top bedankt | super bedankt | tot ziens | doei
    | thanks | thank you | ok thanks | thx | bye"""
)
_HELP = _any_of(
    """hulp | help | help mij | help me | ik heb hulp nodig | ik wil hulp | hulp nodig
    | hulp graag | graag hulp | hulp aub | ik zoek hulp | i need help | need help"""
)
_ANSWERS: dict[Answer, frozenset[str]] = {
    Answer.GOOD: _any_of(
        """goed | heel goed | gaat goed | het gaat goed | goed hoor | prima | het gaat prima
        | gaat prima | alles goed
        | super | top | fijn | mooi | perfect | uitstekend | good | very good | going well | fine"""
    ),
    Answer.SO_SO: _any_of(
        "gaat wel | het gaat wel | gaat wel hoor | matig | gaat | het gaat | so so | not too bad"
    ),
    Answer.NOT_GOOD: _any_of(
        """niet goed | het gaat niet goed | gaat niet goed | niet zo goed | het gaat niet zo goed
        | slecht | heel slecht | het gaat slecht | gaat slecht | not good | bad"""
    ),
    Answer.JOB_LOST: _any_of(
        """ik werk niet meer | werk niet meer | ik ben ontslagen | ontslagen | geen werk meer
        | ik heb geen werk meer | ik ben mijn baan kwijt | baan kwijt | contract gestopt
        | i do not work any more | i don't work anymore | i lost my job | fired"""
    ),
}
_TOPICS: dict[Topic, frozenset[str]] = {
    Topic.WORK: _any_of("werk | mijn werk | op het werk | baas | mijn baas | work | my work"),
    Topic.MONEY: _any_of(
        """geld | schulden | schuld | geld of schulden | geldzaken | huur | de huur | rekeningen
        | money | debts | debt | money or debts | rent"""
    ),
    Topic.HOME: _any_of(
        """thuis | familie | thuis of familie | gezin | kinderen | mijn kinderen
        | home | family | home or family"""
    ),
    Topic.HEALTH: _any_of(
        """gezondheid | gezondheid of hoe ik me voel | hoe ik me voel | ziek | ik ben ziek
        | stress | health | health or how i feel | how i feel"""
    ),
    Topic.LETTERS: _any_of(
        """brieven | formulieren | brieven en formulieren | brief | formulier | digid
        | letters | forms | letters and forms | letter | form"""
    ),
    Topic.OTHER: _any_of("iets anders | anders | wat anders | something else | other"),
}


def plain(text: str) -> str:
    """`text` in lower case, composed, without punctuation or double spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return _SPACES.sub(" ", _PUNCTUATION.sub(" ", folded)).strip()


def digit(text: str, choices: int) -> int | None:
    """The chosen digit (from 1), if the whole message is that digit, in any script, or None.

    "1", "1.", "(1)", "optie 1", "1 goed"-like combinations with the label are the caller's.
    """
    if _AMOUNT.search(text):
        return None
    words = plain(text).removeprefix("optie ").removeprefix("nummer ").split(" ")
    if len(words) == 1 and len(words[0]) == 1 and words[0].isdigit():
        value = unicodedata.digit(words[0])
        return value if 1 <= value <= choices else None
    return None


def yes_or_no(text: str) -> bool | None:
    """True for yes, False for no, None for anything else."""
    words = plain(text)
    if words in _YES:
        return True
    return False if words in _NO else None


def is_skip(text: str) -> bool:
    """Whether an invitation to tell more is turned down."""
    return plain(text) in _SKIP


def is_thanks(text: str) -> bool:
    """Whether the message only thanks or says goodbye: nothing needs saying back."""
    return plain(text) in _THANKS


def is_call(text: str) -> bool:
    """Whether the message asks for help without saying what about."""
    return plain(text) in _HELP


def check_in_answer(text: str, answers: Sequence[Answer]) -> Answer | None:
    """The answer to "how is it going at work?", given the order of the digits."""
    return _choose(text, answers, _ANSWERS)


def topic(text: str, menu: Sequence[Topic]) -> Topic | None:
    """The topic chosen from `menu`, by its digit or its words."""
    return _choose(text, menu, _TOPICS)


def topic_named(text: str) -> Topic | None:
    """The topic whose name is the whole message, when no list was shown."""
    words = plain(text)
    return next((one for one, names in _TOPICS.items() if words in names), None)


def _choose(
    text: str, order: Sequence[Choice], names: dict[Choice, frozenset[str]]
) -> Choice | None:
    """A digit, the words, or both when they agree ("3 niet goed")."""
    chosen = digit(text, len(order))
    if chosen:
        return order[chosen - 1]
    words = plain(text)
    head, _, rest = words.partition(" ")
    numbered = digit(head, len(order))
    for choice in order:
        if words in names[choice]:
            return choice
        if numbered and order[numbered - 1] is choice and rest in names[choice]:
            return choice
    return None
