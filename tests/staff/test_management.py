"""What an administrator sets up: through the pages, with all that can be filled in wrong."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from aftercare.routing import desk_for
from aftercare.service import Service
from conversations.words import Channel, Topic
from staff.outside import Outside
from storage.models import (
    AuditEntry,
    CheckIn,
    Desk,
    Message,
    Municipality,
    Organisation,
    Route,
)
from tests.staff.world import Staff, browser, client, money_trouble, says, takes

TEAM = {
    "organisation": "velsen",
    "name": "Schuldhulp Velsen",
    "title": "schuldhulpverlener",
    "email": "schulden@velsen.nl",
    "side": "municipality",
}
PLACE = {
    "name": "Velsen",
    "zone": "Europe/Amsterdam",
    "opens": "09:00",
    "closes": "20:30",
    "evening_from": "17:00",
    "evening_until": "20:00",
    "contact_within": "2",
    "taper": "1, 8, 22, 50, 106, 182",
    "free_days": "",
}


async def _taken_by(service: Service, topic: Topic, day: date) -> str:
    async with service.database.read() as session:
        place = await session.scalar(select(Municipality.id).where(Municipality.slug == "velsen"))
        assert place
        return (await desk_for(session, place, topic, day)).slug


async def test_the_overview_says_what_is_missing(service: Service, staff: Staff) -> None:
    async with browser(service, staff.manager) as web:
        page = (await web.get("/beheer")).text
        assert "Niemand werkt bij: Inkomen Beverwijk, Inkomen Uitgeest." in page
        assert "voorbeeldadres" in page
        assert "Er is geen mailserver ingesteld" in page
        assert "Elk onderwerp heeft een team, in 4 gemeenten." in page
    outside = Outside(frozenset(Channel), mail=takes)
    async with browser(service, staff.manager, outside=outside) as web:
        page = (await web.get("/beheer")).text
        assert "De mail werkt." in page
        assert "sms, Telegram" in page


async def test_a_new_team_takes_a_topic_from_a_day_on(service: Service, staff: Staff) -> None:
    today = service.now().date()
    async with browser(service, staff.manager) as web:
        answer = await web.post("/beheer/teams", data=TEAM)
        assert answer.headers["location"] == "/beheer/teams/schuldhulp-velsen?gelukt=saved"
        members = {"members": staff.consultant.reference, "leads": staff.consultant.reference}
        answer = await web.post("/beheer/teams/schuldhulp-velsen/leden", data=members)
        assert answer.status_code == 303
        assert "Carla de Proef (leidt)" in (await web.get("/beheer/teams")).text
        route = {
            "place": "velsen",
            "topic": "money",
            "desk": "schuldhulp-velsen",
            "valid_from": (today + timedelta(days=7)).isoformat(),
        }
        assert (await web.post("/beheer/routes", data=route)).status_code == 303
        assert "komt nog" in (await web.get("/beheer/routes")).text
    assert await _taken_by(service, Topic.MONEY, today) == "velsen"
    assert await _taken_by(service, Topic.MONEY, today + timedelta(days=7)) == "schuldhulp-velsen"
    async with service.database.read() as session:
        details = await session.scalars(
            select(AuditEntry.detail).where(AuditEntry.action == "settings")
        )
        assert len(details.all()) == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 300),
        ("email", "nergens"),
        ("title", "t" * 50),
        ("side", "anders"),
        ("organisation", "niemand"),
        ("name", "Velsen"),
    ],
)
async def test_a_team_that_cannot_be_is_refused(
    service: Service, staff: Staff, field: str, value: str
) -> None:
    async with browser(service, staff.manager) as web:
        answer = await web.post("/beheer/teams", data=TEAM | {field: value})
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Desk)) == 5


async def test_html_in_a_name_is_text(service: Service, staff: Staff) -> None:
    async with browser(service, staff.manager) as web:
        await web.post("/beheer/teams", data=TEAM | {"name": "<b onclick=x>Geld</b>"})
        for path in ("/beheer/teams", "/beheer/logboek", "/beheer"):
            assert "<b onclick" not in (await web.get(path)).text


async def test_what_is_in_use_is_not_closed(service: Service, staff: Staff) -> None:
    await money_trouble(service)
    async with browser(service, staff.manager) as web:
        for path, why in (
            ("/beheer/teams/velsen/sluiten", "Er wachten nog mensen op dit team"),
            ("/beheer/teams/beverwijk/sluiten", "Hulpvragen uit Beverwijk gaan naar dit team"),
            ("/beheer/gemeenten/velsen/sluiten", "Hier lopen nog 1 trajecten"),
        ):
            answer = await web.post(path)
            assert answer.status_code == 409
            assert why in answer.text
        answer = await web.post("/beheer/organisaties/velsen", data={"doe": "sluiten"})
        assert "Deze organisatie heeft nog teams" in answer.text
        assert (await web.post("/beheer/gemeenten/uitgeest/sluiten")).status_code == 303
        assert "gesloten" in (await web.get("/beheer/gemeenten")).text
        open_again = {"doe": "openen"}
        await web.post("/beheer/gemeenten/uitgeest/sluiten", data=open_again)
        assert "gesloten" not in (await web.get("/beheer/gemeenten")).text
    async with service.database.read() as session:
        closed = [kind.closed_at.is_not(None) for kind in (Desk, Organisation, Municipality)]
        for which in closed:
            assert await session.scalar(select(func.count()).where(which)) == 0


async def test_nobody_is_added_to_a_team_that_is_closed(service: Service, staff: Staff) -> None:
    async with browser(service, staff.manager) as web:
        await web.post("/beheer/teams", data=TEAM)
        assert "Schuldhulp Velsen" in (await web.get("/beheer/collegas")).text
        where = "/beheer/teams/schuldhulp-velsen"
        await web.post(f"{where}/leden", data={"members": staff.consultant.reference})
        refused = await web.post(f"{where}/sluiten")
        assert refused.status_code == 409
        assert "Er werken nog collega" in refused.text
        await web.post(f"{where}/leden")
        assert (await web.post(f"{where}/sluiten")).status_code == 303
        assert "Schuldhulp Velsen" not in (await web.get("/beheer/collegas")).text


async def test_a_team_does_not_change_sides(service: Service, staff: Staff) -> None:
    async with browser(service, staff.manager) as web:
        answer = await web.post("/beheer/teams/velsen", data=TEAM | {"side": "work"})
        assert answer.status_code == 422
        assert "niet van kant wisselen" in answer.text
        answer = await web.post("/beheer/teams/bestaat-niet", data=TEAM)
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"desk": "ijmond-werkt"}, "desk"),
        ({"desk": "niets"}, "desk"),
        ({"topic": "niets"}, "topic"),
        ({"valid_from": "2020-01-01"}, "valid_from"),
        ({"valid_from": "9999-12-31"}, "valid_from"),
        ({"valid_from": "morgen"}, "valid_from"),
    ],
)
async def test_a_route_that_cannot_be_is_refused(
    service: Service, staff: Staff, change: dict[str, str], field: str
) -> None:
    route = {
        "place": "velsen",
        "topic": "money",
        "desk": "heemskerk",
        "valid_from": service.now().date().isoformat(),
    }
    async with browser(service, staff.manager) as web:
        answer = await web.post("/beheer/routes", data=route | change)
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Route)) == 8


async def test_a_sample_says_where_it_would_go_and_stores_nothing(
    service: Service, staff: Staff
) -> None:
    async with browser(service, staff.manager) as web:
        for text, expected in (
            ("Ik kan de huur niet betalen deze maand", "Inkomen Velsen"),
            ("ik wil dood", "Gevaar: het vaste noodantwoord"),
            ("stop", "geen berichten meer"),
        ):
            sample = {"sample": text, "sample_place": "velsen"}
            answer = await web.post("/beheer/routes/proef", data=sample)
            assert answer.status_code == 200
            assert expected in answer.text
        answer = await web.post("/beheer/routes/proef", data={"sample": "", "sample_place": "x"})
        assert answer.status_code == 422
        answer = await web.post("/beheer/routes/proef", data={"sample": "a", "sample_place": "x"})
        assert "Kies een gemeente" in answer.text
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Message)) == 0


async def test_a_programme_is_looked_at_and_then_counts_for_new_people(
    service: Service, staff: Staff
) -> None:
    await client(service)
    await says(service, "0600000001", "JA")
    wanted = PLACE | {"taper": "1, 15, 60", "opens": "10:00", "free_days": "2026-03-20"}
    async with browser(service, staff.manager) as web:
        answer = await web.post("/beheer/gemeenten/velsen", data=wanted | {"doe": "bekijken"})
        assert "Nog niet opgeslagen" in answer.text
        assert "Dag 15" in answer.text
        assert "Dag 8" in (await web.get("/beheer/gemeenten/velsen")).text
        assert (await web.post("/beheer/gemeenten/velsen", data=wanted)).status_code == 303
        assert "Dag 15" in (await web.get("/beheer/gemeenten/velsen")).text
    await client(service, "Bilal", "0600000002", started=0)
    await says(service, "0600000002", "JA")
    async with service.database.read() as session:
        rows = (await session.execute(select(CheckIn.enrolment_id, CheckIn.step))).all()
    steps = {one: {step for enrolment, step in rows if enrolment == one} for one, _ in rows}
    first, second = (steps[one] for one in sorted(steps))
    assert "day-106" in first
    assert second == {"day-1", "day-15", "day-60", "closing"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("zone", "Mars/Olympus"),
        ("zone", "../../etc/passwd"),
        ("opens", "08:00"),
        ("opens", "vroeg"),
        ("closes", "21:00"),
        ("closes", "09:30"),
        ("evening_until", "20:45"),
        ("evening_until", "17:10"),
        ("contact_within", "0"),
        ("contact_within", "²"),
        ("taper", "1"),
        ("taper", "1, 3, 9"),
        ("taper", "8, 1"),
        ("taper", "1, 4000"),
        ("taper", "een"),
        ("free_days", "morgen"),
        ("free_days", "2026-02-30"),
    ],
)
async def test_a_municipality_that_cannot_be_is_refused(
    service: Service, staff: Staff, field: str, value: str
) -> None:
    async with browser(service, staff.manager) as web:
        answer = await web.post("/beheer/gemeenten/velsen", data=PLACE | {field: value})
        assert answer.status_code == 422
        assert f'id="{field}-error"' in answer.text
        assert "Dag 182" in (await web.get("/beheer/gemeenten/velsen")).text


async def test_a_new_municipality_has_no_routes_yet(service: Service, staff: Staff) -> None:
    async with browser(service, staff.manager) as web:
        answer = await web.post("/beheer/gemeenten", data={"name": "’s-Gravenzande"})
        assert answer.headers["location"].startswith("/beheer/gemeenten/s-gravenzande")
        assert "’s-Gravenzande: niemand doet" in (await web.get("/beheer")).text
        again = await web.post("/beheer/gemeenten", data={"name": "’s-Gravenzande"})
        assert "Er is al een met deze naam" in again.text
        assert (await web.get("/beheer/gemeenten/nergens")).status_code == 404
