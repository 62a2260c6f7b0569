"""`nazorg talk` and `nazorg phrases`."""

import io
import sys
from collections.abc import Callable

import pytest

import locales
from aftercare import speech
from aftercare.phrasebook import LABELS, phrasebook
from bot.talk import person, talking
from conversations.phrases import Phrase
from conversations.words import Form
from tests.bot.command import Command
from tests.bot.process import Ran


@pytest.fixture
def talk(nazorg: Command, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run `nazorg talk` with these lines typed."""

    def run(*lines: str, options: tuple[str, ...] = ()) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return nazorg("talk", *options)

    return run


def test_it_can_be_played_to_month_six(talk: Callable[..., Ran]) -> None:
    played = ["ja", *["/next", "1"] * 6, "/next", "ja", "/plan"]
    ran = talk(*played)
    assert ran.code == 0
    assert ran.out.count("hoe gaat het op je werk?") == 6
    assert "Heb je nog werk?" in ran.out
    assert "dit is ons laatste bericht" in ran.out
    assert "active, completed" in ran.out


def test_it_can_be_played_to_month_six_in_tigrinya(talk: Callable[..., Ran]) -> None:
    played = ["እወ", *["/next", "1"] * 6, "/next", "እወ", "/plan"]
    ran = talk(*played, options=("--lang", "ti"))
    assert ran.code == 0, ran.err
    for phrase in (Phrase.CLOSING_QUESTION, Phrase.CLOSING):
        said = speech.phrase(phrase, "ti", {"first_name": "Amina"})
        assert said.split("፡", 1)[-1][:20] in ran.out
    assert "active, completed" in ran.out


@pytest.mark.parametrize("language", locales.languages())
def test_it_can_be_played_in_every_language(talk: Callable[..., Ran], language: str) -> None:
    ran = talk("ok", "/next", "3", "2", "/wait 1 hour", "/calls", options=("--lang", language))
    assert ran.code == 0, ran.err
    assert "money  normal  open" in ran.out


def test_colleagues_time_and_the_plan_are_at_hand(talk: Callable[..., Ran]) -> None:
    ran = talk(
        *("ja", "ik wil dood", "/wait 20 minutes", "/take", "/contact", "/resolve helped"),
        *("/release", "/pause 2026-04-10", "/add 2026-04-20", "/skip day-22", "/extend 2026-12-01"),
        *("/photo", "/form passive", "/language en", "/six", "/quit", "this is not read"),
    )
    assert ran.code == 0, ran.err
    assert "Bel nu 113" in ran.out
    assert "(karin@example.org: Aftercare: somebody may be in danger)" in ran.out
    assert "Karin Voorbeeld: resolve, danger" in ran.out
    assert "typen" in ran.out
    assert "this is our last message" in ran.out
    assert "this is not read" not in ran.out


def test_what_cannot_be_is_told_and_the_talk_goes_on(talk: Callable[..., Ran]) -> None:
    ran = talk("ja", "/wait long", "/pause tomorrow", "/skip day-9", "/take", "/what", "/release")
    assert ran.code == 0
    assert ran.out.count("  ! ") >= 4
    assert "/wait 3 days" in ran.out


@pytest.mark.parametrize(
    "options", [("--lang", "xx"), ("--form", "declined"), ("--contract-end", "soon")]
)
def test_bad_options_are_one_clear_line(talk: Callable[..., Ran], options: tuple[str, ...]) -> None:
    ran = talk(options=options)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


async def test_mails_and_messages_are_told_in_their_order() -> None:
    told: list[str] = []
    async with talking(person("Amina", "nl", Form.ACTIVE, None), told.append) as one:
        for line in ("ja", "hulp", "2", "nee", "/wait 4 days"):
            assert await one.do(line)
        assert not await one.do("/quit")
    mailed = next(i for i, line in enumerate(told) if "a call for help is waiting" in line)
    asked = next(i for i, line in enumerate(told) if "hoe gaat het" in line)
    assert asked < mailed


def test_the_phrases_are_listed_with_their_segments(nazorg: Command) -> None:
    listed = nazorg("phrases", "--lang", "nl")
    assert listed.code == 0
    assert "check_in  (" in listed.out
    assert "GSM-7, 1 segment)" in listed.out
    report = nazorg.json("phrases", "--lang", "en")
    assert [one["phrase"] for one in report] == [str(phrase) for phrase in Phrase]
    assert nazorg("phrases", "--lang", "xx").code == 2


@pytest.mark.parametrize("language", locales.languages())
def test_every_message_has_its_segments_and_every_label_none(language: str) -> None:
    for one in phrasebook(language):
        assert one["text"]
        assert "{" not in one["text"]
        is_label = Phrase(one["phrase"]) in LABELS
        assert (one["segments"] is None) or not is_label
