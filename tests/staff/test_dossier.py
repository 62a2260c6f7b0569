"""The file of a client: as a picture and in words, on paper and to take along."""

import csv
import io
import json
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from aftercare import steering
from aftercare.service import Service
from conversations.words import Answer, CheckInStatus, Form, Standing
from staff.export import safe
from storage.models import AuditEntry, CheckIn, Client, Enrolment
from tests.staff.world import (
    Staff,
    browser,
    checked_in,
    client,
    money_trouble,
    says,
    trouble_at_work,
)

RENT = "Ik kan de huur niet betalen deze maand"
WHY = "gebeld, is op vakantie"


async def _long(service: Service, staff: Staff) -> str:
    """A track with answers of every kind, a silence, a pause, a call and a contract."""
    reference = await money_trouble(service)
    await steering.pause(service, reference, staff.coach, WHY, date(2026, 4, 10))
    async with service.database.write() as session:
        enrolment = (await session.scalars(select(Enrolment))).one()
        enrolment.first_working_day = date(2025, 12, 20)
        enrolment.contract_end = date(2026, 6, 30)
        for days, answer in (
            (60, Answer.GOOD), (45, Answer.SO_SO), (30, Answer.JOB_LOST), (15, None),
        ):  # fmt: skip
            moment = service.now() - timedelta(days=days)
            session.add(
                CheckIn(
                    enrolment_id=enrolment.id,
                    step=f"extra-{moment.date()}",
                    plan_version=1,
                    due_at=moment,
                    asked_at=moment,
                    status=CheckInStatus.ANSWERED if answer else CheckInStatus.EXPIRED,
                    answer=answer,
                    answered_at=moment if answer else None,
                )
            )
    return reference


async def test_the_picture_says_the_same_as_the_table(service: Service, staff: Staff) -> None:
    reference = await _long(service, staff)
    async with browser(service, staff.consultant) as web:
        page = (await web.get(f"/deelnemers/{reference}")).text
    picture = page.split('<svg class="nazorg-track"')[1].split("</svg>")[0]
    assert 'role="img"' in picture
    assert "<title" in picture
    assert "4 check-ins beantwoord, 1 niet beantwoord" in picture
    assert "1 hulpvragen, 1 pauzes" in picture
    for shape in ("good", "so_so", "not_good", "call", "today", "contract", "pause"):
        assert f"nazorg-track__{shape}" in picture, shape
    assert "style=" not in page
    places = [int(x) for x in re.findall(r"translate\((-?\d+) ", picture)]
    assert places
    assert all(0 <= x <= 920 for x in places)
    table = page.split("Het traject, dag voor dag")[1].split("</table>")[0]
    for words in (
        "Eerste werkdag",
        "Einde contract",
        "30 jun 2026",
        "werkt niet meer",
        "Niet beantwoord",
        "Geld of schulden",
        "Gepauzeerd",
        "Het traject sluit",
    ):
        assert words in table, words


async def test_the_other_sides_call_is_not_on_the_picture(service: Service, staff: Staff) -> None:
    reference = await _long(service, staff)
    async with browser(service, staff.coach) as web:
        page = (await web.get(f"/deelnemers/{reference}")).text
    assert "nazorg-track__call" not in page
    assert "Hulpvraag voor de gemeente" in page


@pytest.mark.parametrize("phase", ["invited", "declined", "passive", "lapsed", "late"])
async def test_a_track_in_every_phase_has_its_picture(
    service: Service, staff: Staff, phase: str
) -> None:
    agreed = {"declined": Form.DECLINED, "passive": Form.PASSIVE}.get(phase, Form.ACTIVE)
    reference = await client(service, form=agreed)
    if phase == "passive":
        await says(service, "0600000001", "JA")
    async with service.database.write() as session:
        enrolment = (await session.scalars(select(Enrolment))).one()
        if phase == "lapsed":
            enrolment.standing, enrolment.ended_at = Standing.LAPSED, service.now()
        if phase == "late":
            enrolment.first_working_day = date(2027, 1, 31)
            enrolment.contract_end = date(2035, 1, 1)
    async with browser(service, staff.coach) as web:
        for end in ("", "/afdruk", "/plan"):
            assert (await web.get(f"/deelnemers/{reference}{end}")).status_code == 200


async def test_words_lead_to_their_call(service: Service, staff: Staff) -> None:
    reference = await client(service)
    await checked_in(service, "0600000001", "3", "2", RENT)
    await says(service, "0600000001", "ik wil dood")
    async with browser(service, staff.consultant) as web:
        page = (await web.get(f"/deelnemers/{reference}")).text
    said = page.split(RENT)[1].split("</li>")[0]
    assert re.search(r'href="/hulpvragen/\w{8}">hulpvraag: geld of schulden', said)
    assert "nazorg-message--danger" in page
    assert "hulpvraag: mogelijk gevaar" in page


async def test_who_shares_the_telephone_is_shown_to_who_may_know(
    service: Service, staff: Staff
) -> None:
    reference = await client(service)
    other = await client(service, "Bilal", shares_phone=True)
    far = await client(service, "Hugo", municipality="heemskerk", shares_phone=True)
    async with browser(service, staff.consultant) as web:
        page = (await web.get(f"/deelnemers/{reference}")).text
        assert "gedeelde telefoon" in page
        assert f'href="/deelnemers/{other}">Bilal' in page
        assert "Hugo" not in page
        assert "Amina" in (await web.get(f"/deelnemers/{other}")).text
    async with browser(service, staff.outsider) as web:
        page = (await web.get(f"/deelnemers/{far}")).text
        assert "gedeelde telefoon" in page
        assert "Amina" not in page
    async with browser(service, staff.coach) as web:
        page = (await web.get(f"/deelnemers/{reference}")).text
        assert f'href="/deelnemers/{far}">Hugo' in page


