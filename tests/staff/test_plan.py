"""The plan by hand: each change with a reason, seen beforehand, and made only then."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from aftercare.service import Service
from conversations.words import Channel, Form, Standing
from storage.models import CheckIn, Client, Enrolment, Message, PlanChange
from tests.staff.world import Staff, browser, client, money_trouble, says

WHY = "gebeld, is op vakantie"
YES = {"bevestig": "ja"}


async def _running(service: Service, name: str = "Amina", number: str = "0600000001") -> str:
    reference = await client(service, name, number)
    await says(service, number, "JA")
    return reference


async def _all(service: Service, rows: object) -> list[object]:
    async with service.database.read() as session:
        return list((await session.scalars(rows)).all())  # type: ignore[call-overload]


DEEDS: dict[str, tuple[dict[str, str], str]] = {
    "pause": ({"until": "2026-04-10"}, "Gepauzeerd"),
    "skip": ({"step": "day-22"}, "Overgeslagen"),
    "move": ({"step": "day-22", "to": "25-3-2026"}, "Verzet"),
    "add": ({"on": "2026-04-07"}, "Toegevoegd"),
    "extend": ({"until": "2026-12-01"}, "Verlengd"),
    "form": ({"form": "passive"}, "Andere vorm"),
    "language": ({"language": "en"}, "Andere taal"),
    "reach": ({"channel": "sms", "number": "06 00 00 00 07"}, "Ander nummer of kanaal"),
}


@pytest.mark.parametrize("action", DEEDS)
async def test_a_change_is_seen_before_it_is_made(
    service: Service, staff: Staff, action: str
) -> None:
    reference = await _running(service)
    values, word = DEEDS[action]
    fields = {f"{action}_{name}": value for name, value in values.items()}
    fields |= {"doe": action, f"{action}_reason": WHY}
    path, woken = f"/deelnemers/{reference}/plan", []
    before = len(await _all(service, select(Message)))
    async with browser(service, staff.coach, wake=lambda: woken.append(1)) as web:
        assert (await web.get(path)).status_code == 200
        answer = await web.post(path, data=fields)
        assert answer.status_code == 200
        assert "Dit verandert er voor Amina" in answer.text
        assert WHY in answer.text
        assert await _all(service, select(PlanChange)) == []
        assert len(await _all(service, select(Message))) == before
        assert not woken
        again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
        assert again == fields
        answer = await web.post(path, data=again | YES)
        assert answer.status_code == 303
        page = (await web.get(answer.headers["location"])).text
        assert woken
        assert word in page
        assert WHY in page
        assert "Wouter de Testcoach, ma 2 mrt 11:00" in page
    (change,) = await _all(service, select(PlanChange))
    assert isinstance(change, PlanChange)
    assert change.reason == WHY


async def test_the_outlook_names_days_and_words(service: Service, staff: Staff) -> None:
    reference = await _running(service)
    async with browser(service, staff.coach) as web:
        fields = {"doe": "language", "language_language": "en", "language_reason": WHY}
        page = (await web.post(f"/deelnemers/{reference}/plan", data=fields)).text
        assert "From now on I write to you in English." in page
        assert re.search(r"Taal</th>.*Nederlands.*English", page, re.S)
        fields = {"doe": "skip", "skip_step": "day-22", "skip_reason": WHY}
        page = (await web.post(f"/deelnemers/{reference}/plan", data=fields)).text
        assert re.search(r"Dag 22</th>.*?vervalt", page, re.S)
        assert "Er gaat geen bericht uit" in page


WRONG: list[tuple[dict[str, str], int, str]] = [
    ({"doe": "pause", "pause_until": "2026-04-10"}, 422, "pause_reason"),
    ({"doe": "pause", "pause_until": "ooit", "pause_reason": WHY}, 422, "pause_until"),
    ({"doe": "pause", "pause_until": "2025-04-10", "pause_reason": WHY}, 422, "pause_until"),
    ({"doe": "pause", "pause_until": "2026-04-10", "pause_reason": "x" * 1001}, 422,
     "pause_reason"),
    ({"doe": "skip", "skip_step": "day-9", "skip_reason": WHY}, 422, "skip_step"),
    ({"doe": "move", "move_step": "day-22", "move_to": "", "move_reason": WHY}, 422, "move_to"),
    ({"doe": "form", "form_form": "declined", "form_reason": WHY}, 422, "form_form"),
    ({"doe": "form", "form_form": "'--", "form_reason": WHY}, 422, "form_form"),
    ({"doe": "language", "language_language": "xx", "language_reason": WHY}, 422,
     "language_language"),
    ({"doe": "contact", "contact_who": "AAAAAAAA", "contact_reason": WHY}, 422, "contact_who"),
    ({"doe": "reach", "reach_channel": "fax", "reach_reason": WHY}, 422, "reach_channel"),
    ({"doe": "reach", "reach_channel": "sms", "reach_number": "12", "reach_reason": WHY}, 422,
     "reach_number"),
    ({"doe": "release", "release_reason": WHY}, 409, ""),
    ({"doe": "weg"}, 409, ""),
    ({}, 409, ""),
]  # fmt: skip


@pytest.mark.parametrize("confirmed", [False, True])
async def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(
    service: Service, staff: Staff, *, confirmed: bool
) -> None:
    reference = await _running(service)
    async with browser(service, staff.coach) as web:
        for fields, status, field in WRONG:
            data = fields | (YES if confirmed else {})
            answer = await web.post(f"/deelnemers/{reference}/plan", data=data)
            assert answer.status_code == status, fields
            assert not field or f'href="#{field}"' in answer.text, fields
            assert not field or f'id="{field}-error"' in answer.text, fields
    assert await _all(service, select(PlanChange)) == []


async def test_another_colleague_becomes_the_contact(service: Service, staff: Staff) -> None:
    reference = await _running(service)
    fields = {"doe": "contact", "contact_who": staff.consultant.reference, "contact_reason": WHY}
    async with browser(service, staff.consultant) as web:
        page = (await web.post(f"/deelnemers/{reference}/plan", data=fields)).text
        assert re.search(r"Inkomensconsulent</th>.*–.*Carla de Proef", page, re.S)
        answer = await web.post(f"/deelnemers/{reference}/plan", data=fields | YES)
        assert answer.status_code == 303
    async with service.database.read() as session:
        assert await session.scalar(select(Enrolment.consulent_id)) == staff.consultant.id


async def test_the_reason_is_for_the_own_side(service: Service, staff: Staff) -> None:
    reference = await _running(service)
    fields = {"doe": "pause", "pause_until": "2026-04-10", "pause_reason": "opname in kliniek"}
    async with browser(service, staff.consultant) as web:
        await web.post(f"/deelnemers/{reference}/plan", data=fields | YES)
        assert "opname in kliniek" in (await web.get(f"/deelnemers/{reference}")).text
    async with browser(service, staff.coach) as web:
        for end in ("", "/afdruk", "/export/csv", "/export/json"):
            page = (await web.get(f"/deelnemers/{reference}{end}")).text
            assert "kliniek" not in page
        page = (await web.get(f"/deelnemers/{reference}")).text
        assert "Gepauzeerd" in page
        assert "De reden is alleen voor de andere kant." in page


async def test_only_who_may_know_of_danger_releases_the_track(
    service: Service, staff: Staff
) -> None:
    reference = await client(service)
    await says(service, "0600000001", "JA", "ik wil dood")
    fields = {"doe": "release", "release_reason": "gesproken, zus is erbij"}
    path = f"/deelnemers/{reference}"
    async with browser(service, staff.coach) as web:
        for where in (path, f"{path}/plan", "/deelnemers"):
            page = (await web.get(where)).text.lower()
            assert "gevaar" not in page
            assert "staat stil" not in page
        assert (await web.post(f"{path}/plan", data=fields | YES)).status_code == 409
    async with browser(service, staff.consultant) as web:
        assert "Er was een teken van gevaar" in (await web.get(path)).text
        assert (await web.post(f"{path}/plan", data=fields | YES)).status_code == 303
        assert "zus is erbij" in (await web.get(path)).text
    async with browser(service, staff.coach) as web:
        page = (await web.get(path)).text
        assert "zus is erbij" not in page
        assert "gevaar" not in page.lower()


async def test_a_telegram_link_is_shown_once(service: Service, staff: Staff) -> None:
    reference = await _running(service)
    fields = {"doe": "reach", "reach_channel": "telegram", "reach_number": "0600000001",
              "reach_reason": WHY}  # fmt: skip
    async with browser(service, staff.coach) as web:
        page = (await web.post(f"/deelnemers/{reference}/plan", data=fields)).text
        assert "t.me" not in page
        page = (await web.post(f"/deelnemers/{reference}/plan", data=fields | YES)).text
        assert "https://t.me/NazorgProefBot?start=" in page
    async with service.database.read() as session:
        assert await session.scalar(select(Client.channel)) is Channel.TELEGRAM
        assert await session.scalar(select(Enrolment.standing)) is Standing.INVITED


async def test_an_ended_track_is_not_changed_and_a_strangers_is_not_seen(
    service: Service, staff: Staff
) -> None:
    reference = await money_trouble(service)
    path = f"/deelnemers/{reference}/plan"
    fields = {"doe": "form", "form_form": Form.PASSIVE.value, "form_reason": WHY}
    async with browser(service, staff.outsider) as web:
        assert (await web.get(path)).status_code == 404
        assert (await web.post(path, data=fields | YES)).status_code == 404
    await says(service, "0600000001", "STOP")
    async with browser(service, staff.coach) as web:
        assert "Dit traject loopt niet" in (await web.get(path)).text
        assert (await web.post(path, data=fields | YES)).status_code == 409
        assert f'href="{path}"' not in (await web.get(f"/deelnemers/{reference}")).text
    assert await _all(service, select(PlanChange)) == []


async def test_html_in_a_reason_is_inert(service: Service, staff: Staff) -> None:
    reference = await _running(service)
    evil = '"><script>alert(1)</script>'
    fields = {"doe": "add", "add_on": "2026-04-07", "add_reason": evil}
    async with browser(service, staff.coach) as web:
        assert (
            "<script>alert"
            not in (await web.post(f"/deelnemers/{reference}/plan", data=fields)).text
        )
        await web.post(f"/deelnemers/{reference}/plan", data=fields | YES)
        assert "<script>alert" not in (await web.get(f"/deelnemers/{reference}")).text
    days = await _all(service, select(CheckIn.due_at).where(CheckIn.step == "extra-2026-04-07"))
    assert [day.date() for day in days] == [date(2026, 4, 7)]  # type: ignore[attr-defined]
