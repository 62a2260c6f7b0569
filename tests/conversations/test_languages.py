"""What holds in all nine languages: directions, days, own names, what danger is answered with."""

import re
import unicodedata
from datetime import date

import pytest

import locales
from aftercare import speech
from conversations import numbers
from conversations.phrases import Phrase
from conversations.wishes import OWN_NAMES
from tests.conversations.longest import INNER, LANGUAGES, LISTS, params, text_messages

RIGHT_TO_LEFT = ("ar", "fa")
WRITTEN = sorted(set(Phrase) - INNER)
WITH_A_SIGN = re.compile(r"\d+[-.,:/]\w+(?:[-./]\w+)*")
"""A number that a right-to-left line would turn around: 0800-2000, 113.nl."""


def test_all_nine_languages_are_there_by_their_own_names() -> None:
    assert [(one, locales.own_name(one)) for one in LANGUAGES] == list(OWN_NAMES.items())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phrase", WRITTEN)
def test_each_phrase_runs_the_way_its_language_does(phrase: Phrase, language: str) -> None:
    """A telephone takes the direction of the first letter: no Latin name may stand in front."""
    for text in text_messages(phrase, language):
        for line in text.splitlines():
            if phrase not in (Phrase.LANGUAGE_WHICH, Phrase.ABOUT_WHOM) or line[0].isalpha():
                ways = [unicodedata.bidirectional(one) for one in line]
                first = next(way for way in ways if way in ("L", "R", "AL"))
                assert (first != "L") == (language in RIGHT_TO_LEFT), line


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
@pytest.mark.parametrize("phrase", WRITTEN)
def test_no_number_is_turned_around(phrase: Phrase, language: str) -> None:
    """After Arabic letters "0800-2000" is shown as "2000-0800" (UAX #9, rules W2 and N1), unless
    Latin letters come right before it: "Veilig Thuis 0800-2000", "www.113.nl"."""
    for text in text_messages(phrase, language):
        for found in WITH_A_SIGN.finditer(text):
            before = text[: found.start()].rstrip(" .")
            assert unicodedata.bidirectional(before[-1]) == "L", text


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Hoe gaat het?", "ltr"),
        ("كيف الحال؟", "rtl"),
        ("Amina، كيف الحال في العمل؟", "rtl"),
        ("ik zeg سلام tegen jou", "ltr"),
        ("113", "ltr"),
        ("", "ltr"),
        ("ሰላም", "ltr"),
    ],
)
def test_the_direction_of_a_text_is_that_of_most_of_its_letters(text: str, way: str) -> None:
    assert locales.direction(text) == way


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "donderdag 24 september"),
        ("en", "Thursday 24 September"),
        ("ar", "الخميس 24 سبتمبر"),
        ("ti", "ሓሙስ 24 መስከረም"),
        ("tr", "24 Eylül Perşembe"),
        ("fa", "پنجشنبه 24 سپتامبر"),
        ("so", "Khamiis 24 Sebtembar"),
        ("uk", "четвер 24 вересня"),
        ("pl", "czwartek 24 września"),
    ],
)
def test_a_day_is_said_as_people_say_it(language: str, said: str) -> None:
    assert locales.say_day(date(2026, 9, 24), language) == said


def test_the_days_of_all_languages_are_tested() -> None:
    marks = test_a_day_is_said_as_people_say_it.pytestmark  # type: ignore[attr-defined]
    assert {language for language, _ in marks[0].args[1]} == set(LANGUAGES)


FIRST_NUMBERS = {
    Phrase.DANGER_SUICIDE: (
        numbers.SUICIDE_PREVENTION,
        numbers.SUICIDE_PREVENTION_CHAT,
        numbers.EMERGENCY,
    ),
    Phrase.DANGER_VIOLENCE: (numbers.EMERGENCY, numbers.SAFE_HOME),
    Phrase.DANGER_EMERGENCY: (numbers.EMERGENCY,),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phrase", FIRST_NUMBERS)
def test_the_numbers_to_call_come_first(phrase: Phrase, language: str) -> None:
    text = speech.phrase(phrase, language, {"who": "WIE", "day": "DAG"})
    places = [text.index(number) for number in FIRST_NUMBERS[phrase]]
    assert places == sorted(places)
    assert places[0] < 45, "the first number within the first line"
    assert max(places) < text.index("WIE")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_choices_of_one_list_differ(language: str) -> None:
    for lists in LISTS.values():
        for choices in lists:
            labels = [
                speech.phrase(one.label, language) if isinstance(one.label, Phrase) else one.label
                for one in choices
            ]
            assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_offer_of_a_language_is_made_in_it(language: str) -> None:
    if language != locales.SOURCE:
        offer = speech.phrase(Phrase.LANGUAGE_OFFER, language, params(language))
        assert "English" not in offer
