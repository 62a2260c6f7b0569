"""The guide for colleagues (docs/handleiding.md) uses the very words of the console."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

_ROOT = Path(__file__).parents[2]
_GUIDE = _ROOT / "docs" / "handleiding.md"
_CATALOGUE = _ROOT / "locales" / "nl" / "LC_MESSAGES" / "console.po"
_LARGEST = 150_000


def _said() -> list[str]:
    """What the console says in Dutch."""
    with _CATALOGUE.open("rb") as file:
        strings = [one.string for one in read_po(file) if one.id]
    return [one for one in strings if isinstance(one, str)]


def _named(text: str) -> set[str]:
    """What stands in bold, over line ends too."""
    return {" ".join(one.split()) for one in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}


def test_each_button_that_the_guide_names_is_in_the_console() -> None:
    said = {one.casefold() for one in _said()}
    # A number stands behind the words of some buttons.
    said |= {re.sub(r" \(\{\w+\}\)$", "", one) for one in said}
    named = _named(_GUIDE.read_text("utf-8").replace("Woorden die **vet** zijn", ""))
    assert len(named) > 100
    assert {one for one in named if one.casefold() not in said} == set()


def test_each_chapter_and_picture_that_the_guide_points_at_is_there() -> None:
    text = _GUIDE.read_text("utf-8")
    headings = {
        re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-")
        for one in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert {one[1:] for one in links if one.startswith("#")} <= headings
    files = [_GUIDE.parent / one for one in links if not one.startswith("#")]
    assert [one for one in files if not one.exists()] == []


@pytest.mark.parametrize("role", ["werkcoaches", "consulenten", "teamleiders", "beheerders"])
def test_each_role_has_its_chapter(role: str) -> None:
    chapters = re.findall(r"^## (.+)$", _GUIDE.read_text("utf-8"), re.MULTILINE)
    assert any(role in one for one in chapters)


def test_pictures_are_small_and_each_is_in_the_guide() -> None:
    text = _GUIDE.read_text("utf-8")
    pictures = list((_GUIDE.parent / "images").glob("handleiding-*.png"))
    assert len(pictures) >= 10
    for picture in pictures:
        assert f"(images/{picture.name})" in text
        assert picture.stat().st_size < _LARGEST, picture.name
