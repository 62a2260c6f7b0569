"""Enrolling in the console: what is asked, what goes wrong, what is said afterwards."""

import pytest
from sqlalchemy import func, select

from aftercare.lists import read_day
from aftercare.service import Service
from conversations.wishes import OWN_NAMES
from storage.models import Client, Enrolment
from tests.staff.world import FIELDS, Staff, browser


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
