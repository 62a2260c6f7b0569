"""Every sentence, in every language: it can be filled in, it fits, and it asks one thing."""

import itertools
import re
from datetime import UTC, datetime

import pytest

import locales
from aftercare import speech
from conversations import dialogue, numbers
from conversations.dialogue import respond
from conversations.phrases import TEXT, Phrase
from conversations.segments import is_gsm_7, segments
from conversations.topics import ANSWERS, MENU
from conversations.turns import (
    Attachment,
    Context,
    Hello,
    Incoming,
    Press,
    Say,
    Silence,
    State,
    Text,
    Waiting,
)
from conversations.words import Channel, Form, Standing, Topic
from tests.conversations.longest import (
    CHECK_INS,
    GSM_7_LANGUAGES,
    INNER,
    LANGUAGES,
    LISTS,
    ONE_SEGMENT,
    PLACE,
    WHO,
    most_segments,
    params,
    text_messages,
)

BRACES = re.compile(r"{(\w+)}")
QUESTION_MARKS = "?؟፧"
COMPUTER = {
    "nl": ("computer",), "en": ("computer",), "ar": ("كمبيوتر",), "ti": ("ኮምፒተር",),
    "tr": ("bilgisayar",), "fa": ("کامپیوتر",), "so": ("omputer",), "uk": ("комп'ютер",),
    "pl": ("komputer",),
}  # fmt: skip
"""How each language says that a machine writes."""


def every_say() -> list[Say]:
    """Everything that the dialogue can say, found by asking it everything in every state."""
    words = ("ja", "nee", "3", "4", "1", "2", "hulp", "geld", "blauw", "stop", "ik wil dood",
             "hij slaat mij", "overdosis", "bedankt")  # fmt: skip
    incomings: list[Incoming] = [Attachment(), Hello(), Silence(), *map(Text, words)]
    incomings += [Press(2, value) for value in (*ANSWERS, *MENU, "yes", "no")]
    says = [*dialogue.invite(State()).says, *dialogue.check_in(State()).says]
    for waiting, puzzled, reminded, standing, form, incoming in itertools.product(
        Waiting, (0, 1, 2), (False, True), Standing, Form, incomings
    ):
        state = State(waiting, 2, 2, None, Topic.MONEY, puzzled, reminded)
        says += respond(state, incoming, Context(standing, form)).says
    return list({(say.phrase, say.choices, say.numbered): say for say in says}.values())


SAYS = every_say()
LABELS = frozenset(choice.label for say in SAYS for choice in say.choices)
OUTSIDE_THE_DIALOGUE = frozenset(set(Phrase) - {say.phrase for say in SAYS} - LABELS - INNER)
MESSAGES = sorted(set(Phrase) - INNER - LABELS)


def test_every_phrase_has_a_text() -> None:
    assert set(TEXT) == set(Phrase)


def test_nothing_is_kept_that_is_never_said() -> None:
    said = {say.phrase for say in SAYS}
    assert said | LABELS | INNER | OUTSIDE_THE_DIALOGUE == set(Phrase)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phrase", MESSAGES)
def test_a_phrase_is_filled_in_in_every_language(phrase: Phrase, language: str) -> None:
    text = speech.phrase(phrase, language, params(language))
    assert text.strip() == text != ""
    assert "{" not in text
    assert "}" not in text
    for name in BRACES.findall(TEXT[phrase]):
        assert params(language)[name] in text, f"{name} is not said"


@pytest.mark.parametrize("phrase", sorted(Phrase))
def test_the_house_language_is_really_translated(phrase: Phrase) -> None:
    assert locales.translations(locales.HOUSE).gettext(TEXT[phrase]) != TEXT[phrase]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phrase", MESSAGES)
def test_a_message_asks_one_thing(phrase: Phrase, language: str) -> None:
    text = speech.phrase(phrase, language, params(language))
    assert sum(text.count(mark) for mark in QUESTION_MARKS) <= 1


