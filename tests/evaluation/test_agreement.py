"""Agreement against worked examples that anyone can check."""

import pytest

from evaluation.agreement import agreement


def test_kappa_of_a_known_example() -> None:
    """50 grant proposals, read by two people: 20 twice yes, 15 twice no, 5 and 10 apart."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    found = agreement(pairs)
    assert (found.judged, found.alike, found.per_cent) == (50, 35, 70)
    assert found.kappa == pytest.approx(0.4)


def test_the_same_share_is_worth_less_when_one_answer_prevails() -> None:
    """Of 100, 60 alike in both; chance gives 54 of them in the first and 46 in the second."""
    first = [(1, 1)] * 45 + [(1, 0)] * 15 + [(0, 1)] * 25 + [(0, 0)] * 15
    second = [(1, 1)] * 25 + [(1, 0)] * 35 + [(0, 1)] * 5 + [(0, 0)] * 35
    assert agreement(first).kappa == pytest.approx(0.1304, abs=1e-4)
    assert agreement(second).kappa == pytest.approx(0.2593, abs=1e-4)


def test_agreement_of_nothing_and_of_one_answer_only() -> None:
    assert agreement([]).kappa is None
    assert agreement([]).per_cent == 0
    same = agreement([("debt", "debt")] * 3)
    assert (same.per_cent, same.kappa) == (100, None)
    assert agreement([("a", "b"), ("b", "a")]).kappa == pytest.approx(-1)
