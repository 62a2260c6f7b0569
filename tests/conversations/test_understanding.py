"""What is understood holds its figures, on sentences that were never learnt from.

The marks are a little below what `docs/understanding.md` shows. When one falls, look at what
changed before the mark: somebody who asks for help is behind each of these.
"""

import pytest

from conversations.understanding import meaning
from training.corpus import apart
from training.judging import Case, Figures, blind, figures, hard, strangers

pytestmark = pytest.mark.slow

EVERY = 5
"""Of the sentences held apart; all of them take a minute."""


def judged(cases: list[Case]) -> Figures:
    """What came of them."""
    assert meaning.load(), meaning.why_not()
    return figures(cases, meaning.understand_all([case.text for case in cases]))


@pytest.fixture(scope="module")
def dutch_strangers() -> Figures:
    return judged([case for case in strangers() if case.lang == "nl"])


@pytest.fixture(scope="module")
def other_strangers() -> Figures:
    return judged([case for case in strangers() if case.lang != "nl"])


@pytest.fixture(scope="module")
def written_blind() -> Figures:
    return judged([*blind()[::EVERY]])


@pytest.fixture(scope="module")
def sideways() -> Figures:
    return judged([*hard()])


@pytest.fixture(scope="module")
def held_apart() -> Figures:
    return judged([*apart()[::EVERY]])


def test_calls_for_help_in_dutch_reach_the_right_organisation(dutch_strangers: Figures) -> None:
    assert dutch_strangers.right.value >= 0.84
    assert dutch_strangers.wrong.value <= 0.03


def test_calls_for_help_in_other_languages_do(other_strangers: Figures) -> None:
    assert other_strangers.right.value >= 0.80
    assert other_strangers.wrong.value <= 0.06


def test_danger_is_seen(dutch_strangers: Figures, other_strangers: Figures) -> None:
    assert dutch_strangers.danger.value >= 0.97
    assert other_strangers.danger.value >= 0.97


def test_danger_is_rarely_seen_where_there_is_none(
    dutch_strangers: Figures, other_strangers: Figures
) -> None:
    assert dutch_strangers.false_danger.value <= 0.02
    assert other_strangers.false_danger.value <= 0.02


def test_the_wish_to_stop_is_seen(dutch_strangers: Figures, other_strangers: Figures) -> None:
    assert dutch_strangers.stop.value >= 0.95
    assert other_strangers.stop.value >= 0.95
    assert dutch_strangers.false_stop.value <= 0.005
    assert other_strangers.false_stop.value <= 0.005


def test_the_language_is_known(dutch_strangers: Figures, other_strangers: Figures) -> None:
    assert dutch_strangers.lang.value >= 0.97
    assert other_strangers.lang.value >= 0.97


def test_hard_sentences_hold_their_figures_too(held_apart: Figures) -> None:
    assert held_apart.right.value >= 0.60
    assert held_apart.wrong.value <= 0.08
    assert held_apart.danger.value >= 0.75
    assert held_apart.false_danger.value <= 0.06
    assert held_apart.false_stop.value <= 0.01


def test_danger_said_sideways_is_seen_and_what_resembles_it_is_not(sideways: Figures) -> None:
    assert sideways.danger.value >= 0.97
    assert sideways.false_danger.value <= 0.04
    assert sideways.stop.value >= 0.95
    assert sideways.false_stop.value <= 0.005
    assert sideways.wrong.value <= 0.06


def test_lines_by_writers_who_knew_nothing_of_us_are_understood(written_blind: Figures) -> None:
    assert written_blind.right.value >= 0.85
    assert written_blind.wrong.value <= 0.045
    assert written_blind.danger.value >= 0.93
    assert written_blind.false_danger.value <= 0.03
    assert written_blind.false_stop.value <= 0.005
