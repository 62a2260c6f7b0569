"""The words of the console."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest

from staff.labels import ACTIONS, DONE, LABELS
from staff.wording import Words

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
DUTCH = Words("nl", NOW)


@pytest.mark.parametrize("kind", LABELS, ids=lambda kind: kind.__name__)
def test_every_word_has_a_label_in_dutch(kind: type[StrEnum]) -> None:
    assert set(kind) == set(LABELS[kind])
    for word in kind:
        assert DUTCH.label(word)


def test_every_action_and_message_is_in_dutch() -> None:
    for text in (*ACTIONS.values(), *DONE.values()):
        assert DUTCH.say(text) != text


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (NOW + timedelta(days=1, hours=5, minutes=32), "di 3 mrt 16:32"),
        (datetime(2026, 7, 1, 15, 32, tzinfo=UTC), "wo 1 jul 17:32"),
        (datetime(2025, 12, 31, 11, 0, tzinfo=UTC), "wo 31 dec 2025 12:00"),
    ],
)
def test_moments_are_in_wall_time(moment: datetime, said: str) -> None:
    assert DUTCH.moment(moment) == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, "vandaag 11:00"), (14, "morgen 01:00"), (-12, "gisteren 23:00"), (48, "wo 4 mrt 11:00")],
)
def test_days_near_today_have_a_name(hours: int, said: str) -> None:
    assert DUTCH.soon(NOW + timedelta(hours=hours)) == said


def test_numbers_are_written_as_people_do() -> None:
    assert DUTCH.number("+31600000001") == "06 00 00 00 01"
    assert DUTCH.number("+4912345") == "+4912345"


def test_steps_are_days() -> None:
    assert DUTCH.step("day-106") == "dag 106"
    assert Words("en", NOW).step("day-106") == "day 106"
    assert DUTCH.step("extra") == "extra"
