"""Answers to a question that was asked: digits in any script, or the words of the choice.

Strict on purpose: "goed, maar ik kan de huur niet betalen" is not the answer "goed". What is not
recognised here is never guessed; the dialogue asks. The words are in `conversations.sayings`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from conversations import sayings
from conversations.sayings import Ways
from conversations.words import Answer, Topic

Choice = TypeVar("Choice", Answer, Topic)

_PUNCTUATION = re.compile(r"[^\w\s']+")
_AMOUNT = re.compile(r"[€$£%]|[-+]\s*\d{2}|^\s*[-+]|\d[.,:]\d|\d{2}")
_SPACES = re.compile(r"\s+")
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc`", "'" * 4)
_SAME_LETTER = str.maketrans("\u0643\u064a\u0649\u0629", "\u06a9\u06cc\u06cc\u0647")
"""Arabic and Persian keyboards write these letters differently."""
_TYPED = str.maketrans(
    {"ł": "l", "'": None} | dict(zip("ጸጹጺጻጼጽጾሰሱሲሳሴስሶኣ", "ፀፁፂፃፄፅፆሠሡሢሣሤሥሦአ", strict=True))
)


def plain(text: str) -> str:
    """`text` in lower case, composed, without punctuation or double spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    return _SPACES.sub(" ", _PUNCTUATION.sub(" ", folded)).strip()


def key(text: str) -> str:
    """What is the same when it is said the same: `plain`, without accents and invisible signs."""
    bare = "".join(
        one
        for one in unicodedata.normalize("NFKD", text.replace("\u0131", "i"))
        if unicodedata.category(one) not in ("Mn", "Cf") and one != "\u0640"
    )
    return plain(bare.translate(_SAME_LETTER))


def spellings(way: str) -> frozenset[str]:
    """`way` as it is written down, and as it is typed by who has no such letter at hand: "dlugi"
    for "długi", "здоровя", a space or nothing for the Persian half-space, "እወ" with any of the
    Ethiopic letters that sound alike."""
    return frozenset({key(way), key(way.translate(_TYPED)), key(way.replace("\u200c", " "))})


def _ways(of: Ways) -> frozenset[str]:
    return frozenset(
        spelling for block in of.values() for way in block.split("|") for spelling in spellings(way)
    )


def _all(of: Mapping[Choice, Ways]) -> dict[Choice, frozenset[str]]:
    return {choice: _ways(ways) for choice, ways in of.items()}


def _plainest(of: Ways) -> frozenset[str]:
    """The way that each language's list begins with."""
    return frozenset(key(block.split("|")[0]) for block in of.values())


def _numbers(of: Ways) -> dict[str, int]:
    return {
        spelling: number
        for block in of.values()
        for number, names in enumerate(block.split("|"), start=1)
        for name in names.split()
        for spelling in spellings(name)
    }


_YES, _NO = _ways(sayings.YES), _ways(sayings.NO)
_PLAIN_YES, _PLAIN_NO = _plainest(sayings.YES), _plainest(sayings.NO)
_SKIP = _NO | _ways(sayings.SKIP)
_THANKS, _HELP = _ways(sayings.THANKS), _ways(sayings.HELP)
_ANSWERS, _TOPICS = _all(sayings.ANSWERS), _all(sayings.TOPICS)
_NUMBERS, _AND = _numbers(sayings.NUMBERS), _ways(sayings.AND)
_AROUND = _ways(sayings.AROUND_A_NUMBER) | _AND


def digits(text: str, choices: int) -> tuple[int, ...]:
    """The chosen digits (from 1), in the order in which they are named, if the message is nothing
    but that: "1", "1.", "één", "optie 2", "٣", "3️⃣", "1 en 3". Empty if it is anything else."""
    if _AMOUNT.search(text):
        return ()
    found: list[int] = []
    for word in key(text).split():
        number = _number(word)
        if number is None:
            if word not in _AROUND:
                return ()
        elif not 1 <= number <= choices:
            return ()
        elif number not in found:
            found.append(number)
    return tuple(found)


def digit(text: str, choices: int) -> int | None:
    """The one chosen digit, or None."""
    found = digits(text, choices)
    return found[0] if len(found) == 1 else None


def yes_or_no(text: str) -> bool | None:
    """True for yes, False for no, None for anything else."""
    words = key(text)
    if words in _YES:
        return True
    return False if words in _NO else None


def yes_or_no_first(text: str) -> bool | None:
    """A plain yes or no that more follows on: "ja, maar niet in de schoonmaak". None otherwise."""
    first, _, rest = key(text).partition(" ")
    if not rest:
        return None
    if first in _PLAIN_YES:
        return True
    return False if first in _PLAIN_NO else None


def number(text: str) -> int | None:
    """The number that is the whole message, of one digit in any script, or in a word."""
    return digit(text, 9)


def is_skip(text: str) -> bool:
    """Whether an invitation to tell more is turned down."""
    return key(text) in _SKIP


def is_thanks(text: str) -> bool:
    """Whether the message only thanks or says goodbye: nothing needs saying back."""
    return key(text) in _THANKS


def is_call(text: str) -> bool:
    """Whether the message asks for help without saying what about."""
    return key(text) in _HELP


def check_in_answer(text: str, answers: Sequence[Answer]) -> Answer | None:
    """The answer to "how is it going at work?", given the order of the digits; of "1 en 3" the
    gravest, which comes last, but nothing of "3 4"."""
    found = _choose(text, answers, _ANSWERS)
    if len(found) > 1 and not _AND & set(key(text).split()):
        return None
    return max(found, key=answers.index) if found else None


def answer_named(text: str) -> Answer | None:
    """The answer whose words are the whole message, when no list was shown."""
    words = key(text)
    return next((one for one, names in _ANSWERS.items() if words in names), None)


def topics(text: str, menu: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics chosen from `menu`, by their digits or their words."""
    return _choose(text, menu, _TOPICS)


def topic_named(text: str) -> Topic | None:
    """The topic whose name is the whole message, when no list was shown."""
    words = key(text)
    return next((one for one, names in _TOPICS.items() if words in names), None)


def _choose(
    text: str, order: Sequence[Choice], names: dict[Choice, frozenset[str]]
) -> tuple[Choice, ...]:
    """Digits, the words, or both when they agree ("3 niet goed")."""
    chosen = digits(text, len(order))
    if chosen:
        return tuple(order[one - 1] for one in chosen)
    words = key(text)
    head, _, rest = words.partition(" ")
    numbered = None if _AMOUNT.search(text) else _number(head)
    for choice in order:
        if words in names[choice]:
            return (choice,)
        if numbered == order.index(choice) + 1 and rest in names[choice]:
            return (choice,)
    several = _several(words.split(), order, names)
    return tuple(several) if len(several) > 1 else ()


def _several(
    words: Iterable[str], order: Sequence[Choice], names: dict[Choice, frozenset[str]]
) -> list[Choice]:
    """The choices of "geld en thuis": nothing but their names and words that join them."""
    found: list[Choice] = []
    for word in words:
        choice = next((one for one in order if word in names[one]), None)
        if choice is None:
            if word not in _AROUND:
                return []
        elif choice not in found:
            found.append(choice)
    return found


def _number(word: str) -> int | None:
    if len(word) == 1 and word.isdigit():
        return unicodedata.digit(word)
    return _NUMBERS.get(word)
