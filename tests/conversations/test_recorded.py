"""The recorded conversations, each from its enrolment to its last line, on both databases."""

from pathlib import Path

import pytest

from aftercare.service import Service
from tests.aftercare.people import house
from tests.conversations.replay import Replay, read, recordings

MOST_WORDS_OF_A_TITLE = 30


@pytest.mark.parametrize("path", recordings(), ids=lambda path: path.stem)
async def test_a_recorded_conversation_goes_as_it_is_written(service: Service, path: Path) -> None:
    built, mailbox = house(service)
    await built.tick()
    replay = Replay(service, built, mailbox)
    await replay.play(read(path))
    assert replay.held >= 1


def test_there_are_enough_of_them_and_each_says_what_it_shows() -> None:
    assert len(recordings()) >= 60
    for path in recordings():
        recording = read(path)
        assert set(recording) <= {"shows", "people", "conversation"}, path.name
        assert 3 <= len(recording["shows"].split()) <= MOST_WORDS_OF_A_TITLE, path.name
