"""What was understood of a message, what colleagues say that it meant, and what leaves of that."""

from sqlalchemy import select, update

from aftercare.service import Service
from conversations.understanding.labels import Label
from conversations.words import Purpose
from storage.models import AuditEntry, Consent, Enrolment, Mark, Message
from tests.staff.test_review import (
    RENT,
    judge_all,
    lead,
    message_id,
    second_consultant,
    started,
)
from tests.staff.world import Staff, browser, client, money_trouble, says


async def test_what_was_understood_is_kept_and_shown_beside_the_words(
    service: Service, staff: Staff
) -> None:
    reference = await money_trouble(service)
    async with service.database.read() as session:
        rows = {
            one.text: one
            for one in await session.scalars(select(Message).where(Message.direction == "in"))
        }
    assert rows[RENT].label in (Label.DEBT, Label.HOUSING, Label.INCOME)
    assert rows[RENT].language == "nl"
    assert rows[RENT].sure is not None
    assert rows["JA"].label is None
    assert rows["3"].label is None
    async with browser(service, staff.consultant) as web:
        own = (await web.get(f"/deelnemers/{reference}")).text
    async with browser(service, staff.coach) as web:
        other = (await web.get(f"/deelnemers/{reference}")).text
    assert "Begrepen als:" in own
    assert 'lang="nl" dir="ltr">Ik kan de huur' in own.replace("\n", "")
    assert "Begrepen als:" not in other
    assert "/terugblik/bericht/" not in other


async def test_another_language_is_named_and_marked(service: Service, staff: Staff) -> None:
    reference = await client(service)
    await says(service, "0600000001", "JA", "моя зарплата не приходить уже два місяці")
    async with browser(service, staff.coach) as web:
        page = (await web.get(f"/deelnemers/{reference}")).text
    assert 'lang="uk"' in page
    assert "Oekraïens" in page


async def test_a_correction_is_made_while_at_work(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    number = await message_id(service, RENT)
    path = f"/terugblik/bericht/{number}"
    async with browser(service, staff.consultant) as web:
        dossier = (await web.get(f"/deelnemers/{reference}")).text
        assert f'href="{path}"' in dossier
        page = (await web.get(path)).text
        assert RENT in page
        assert (await web.post(path, data={"label": ""})).status_code == 422
        for label in ("income", "housing"):
            fields = {"label": label, "also": "family", "urgent": "yes", "note": "<script>"}
            answer = await web.post(path, data=fields)
            assert answer.headers["location"] == f"/deelnemers/{reference}?gelukt=corrected"
        again = (await web.get(path)).text
    assert "&lt;script&gt;" in again
    assert '<option value="housing" selected>' in again
    async with service.database.read() as session:
        (mark,) = (await session.scalars(select(Mark))).all()
    assert (mark.label, mark.also, mark.urgent) == (Label.HOUSING, Label.FAMILY, True)
    for who in (staff.coach, staff.outsider, staff.manager):
        async with browser(service, who) as web:
            assert (await web.get(path)).status_code == 404
            assert (await web.post(path, data={"label": "debt"})).status_code == 404
    async with browser(service, staff.consultant) as web:
        for guess in ("0", "99999999", "x", "-1", "1" * 30):
            assert (await web.get(f"/terugblik/bericht/{guess}")).status_code == 404


async def test_only_what_a_lead_looked_at_becomes_a_line(service: Service, staff: Staff) -> None:
    await client(service)
    await says(service, "0600000001", "JA", "Amina hier, ik slaap slecht, bel 06 12 34 56 78")
    await says(service, "0600000001", "mijn man Karel drinkt en slaat de deuren stuk")
    async with service.database.write() as session:
        for one in await session.scalars(select(Message).where(Message.label.is_not(None))):
            session.add(
                Mark(
                    message_id=one.id,
                    staff_member_id=staff.consultant.id,
                    label=Label.HEALTH,
                    urgent=False,
                    at=service.now(),
                )
            )
    path = "/terugblik/verbeteringen"
    async with browser(service, staff.consultant) as web:
        assert (await web.get(path)).status_code == 404
        assert (await web.post(path, data={})).status_code == 404
    await lead(service, staff.consultant)
    async with browser(service, staff.consultant) as web:
        page = (await web.get(path)).text
        assert "[naam] hier, ik slaap slecht, bel [nummer]" in page
        assert "Karel" not in page
        assert "Amina" not in page
        number = page.split('name="kies" value="')[1].split('"')[0]
        assert (await web.post(path, data={"doen": "bestand"})).status_code == 422
        empty = {"kies": number, f"tekst-{number}": " . "}
        assert (await web.post(path, data=empty)).status_code == 422
        seen = {"kies": number, f"tekst-{number}": "ik slaap slecht, zegt Amina\nfine | 0612345678"}
        answer = await web.post(path, data=seen)
        assert answer.headers["content-disposition"].startswith("attachment")
        lines = [one for one in answer.text.splitlines() if one and not one.startswith("#")]
        assert lines == ["health | ik slaap slecht, zegt [naam] fine [nummer]"]
        left = (await web.get(path)).text
        assert "slaap slecht" not in left
        assert "slaat de deuren" in left
        assert (await web.post(path, data=seen)).status_code == 422
        other = left.split('name="kies" value="')[1].split('"')[0]
        answer = await web.post(path, data={"kies": other, "doen": "weg"})
        assert answer.headers["location"] == f"{path}?gelukt=put-aside"
        assert "Niets om te bekijken" in (await web.get(path)).text
    async with service.database.read() as session:
        done = await session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))
        assert [one for one in done if one in ("export", "export_corrections", "set_aside")] == [
            "export_corrections",
            "set_aside",
        ]


async def test_corrections_of_a_running_review_stay_apart(service: Service, staff: Staff) -> None:
    await money_trouble(service)
    other = await second_consultant(service)
    path = await started(service, staff.consultant, other)
    async with browser(service, other) as web:
        await judge_all(web, path, verdict="wrong", label="letters")
    async with browser(service, staff.consultant) as web:
        assert "Niets om te bekijken" in (await web.get("/terugblik/verbeteringen")).text
        await judge_all(web, path, verdict="right")
        assert "Brieven" in (await web.get("/terugblik/verbeteringen")).text


async def test_shared_words_are_reviewed_only_as_long_as_they_are_shared(
    service: Service, staff: Staff
) -> None:
    await money_trouble(service)
    async with service.database.write() as session:
        enrolment_id = await session.scalar(select(Enrolment.id))
        assert enrolment_id
        session.add(
            Consent(
                enrolment_id=enrolment_id,
                purpose=Purpose.SHARE,
                wording="test",
                given_at=service.now(),
            )
        )
    number = await message_id(service, RENT)
    async with browser(service, staff.coach) as web:
        assert (await web.get(f"/terugblik/bericht/{number}")).status_code == 200
        async with service.database.write() as session:
            await session.execute(update(Consent).values(withdrawn_at=service.now()))
        assert (await web.get(f"/terugblik/bericht/{number}")).status_code == 404
