"""Can somebody who reads poorly read it, and does it fit? What each message must hold to.

Dutch at B1 (ERK): short sentences, words that everybody meets daily, no passive, no words of the
town hall. In every language: one question a message, and no more SMS segments than it may take
(`tests.conversations.longest`).
"""

import re
from collections.abc import Iterator, Mapping

from wordfreq import zipf_frequency

import locales
from conversations.phrases import TEXT, Phrase
from conversations.segments import is_gsm_7, segments
from tests.conversations.longest import GSM_7_LANGUAGES, INNER, most_segments, text_messages

LONGEST_SENTENCE = 15
"""Words."""

RAREST = 3.75
"""On the Zipf scale: about six times in a million words. B1 takes the 5,000 commonest words of
Dutch; those end at about 4, and forms of them ("bewaar") are a little rarer."""

FIELD_WORDS = frozenset(
    "consulent formulieren levensgevaar nazorg schuldhulp werkdagen werkcoach".split()
)
"""Rarer, but whom we write to knows them, and they are shorter than what explains them."""

SAY_INSTEAD: Mapping[str, str] = {
    "aangaande": "over",
    "alsmede": "en",
    "beschikking": "brief of besluit",
    "betreffende": "over",
    "bijstandsgerechtigde": "je",
    "casus": "vraag",
    "cliënt": "je",
    "conform": "volgens",
    "contactpersoon": "wie er voor je is",
    "deelnemer": "je",
    "derhalve": "dus",
    "desgewenst": "als je dat wilt",
    "dienen": "moeten",
    "dient": "moet",
    "eventueel": "misschien",
    "gelieve": "wil je",
    "hulpvraag": "vraag",
    "i.v.m.": "omdat",
    "inzake": "over",
    "indien": "als",
    "intake": "gesprek",
    "m.b.t.": "over",
    "middels": "met",
    "mits": "als",
    "nader": "meer",
    "omtrent": "over",
    "onderstaande": "deze",
    "participatie": "meedoen",
    "reactie": "antwoord",
    "re-integratie": "weer aan het werk gaan",
    "tenzij": "behalve als",
    "teneinde": "om",
    "tevens": "ook",
    "t.b.v.": "voor",
    "traject": "nazorg",
    "trajectbegeleider": "werkcoach",
    "uitstroom": "werk vinden",
    "verstrekken": "geven",
    "verzoek": "vraag",
    "verzoeken": "vragen",
    "voorzieningen": "hulp",
    "wenst": "wilt",
    "woonachtig": "woont",
}

_QUESTION_MARKS = re.compile(r"[?؟፧]")
_BRACES = re.compile(r"{\w+}")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
_WORD = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADDRESS = re.compile(r"\b\w+\.nl\b")
_BECOMES = r"(?:word|wordt|worden|werd|werden)"
_DONE = r"\w*(?:ge|be|ver|ont|her)\w{2,}(?:d|t|en)"
_PASSIVE = re.compile(rf"\b(?:{_BECOMES}\b.*\b{_DONE}|{_DONE}\W+{_BECOMES})\b", re.IGNORECASE)


def problems() -> Iterator[str]:
    """What is not plain, a line each: the language, the phrase, what is wrong, what to do."""
    for language in locales.languages():
        gettext = locales.translations(language).gettext
        for phrase, source in TEXT.items():
            text = gettext(source)
            is_translated = text != source or language == locales.SOURCE
            if not is_translated or set(_BRACES.findall(text)) != set(_BRACES.findall(source)):
                continue  # the catalogues' own check says so
            for problem in [*in_text(text, language), *in_size(phrase, language)]:
                yield f"{language}/phrases: {phrase}: {problem}"


def in_text(text: str, language: str) -> Iterator[str]:
    """What is wrong with the words of one message."""
    questions = len(_QUESTION_MARKS.findall(text))
    if questions > 1:
        yield f"asks {questions} things. Ask one; put the other in a message of its own."
    if language in GSM_7_LANGUAGES and not is_gsm_7(text):
        signs = " ".join(sorted({repr(one) for one in text if not is_gsm_7(one)}))
        yield f"{signs} makes every SMS twice as dear (not in GSM-7). Write it without."
    if language == locales.HOUSE:
        yield from _in_dutch(_BRACES.sub("Naam", text))


def in_size(phrase: Phrase, language: str) -> Iterator[str]:
    """Whether it fits, with the longest names and lists."""
    if phrase in INNER:
        return
    most = most_segments(phrase, language)
    longest = max(text_messages(phrase, language), key=segments)
    if segments(longest) > most:
        yield (
            f"takes {segments(longest)} SMS segments ({len(longest)} characters with long names), "
            f"may take {most}. Shorten it."
        )


def _in_dutch(text: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(text):
        words = _WORD.findall(sentence)
        if len(words) > LONGEST_SENTENCE:
            yield (
                f"a sentence of {len(words)} words, at most {LONGEST_SENTENCE}. "
                f'Make two of it: "{sentence}"'
            )
        if _PASSIVE.search(sentence):
            yield f'is passive. Say who does it: "{sentence}"'
    for stiff, plain in SAY_INSTEAD.items():
        if re.search(rf"(?<!\w){re.escape(stiff)}(?!\w)", text.casefold()):
            yield f'"{stiff}" is a word of the town hall. Say: {plain}.'
    for word in sorted(set(_LETTERS.findall(_ADDRESS.sub("", text)))):
        common = zipf_frequency(word.casefold(), locales.HOUSE)
        if common < RAREST and word.casefold() not in FIELD_WORDS:
            yield (
                f'"{word}" is rare (Zipf {common}, at least {RAREST}). Take a common word, or, '
                "when everybody we write to knows it, add it to FIELD_WORDS (tests/checks/plain.py)"
            )
