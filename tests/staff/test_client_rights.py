"""What a client may ask: what is kept, and to have it erased."""

import json

from aftercare import casework, escalations, handing
from aftercare.lines import lead
from aftercare.service import Service
from conversations.words import OutcomeKind
from storage.models import Client
from tests.staff.test_access import BOSS, DESPAIR, RENT, share
from tests.staff.world import Staff, browser, call_of, client, money_trouble, says, trouble_at_work


async def _copy(service: Service, who: object, reference: str, form: str = "lezen") -> str:
    async with browser(service, who) as web:  # type: ignore[arg-type]
        answer = await web.post(f"/deelnemers/{reference}/gegevens/kopie", data={"vorm": form})
    assert answer.status_code == 200
    return answer.text


async def test_a_copy_holds_what_the_colleague_may_read(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    note = "regeling getroffen"
    await escalations.resolve(service, call, staff.consultant, OutcomeKind.HELPED, note)
    own = await _copy(service, staff.consultant, reference)
    for text in ("Amina", "06 00 00 00 01", RENT, note, "Geld of schulden"):
        assert text.lower() in own.lower()
    assert "bij de andere organisatie" not in own
    other = await _copy(service, staff.coach, reference)
    assert "Amina" in other
    for text in (RENT, note, "geholpen"):
        assert text not in other
    assert "bij de andere organisatie" in other
    await share(service, reference)
    assert RENT in await _copy(service, staff.coach, reference)


async def test_a_copy_holds_notes_and_what_was_understood(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    note, why = "belt liever na zessen", "ik ken hem zelf"
    await casework.add_note(service, call, staff.consultant, note)
    await escalations.take(service, call, staff.consultant)
    await handing.give_back(service, call, staff.consultant, why)
    own = json.loads(await _copy(service, staff.consultant, reference, "json"))
    (track,) = own["tracks"]
    (kept,) = track["calls_for_help"]
    assert [one["text"] for one in kept["notes"]] == [note]
    assert [one["reason"] for one in kept["came_into_other_hands"]] == [None, why]
    (said,) = [one for one in track["messages"] if one["text"] == RENT]
    assert said["understood_as"]["label"] in ("debt", "housing")
    paper = await _copy(service, staff.consultant, reference)
    assert note in paper
    assert why in paper
    await share(service, reference)  # the client's own words, not what colleagues write
    for form in ("json", "lezen"):
        other = await _copy(service, staff.coach, reference, form)
        assert RENT in other
        assert note not in other
        assert why not in other
    assert json.loads(await _copy(service, staff.coach, reference, "json"))["withheld"]


async def test_a_copy_is_a_file_too(service: Service, staff: Staff) -> None:
    reference = await trouble_at_work(service)
    async with browser(service, staff.coach) as web:
        answer = await web.post(f"/deelnemers/{reference}/gegevens/kopie", data={"vorm": "json"})
    assert answer.headers["content-type"] == "application/json"
    assert (
        answer.headers["content-disposition"] == f'attachment; filename="nazorg-{reference}.json"'
    )
    assert answer.headers["cache-control"] == "no-store"
    copy = json.loads(answer.text)
    assert copy["first_name"] == "Bilal"
    assert copy["withheld"] is False
    (track,) = copy["tracks"]
    assert track["municipality"] == "Velsen"
    assert BOSS in [one["text"] for one in track["messages"]]
    assert [one["topic"] for one in track["calls_for_help"]] == ["work"]
    assert {one["purpose"] for one in track["consents"]} == {"contact", "record"}
    assert copy["who_looked_and_acted"][-1]["did"] == "copy"
    assert "read" in [one["did"] for one in copy["who_looked_and_acted"]]
    consultants = json.loads(await _copy(service, staff.consultant, reference, "json"))
    assert consultants["withheld"] is True
    assert BOSS not in json.dumps(consultants)


async def test_only_a_lead_erases_and_types_the_reference(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    path = f"/deelnemers/{reference}/gegevens"
    async with browser(service, staff.consultant) as web:
        assert "Vraag het je teamleider" in (await web.get(path)).text
        answer = await web.post(f"{path}/wissen", data={"again": reference})
        assert answer.status_code == 404
    await lead(service, "velsen", "carla@example.org")
    async with browser(service, staff.consultant) as web:
        wrong = await web.post(f"{path}/wissen", data={"again": "ZZZZZZZZ"})
        assert wrong.status_code == 422
        assert f"Typ het kenmerk {reference}" in wrong.text
        done = await web.post(f"{path}/wissen", data={"again": reference.lower()})
        assert done.headers["location"] == "/deelnemers?gelukt=erased"
        assert "Amina" not in (await web.get("/deelnemers?gelukt=erased")).text
        for gone in (f"/deelnemers/{reference}", path):
            assert (await web.get(gone)).status_code == 404
        call = await call_of(service, reference)
        assert (await web.get(f"/hulpvragen/{call}")).status_code == 404
        assert (await web.post("/deelnemers", data={"zoek": "0600000001"})).status_code == 404
        assert (await web.post("/deelnemers", data={"zoek": reference})).status_code == 404


async def test_danger_goes_first(service: Service, staff: Staff) -> None:
    await lead(service, "velsen", "carla@example.org")
    reference = await client(service)
    await says(service, "0600000001", "JA", DESPAIR)
    async with browser(service, staff.consultant) as web:
        path = f"/deelnemers/{reference}/gegevens/wissen"
        answer = await web.post(path, data={"again": reference})
    assert answer.status_code == 409
    assert "misschien in gevaar" in answer.text
    async with service.database.read() as session:
        kept = await session.get(Client, 1)
    assert kept
    assert kept.first_name == "Amina"
