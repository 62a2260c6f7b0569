"""The list of clients: who is found, chosen, and seen at a glance."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, update

from aftercare.service import Service
from conversations.words import Standing
from storage.models import Client, Enrolment
from tests.staff.world import (
    Staff,
    browser,
    checked_in,
    client,
    money_trouble,
    says,
    trouble_at_work,
)


async def _set(service: Service, reference: str, **values: object) -> None:
    async with service.database.write() as session:
        person = Client.reference == reference
        await session.execute(
            update(Enrolment)
            .where(Enrolment.client_id.in_(Client.__table__.select().with_only_columns(Client.id)
                                           .where(person).scalar_subquery()))
            .values(**values)
        )  # fmt: skip


@pytest.mark.parametrize("written", ["ami", "AMINA", "Ámina", "fat", "amina f", " Amina "])
async def test_a_name_is_found_by_its_beginning(
    service: Service, staff: Staff, written: str
) -> None:
    reference = await client(service, "Amina Fatima", "0600000001")
    await client(service, "Bilal", "0600000002")
    async with browser(service, staff.coach) as web:
        answer = await web.post("/deelnemers", data={"zoek": written})
        assert answer.status_code == 200
        assert reference in answer.text
        assert "Bilal" not in answer.text
    async with browser(service, staff.outsider) as web:
        answer = await web.post("/deelnemers", data={"zoek": written})
        assert answer.status_code == 404
        assert reference not in answer.text


@pytest.mark.parametrize("written", ["amir", "mina", "   ★ ", "x" * 5000, "%", "ami\x00x"])
async def test_what_does_not_fit_is_not_found(service: Service, staff: Staff, written: str) -> None:
    await client(service, "Amina")
    async with browser(service, staff.coach) as web:
        answer = await web.post("/deelnemers", data={"zoek": written})
        assert answer.status_code == 404
        assert "Amina" not in answer.text


async def test_a_name_that_is_looked_for_is_in_no_address(service: Service, staff: Staff) -> None:
    for number in range(30):
        await client(service, f"Samira {'abcdefghijklmnopqrstuvwxyzabcd'[number]}",
                     f"06000001{number:02}")  # fmt: skip
    async with browser(service, staff.coach) as web:
        first = await web.post("/deelnemers", data={"zoek": "samira"})
        assert "amira" not in str(first.url)
        assert first.text.count('scope="row"') == 25
        onward = first.text.split('name="voor" value="')[1].split('"')[0]
        second = await web.post("/deelnemers", data={"zoek": "samira", "voor": onward})
        assert second.text.count('scope="row"') == 5
        links = [part.split('"')[0] for part in first.text.split('href="')[1:]]
        assert not [link for link in links if "amira" in link.lower()]


CHOICES = {
    "gemeente=velsen": {"Amina", "Bilal", "Gerda"},
    "gemeente=heemskerk": {"Hugo"},
    "status=invited": {"Hugo", "Gerda"},
    "status=active": {"Amina", "Bilal"},
    "vorm=passive": {"Hugo"},
    "taal=ar": {"Gerda"},
    "gaat=not_good": {"Amina", "Bilal"},
    "gaat=good": set(),
    "hulpvraag=ja": {"Amina", "Bilal"},
    "stil=ja": {"Bilal"},
    "van=mij": {"Gerda"},
    "einde=traject": {"Amina"},
    "einde=contract": {"Bilal"},
    "status=active&hulpvraag=ja&gemeente=velsen&stil=ja": {"Bilal"},
    "gemeente=%00": {"Amina", "Bilal", "Gerda", "Hugo"},
    "status=zomaar&gaat=%27--&einde=ooit&taal=xx&van=jou&stil=nee&voor=abc": {
        "Amina", "Bilal", "Gerda", "Hugo",
    },
}  # fmt: skip


async def test_the_list_can_be_chosen(service: Service, staff: Staff) -> None:
    amina = await money_trouble(service)
    bilal = await trouble_at_work(service)
    await client(service, "Gerda", "0600000003", language="ar", werkcoach="wouter@example.org")
    await client(service, "Hugo", "0600000004", "heemskerk", form="passive")
    await _set(service, amina, ends_at=service.now() + timedelta(days=20))
    await _set(service, bilal, dialogue={"silent": 2}, contract_end=date(2026, 4, 1))
    async with browser(service, staff.coach) as web:
        for query, names in CHOICES.items():
            page = (await web.get(f"/deelnemers?{query}")).text
            found = {one for one in ("Amina", "Bilal", "Gerda", "Hugo") if f">{one}</a>" in page}
            assert found == names, query
        answer = await web.post("/deelnemers", data={"gemeente": "velsen", "stil": "ja", "x": "y"})
        assert answer.headers["location"] == "/deelnemers?gemeente=velsen&stil=ja"
        both = await web.post("/deelnemers", data={"zoek": "bil", "gemeente": "heemskerk"})
        assert both.status_code == 404
    async with browser(service, staff.outsider) as web:
        page = (await web.get("/deelnemers?gemeente=velsen")).text
        assert "Amina" not in page
        assert "Niemand staat in deze lijst" in page


async def test_a_row_tells_the_state_at_a_glance(service: Service, staff: Staff) -> None:
    reference = await client(service)
    await checked_in(service, "0600000001", "1")
    await _set(service, reference, dialogue={"silent": 3}, held_at=service.now())
    async with browser(service, staff.consultant) as web:
        page = (await web.get("/deelnemers")).text
    for words in ("goed", "2 mrt", "3 keer geen antwoord", "staat stil", "loopt"):
        assert words in page, words


async def test_a_newer_track_elsewhere_is_not_ones_own(service: Service, staff: Staff) -> None:
    reference = await client(service)
    await says(service, "0600000001", "NEE")
    assert await client(service, municipality="heemskerk", started=2) == reference
    async with browser(service, staff.consultant) as web:
        page = (await web.get("/deelnemers?status=declined")).text
        assert reference in page
        assert reference not in (await web.get("/deelnemers?status=invited")).text
    async with browser(service, staff.coach) as web:  # of both municipalities: the newest counts
        assert reference not in (await web.get("/deelnemers?status=declined")).text


async def test_few_questions_are_asked_of_the_database(service: Service, staff: Staff) -> None:
    for number in range(40):
        await client(service, f"Samir{'abcdefghij'[number % 10]}", f"06000001{number:02}")
    await _set_all_active(service)
    statements: list[str] = []
    engine = service.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    async with browser(service, staff.coach) as web:
        for path, fields in (("/deelnemers", None), ("/deelnemers?gaat=good", None),
                             ("/deelnemers", {"zoek": "sam"})):  # fmt: skip
            statements.clear()
            answer = await (web.post(path, data=fields) if fields else web.get(path))
            assert answer.status_code == 200
            assert 0 < len(statements) <= 12, statements


async def _set_all_active(service: Service) -> None:
    async with service.database.write() as session:
        await session.execute(update(Enrolment).values(standing=Standing.ACTIVE))
