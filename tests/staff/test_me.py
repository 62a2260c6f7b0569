"""One's own account: password, second step, recovery codes, and where one is signed in."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from aftercare.service import Service
from conversations.words import Role
from staff.attempts import MOST_FOR_ACCOUNT
from staff.second_factor import CODES
from staff.sessions import browser_of
from staff.sign_in import open_session
from storage.models import AuditEntry, SecondFactor, StaffMember, StaffSession
from tests.staff.world import PASSWORD, SECRET, Staff, browser, code, set_up_second_step

FRESH = "een heel andere zin"
CARLA = {"email": "carla@example.org", "password": PASSWORD}


async def test_everybody_sees_their_own_account(service: Service, staff: Staff) -> None:
    for who in (staff.coach, staff.consultant, staff.manager):
        async with browser(service, who) as web:
            page = (await web.get("/ik")).text
            assert who.name in page
            assert who.email in page
    assert "Inkomen" not in page  # the administrator works at no desk


async def test_another_password_ends_the_other_sessions(service: Service, staff: Staff) -> None:
    fields = {"current": PASSWORD, "password": FRESH}
    async with browser(service, staff.coach) as web, browser(service, staff.coach) as other:
        answer = await web.post("/ik/wachtwoord", data=fields)
        assert answer.headers["location"] == "/ik?gelukt=password-changed"
        assert "Je wachtwoord is gewijzigd" in (await web.get(answer.headers["location"])).text
        assert (await other.get("/ik")).status_code == 303
        data = {"email": "wouter@example.org", "password": PASSWORD}
        assert (await other.post("/inloggen", data=data)).status_code == 422
        assert (await other.post("/inloggen", data=data | {"password": FRESH})).status_code == 303
    async with browser(service, staff.consultant) as web:
        assert (await web.get("/ik")).status_code == 200  # of nobody else


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"current": "iets anders", "password": FRESH}, "Dit is niet je wachtwoord"),
        ({"current": PASSWORD, "password": "kort"}, "minstens 12 tekens"),
        ({"current": PASSWORD, "password": "x" * 201}, "hoogstens 200 tekens"),
        ({"current": PASSWORD, "password": "wouter@example.org"}, "kan niet het wachtwoord zijn"),
        ({}, "Dit is niet je wachtwoord"),
    ],
)
async def test_a_password_that_will_not_do_changes_nothing(
    service: Service, staff: Staff, fields: dict[str, str], said: str
) -> None:
    async with browser(service, staff.coach) as web, browser(service, staff.coach) as other:
        answer = await web.post("/ik/wachtwoord", data=fields)
        assert answer.status_code == 422
        assert said in answer.text
        assert FRESH not in answer.text
        assert (await other.get("/ik")).status_code == 200


async def test_who_finds_an_open_browser_cannot_guess_the_password(
    service: Service, staff: Staff
) -> None:
    wrong = {"current": "iets anders", "password": FRESH}
    async with browser(service, staff.coach) as web:
        for _ in range(MOST_FOR_ACCOUNT):
            assert (await web.post("/ik/wachtwoord", data=wrong)).status_code == 422
        right = wrong | {"current": PASSWORD}
        assert (await web.post("/ik/wachtwoord", data=right)).status_code == 429
        answer = await web.post("/ik/herstelcodes", data={"codes-password": PASSWORD})
        assert answer.status_code == 429


async def test_a_new_phone_counts_once_it_proved_itself(service: Service, staff: Staff) -> None:
    await set_up_second_step(service, staff.consultant)
    async with browser(service, staff.consultant) as web:
        assert (await web.get("/ik/code")).headers["location"] == "/ik"
        assert (await web.post("/ik/code", data={"code": "123456"})).status_code == 303
        wrong = await web.post("/ik/code/nieuw", data={"phone-password": "x"})
        assert wrong.status_code == 422
        answer = await web.post("/ik/code/nieuw", data={"phone-password": PASSWORD})
        assert answer.headers["location"] == "/ik/code"
        page = (await web.get("/ik/code")).text
        (secret,) = re.findall(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
        secret = secret.replace(" ", "")
        assert (await web.post("/ik/code", data={"code": code(service)})).status_code == 422
        async with service.database.read() as session:
            assert (await session.scalars(select(SecondFactor.secret))).all() == [SECRET]
        shown = await web.post("/ik/code", data={"code": code(service, secret)})
        assert len(re.findall(r"<code[^>]*>\w{5}-\w{5}</code>", shown.text)) == CODES
        assert (await web.get("/ik")).status_code == 200
    service.clock.travel_to(service.now() + timedelta(seconds=30))
    async with browser(service) as web:
        await web.post("/inloggen", data=CARLA)
        assert (await web.post("/inloggen/code", data={"code": code(service)})).status_code == 422
        answer = await web.post("/inloggen/code", data={"code": code(service, secret)})
        assert answer.status_code == 303


async def test_new_recovery_codes_replace_the_old(service: Service, staff: Staff) -> None:
    await set_up_second_step(service, staff.consultant)
    async with browser(service, staff.consultant) as web:
        shown = []
        for _ in range(2):
            answer = await web.post("/ik/herstelcodes", data={"codes-password": PASSWORD})
            shown.append(re.findall(r"<code[^>]*>(\w{5}-\w{5})</code>", answer.text))
        assert f"Herstelcodes over: {CODES}" in (await web.get("/ik")).text
    async with browser(service) as web:
        await web.post("/inloggen", data=CARLA)
        old, new = shown
        assert (await web.post("/inloggen/code", data={"code": old[0]})).status_code == 422
        assert (await web.post("/inloggen/code", data={"code": new[0]})).status_code == 303


async def test_one_signs_out_in_another_browser(service: Service, staff: Staff) -> None:
    phone = await open_session(service, staff.coach.id, browser="Safari, iPhone")
    async with browser(service, staff.coach) as web, browser(service, staff.coach) as third:
        page = (await web.get("/ik")).text
        assert "Safari, iPhone" in page
        assert page.count("deze browser") == 1
        async with service.database.read() as session:
            there = await session.scalar(
                select(StaffSession.reference).where(StaffSession.browser == "Safari, iPhone")
            )
        answer = await web.post(f"/ik/apparaten/{there}")
        assert answer.headers["location"] == "/ik?gelukt=signed-out-there"
        async with browser(service) as lost:
            lost.cookies.set("nazorg", phone)
            assert (await lost.get("/ik")).status_code == 303
        assert (await third.get("/ik")).status_code == 200
        assert (await web.post("/ik/apparaten")).status_code == 303
        assert (await third.get("/ik")).status_code == 303
        assert "verder nergens ingelogd" in (await web.get("/ik")).text


async def test_nobody_signs_somebody_else_out(service: Service, staff: Staff) -> None:
    async with browser(service, staff.coach) as web, browser(service, staff.consultant) as other:
        async with service.database.read() as session:
            theirs = await session.scalar(
                select(StaffSession.reference).where(StaffSession.staff_member_id == staff.coach.id)
            )
        assert (await other.post(f"/ik/apparaten/{theirs}")).status_code == 303
        assert (await other.post("/ik/apparaten")).status_code == 303
        assert (await other.post("/ik/apparaten/x'--")).status_code == 404
        assert (await web.get("/ik")).status_code == 200
        assert (await web.post(f"/ik/apparaten/{theirs}")).status_code == 303  # one's own
        assert (await web.get("/ik")).status_code == 200


async def test_sessions_that_ended_are_not_shown(service: Service, staff: Staff) -> None:
    await open_session(service, staff.coach.id, browser="Oud, Windows")
    service.clock.travel_to(service.now() + timedelta(minutes=31))
    async with browser(service, staff.coach) as web:
        assert "Oud" not in (await web.get("/ik")).text


async def test_another_role_counts_at_the_next_request(service: Service, staff: Staff) -> None:
    async with browser(service, staff.coach) as web:
        assert "werkcoach" in (await web.get("/ik")).text
        async with service.database.write() as session:
            (await session.get_one(StaffMember, staff.coach.id)).role = Role.BEHEERDER
        assert "beheerder" in (await web.get("/ik")).text
        assert (await web.get("/werkvoorraad")).status_code == 404
        assert (await web.get("/beheer/collegas")).status_code == 200


async def test_what_one_does_with_ones_account_is_written_down(
    service: Service, staff: Staff
) -> None:
    await set_up_second_step(service, staff.coach)
    async with browser(service, staff.coach) as web:
        await web.post("/ik/herstelcodes", data={"codes-password": PASSWORD})
        await web.post("/ik/wachtwoord", data={"current": PASSWORD, "password": FRESH})
    async with service.database.read() as session:
        rows = await session.scalars(
            select(AuditEntry.action).where(AuditEntry.staff_member_id == staff.coach.id)
        )
        assert rows.all() == ["recovery_codes", "password"]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "
            "like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("<script>alert(1)</script>" * 100, ""),
        ("", ""),
    ],
)
def test_a_browser_is_recognised_by_its_name(header: str, name: str) -> None:
    assert browser_of(header) == name
