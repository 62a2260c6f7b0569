"""Reading along in an emergency: with a reason, for an hour, and never unseen (break-glass)."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from aftercare.emergency_reads import LONGEST_REASON, SHORTEST_REASON
from aftercare.lines import lead
from aftercare.service import Service
from bot.notices import write
from conversations.understanding.labels import Label
from conversations.words import NoticeKind, Role
from staff.accounts import add_staff
from storage.models import AuditEntry, EmergencyRead, Mark, Message, Notice, StaffMember
from storage.notices import claim_notices
from tests.staff.test_access import BOSS, DESPAIR, RENT, share
from tests.staff.world import Staff, browser, client, money_trouble, says, trouble_at_work

REASON = "Zegt aan de telefoon dat het thuis niet veilig is, consulent is onbereikbaar"


async def _ask(service: Service, who: StaffMember, reference: str, reason: str = REASON) -> int:
    async with browser(service, who) as web:
        answer = await web.post(f"/deelnemers/{reference}/noodinzage", data={"reason": reason})
        return answer.status_code


async def _read(service: Service, who: StaffMember, path: str) -> str:
    async with browser(service, who) as web:
        return (await web.get(path)).text


async def _count(service: Service, what: type[EmergencyRead] | type[Notice]) -> int:
    async with service.database.read() as session:
        return await session.scalar(select(func.count()).select_from(what)) or 0


async def test_words_open_for_one_hour_and_one_client(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    other = await money_trouble(service, "Dunya", "0600000003")
    path = f"/deelnemers/{reference}"
    before = await _read(service, staff.coach, path)
    assert RENT not in before
    assert f"{path}/noodinzage" in before
    assert await _ask(service, staff.coach, reference) == 303
    opened = await _read(service, staff.coach, path)
    assert RENT in opened
    assert "Geld of schulden</a>" not in opened  # what became of the call stays the desk's own
    assert RENT not in await _read(service, staff.coach, f"/deelnemers/{other}")
    assert RENT not in await _read(service, staff.other_coach, path)
    service.clock.travel_to(service.now() + timedelta(hours=1))
    assert RENT not in await _read(service, staff.coach, path)


async def test_it_works_both_ways_and_for_danger(service: Service, staff: Staff) -> None:
    reference = await trouble_at_work(service)
    assert await _ask(service, staff.consultant, reference) == 303
    assert BOSS in await _read(service, staff.consultant, f"/deelnemers/{reference}")
    reference = await client(service)
    await says(service, "0600000001", "JA", DESPAIR)
    assert await _ask(service, staff.coach, reference) == 303
    assert DESPAIR in await _read(service, staff.coach, f"/deelnemers/{reference}")


@pytest.mark.parametrize("reason", ["", "   ", "spoed", "x" * (SHORTEST_REASON - 1)])
async def test_without_a_reason_nothing_opens(service: Service, staff: Staff, reason: str) -> None:
    reference = await money_trouble(service)
    async with browser(service, staff.coach) as web:
        answer = await web.post(f"/deelnemers/{reference}/noodinzage", data={"reason": reason})
    assert answer.status_code == 422
    assert "minstens 15 tekens" in answer.text
    assert await _ask(service, staff.coach, reference, "x" * (LONGEST_REASON + 1)) == 422
    assert await _count(service, EmergencyRead) == 0
    assert RENT not in await _read(service, staff.coach, f"/deelnemers/{reference}")


async def test_only_who_sees_the_client_and_not_the_words(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    for who in (staff.outsider, staff.manager):
        assert await _ask(service, who, reference) == 404
    researcher = await _researcher(service)
    assert await _ask(service, researcher, reference) == 404
    await share(service, reference)
    assert await _ask(service, staff.coach, reference) == 409
    assert await _count(service, EmergencyRead) == 0


async def _researcher(service: Service) -> StaffMember:
    return await add_staff(
        service,
        name="Otto Zoek",
        email="otto@example.org",
        role=Role.ONDERZOEKER,
        password="een zin die niemand raadt",
    )


async def test_the_lead_is_told_at_once_without_a_word_of_it(
    service: Service, staff: Staff
) -> None:
    await lead(service, "velsen", "carla@example.org")
    reference = await money_trouble(service)
    await claim_notices(service.database, service.now(), 100)
    assert await _ask(service, staff.coach, reference) == 303
    letters = await claim_notices(service.database, service.now(), 100)
    (letter,) = [one for one in letters if one.kind is NoticeKind.EMERGENCY_READ]
    mail = write(letter, "https://nazorg.example.org")
    assert mail.to == "carla@example.org"
    assert "https://nazorg.example.org/noodinzage" in mail.body
    for word in ("Amina", reference, "huur", "Wouter", "veilig"):
        assert word not in mail.subject + mail.body


async def test_a_desk_without_a_lead_hears_it_at_its_own_address(
    service: Service, staff: Staff
) -> None:
    reference = await money_trouble(service)
    await claim_notices(service.database, service.now(), 100)
    await _ask(service, staff.coach, reference)
    letters = await claim_notices(service.database, service.now(), 100)
    (letter,) = [one for one in letters if one.kind is NoticeKind.EMERGENCY_READ]
    assert letter.email == "nazorg@velsen.example.org"


async def test_it_is_asked_once_and_read_on_the_record(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    for _ in range(2):
        assert await _ask(service, staff.coach, reference) == 303
    assert await _count(service, EmergencyRead) == 1
    await _read(service, staff.coach, f"/deelnemers/{reference}")
    async with service.database.read() as session:
        actions = (
            await session.scalars(
                select(AuditEntry.action)
                .where(AuditEntry.staff_member_id == staff.coach.id)
                .order_by(AuditEntry.id)
            )
        ).all()
        kept = await session.scalar(text("SELECT reason FROM emergency_read"))
    assert actions == ["emergency_read", "read_in_emergency"]
    assert b"telefoon" not in bytes(kept)


async def test_pressed_twice_at_once_it_is_one(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    before = await _count(service, Notice)
    asked = [_ask(service, staff.coach, reference) for _ in range(4)]
    assert await asyncio.gather(*asked) == [303] * 4
    assert await _count(service, EmergencyRead) == 1
    assert await _count(service, Notice) == before + 1


async def test_who_leads_reads_why_and_marks_it_seen(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    await _ask(service, staff.coach, reference)
    path = f"/deelnemers/{reference}"
    in_file = await _read(service, staff.consultant, path)
    assert "Wouter de Testcoach" in in_file
    assert REASON not in in_file
    async with browser(service, staff.consultant) as web:
        assert (await web.get("/noodinzage")).status_code == 404
    await lead(service, "velsen", "carla@example.org")
    assert REASON in await _read(service, staff.consultant, path)
    page = await _read(service, staff.consultant, "/noodinzage")
    assert REASON in page
    assert "Wouter de Testcoach" in page
    (seen,) = re.findall(r'action="(/noodinzage/\w+/gezien)"', page)
    for who in (staff.coach, staff.outsider, staff.manager):
        async with browser(service, who) as web:
            assert (await web.post(seen)).status_code == 404
    async with browser(service, staff.consultant) as web:
        assert (await web.post(seen)).status_code == 303
        assert "Carla de Proef, " in (await web.get("/noodinzage")).text
    async with service.database.read() as session:
        read = await session.scalar(select(EmergencyRead))
    assert read
    assert (read.seen_by_id, read.seen_at) == (staff.consultant.id, service.now())


async def test_a_lead_of_another_desk_sees_none_of_it(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    await _ask(service, staff.coach, reference)
    await lead(service, "heemskerk", "henk@example.org")
    page = await _read(service, staff.outsider, "/noodinzage")
    assert REASON not in page
    assert "Niemand las mee" in page


async def test_what_is_read_in_an_emergency_is_not_taken_along(
    service: Service, staff: Staff
) -> None:
    reference = await money_trouble(service)
    await _ask(service, staff.coach, reference)
    async with browser(service, staff.coach) as web:
        copy = await web.post(f"/deelnemers/{reference}/gegevens/kopie", data={"vorm": "json"})
    assert copy.status_code == 200
    assert RENT not in copy.text


async def test_what_is_read_in_an_emergency_is_no_line_to_train_with(
    service: Service, staff: Staff
) -> None:
    reference = await money_trouble(service)
    async with service.database.write() as session:
        rows = await session.scalars(select(Message))
        said = next(one.id for one in rows if one.text == RENT)
        session.add(
            Mark(
                message_id=said,
                staff_member_id=staff.consultant.id,
                label=Label.INCOME,
                urgent=False,
                at=service.now(),
            )
        )
    await lead(service, "ijmond-werkt", "wouter@example.org")
    await _ask(service, staff.coach, reference)
    assert RENT not in await _read(service, staff.coach, "/terugblik/verbeteringen")
    await lead(service, "velsen", "carla@example.org")
    assert RENT in await _read(service, staff.consultant, "/terugblik/verbeteringen")