async def test_what_is_taken_along_is_what_may_be_read(service: Service, staff: Staff) -> None:
    reference = await _long(service, staff)
    path = f"/deelnemers/{reference}/export"
    async with browser(service, staff.consultant) as web:
        answer = await web.get(f"{path}/json")
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["cache-control"] == "no-store"
        content = json.loads(answer.text)
        assert content["client"]["first_name"] == "Amina"
        (rent,) = (one for one in content["messages"] if one["text"] == RENT)
        assert rent["language"] == "nl"
        assert rent["understood"]["label"] in ("debt", "housing", "income")
        assert "Begrepen als:" in (await web.get(f"/deelnemers/{reference}/afdruk")).text
        assert [one["topic"] for one in content["calls"]] == ["money"]
        assert [one["kind"] for one in content["changes"]] == ["paused"]
        assert content["changes"][0]["reason_withheld"]
        answer = await web.get(f"{path}/csv")
        assert f'filename="dossier-{reference}.csv"' in answer.headers["content-disposition"]
        rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
        assert rows[0] == ["moment", "wat", "wie", "hoe", "tekst", "begrepen als"]
        assert {len(row) for row in rows} == {6}
        assert [row[4] for row in rows if row[5]][-1] == RENT
        assert [row[0] for row in rows[1:]] == sorted(row[0] for row in rows[1:])
    async with browser(service, staff.coach) as web:
        for kind in ("json", "csv"):
            text = (await web.get(f"{path}/{kind}")).text
            assert RENT not in text
            assert '"money"' not in text
            assert not any(f'"{one}"' in text for one in ("debt", "housing", "income"))
            assert "Geld" not in text.replace("2 geld of schulden", "")
        assert WHY in (await web.get(f"{path}/json")).text
        for kind in ("xlsx", "CSV", "%2e%2e"):
            assert (await web.get(f"{path}/{kind}")).status_code == 404
    async with browser(service, staff.outsider) as web:
        assert (await web.get(f"{path}/json")).status_code == 404


async def test_a_formula_in_a_message_stays_text(service: Service, staff: Staff) -> None:
    reference = await client(service, "=1+1")
    await checked_in(service, "0600000001", "3", "2", '=HYPERLINK("http://x.example.org";"klik")')
    async with browser(service, staff.consultant) as web:
        text = (await web.get(f"/deelnemers/{reference}/export/csv")).text
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert "'=1+1" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@pytest.mark.parametrize("cell", ["=1", "+31", "-2", "@a", "\t=1", "\r=1", "  =1", "＝1"])
def test_a_cell_is_never_a_formula(cell: str) -> None:
    assert safe(cell) == "'" + cell
    assert safe("gewoon - tekst") == "gewoon - tekst"


async def test_the_print_is_complete_and_without_a_way_around(
    service: Service, staff: Staff
) -> None:
    reference = await _long(service, staff)
    for number in range(90):
        await says(service, "0600000001", f"regel {number}")
    async with browser(service, staff.consultant) as web:
        assert "regel 0<" not in (await web.get(f"/deelnemers/{reference}")).text
        page = (await web.get(f"/deelnemers/{reference}/afdruk")).text
        assert "regel 0<" in page
        assert "regel 17<" in page
        assert "Afgedrukt door Carla de Proef" in page
        assert "<form" not in page.split("<main")[1].split("</main>")[0]
    async with browser(service, staff.coach) as web:
        assert RENT not in (await web.get(f"/deelnemers/{reference}/afdruk")).text


async def test_print_and_export_are_written_down_like_reading(
    service: Service, staff: Staff
) -> None:
    reference = await trouble_at_work(service)
    async with browser(service, staff.coach) as web:
        await web.get(f"/deelnemers/{reference}/afdruk")
        await web.get(f"/deelnemers/{reference}/export/csv")
        await web.get(f"/deelnemers/{reference}/export/weg")
        page = (await web.get(f"/deelnemers/{reference}")).text
    assert "nam een kopie van het dossier mee" in page
    assert "opende het dossier om af te drukken" in page
    async with service.database.read() as session:
        rows = await session.execute(
            select(AuditEntry.action, AuditEntry.detail)
            .where(AuditEntry.staff_member_id == staff.coach.id)
            .order_by(AuditEntry.id)
        )
        assert [tuple(row) for row in rows] == [
            ("print", None), ("export", "csv"), ("read", None),
        ]  # fmt: skip


async def test_a_file_is_read_with_few_questions(service: Service, staff: Staff) -> None:
    reference = await _long(service, staff)
    async with service.database.write() as session:
        (await session.scalars(select(Client))).one().shares_phone = True
    statements: list[str] = []
    engine = service.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    async with browser(service, staff.consultant) as web:
        for end in ("", "/plan"):
            statements.clear()
            answer = await web.get(f"/deelnemers/{reference}{end}")
            assert len(answer.content) < 100_000
            looked = [one for one in statements if one.startswith("SELECT")]
            assert 0 < len(looked) <= 12, looked


async def test_someone_who_never_answered_can_be_stopped_at_the_desk(
    service: Service, staff: Staff
) -> None:
    reference = await client(service)
    async with service.database.write() as session:
        enrolment = (await session.scalars(select(Enrolment))).one()
        enrolment.standing, enrolment.ended_at = Standing.LAPSED, service.now()
    async with browser(service, staff.coach) as web:
        assert "Deelnemer wil stoppen" in (await web.get(f"/deelnemers/{reference}")).text
        assert (await web.post(f"/deelnemers/{reference}/stoppen")).status_code == 303
        assert "Deelnemer wil stoppen" not in (await web.get(f"/deelnemers/{reference}")).text
