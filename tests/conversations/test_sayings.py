"""What we tell people to send, we understand: in every language, wherever it is shown."""

import itertools
import re
from collections import defaultdict
from dataclasses import fields

import pytest

from aftercare import speech
from conversations.dialogue import respond
from conversations.phrases import TEXT, Phrase
from conversations.safety import danger_in
from conversations.sayings import SAYINGS
from conversations.sayings.ways import Sayings
from conversations.topics import ANSWERS, MENU
from conversations.turns import (
    YES_OR_NO,
    CheckInAnswered,
    ConsentGiven,
    ConsentRefused,
    Context,
    Danger,
    HelpAsked,
    LanguageWanted,
    Lapsed,
    OptedOut,
    State,
    Text,
    Turn,
    Waiting,
)
from conversations.understanding import answers
from conversations.understanding.answers import key
from conversations.understanding.stopping import is_stop
from conversations.wishes import OWN_NAMES, wish_in
from conversations.words import Answer, Standing, Topic
from tests.conversations.longest import LANGUAGES, params

LABELS = (
    *(Phrase(f"answer_{one}") for one in ANSWERS),
    *(Phrase(f"topic_{one}") for one in MENU),
    *(Phrase.YES, Phrase.NO, Phrase.RATHER_NOT, Phrase.PERSON_WORK, Phrase.PERSON_OTHER),
)
ASKED = {
    "nl": ("JA", "NEE", "HULP"),
    "en": ("OK", "NO", "HELP"),
    "ar": ("نعم", "لا", "مساعدة"),
    "ti": ("እወ", "ኣይፋልን", "ሓገዝ"),
    "tr": ("EVET", "HAYIR", "YARDIM"),
    "fa": ("بله", "نه", "کمک"),
    "so": ("HAA", "MAYA", "CAAWI"),
    "uk": ("ТАК", "НІ", "ДОПОМОГА"),
    "pl": ("TAK", "NIE", "POMOC"),
}
"""What the catalogues ask for as yes, no and help."""

DRESSES = ("{}", " {} ", "{}.", "{}!", "({})", "{}\n", "«{}»", "“{}”", "\u200f{}", "{} 🙂")


def _heard(client: str, text: str, waiting: Waiting, **more: object) -> Turn:
    state = State(waiting, 2, 2, None, **more)  # type: ignore[arg-type]
    context = Context(Standing.ACTIVE, language=client, languages=LANGUAGES)
    return respond(state, Text(text), context)


