"""What a desk does on the page of a call: write, note, use, give back, hand over, release."""

from datetime import timedelta

from sqlalchemy import func, select

from aftercare import escalations
from aftercare.lines import lead
from aftercare.service import Service
from conversations.words import MessageKind, Purpose
from scheduler.calendar import Hours, local_day
from storage.models import Absence, Consent, Enrolment, Escalation, InstrumentUse, Message, Note
from tests.staff.world import (
    Staff,
    browser,
    call_of,
    client,
    money_trouble,
    says,
    trouble_at_work,
)

HTML = "<script>alert(1)</script>"


async def _count(service: Service, table: type) -> int:
    async with service.database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_a_message_is_shown_before_it_goes(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    path = f"/hulpvragen/{call}/bericht"
    woken: list[bool] = []
    async with browser(service, staff.consultant, wake=lambda: woken.append(True)) as web:
        shown = await web.post(path, data={"message": f"Kan het om 10 uur? {HTML}"})
        assert shown.status_code == 200
        assert "Carla de Proef" in shown.text
        assert "Telt als 1 sms. Het gaat meteen." in shown.text
        assert HTML not in shown.text
        assert "&lt;script&gt;" in shown.text
        assert woken == []
        answer = await web.post(path, data={"message": "Kan het om 10 uur?", "again": "1"})
        assert "Kan het om 10 uur?</textarea>" in answer.text
        answer = await web.post(path, data={"message": "Kan het om 10 uur?", "send": "1"})
        assert answer.headers["location"].endswith("?gelukt=written")
        assert woken == [True]
        page = (await web.get(f"/hulpvragen/{call}")).text
        assert "Een collega, via de bot" in page
        file = (await web.get(f"/deelnemers/{reference}/export/csv")).text
        assert "een collega, via de bot" in file.casefold()
        answer = await web.post(path, data={"message": "y" * 301})
        assert answer.status_code == 422
        assert "Hooguit 300 tekens" in answer.text


async def test_the_answer_to_a_message_is_among_the_own_words(
    service: Service, staff: Staff
) -> None:
    call = await call_of(service, await money_trouble(service))
    async with browser(service, staff.consultant) as web:
        await web.post(
            f"/hulpvragen/{call}/bericht", data={"message": "Kan het om 10?", "send": "1"}
        )
        await says(service, "0600000001", "ja prima")
        page = (await web.get(f"/hulpvragen/{call}")).text
    assert page.index("ja prima") < page.index("Het gesprek eromheen")
    async with browser(service, staff.coach) as web:  # the other side reads neither
        file = (await web.get("/deelnemers")).text
        assert "ja prima" not in file


async def test_who_reads_another_language_is_pointed_out(service: Service, staff: Staff) -> None:
    reference = await client(service, language="ar")
    await says(service, "0600000001", "نعم", "HULP", "2", "الإيجار")
    call = await call_of(service, reference)
    async with browser(service, staff.consultant) as web:
        shown = await web.post(f"/hulpvragen/{call}/bericht", data={"message": "Bel mij even"})
    assert "wordt niet vertaald" in shown.text
    assert "العربية" in shown.text


async def test_who_stopped_cannot_be_written_to_and_it_says_so(
    service: Service, staff: Staff
) -> None:
    call = await call_of(service, await money_trouble(service))
    await says(service, "0600000001", "STOP")
    async with browser(service, staff.consultant) as web:
        assert "wil geen berichten van ons" in (await web.get(f"/hulpvragen/{call}")).text
        answer = await web.post(
            f"/hulpvragen/{call}/bericht", data={"message": "Hallo", "send": "1"}
        )
    assert answer.status_code == 409
    async with service.database.read() as session:
        kinds = await session.scalars(select(Message.kind))
        assert MessageKind.STAFF not in set(kinds)


async def test_notes_are_for_the_side_that_wrote_them(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    async with browser(service, staff.consultant) as web:
        answer = await web.post(
            f"/hulpvragen/{call}/notitie", data={"new_note": f"verhuurder belt terug {HTML}"}
        )
        assert answer.headers["location"].endswith("?gelukt=note-written")
        page = (await web.get(f"/hulpvragen/{call}")).text
        assert "verhuurder belt terug &lt;script&gt;" in page
        empty = await web.post(f"/hulpvragen/{call}/notitie", data={"new_note": " "})
        assert empty.status_code == 422
    async with service.database.write() as session:
        enrolment = await session.scalar(select(Enrolment))
        assert enrolment
        session.add(
            Consent(
                enrolment_id=enrolment.id,
                purpose=Purpose.SHARE,
                wording="test",
                given_at=service.now(),
            )
        )
    async with browser(service, staff.coach) as web:  # may read the words now, not the notes
        shared = await web.get(f"/hulpvragen/{call}")
        assert shared.status_code == 200
        assert "huur" in shared.text
        assert "verhuurder belt terug" not in shared.text
    assert await _count(service, Note) == 1


async def test_notes_are_kept_encrypted(service: Service, staff: Staff) -> None:
    call = await call_of(service, await money_trouble(service))
    async with browser(service, staff.consultant) as web:
        await web.post(f"/hulpvragen/{call}/notitie", data={"new_note": "verhuurder"})
    async with service.database.engine.connect() as connection:
        (kept,) = (await connection.exec_driver_sql("SELECT text FROM note")).one()
    assert b"verhuurder" not in bytes(kept)


async def test_instruments_are_written_down_on_their_day(service: Service, staff: Staff) -> None:
    call = await call_of(service, await money_trouble(service))
    today = service.now().date()
    path = f"/hulpvragen/{call}/instrumenten"
    async with browser(service, staff.consultant) as web:
        for _ in range(2):
            answer = await web.post(path, data={"used": "debt-help", "used_on": str(today)})
            assert answer.status_code == 303
        assert await _count(service, InstrumentUse) == 1  # not twice
        page = (await web.get(f"/hulpvragen/{call}")).text
        assert "schuldhulpverlening" in page
        for data in (
            {"used": "debt-help", "used_on": str(today + timedelta(days=1))},
            {"used": "debt-help", "used_on": "gisteren"},
            {"used": "verzonnen", "used_on": str(today)},
            {"used": "debt\x00help", "used_on": str(today)},
            {"used_on": str(today)},
        ):
            assert (await web.post(path, data=data)).status_code == 422
    assert await _count(service, InstrumentUse) == 1


async def test_a_call_is_given_back_and_taken_by_another(service: Service, staff: Staff) -> None:
    call = await call_of(service, await trouble_at_work(service))
    async with browser(service, staff.coach) as web, browser(service, staff.other_coach) as other:
        await web.post(f"/hulpvragen/{call}/oppakken")
        page = (await other.get(f"/hulpvragen/{call}")).text
        assert "Teruggeven aan het team" not in page  # it is not theirs to give
        assert (
            await other.post(f"/hulpvragen/{call}/teruggeven", data={"why_back": "x"})
        ).status_code == 409
        answer = await web.post(f"/hulpvragen/{call}/teruggeven", data={"why_back": "ik ken hem"})
        assert answer.headers["location"].endswith("?gelukt=given-back")
        assert "was bij Wouter de Testcoach" in (await other.get("/werkvoorraad")).text
        await other.post(f"/hulpvragen/{call}/oppakken")
        page = (await other.get(f"/hulpvragen/{call}")).text
        assert "Wouter de Testcoach gaf de vraag terug aan het team" in page
        assert "ik ken hem" in page
        refused = await web.post(f"/hulpvragen/{call}/teruggeven", data={"why_back": "nog eens"})
        assert refused.status_code == 409
        assert "Willeke de Testcoach heeft deze hulpvraag nu" in refused.text


async def test_a_lead_gives_back_what_another_has(service: Service, staff: Staff) -> None:
    call = await call_of(service, await trouble_at_work(service))
    await lead(service, "ijmond-werkt", "willeke@example.org")
    await escalations.take(service, call, staff.coach)
    async with browser(service, staff.other_coach) as web:
        assert "Teruggeven aan het team" in (await web.get(f"/hulpvragen/{call}")).text
        answer = await web.post(f"/hulpvragen/{call}/teruggeven", data={"why_back": "ziek"})
        assert answer.status_code == 303


async def test_a_call_is_handed_over_to_a_colleague(service: Service, staff: Staff) -> None:
    call = await call_of(service, await trouble_at_work(service))
    await escalations.take(service, call, staff.coach)
    data = {
        "to": f"ijmond-werkt/{staff.other_coach.reference}",
        "reason": "belt vanmiddag",
        "seen": staff.coach.reference,
    }
    async with browser(service, staff.coach) as web:
        path = f"/hulpvragen/{call}/overdragen"
        assert (await web.post(path, data=data | {"to": ""})).status_code == 422
        assert (await web.post(path, data=data | {"seen": "zomaar"})).status_code == 404
        for to in ("velsen\x00", "ijmond-werkt/zomaar", "x" * 500, "/", "ijmond-werkt/\x00"):
            refused = await web.post(path, data=data | {"to": to})
            assert refused.status_code in (404, 422)
        assert (await web.post(path, data=data)).status_code == 303
        again = await web.post(path, data=data)  # the form was open all the time
        assert again.status_code == 409
        assert "Willeke de Testcoach heeft deze hulpvraag nu" in again.text
        assert "droeg de vraag over aan Willeke de Testcoach" in again.text


async def test_the_other_organisation_reads_the_summary_and_nothing_else(
    service: Service, staff: Staff
) -> None:
    reference = await trouble_at_work(service)
    call = await call_of(service, reference)
    data = {
        "to_other": f"velsen/{staff.consultant.reference}",
        "topic": "money",
        "summary": "loon komt te laat, huur in gevaar",
        "seen": "",
    }
    path = f"/hulpvragen/{call}/overdragen"
    async with browser(service, staff.coach) as web:
        refused = await web.post(path, data=data)
        assert refused.status_code == 422
        assert "Zet dan het vinkje" in refused.text
        assert "loon komt te laat" in refused.text  # nothing typed is lost
        wrong = data | {"topic": "work", "client_knows": "1"}
        assert (await web.post(path, data=wrong)).status_code == 422
        answer = await web.post(path, data=data | {"client_knows": "1"})
        assert answer.headers["location"] == f"/hulpvragen/{call}?gelukt=handed-across"
        assert "Doorverwezen" in (await web.get(f"/hulpvragen/{call}")).text
    new = await call_of(service, reference)
    assert new != call
    async with browser(service, staff.consultant) as web:
        page = (await web.get(f"/hulpvragen/{new}")).text
        assert "loon komt te laat" in page
        assert "schreeuwt" not in page
        assert (await web.get(f"/hulpvragen/{call}")).status_code == 404
    async with browser(service, staff.coach) as web:
        assert (await web.get(f"/hulpvragen/{new}")).status_code == 404


async def test_after_danger_the_track_is_released_from_the_call(
    service: Service, staff: Staff
) -> None:
    reference = await client(service)
    await says(service, "0600000001", "JA", "ik wil dood")
    call = await call_of(service, reference)
    path = f"/hulpvragen/{call}/vrijgeven"
    async with browser(service, staff.consultant) as web:
        assert (await web.post(path, data={"why_release": "x"})).status_code == 404  # not taken
        await web.post(f"/hulpvragen/{call}/oppakken")
        assert "De bot is stil" in (await web.get(f"/hulpvragen/{call}")).text
        assert (await web.post(path, data={"why_release": " "})).status_code == 422
        answer = await web.post(path, data={"why_release": "huisarts is geweest"})
        assert answer.headers["location"].endswith("?gelukt=released")
        assert "De bot is stil" not in (await web.get(f"/hulpvragen/{call}")).text


async def test_only_the_desk_works_on_a_call(service: Service, staff: Staff) -> None:
    call = await call_of(service, await money_trouble(service))
    for who in (staff.coach, staff.outsider, staff.manager):
        async with browser(service, who) as web:
            for step in (
                *("bericht", "notitie", "instrumenten"),
                *("teruggeven", "overdragen", "vrijgeven"),
            ):
                answer = await web.post(f"/hulpvragen/{call}/{step}", data={"message": "x"})
                assert answer.status_code == 404
                assert "Amina" not in answer.text


async def test_the_views_of_the_queue(service: Service, staff: Staff) -> None:
    call = await call_of(service, await money_trouble(service))
    async with service.database.write() as session:
        row = await session.scalar(select(Escalation).where(Escalation.reference == call))
        assert row
        row.deadline = service.now() - timedelta(hours=1)
    async with browser(service, staff.consultant) as web:
        assert "Amina" in (await web.get("/werkvoorraad?van=te-laat")).text
        assert "Amina" not in (await web.get("/werkvoorraad?van=opnieuw")).text
        assert "Amina" in (await web.get("/werkvoorraad?van=verzonnen")).text
        assert "<title>(1) Werkvoorraad" in (await web.get("/werkvoorraad")).text
        await escalations.contacted(service, call, staff.consultant)
        assert "Amina" not in (await web.get("/werkvoorraad?van=te-laat")).text


async def test_what_did_not_help_is_asked_back(service: Service, staff: Staff) -> None:
    call = await call_of(service, await money_trouble(service))
    async with service.database.write() as session:
        row = await session.scalar(select(Escalation).where(Escalation.reference == call))
        assert row
        row.again_of_id = row.id
    async with browser(service, staff.consultant) as web:
        page = (await web.get("/werkvoorraad?van=opnieuw")).text
    assert "Amina" in page
    assert "hielp niet" in page


async def test_who_is_away_is_for_oneself_the_lead_and_the_manager(
    service: Service, staff: Staff
) -> None:
    today = local_day(service.now(), Hours())
    days = {"from": str(today), "until": str(today + timedelta(days=3))}
    path = "/werkvoorraad/afwezig"
    other = days | {"who": staff.other_coach.reference}
    async with browser(service, staff.coach) as web:
        assert (await web.post(path, data=other)).status_code == 422
        assert "Willeke" not in (await web.get(path)).text.split("Wie vervangt")[0]
        for until in ("", "morgen", "9999-12-31", "0001-01-01"):
            assert (await web.post(path, data=days | {"until": until})).status_code == 422
        far = {"from": "9999-12-31", "until": "9999-12-31"}
        assert (await web.post(path, data=far)).status_code == 422
        assert (await web.post(path, data=days)).status_code == 303
    await lead(service, "ijmond-werkt", "wouter@example.org")
    async with browser(service, staff.coach) as web:
        assert (await web.post(path, data=other)).status_code == 303
    async with service.database.read() as session:
        away = {
            one.staff_member_id: one.reference for one in await session.scalars(select(Absence))
        }
    async with browser(service, staff.consultant) as web:
        end = f"{path}/{away[staff.coach.id]}"
        assert (await web.post(end)).status_code == 404
        assert "Wouter" not in (await web.get(path)).text
    async with browser(service, staff.manager) as web:
        page = (await web.get(path)).text
        assert "Wouter de Testcoach" in page
        assert "Amina" not in page
        assert (await web.post(end)).status_code == 303
    assert await _count(service, Absence) == 1
