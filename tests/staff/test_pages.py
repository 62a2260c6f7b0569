"""What the pages show and do."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from aftercare import escalations
from aftercare.service import Service
from conversations.words import EscalationStatus, MessageStatus, Standing
from scheduler.clock import Clock
from storage.models import (
    Consent,
    Enrolment,
    Escalation,
    InstrumentUse,
    Message,
    Notice,
    Outcome,
)
from tests.staff.world import (
    FIELDS,
    Staff,
    browser,
    call_of,
    checked_in,
    client,
    money_trouble,
    says,
    trouble_at_work,
)


def _later(service: Service, time: timedelta) -> None:
    clock: Clock = service.clock
    clock.travel_to(clock.now() + time)


async def test_the_queue_is_in_the_order_of_need(service: Service, staff: Staff) -> None:
    await money_trouble(service, "Amina", "0600000001")
    _later(service, timedelta(days=3))
    await money_trouble(service, "Brigitte", "0600000002")
    await client(service, "Gerda", "0600000003")
    await says(service, "0600000003", "JA", "ik wil dood")
    async with browser(service, staff.consultant) as web:
        page = (await web.get("/werkvoorraad")).text
    assert page.index("Gerda: mogelijk gevaar") < page.index("Amina:") < page.index("Brigitte:")
    assert "Over tijd: 1" in page
    assert "Over tijd</strong> sinds gisteren 17:00" in page
    assert "Contact uiterlijk ma 9 mrt 17:00" in page


async def test_an_empty_queue_says_what_happens_next(service: Service, staff: Staff) -> None:
    async with browser(service, staff.coach) as web:
        assert "krijg je een e-mail" in (await web.get("/werkvoorraad")).text
        assert "Pak er een op" in (await web.get("/werkvoorraad?van=mij")).text


async def test_a_call_is_taken_contacted_and_resolved(service: Service, staff: Staff) -> None:
    call = await call_of(service, await money_trouble(service))
    path = f"/hulpvragen/{call}"
    async with browser(service, staff.consultant) as web:
        page = (await web.get(path)).text
        assert "Ik kan de huur niet betalen deze maand" in page
        assert 'href="tel:+31600000001"' in page
        assert "06 00 00 00 01" in page
        assert "uiterlijk wo 4 mrt 17:00, zoals beloofd" in page
        answer = await web.post(f"{path}/oppakken")
        assert answer.headers["location"] == f"{path}?gelukt=taken"
        page = (await web.get(answer.headers["location"])).text
        assert "Je hebt deze hulpvraag opgepakt" in page
        assert "door jou, ma 2 mrt 11:00" in page
        assert "Amina" in (await web.get("/werkvoorraad?van=mij")).text
        assert (await web.post(f"{path}/contact")).status_code == 303
        answer = await web.post(f"{path}/afronden", data={"note": "x" * 20})
        assert answer.status_code == 422
        assert "Kies hoe het is afgelopen." in answer.text
        assert "x" * 20 in answer.text
        data = {"outcome": "helped", "note": "huurregeling", "instruments": ["debt-help", "valse"]}
        assert (await web.post(f"{path}/afronden", data=data)).status_code == 303
        page = (await web.get(path)).text
        assert "huurregeling" in page
        assert "schuldhulpverlening" in page
        assert "Hulpvraag afronden" not in page
        assert "Amina" not in (await web.get("/werkvoorraad")).text
    async with service.database.read() as session:
        status = await session.scalar(select(Escalation.status))
        outcomes = await session.scalar(select(func.count()).select_from(Outcome))
        uses = await session.scalar(select(func.count()).select_from(InstrumentUse))
    assert (status, outcomes, uses) == (EscalationStatus.RESOLVED, 1, 1)


async def test_the_second_to_take_a_call_hears_who_was_first(
    service: Service, staff: Staff
) -> None:
    call = await call_of(service, await trouble_at_work(service))
    await escalations.take(service, call, staff.coach)
    async with browser(service, staff.other_coach) as web:
        answer = await web.post(f"/hulpvragen/{call}/oppakken")
        assert answer.status_code == 409
        assert "Wouter de Testcoach was eerder" in answer.text
        assert "<strong>Wouter de Testcoach</strong>" in (await web.get("/werkvoorraad")).text


async def test_the_dossier_tells_the_whole_track(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    async with browser(service, staff.consultant) as web:
        page = (await web.get(f"/deelnemers/{reference}")).text
    for words in (
        "maandag 2 maart",
        "Antwoord JA of NEE",
        "aangekomen",
        "niet goed",
        "Dag 182",
        "Het traject sluit op",
        "24 feb 2026",
        "Berichten krijgen",
        "/nl</span>",
        "Carla de Proef</strong> las het gesprek",
        "Deelnemer wil stoppen",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (MessageStatus.QUEUED, "wacht"),
        (MessageStatus.SENDING, "wordt verzonden"),
        (MessageStatus.FAILED, "mislukt</span> (30005)"),
        (MessageStatus.UNCERTAIN, "onzeker of het aankwam"),
        (MessageStatus.EXPIRED, "verlopen, niet verzonden"),
        (MessageStatus.CANCELLED, "ingetrokken, niet verzonden"),
    ],
)
async def test_what_became_of_a_message_is_said_in_words(
    service: Service, staff: Staff, status: MessageStatus, words: str
) -> None:
    reference = await client(service)
    error = "30005" if status is MessageStatus.FAILED else None
    async with service.database.write() as session:
        await session.execute(update(Message).values(status=status, error=error))
    async with browser(service, staff.coach) as web:
        assert words in (await web.get(f"/deelnemers/{reference}")).text


async def test_a_client_who_wants_to_stop_is_stopped(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    woken = []
    async with browser(service, staff.coach, wake=lambda: woken.append(1)) as web:
        answer = await web.post(f"/deelnemers/{reference}/stoppen")
        assert answer.status_code == 303
        page = (await web.get(answer.headers["location"])).text
        assert "Het traject is gestopt" in page
        assert "ingetrokken op" in page
        assert "Deelnemer wil stoppen" not in page
        assert (await web.post(f"/deelnemers/{reference}/stoppen")).status_code == 409
    assert woken == [1]
    async with service.database.read() as session:
        assert await session.scalar(select(Enrolment.standing)) is Standing.WITHDRAWN
        assert (await session.scalars(select(Consent.withdrawn_at))).all()[0] == service.now()


async def test_the_list_shows_each_state_at_a_glance_and_pages(
    service: Service, staff: Staff
) -> None:
    await money_trouble(service)
    for number in range(30):
        await client(service, f"Persoon{number}", f"06000001{number:02}")
    async with browser(service, staff.coach) as web:
        first = (await web.get("/deelnemers")).text
        assert "Persoon29" in first
        assert "Persoon4<" not in first
        onward = first.split('href="/deelnemers?voor=')[1].split('"')[0]
        second = (await web.get(f"/deelnemers?voor={onward}")).text
        assert "Persoon4<" in second
        assert "Persoon5<" not in second
        assert "Amina" in second
        assert "niet goed" in second
        assert (await web.get("/deelnemers?voor=x")).status_code == 200


async def test_what_a_desk_was_told_without_a_call_is_found_again(
    service: Service, staff: Staff
) -> None:
    reference = await client(service)
    await checked_in(service, "0600000001", "4")
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).where(Notice.escalation_id.is_(None)))
    async with browser(service, staff.consultant) as web:
        page = (await web.get("/deelnemers")).text
        assert "Kijk even naar" in page
        assert f'href="/deelnemers/{reference}">Amina</a>: werkt niet meer' in page
    async with browser(service, staff.coach) as web:
        assert "Kijk even naar" not in (await web.get("/deelnemers")).text


async def test_figures_are_counts_of_ones_own_municipalities(
    service: Service, staff: Staff
) -> None:
    await money_trouble(service)
    await trouble_at_work(service)
    async with browser(service, staff.consultant) as web:
        page = (await web.get("/cijfers")).text
        assert 'nazorg-figure">2</dd>' in page
        assert "Werkcoaches IJmond Werkt!" in page
        assert "Amina" not in page
        assert "Velsen, tot" in page
    async with browser(service, staff.outsider) as web:
        assert "Er is nog niemand ingeschreven" in (await web.get("/cijfers")).text
    async with browser(service, staff.manager) as web:
        page = (await web.get("/cijfers")).text
        assert 'nazorg-figure">2</dd>' in page
        assert "Beverwijk, Heemskerk, Uitgeest, Velsen, tot" in page


async def test_html_in_a_name_or_message_is_inert(service: Service, staff: Staff) -> None:
    evil = "<script>alert(1)</script>"
    reference = await client(service, "<img src=x onerror=y>")
    await checked_in(service, "0600000001", "3", "2", f'{evil} "><b>')
    call = await call_of(service, reference)
    async with browser(service, staff.consultant) as web:
        for path in (
            "/werkvoorraad",
            "/deelnemers",
            f"/deelnemers/{reference}",
            f"/hulpvragen/{call}",
        ):
            page = (await web.get(path)).text
            assert "<img" not in page
            assert evil not in page
            assert "&lt;img src=x" in page
        answer = await web.post("/inschrijven", data=FIELDS | {"number": f'"><b>{evil}'})
        assert evil not in answer.text


async def test_arabic_and_persian_are_shown_from_right_to_left(
    service: Service, staff: Staff
) -> None:
    reference = await client(service, language="ar")
    await checked_in(service, "0600000001", "3", "2", "لا أستطيع دفع الإيجار")
    call = await call_of(service, reference)
    async with browser(service, staff.consultant) as web:
        file = (await web.get(f"/deelnemers/{reference}")).text
        page = (await web.get(f"/hulpvragen/{call}")).text
    for shown in (file, page):
        assert re.search(r'dir="rtl">\s*لا أستطيع دفع الإيجار', shown)
    assert re.search(r'dir="rtl">\s*مرحبا Amina', file)
    assert re.search(r'dir="ltr">\s*JA', file)
    assert "العربية" in file


async def test_nothing_personal_is_in_an_address(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    async with browser(service, staff.coach) as web:
        for fields in ({"zoek": "0600000001"}, {"zoek": "0600000009"}):
            answer = await web.post("/deelnemers", data=fields)
            assert "06" not in answer.headers.get("location", f"/deelnemers/{reference}")[:12]
        page = (await web.get("/deelnemers")).text
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert not [link for link in links if "Amina" in link or "0600" in link]


async def test_dutch_comes_first_and_english_is_a_choice(service: Service, staff: Staff) -> None:
    async with browser(service, staff.coach) as web:
        page = await web.get("/werkvoorraad", headers={"Accept-Language": "en"})
        assert '<html lang="nl"' in page.text
        came_from = {"Referer": f"{web.base_url}/deelnemers"}
        answer = await web.post("/taal", data={"taal": "en"}, headers=came_from)
        assert answer.headers["location"] == "/deelnemers"
        assert "Sign out" in (await web.get("/werkvoorraad")).text
        await web.post("/taal", data={"taal": "xx"}, headers={"Referer": "https://example.org//x"})
        assert "Sign out" in (await web.get("/werkvoorraad")).text
        await web.post("/taal", data={"taal": "nl"})
        assert "Uitloggen" in (await web.get("/werkvoorraad")).text
