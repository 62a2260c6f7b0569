"""The checks of the catalogues find what is wrong, and say where and what to do."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

import locales
from conversations.phrases import TEXT, Phrase
from tests.checks import catalogues, plain

ROOT = Path(__file__).parents[2]
Rewrite = Callable[[str, Phrase, str], None]


@pytest.fixture
def rewrite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rewrite]:
    """Changes one translation in a copy of the catalogues."""
    shutil.copytree(ROOT / "locales", tmp_path / "locales")
    monkeypatch.setattr(locales, "_FOLDER", tmp_path / "locales")

    def change(language: str, phrase: Phrase, text: str) -> None:
        _rewrite(tmp_path / "locales", language, phrase, text)
        locales.translations.cache_clear()

    locales.translations.cache_clear()
    yield change
    locales.translations.cache_clear()


def _rewrite(folder: Path, language: str, phrase: Phrase, text: str) -> None:
    path = folder / language / "LC_MESSAGES" / "phrases.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    message = catalogue.get(TEXT[phrase])
    assert message is not None
    message.string = text
    with path.open("wb") as file:
        write_po(file, catalogue, width=96)


def test_the_catalogues_are_complete_and_plain() -> None:
    assert list(catalogues.problems()) == []
    assert list(plain.problems()) == []


@pytest.mark.parametrize("language", [one for one in locales.languages() if one != "en"])
def test_a_missing_translation_is_named(rewrite: Rewrite, language: str) -> None:
    rewrite(language, Phrase.CHECK_IN, "")
    (found,) = catalogues.problems()
    assert found.startswith(f"{language}/phrases: not translated (check_in)")


@pytest.mark.parametrize(
    ("language", "phrase", "text", "found"),
    [
        ("nl", Phrase.CHECK_IN, "Hoi {first_name}, hoe gaat het op je werk? " + "Fijn. " * 18,
         "takes 2 SMS segments"),
        ("so", Phrase.ALL_RIGHT, "dir CAAWI " * 32, "takes 3 SMS segments"),
        ("ti", Phrase.ALL_RIGHT, "ሓገዝ ስደዱ " * 30, "takes 4 SMS segments"),
        ("fa", Phrase.SO_SO, "کمک می‌خواهید؟ بله یا نه؟", "asks 2 things"),
        ("nl", Phrase.ALL_RIGHT, "Prima. Wij hebben geen ideeën.", "makes every SMS twice as dear"),
        ("nl", Phrase.ALL_RIGHT, "Prima.\u00a0Stuur HULP.", "makes every SMS twice as dear"),
        ("so", Phrase.ALL_RIGHT, "Waa hagaag ’", "makes every SMS twice as dear"),
        ("nl", Phrase.ALL_RIGHT, "Prima. Is er later toch iets en wil je dat een mens met je praat "
         "stuur dan HULP.", "a sentence of 17 words"),
        ("nl", Phrase.ALL_RIGHT, "Prima. Je bericht wordt morgen door iemand gelezen.",
         "is passive"),
        ("nl", Phrase.ALL_RIGHT, "Prima. Je hoort wanneer je aangemeld wordt.", "is passive"),
        ("nl", Phrase.ALL_RIGHT, "Prima. Indien er iets is: stuur HULP.", "town hall. Say: als."),
        ("nl", Phrase.ALL_RIGHT, "Prima. Wij zoeken budgetbeheer.", '"budgetbeheer" is rare'),
        ("uk", Phrase.DANGER_EMERGENCY, "Дзвоніть 112. {who} {day}. " + "Я комп'ютер. " * 12,
         "takes 4 SMS segments"),
    ],
)  # fmt: skip
def test_what_is_not_plain_is_named(
    rewrite: Rewrite, language: str, phrase: Phrase, text: str, found: str
) -> None:
    rewrite(language, phrase, text)
    problems = list(plain.problems())
    assert any(one.startswith(f"{language}/phrases: {phrase}: ") for one in problems)
    assert any(found in one for one in problems), problems


@pytest.mark.parametrize(
    "text",
    [
        "Het wordt beter.",
        "Word je boos? Bel ons.",
        "Wij geven je bericht door.",
        "Bel nu 113, gratis, dag en nacht. Of chat op 113.nl.",
    ],
)
def test_what_is_plain_is_let_through(text: str) -> None:
    assert list(plain.in_text(text, "nl")) == []


@pytest.mark.slow
def test_make_check_fails_with_the_name_of_the_phrase(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "*.py", "*.po",
         "*.html", "*.toml", "*.ini", "*.mako"], cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    for name in tracked.stdout.decode().split("\0"):
        if name and (ROOT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    _rewrite(copy / "locales", "ti", Phrase.PROMISE, "")
    _rewrite(copy / "locales", "pl", Phrase.REFUSED, "Świetnie! " * 21)
    run = subprocess.run(
        [sys.executable, "-m", "tests.checks"], cwd=copy, capture_output=True, text=True
    )
    assert run.returncode == 1, run.stderr
    assert [line.split(": ")[:2] for line in run.stdout.splitlines()] == [
        ["ti/phrases", "not translated (promise)"],
        ["pl/phrases", "refused"],
    ]
