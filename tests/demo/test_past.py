"""What happened before the demo begins fills the pages of every colleague."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest

from tests.demo.conftest import Demo

pytestmark = pytest.mark.slow


@contextmanager
def _as(demo: Demo, name: str) -> Iterator[httpx2.Client]:
    """A browser in which that colleague is signed in, in the demo as it was in the beginning."""
    with httpx2.Client(base_url=demo.url, follow_redirects=True) as visitor:
        visitor.post("/demo/opnieuw", json={}).raise_for_status()
        badges = visitor.get("/demo/stand").json()["pieces"]["badges"]
        badge = next(one for one in badges.split("<li") if f"<strong>{name}</strong>" in one)
        href = re.search(r'href="([^"]+)"', badge)
        assert href
        visitor.get(href[1])
        yield visitor


@pytest.mark.parametrize(
    ("name", "path", "words"),
    [
        ("Sanne", "/werkvoorraad", ["Over tijd: 1", "Zofia", "Oppakken", "spoed"]),
        ("Sanne", "/noodinzage", ["Niemand las mee"]),
        ("Sanne", "/ik/meldingen", ["Mijn eigen mail", "08:00–18:00"]),
        ("Sanne", "/werkvoorraad/afwezig", ["Mourad Fictie", "Annuleren"]),
        ("Sanne", "/terugblik/verbeteringen", ["Szef nie płaci mi za nadgodziny"]),
        ("Dennis", "/werkvoorraad", ["Thijs", "gevaar", "Grace"]),
        ("Karin", "/noodinzage", ["Mourad Fictie", "Op gezien zetten"]),
        ("Karin", "/deelnemers", ["Oksana", "niet te bereiken"]),
        ("Iris", "/beheer/kanalen", ["Dit nummer bestaat niet"]),
        ("Iris", "/beheer/logboek", ["noteerde een afwezigheid", "pakte een hulpvraag op"]),
        ("Iris", "/beheer/teksten", ["0,075"]),
        ("Olga", "/terugblik", ["gesprekken"]),
    ],
)
def test_there_is_something_to_find(demo: Demo, name: str, path: str, words: list[str]) -> None:
    with _as(demo, name) as visitor:
        page = visitor.get(path)
        assert page.status_code == 200
        assert [one for one in words if one not in page.text] == []


def test_a_review_is_finished_and_leaves_something_to_talk_about(demo: Demo) -> None:
    with _as(demo, "Mourad") as visitor:
        found = re.search(
            r'href="(/terugblik/steekproef/\w+)"', visitor.get("/terugblik/steekproef").text
        )
        assert found
        page = visitor.get(found[1]).text
        assert "Om over te praten" in page
        assert "stress of gevoelens" in page


def test_a_call_has_notes_a_history_and_a_message_of_a_colleague(demo: Demo) -> None:
    with _as(demo, "Sanne") as visitor:
        queue = visitor.get("/werkvoorraad").text
        calls = {
            name: visitor.get(path).text
            for path, name in re.findall(r'href="(/hulpvragen/\w+)"[^>]*>(\w+):', queue)
        }
        assert "Loonstroken opgevraagd" in calls["Zofia"]
        assert "Mourad Fictie droeg de vraag over aan" in calls["Zofia"]
        assert "Leerwerkcentrum" in calls["Dirk"]
