"""One message, one meaning: two problems, danger first, no model, and whatever people can type."""

from collections.abc import Iterator

import numpy as np
import pytest

from conversations.safety import DangerKind
from conversations.understanding import meaning, model
from conversations.understanding.labels import LABELS, ROUTE_OF, TOPIC_OF, Label, Mood, Route
from conversations.understanding.marks import marks_for
from conversations.understanding.meaning import Understood, understand
from conversations.words import Topic


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The model's file is not there."""

    def missing() -> None:
        raise FileNotFoundError("weights.npz")

    monkeypatch.setattr(model, "load_model", missing)
    meaning._loaded.cache_clear()
    yield
    meaning._loaded.cache_clear()


def test_a_call_for_help_goes_to_its_organisation() -> None:
    pay = understand("mijn baas betaalt mijn loon niet")
    assert (pay.route, pay.topics, pay.sure) == (Route.WERKCOACH, (Topic.WORK,), True)
    debt = understand("ik heb schulden en krijg aanmaningen van incassobureaus")
    assert (debt.route, debt.topics, debt.sure) == (Route.GEMEENTE, (Topic.MONEY,), True)


def test_two_problems_are_two_topics() -> None:
    both = understand("mijn baas betaalt mijn loon niet en ik heb schulden bij de zorgverzekering")
    assert set(both.topics) == {Topic.WORK, Topic.MONEY}


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("mijn baas betaalt niet en ik heb huurschuld", {Topic.WORK, Topic.MONEY}),
        ("problems with my manager and also no childcare", {Topic.WORK, Topic.HOME}),
        ("szef nie płaci i mam dług za mieszkanie", {Topic.WORK, Topic.MONEY}),
    ],
)
def test_a_problem_that_is_plain_in_one_half_is_not_lost(text: str, topics: set[Topic]) -> None:
    assert set(understand(text).topics) == topics


def test_danger_comes_before_everything() -> None:
    one = understand("stop met die berichten, ik wil niet meer leven")
    assert one.danger is DangerKind.SUICIDE
    assert (one.route, one.stop, one.sure) == (Route.CRISIS, False, True)


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet dood hoor",
        "ik ben doodmoe maar blij",
        "ik lach me dood",
        "de deadline is moordend",
        "I don't want to die",
        "ölmek istemiyorum",
    ],
)
def test_a_figure_of_speech_and_a_denial_are_no_danger_to_the_model_either(text: str) -> None:
    assert understand(text).danger is None


@pytest.mark.parametrize(
    ("text", "chance", "danger"),
    [
        ("die tas slaat me hahaha", 0.001, None),
        ("vorig jaar een hartinfarct, weer hersteld", 0.001, None),
        ("hij slaat me hahaha", 0.2, DangerKind.VIOLENCE),
        ("ik wil dood haha", 0.2, DangerKind.SUICIDE),
        ("hij slaat me", 0.001, DangerKind.VIOLENCE),
        ("ik wil dood", 0.0, DangerKind.SUICIDE),
    ],
)
def test_words_count_whatever_the_model_says_but_for_a_laugh_that_it_is_certain_of(
    text: str, chance: float, danger: DangerKind | None
) -> None:
    labels = np.zeros(len(LABELS), np.float32)
    labels[LABELS.index(Label.SUICIDE)], labels[LABELS.index(Label.FINE)] = chance, 1 - chance
    read = model.Reading(labels, 0.0, 0.0, "nl")
    assert meaning.decide(text, read, marks_for("nl")).danger is danger


def test_a_figure_of_speech_does_not_hide_what_the_model_sees_beside_it() -> None:
    one = understand("ik ben doodmoe, ik heb pillen gespaard en vanavond neem ik ze allemaal in")
    assert one.danger is DangerKind.SUICIDE


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("STOP", Route.STOP),
        ("ik wil geen berichten meer van jullie", Route.STOP),
        ("ik wil mijn werkcoach spreken", Route.PERSON),
        ("dank je wel", Route.NONE),
    ],
)
def test_what_is_no_call_for_help_is_known_too(text: str, route: Route) -> None:
    one = understand(text)
    assert (one.route, one.sure) == (route, True)
    assert one.topics == ()


def test_who_is_unclear_is_asked() -> None:
    one = understand("het gaat niet")
    assert not one.sure
    assert len(one.likely) <= meaning.MOST_LIKELY


def test_a_home_without_light_cannot_wait() -> None:
    assert understand("ze hebben vandaag het gas en licht afgesloten").urgent
    assert not understand("ik wil graag een cursus doen").urgent


def test_it_goes_well_is_a_good_mood() -> None:
    assert understand("het gaat heel goed op mijn werk, leuke collega's").mood is Mood.GOOD


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("ik kan de huur niet betalen", "nl"),
        ("I cannot pay the rent", "en"),
        ("kirayı ödeyemiyorum", "tr"),
        ("nie mam na czynsz", "pl"),
        ("не можу заплатити за оренду", "uk"),
        ("لا أستطيع دفع الإيجار", "ar"),
        ("نمیتونم اجاره خونه رو بدم", "fa"),
        ("kirada ma bixin karo", "so"),
        ("ክራይ ገዛ ክኸፍል ኣይከኣልኩን", "ti"),
    ],
)
def test_the_language_is_that_of_the_message(text: str, lang: str) -> None:
    one = understand(text)
    assert one.lang == lang
    assert one.route is Route.GEMEENTE


def test_what_has_no_letters_is_in_the_writers_own_language() -> None:
    assert understand("3", "pl").lang == "pl"
    assert understand("ok", "tr").lang == "tr"
    assert understand("👍").lang == "nl"


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "a" * 100_000, "ليس\u202e" * 50, "1"])
def test_whatever_is_typed_is_read_without_failing(text: str) -> None:
    assert isinstance(understand(text), Understood)


def test_a_batch_means_the_same_as_one_by_one() -> None:
    texts = ["loon is te laat", "hallo", "ik wil dood", "kan de huur niet betalen"]
    assert meaning.understand_all(texts) == [understand(text) for text in texts]


@pytest.mark.usefixtures("without_model")
def test_without_the_model_words_still_count_and_the_rest_is_asked() -> None:
    assert not meaning.load()
    assert "weights.npz" in (meaning.why_not() or "")
    assert understand("ik wil dood").danger is DangerKind.SUICIDE
    assert understand("stop").stop
    asked = understand("mijn baas betaalt niet", "nl")
    assert (asked.sure, asked.model, asked.route) == (False, False, Route.UNCLEAR)


def test_every_label_has_a_route_and_every_call_a_topic() -> None:
    assert set(ROUTE_OF) == set(LABELS) == set(Label)
    for label, route in ROUTE_OF.items():
        assert (route in (Route.WERKCOACH, Route.GEMEENTE)) == (label in TOPIC_OF)


@pytest.mark.parametrize("text", ["blauw", "groen", "paars", "köpek", "گربه", "chair", "x1"])
def test_of_a_loose_word_the_model_knows_too_little_for_danger_or_stopping(text: str) -> None:
    found = understand(text)
    assert (found.danger, found.stop) == (None, False)