def _ways(text: str) -> set[str]:
    """`text` as people type it."""
    bare = text.casefold()
    written = {text, bare, text.upper(), text.replace("\u200c", ""), text.replace("\u200c", " ")}
    written |= {bare.translate(str.maketrans("şğüöçıâęąśćńóżźł", "sguociaeascnozzl"))}
    written |= {text.replace("'", sign) for sign in ("\u2019", "\u02bc", "`", "")}
    return {dress.format(one) for one in written for dress in DRESSES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phrase", sorted(Phrase))
def test_each_message_asks_for_the_words_of_its_language(phrase: Phrase, language: str) -> None:
    text = speech.phrase(phrase, language, {**params(language), "name": "", "title": "",
                                            "organisation": ""})  # fmt: skip
    yes, no, call = ASKED[language]
    if "Reply OK or NO" in TEXT[phrase]:
        assert re.search(rf"{yes}\W.*{no}", text), text
    if "send NO" in TEXT[phrase]:
        assert no in text
    if "send HELP" in TEXT[phrase]:
        assert call in text
    if "send STOP" in TEXT[phrase]:
        assert "STOP" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_and_no_are_heard_in_every_state_that_asks_for_them(language: str) -> None:
    labels = speech.phrase(Phrase.YES, language), speech.phrase(Phrase.NO, language)
    for said, agreed in [*zip(ASKED[language], (True, False)), *zip(labels, (True, False))]:  # noqa: B905
        for way in _ways(said):
            assert answers.yes_or_no(way) is agreed, way
        invited = respond(State(Waiting.CONSENT, 1), Text(said), Context(Standing.INVITED))
        assert invited.events == ((ConsentGiven() if agreed else ConsentRefused()),)
        for waiting in sorted(YES_OR_NO):
            turn = _heard(language, said, waiting, topic=Topic.MONEY, language="en")
            assert turn.state.waiting is not waiting
            assert turn.state.puzzled == 0
            lapsed = Lapsed(waiting, 2, Topic.MONEY)
            late = _heard(language, said, Waiting.NOTHING, lapsed=lapsed, language="en")
            assert late.state.lapsed is None
            assert late.state.puzzled == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", ANSWERS)
def test_each_answer_of_the_check_in_is_heard(answer: Answer, language: str) -> None:
    label = speech.phrase(Phrase(f"answer_{answer}"), language)
    number = ANSWERS.index(answer) + 1
    for way in _ways(label) | {f"{number} {label}", f"{number}. {label.upper()}", f"{number})"}:
        assert answers.check_in_answer(way, ANSWERS) is answer, way
    turn = _heard(language, label, Waiting.CHECK_IN)
    assert turn.events[0] == CheckInAnswered(answer, 2)
    late = _heard(language, label, Waiting.NOTHING)
    assert late.events[0] == CheckInAnswered(answer, 2, late=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", MENU)
def test_each_topic_is_heard(topic: Topic, language: str) -> None:
    label = speech.phrase(Phrase(f"topic_{topic}"), language)
    listed = (topic, Topic.OTHER) if topic is not Topic.OTHER else (Topic.MONEY, topic)
    for menu in (MENU, listed):
        number = menu.index(topic) + 1
        for way in _ways(label) | {f"{number} {label}", f"{number}. {label}"}:
            assert answers.topics(way, menu) == (topic,), way
    for waiting in (Waiting.TOPIC, Waiting.NOTHING, Waiting.CHECK_IN):
        assert HelpAsked(topic) in _heard(language, label, waiting).events, waiting
    listing = _heard(language, label, Waiting.TOPIC, choices=listed, told=True)
    assert HelpAsked(topic, told=True) in listing.events


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_topics_may_be_named_in_one_breath(language: str) -> None:
    first, second = (
        speech.phrase(phrase, language) for phrase in (Phrase.TOPIC_WORK, Phrase.TOPIC_OTHER)
    )
    joined = SAYINGS[language].and_.split("|")[0].strip()
    if " " not in second and joined != "ን":  # which is written to the word before it
        found = answers.topics(f"{first} {joined} {second}", MENU)
        assert found == (Topic.WORK, Topic.OTHER)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rather_not_is_heard_and_the_promise_follows(language: str) -> None:
    for said in (speech.phrase(Phrase.RATHER_NOT, language), ASKED[language][1]):
        for way in _ways(said):
            assert answers.is_skip(way), way
        turn = _heard(language, said, Waiting.OWN_WORDS, topic=Topic.MONEY)
        assert [say.phrase for say in turn.says] == [Phrase.PROMISE]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_for_help_is_heard_wherever_it_is_named(language: str) -> None:
    call = ASKED[language][2]
    for way in _ways(call):
        assert answers.is_call(way), way
    for waiting in (Waiting.NOTHING, Waiting.CHECK_IN, Waiting.MORE_WORDS, *sorted(YES_OR_NO)):
        turn = _heard(language, call, waiting, language="en")
        assert Phrase.WHAT_ABOUT_CALL in [say.phrase for say in turn.says], waiting


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_what_a_person_is_wanted_is_heard(language: str) -> None:
    for phrase, topic in ((Phrase.PERSON_WORK, Topic.WORK), (Phrase.PERSON_OTHER, Topic.OTHER)):
        turn = _heard(language, speech.phrase(phrase, language), Waiting.PERSON)
        assert [one.topic for one in turn.events if isinstance(one, HelpAsked)] == [topic]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_chosen_by_its_own_name(language: str) -> None:
    for number, (code, name) in enumerate(OWN_NAMES.items(), start=1):
        for way in (name, name.upper(), f"{number}", f"{number}."):
            turn = _heard(language, way, Waiting.WHICH_LANGUAGE)
            assert LanguageWanted(code) in turn.events, way


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_we_ask_people_to_send_is_never_heard_as_danger_or_stopping(language: str) -> None:
    labels = {speech.phrase(label, language) for label in LABELS}
    for waiting, said in itertools.product(Waiting, sorted(labels | {*ASKED[language]})):
        if waiting is not Waiting.CONSENT:
            turn = _heard(language, said, waiting, topic=Topic.MONEY, language="en")
            assert not [one for one in turn.events if isinstance(one, Danger | OptedOut)], said


@pytest.mark.parametrize("text", ["voor mij hoeft het allemaal niet meer", "chcę zniknąć"])
def test_danger_that_only_the_model_sees_gets_its_reply(text: str) -> None:
    turn = _heard("nl", text, Waiting.CHECK_IN)
    assert [say.phrase for say in turn.says] == [Phrase.DANGER_SUICIDE]


def _everything() -> dict[str, set[str]]:
    found = defaultdict(set)
    for one in SAYINGS.values():
        for field in fields(Sayings):
            if field.name not in ("numbers", "around_a_number", "and_"):
                for way in getattr(one, field.name).split("|"):
                    found[key(way)].add(field.name)
    return found


def test_a_way_says_one_thing_only() -> None:
    for way, meanings in _everything().items():
        assert way
        assert len(meanings) == 1 or meanings in ({"good", "yes"}, {"good", "thanks"}), way


def test_what_is_said_so_is_neither_danger_nor_a_wish_to_stop() -> None:
    for way in _everything():
        assert danger_in(way) is None, way
        assert not is_stop(way), way
        assert wish_in(way) is None, way


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_can_say_everything(language: str) -> None:
    for field in fields(Sayings):
        ways = getattr(SAYINGS[language], field.name).split("|")
        assert all(way.strip() for way in ways), field.name
    assert len(SAYINGS[language].numbers.split("|")) == len(MENU)


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("ewe", True), ("እወ!", True), ("አዎ", True), ("aywa", True), ("Na3am", True),
        ("أيوة", True), ("نَعَمْ", True), ("طيب", True), ("evet lutfen", True), ("Tabii ki", True),
        ("بلی", True), ("می خواهم", True), ("میخواهم", True), ("bale", True), ("Waa yahay", True),
        ("да", True), ("Авжеж", True), ("tak, prosze", True), ("oczywiscie", True),
        ("aykonen", False), ("ኣይፋል", False), ("lla", False), ("لأ", False), ("لا، شكراً", False),
        ("hayir tesekkurler", False), ("istemiyorum", False), ("نمی خواهم", False),
        ("نمیخواهم", False), ("nakheir", False), ("ma rabo", False), ("нет", False),
        ("не треба", False), ("nie dziekuje", False),
        ("na", None), ("to", None), ("jo", None),
    ],
)  # fmt: skip
def test_yes_and_no_as_people_type_them(text: str, agreed: bool | None) -> None:
    assert answers.yes_or_no(text) is agreed
