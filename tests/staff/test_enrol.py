"""Enrolling in the console: what is asked, what goes wrong, what is said afterwards."""

import html
import re

import pytest
from sqlalchemy import func, select

from aftercare import speech
from aftercare.lists import read_day
from aftercare.service import Service
from conversations import numbers
from conversations.segments import segments
from conversations.wishes import OWN_NAMES
from storage.models import Client, Enrolment, Message
from tests.staff.world import FIELDS, Staff, browser, client


async def test_enrolling_says_what_happens_next(service: Service, staff: Staff) -> None:
    woken = []
    fields = FIELDS | {"werkcoach": staff.coach.reference, "first_working_day": "20-02-2026"}
    async with browser(service, staff.consultant, wake=lambda: woken.append(1)) as web:
        page = (await web.get("/inschrijven")).text
        assert f'value="{staff.consultant.reference}" selected' in page
        answer = await web.post("/inschrijven", data=fields)
    assert answer.status_code == 200
    assert "Daan is ingeschreven" in answer.text
    assert "gaat deze sms naar Daan" in answer.text
    assert "gefeliciteerd" in answer.text
    assert "Overgeslagen" in answer.text
    assert woken == [1]
    async with service.database.read() as session:
        daan = await session.scalar(select(Client))
        track = await session.scalar(select(Enrolment))
    assert daan
    assert daan.number == "+31600000009"
    assert track
    assert track.werkcoach_id == staff.coach.id


async def test_the_first_message_may_be_in_any_of_nine_languages(
    service: Service, staff: Staff
) -> None:
    async with browser(service, staff.consultant) as web:
        page = (await web.get("/inschrijven")).text
        answer = await web.post("/inschrijven", data=FIELDS | {"language": "ar"})
    for code, name in OWN_NAMES.items():
        assert f'name="language" value="{code}"' in page
        assert f">{name}</span>" in page
    assert 'dir="rtl">مرحبا Daan' in answer.text


async def test_every_error_is_at_its_field_and_nothing_typed_is_lost(
    service: Service, staff: Staff
) -> None:
    wrong = FIELDS | {
        "first_name": "",
        "number": "0251 123456",
        "first_working_day": "31-02-2026",
        "contract_end": "morgen",
        "municipality": "heemskerk",  # not this consultant's
        "channel": "duif",
        "werkcoach": "ZZZZZZZZ",
    }
    async with browser(service, staff.consultant) as web:
        answer = await web.post("/inschrijven", data=wrong)
        assert answer.status_code == 422
        for field in wrong.keys() - {"language", "form", "exit_reason", "inkomensconsulent"}:
            assert f'id="{field}-error"' in answer.text, field
        assert 'value="0251 123456"' in answer.text
        assert 'value="morgen"' in answer.text
        # What only the use case can know comes the same way.
        early = FIELDS | {"first_working_day": "2024-01-01", "language": "xx"}
        answer = await web.post("/inschrijven", data=early)
        assert "De taal xx is er nog niet" in answer.text
        answer = await web.post("/inschrijven", data=early | {"language": "nl"})
        assert 'id="first_working_day-error"' in answer.text
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Client)) == 0


@pytest.mark.parametrize(
    ("written", "read"),
    [("2026-03-02", True), ("2-3-2026", True), ("02/03/2026", True), ("2 3 2026", True),
     ("32-3-2026", False), ("", False), ("99999-01-01", False)],
)  # fmt: skip
def test_days_are_read_as_browsers_and_people_write_them(written: str, read: bool) -> None:
    assert (read_day(written) is not None) is read