@pytest.mark.parametrize("language", sorted(GSM_7_LANGUAGES))
@pytest.mark.parametrize("phrase", sorted(Phrase))
def test_no_letter_makes_an_sms_twice_as_dear(phrase: Phrase, language: str) -> None:
    text = speech.phrase(phrase, language, {**params(language), **WHO})
    assert is_gsm_7(text), [one for one in text if not is_gsm_7(one)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_in_lists_four_digits(language: str) -> None:
    (say,) = dialogue.check_in(State()).says
    text, _ = speech.render(say, Channel.SMS, language, 1, params(language))
    assert [line[0] for line in text.splitlines()[1:]] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("language", sorted(ONE_SEGMENT))
@pytest.mark.parametrize("phrase", CHECK_INS)
def test_how_it_is_going_is_asked_in_one_segment(phrase: Phrase, language: str) -> None:
    for text in text_messages(phrase, language):
        assert segments(text) == 1, len(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phrase", MESSAGES)
def test_no_sms_takes_more_than_two_segments_or_three_in_other_letters(
    phrase: Phrase, language: str
) -> None:
    for text in text_messages(phrase, language):
        assert segments(text) <= most_segments(phrase, language), (len(text), text)


def test_the_lists_that_are_measured_are_the_lists_that_are_shown() -> None:
    for say in SAYS:
        shown = set(say.choices if say.numbered else ())
        assert any(shown <= set(one) for one in LISTS.get(say.phrase, ((),))), say.phrase


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "say", SAYS, ids=[f"{number}-{say.phrase}" for number, say in enumerate(SAYS)]
)
def test_a_chat_shows_buttons_and_an_sms_lists_digits(say: Say, language: str) -> None:
    text, buttons = speech.render(say, Channel.TELEGRAM, language, 7, params(language))
    sms, none = speech.render(say, Channel.SMS, language, 7, params(language))
    assert none == []
    assert [data for _, data in buttons] == [f"7:{choice.value}" for choice in say.choices]
    assert all(label for label, _ in buttons)
    listed = [f"{digit} {label}" for digit, (label, _) in enumerate(buttons, 1)]
    assert sms.splitlines() == text.splitlines() + (listed if say.numbered else [])


def test_the_request_says_who_asks_that_it_is_automatic_and_how_to_stop() -> None:
    text = speech.phrase(Phrase.INVITATION, "nl", params("nl"))
    for word in ("gefeliciteerd", "automatisch", PLACE, "STOP", "JA", "NEE"):
        assert word in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_asked_for_are_understood(language: str) -> None:
    """What a message tells people to send must be in the lists that we understand."""
    for phrase in MESSAGES:
        text = speech.phrase(phrase, language, params(language))
        for word in re.findall(r"\b(?:JA|NEE|OK|NO|STOP|HULP|HELP|YES)\b", text):
            state = State(Waiting.CONSENT, question=1)
            standing = Standing.INVITED if word in ("JA", "NEE", "OK", "NO") else Standing.ACTIVE
            turn = respond(state, Text(word), Context(standing))
            unclear = (Phrase.CONSENT_UNCLEAR, Phrase.UNCLEAR)
            assert turn.says
            assert turn.says[0].phrase not in unclear


@pytest.mark.parametrize("phrase", MESSAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_asked_to_send_yes(phrase: Phrase, language: str) -> None:
    """YES and START subscribe again at the provider, whatever we know."""
    text = speech.phrase(phrase, language, params(language))
    assert not re.search(r"\b(YES|START)\b", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_safety_replies_name_the_numbers_to_call(language: str) -> None:
    filled = params(language)
    suicide = speech.phrase(Phrase.DANGER_SUICIDE, language, filled)
    assert numbers.SUICIDE_PREVENTION in suicide
    assert numbers.SUICIDE_PREVENTION_CHAT in suicide
    assert numbers.SAFE_HOME in speech.phrase(Phrase.DANGER_VIOLENCE, language, filled)
    for phrase in (Phrase.DANGER_SUICIDE, Phrase.DANGER_VIOLENCE, Phrase.DANGER_EMERGENCY):
        text = speech.phrase(phrase, language, filled)
        assert numbers.EMERGENCY in text
        assert any(word in text for word in COMPUTER[language])


def test_the_telephone_numbers_were_checked_less_than_a_year_ago() -> None:
    age = datetime.now(UTC).date() - numbers.CHECKED
    assert age.days < 366, "check the numbers (conversations/numbers.py) and set CHECKED"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phrase", MESSAGES)
def test_nothing_threatens_or_promises_what_we_cannot_give(phrase: Phrase, language: str) -> None:
    text = speech.phrase(phrase, language, params(language)).casefold()
    for word in ("moet", "verplicht", "recht op", "premie", "you must", "entitled"):
        assert word not in text


def test_the_counter_of_segments_counts_as_the_standard_says() -> None:
    assert segments("a" * 160) == 1
    assert segments("a" * 161) == 2
    assert segments("a" * 307) == 3
    assert segments("€" * 80) == 1
    assert segments("€" * 81) == 2
    assert segments("ë" + "a" * 69) == 1
    assert segments("ë" + "a" * 70) == 2
    assert not is_gsm_7("\u00a0")
    assert is_gsm_7("één café, für")
