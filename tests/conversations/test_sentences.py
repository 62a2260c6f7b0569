"""The training sentences can be read, are many, and none is there twice."""

from collections import Counter

import pytest

from conversations.understanding.labels import LABELS, LANGUAGES, TOPIC_OF
from training.corpus import corpus, key
from training.judging import blind, hard, strangers


def test_there_are_enough_in_every_language() -> None:
    counted = Counter(line.lang for line in corpus())
    assert counted.total() >= 6000
    assert set(counted) == set(LANGUAGES)
    assert min(counted.values()) >= 400


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_is_there_in_every_language(lang: str) -> None:
    counted = Counter(label for line in corpus() if line.lang == lang for label in line.labels)
    assert set(counted) == set(LABELS)
    assert min(counted[label] for label in TOPIC_OF) >= 8


def test_none_is_there_twice() -> None:
    counted = Counter((line.lang, key(line.text)) for line in corpus())
    assert [one for one, times in counted.items() if times > 1] == []


def test_what_strangers_wrote_is_not_learnt_from() -> None:
    learnt = {key(line.text) for line in corpus() if not line.held_apart}
    theirs = [key(one.text) for one in [*strangers(), *hard(), *blind()]]
    same = [one for one in theirs if one in learnt and len(one) > 25]
    assert same == []