async def test_a_telegram_link_is_shown_once_with_its_qr_code(
    service: Service, staff: Staff
) -> None:
    fields = FIELDS | {"channel": "telegram", "number": ""}
    async with browser(service, staff.consultant) as web:
        answer = await web.post("/inschrijven", data=fields)
        assert "https://t.me/NazorgProefBot?start=" in answer.text
        assert 'class="nazorg-qr__drawing"' in answer.text
        assert "style=" not in answer.text
        async with service.database.read() as session:
            reference = await session.scalar(select(Client.reference))
        assert "t.me" not in (await web.get(f"/deelnemers/{reference}")).text
        again = await web.post(f"/deelnemers/{reference}/link")
        assert "https://t.me/NazorgProefBot?start=" in again.text
        assert again.text != answer.text
    async with browser(service, staff.consultant, telegram=None) as web:
        answer = await web.post("/inschrijven", data=fields | {"first_name": "Eefje"})
        assert "De Telegrambot is niet aangesloten" in answer.text
        assert "nog niet aangesloten" in (await web.get("/inschrijven")).text


async def test_a_form_sent_twice_enrols_once(service: Service, staff: Staff) -> None:
    async with browser(service, staff.consultant) as web:
        for fields in (FIELDS, FIELDS | {"channel": "telegram", "number": "", "form": "passive"}):
            assert (await web.post("/inschrijven", data=fields)).status_code == 200
            assert (await web.post("/inschrijven", data=fields)).status_code == 422
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Client)) == 2


async def test_who_declines_is_registered_without_a_number(service: Service, staff: Staff) -> None:
    async with browser(service, staff.consultant) as web:
        answer = await web.post("/inschrijven", data=FIELDS | {"form": "declined"})
        assert "wil geen nazorg" in answer.text
        async with service.database.read() as session:
            found = await session.scalar(select(Client))
        assert found
        assert found.number is None
        page = (await web.get(f"/deelnemers/{found.reference}")).text
        assert "Er worden geen berichten gestuurd" in page


async def test_the_language_comes_first_and_what_one_agrees_to_stands_there_in_it(
    service: Service, staff: Staff
) -> None:
    async with browser(service, staff.consultant) as web:
        page = (await web.get("/inschrijven")).text
    assert page.index('name="language"') < page.index('id="first_name"')
    assert 'class="nazorg-consent" lang="ar" dir="rtl"' in page
    assert 'class="nazorg-consent" lang="uk" dir="ltr"' in page
    assert page.index("Gefeliciteerd met je baan!") < page.index("Nazorg is een aanbod")
    assert len(page.encode()) < 100_000


async def test_the_likeliest_is_filled_in(service: Service, staff: Staff) -> None:
    async with browser(service, staff.coach) as web:
        page = (await web.get("/inschrijven")).text
        assert 'value="2026-03-02"' in page  # today
        assert '<option value="heemskerk">' in page
        await web.post("/inschrijven", data=FIELDS | {"municipality": "heemskerk"})
        assert '<option value="heemskerk" selected>' in (await web.get("/inschrijven")).text


async def test_a_municipality_that_is_closed_is_not_chosen(service: Service, staff: Staff) -> None:
    fields = FIELDS | {"municipality": "heemskerk", "form": "declined", "number": ""}
    async with browser(service, staff.coach) as web, browser(service, staff.manager) as manager:
        await web.post("/inschrijven", data=fields)
        await manager.post("/beheer/gemeenten/heemskerk/sluiten")
        page = (await web.get("/inschrijven")).text
        assert '<option value="velsen">' in page
        assert "heemskerk" not in page
        answer = await web.post("/inschrijven", data=fields | {"first_name": "Bo"})
        assert answer.status_code == 422
        assert "Kies een gemeente." in answer.text
        await manager.post("/beheer/gemeenten/heemskerk/sluiten", data={"doe": "openen"})
        assert '<option value="heemskerk" selected>' in (await web.get("/inschrijven")).text


