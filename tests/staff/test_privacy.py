"""The tables of `docs/privacy.md`, tried against the console: every role and a stranger, at every
page, and every kind of data on all pages together."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from aftercare.service import Service
from conversations.words import Topic
from staff.app import PAGES, Page
from storage.models import Absence, Enrolment, Escalation, StaffMember
from tests.staff.everything import (
    CHANGE,
    LIVE,
    NOTE,
    READ,
    ROOT,
    SAID,
    World,
    address_of,
    build,
    page_name,
    table,
)
from tests.staff.test_access import share
from tests.staff.world import Staff, browser

SOON = 2.0
"""How many seconds of the page that goes on for ever are enough."""


async def _absence(service: Service, of: StaffMember) -> str:
    """That this colleague will be away, written down by themselves."""
    form = {"who": of.reference, "from": "2027-01-04", "until": "2027-01-08"}
    async with browser(service, of) as web:
        await web.post("/werkvoorraad/afwezig", data=form)
    async with service.database.read() as session:
        rows = await session.scalars(select(Absence.reference).order_by(Absence.id.desc()))
        return rows.all()[0]


async def _hold(service: Service) -> None:
    """Danger keeps the tracks still."""
    async with service.database.write() as session:
        await session.execute(update(Enrolment).values(held_at=service.now()))
        await session.execute(update(Escalation).values(topic=Topic.DANGER))


def test_each_page_is_in_the_table_and_nothing_else() -> None:
    pages, documented = {page_name(page) for page in PAGES}, set(table("paginas"))
    assert sorted(pages - documented) == [], "put these pages into the table of docs/privacy.md"
    assert sorted(documented - pages) == [], "these pages of docs/privacy.md are no more"


@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("page", PAGES, ids=page_name)
async def test_each_page_is_for_whom_the_table_says(
    service: Service, staff: Staff, page: Page
) -> None:
    world = await build(service, staff)
    expected = table("groepen")[table("paginas")[page_name(page)]["groep"]]
    assert set(expected) == set(world.people)
    fields = {"zoek": world.addresses["/deelnemers/{reference}"]}
    found = {}
    for column, who in world.people.items():
        if "{reference}" in page.path and page.path.startswith("/werkvoorraad/afwezig/"):
            away = await _absence(service, staff.coach)
            world = replace(world, addresses={**world.addresses, page.path: away})
        if page.path.endswith("/vrijgeven"):  # there is only something to release while it is held
            await _hold(service)
        async with browser(service, who) as web:
            body = {"data": fields} if page.method == "POST" else {}
            asked = web.request(page.method, address_of(page, world), **body)  # type: ignore[arg-type]
            try:
                answer = await asyncio.wait_for(asked, SOON if page.path == LIVE else None)
            except TimeoutError:  # it has no end, for whom it is
                found[column] = "ja"
                continue
        onward = answer.headers.get("location", "")
        turned_away = answer.status_code == 303 and onward.startswith("/inloggen") and who is None
        turned_away = turned_away and page.path != "/uitloggen"
        assert answer.status_code != 500  # 502: a mail host or service that is not there
        found[column] = "nee" if answer.status_code in (403, 404) or turned_away else "ja"
        if found[column] == "nee":
            assert "Amina" not in answer.text
    assert found == expected


MARKS: Mapping[str, str] = {
    "naam": "Amina",
    "telefoonnummer": "06 00 00 00 01",
    "plan en antwoorden op check-ins": "day-22",
    "toestemmingen": "Contactmomenten bewaren",
    "wie het gesprek las": "las het gesprek",
    **{name: text for name, (_, _, text) in SAID.items()},
    "dat er een hulpvraag voor de gemeente is": r"Hulpvraag voor de gemeente|Geld of schulden</a>",
    "onderwerp van een hulpvraag voor de gemeente": "Geld of schulden</a>",
    "notitie bij een hulpvraag voor de gemeente": NOTE,
    "instrument bij een hulpvraag voor de gemeente": r"Ingezet: schuldhulpverlening",
    "dat er een hulpvraag voor de werkcoach is": r"Hulpvraag voor de werkcoach|Werk</a>",
    "onderwerp van een hulpvraag voor de werkcoach": "Werk</a>",
    "reden van een wijziging door de gemeente": CHANGE,
    "reden van een noodinzage door de werkcoach": READ,
}
"""By what each kind of data is known on a page."""


async def _all_pages(service: Service, world: World, who: StaffMember | None) -> str:
    """Everything that this person gets to see, with the copy of what is kept."""
    client = world.addresses["/deelnemers/{reference}"]
    async with browser(service, who) as web:
        gets = [page for page in PAGES if page.method == "GET" and page.path != LIVE]
        seen = [(await web.get(address_of(page, world))).text for page in gets]
        seen.append((await web.get(f"/hulpvragen/{world.addresses['work']}")).text)
        for form in ("lezen", "json"):
            path = f"/deelnemers/{client}/gegevens/kopie"
            seen.append((await web.post(path, data={"vorm": form})).text)
    return "\n".join(seen)


@pytest.mark.parametrize("column", next(iter(table("gegevens").values())))
async def test_each_kind_of_data_is_for_whom_the_table_says(
    service: Service, staff: Staff, column: str
) -> None:
    world = await build(service, staff)
    assert set(MARKS) == set(table("gegevens"))
    who = {"gedeeld": staff.coach, "in nood": staff.other_coach}.get(column)
    if column == "gedeeld":
        await share(service, world.addresses["/deelnemers/{reference}"])
    await _all_pages(service, world, staff.consultant)  # somebody read the conversation before
    seen = await _all_pages(service, world, who or world.people[column])
    found = {name: "ja" if re.search(mark, seen) else "nee" for name, mark in MARKS.items()}
    assert found == {name: row[column] for name, row in table("gegevens").items()}


def test_no_document_speaks_of_a_column_that_is_not_tried() -> None:
    data, groups = table("gegevens"), table("groepen")
    assert set(next(iter(data.values()))) > {"werkcoach", "consulent", "beheerder", "onderzoeker"}
    assert {row["groep"] for row in table("paginas").values()} == set(groups)
    for rows in (data, groups):
        assert {cell for row in rows.values() for cell in row.values()} == {"ja", "nee"}


def test_whoever_shows_words_writes_down_that_they_are_read() -> None:
    """`staff.conversation.note_reading` is the only way to the words of a conversation."""
    shows = re.compile(r"\bconversation\.read\(|\brights\.copy_of\(|\bMessage\.text\b")
    # The invitation that a colleague has just made, which nobody has said anything to yet.
    # And what pages open by a function that their first line is written down for.
    own = {"conversation.py", "access.py", "enrol.py", "meanings.py"}
    silent = [
        path.name
        for path in sorted((ROOT / "staff").rglob("*.py"))
        if path.name not in own
        and shows.search(path.read_text())
        and "note_reading(" not in path.read_text()
    ]
    assert silent == []