async def test_the_first_message_is_seen_exactly_before_it_goes(
    service: Service, staff: Staff
) -> None:
    name = "<b>Šaćir</b> & {wie}"
    for language in OWN_NAMES:
        fields = FIELDS | {"first_name": name, "language": language, "number": "", "show": "1"}
        async with browser(service, staff.consultant) as web:
            answer = await web.post("/inschrijven", data=fields)
        assert answer.status_code == 200
        assert "utrecht-alert--error" not in answer.text
        shown = re.findall(r'<blockquote class="utrecht-blockquote" lang="(\w+)".*?</blockquote>'
                           r".*?Telt als (\d+) sms", answer.text, re.DOTALL)  # fmt: skip
        block = re.search(
            rf'<blockquote class="utrecht-blockquote" lang="{language}".*?<p[^>]*>(.*?)</p>',
            answer.text,
            re.DOTALL,
        )
        assert block
        text = html.unescape(re.sub(r"<[^>]+>", "", block[1]))
        assert text == speech.invitation(language, name, "Velsen")
        assert dict(shown)[language] == str(segments(text))
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Client)) == 0
    async with browser(service, staff.consultant) as web:
        await web.post("/inschrijven", data=FIELDS | {"language": "pl"})
    async with service.database.read() as session:
        sent = await session.scalar(select(Message.text))
    assert sent == speech.invitation("pl", "Daan", "Velsen")


async def test_a_number_in_use_tells_whose_only_to_those_who_may_know(
    service: Service, staff: Staff
) -> None:
    reference = await client(service, "Amina", "0600000009")
    async with browser(service, staff.consultant) as web:
        owner = await web.post("/inschrijven", data=FIELDS)
    async with browser(service, staff.coach) as web:
        colleague = await web.post("/inschrijven", data=FIELDS)
    async with browser(service, staff.outsider) as web:
        outsider = await web.post("/inschrijven", data=FIELDS | {"municipality": "heemskerk"})
    for answer in (owner, colleague, outsider):
        assert answer.status_code == 422
        assert 'id="number-error"' in answer.text
    assert reference in owner.text
    assert reference in colleague.text
    assert reference not in outsider.text
    assert "al in gebruik" in outsider.text


async def test_a_leaflet_is_in_the_clients_language_with_who_is_there(
    service: Service, staff: Staff
) -> None:
    reference = await client(service, "Amina", language="ar", werkcoach="wouter@example.org")
    path = f"/deelnemers/{reference}/folder"
    async with browser(service, staff.consultant) as web:
        page = (await web.get(path)).text
        assert path in (await web.get(f"/deelnemers/{reference}")).text
    assert '<article class="nazorg-leaflet" lang="ar" dir="rtl">' in page
    assert "Wouter de Testcoach" in page
    for number in (numbers.EMERGENCY, numbers.SUICIDE_PREVENTION, numbers.SAFE_HOME):
        assert f'<bdi dir="ltr">{number}</bdi>' in page
    async with browser(service, staff.outsider) as web:
        assert (await web.get(path)).status_code == 404
        assert (await web.post(path, data={"token": "x"})).status_code == 404


async def test_an_empty_leaflet_in_every_language(service: Service, staff: Staff) -> None:
    async with browser(service, staff.coach) as web:
        choices = (await web.get("/inschrijven/folder")).text
        for language, name in OWN_NAMES.items():
            path = f"/inschrijven/folder/{language}"
            assert path in choices
            assert name in choices
            page = (await web.get(path)).text
            assert f'class="nazorg-leaflet" lang="{language}"' in page
            assert page.count("nazorg-leaflet__line") == 2  # names are written by hand
        assert (await web.get("/inschrijven/folder/xx")).status_code == 404


async def test_the_leaflet_has_the_code_of_a_link_that_was_just_made(
    service: Service, staff: Staff
) -> None:
    fields = FIELDS | {"channel": "telegram", "number": "", "language": "tr"}
    async with browser(service, staff.consultant) as web:
        answer = await web.post("/inschrijven", data=fields)
        token = re.search(r'name="token" value="([^"]+)"', answer.text)
        path = re.search(r'action="(/deelnemers/\w+/folder)"', answer.text)
        assert token
        assert path
        page = (await web.post(path[1], data={"token": token[1]})).text
        assert "nazorg-qr__drawing" in page
        assert "Telegram açılır" in page
        assert "nazorg-qr__drawing" not in (await web.get(path[1])).text
        forged = await web.post(path[1], data={"token": "x" * 32})
        assert "nazorg-qr__drawing" not in forged.text
