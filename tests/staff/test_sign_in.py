"""Signing in, staying in, and being kept out."""

import asyncio
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select
from starlette.responses import Response

from aftercare.service import Refused, Service
from scheduler.clock import Clock
from staff import passwords, sign_in
from staff.app import REFRESH
from staff.attempts import MOST_FOR_ACCOUNT, MOST_FROM_ADDRESS, WINDOW, TooManyAttempts
from staff.sign_in import IDLE, LASTS
from storage.models import SignInFailure, StaffMember, StaffSession
from tests.staff.world import PASSWORD, Staff, browser, code, set_up_second_step

RIGHT = {"email": "Carla@Example.org ", "password": PASSWORD}
WRONG = {"email": "carla@example.org", "password": "niet het wachtwoord"}


def _later(service: Service, time: timedelta) -> None:
    clock: Clock = service.clock
    clock.travel_to(clock.now() + time)


async def test_whoever_signs_in_comes_where_they_wanted(service: Service, staff: Staff) -> None:
    await set_up_second_step(service, staff.consultant)
    async with browser(service) as web:
        answer = await web.get("/deelnemers")
        assert answer.headers["location"] == "/inloggen?verder=/deelnemers"
        page = await web.get(answer.headers["location"])
        assert 'name="verder" value="/deelnemers"' in page.text
        answer = await web.post("/inloggen", data=RIGHT | {"verder": "/deelnemers"})
        assert answer.headers["location"] == "/inloggen/code?verder=/deelnemers"
        page = await web.get(answer.headers["location"])
        assert 'name="verder" value="/deelnemers"' in page.text
        fields = {"code": code(service), "verder": "/deelnemers"}
        answer = await web.post("/inloggen/code", data=fields)
        assert answer.headers["location"] == "/deelnemers"
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert (await web.get("/deelnemers")).status_code == 200


@pytest.mark.parametrize(
    "onward", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x", "/a?b"]
)
async def test_nobody_is_led_elsewhere(service: Service, staff: Staff, onward: str) -> None:
    await set_up_second_step(service, staff.consultant)
    async with browser(service) as web:
        answer = await web.post("/inloggen", data=RIGHT | {"verder": onward})
        assert answer.headers["location"] == "/inloggen/code"
        page = await web.get("/inloggen/code", params={"verder": onward})
        assert 'name="verder" value=""' in page.text
        fields = {"code": code(service), "verder": onward}
        answer = await web.post("/inloggen/code", data=fields)
        assert answer.headers["location"] == "/"


async def test_over_https_the_cookie_is_bound_to_the_host(service: Service, staff: Staff) -> None:
    response = Response()
    sign_in.set_cookie(response, "token", secure=True)
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-nazorg=token;")
    assert "Secure" in cookie
    assert "Path=/" in cookie


async def test_each_role_begins_at_its_own_page(service: Service, staff: Staff) -> None:
    for who, first in ((staff.coach, "/werkvoorraad"), (staff.manager, "/beheer")):
        async with browser(service, who) as web:
            assert (await web.get("/")).headers["location"] == first


async def test_unknown_and_wrong_get_the_same_answer(service: Service, staff: Staff) -> None:
    async with browser(service) as web:
        wrong = await web.post("/inloggen", data=WRONG)
        unknown = await web.post("/inloggen", data=WRONG | {"email": "niemand@example.org"})
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text == unknown.text
    assert "carla" not in wrong.text


async def test_an_idle_session_ends(service: Service, staff: Staff) -> None:
    async with browser(service, staff.coach) as web:
        for _ in range(3):
            _later(service, IDLE - timedelta(minutes=2))
            assert (await web.get("/werkvoorraad")).status_code == 200
        _later(service, IDLE)
        answer = await web.get("/werkvoorraad")
        assert answer.headers["location"] == "/inloggen?gelukt=ended&verder=/werkvoorraad"
        assert "Log opnieuw in" in (await web.get(answer.headers["location"])).text


async def test_a_page_that_renews_itself_keeps_nobody_signed_in(
    service: Service, staff: Staff
) -> None:
    async with browser(service, staff.coach) as web:
        for _ in range(3):
            _later(service, timedelta(minutes=11))
            answer = await web.get("/werkvoorraad", headers={REFRESH: "1"})
        assert answer.status_code == 303


async def test_no_session_lasts_longer_than_a_working_day(service: Service, staff: Staff) -> None:
    async with browser(service, staff.coach) as web:
        spent = timedelta()
        while spent < LASTS:
            assert (await web.get("/werkvoorraad")).status_code == 200
            _later(service, timedelta(minutes=20))
            spent += timedelta(minutes=20)
        assert (await web.get("/werkvoorraad")).status_code == 303


async def test_signing_out_ends_the_session_everywhere(service: Service, staff: Staff) -> None:
    async with browser(service, staff.coach) as web:
        stolen = dict(web.cookies)
        assert (await web.post("/uitloggen")).status_code == 303
        async with browser(service) as thief:
            thief.cookies.update(stolen)
            assert (await thief.get("/werkvoorraad")).status_code == 303
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(StaffSession)) == 0


async def test_after_five_wrong_passwords_the_right_one_must_wait_too(
    service: Service, staff: Staff
) -> None:
    async with browser(service) as web:
        for _ in range(MOST_FOR_ACCOUNT):
            assert (await web.post("/inloggen", data=WRONG)).status_code == 422
        answer = await web.post("/inloggen", data=RIGHT)
        assert answer.status_code == 429
        assert "Wacht 15 minuten" in answer.text
    async with browser(service) as web:  # another worker, another process: it is in the database
        _later(service, WINDOW - timedelta(minutes=1))
        assert (await web.post("/inloggen", data=RIGHT)).status_code == 429
        _later(service, timedelta(minutes=1))
        assert (await web.post("/inloggen", data=RIGHT)).status_code == 303


async def test_an_unknown_account_must_wait_as_well(service: Service, staff: Staff) -> None:
    nobody = WRONG | {"email": "niemand@example.org"}
    async with browser(service) as web:
        answers = [await web.post("/inloggen", data=nobody) for _ in range(MOST_FOR_ACCOUNT + 1)]
    assert [one.status_code for one in answers] == [422] * MOST_FOR_ACCOUNT + [429]


async def test_one_address_cannot_try_all_accounts(service: Service, staff: Staff) -> None:
    for number in range(MOST_FROM_ADDRESS):
        with pytest.raises(Refused):
            await sign_in.sign_in(service, f"n{number}@example.org", "x", "2001:db8::1")
    with pytest.raises(TooManyAttempts):
        await sign_in.sign_in(service, "carla@example.org", PASSWORD, "2001:db8::2")
    await sign_in.sign_in(service, "carla@example.org", PASSWORD, "2001:db8:0:1::2")


async def test_many_attempts_at_once_gain_nothing(service: Service, staff: Staff) -> None:
    attempts = [
        sign_in.sign_in(service, "carla@example.org", f"raad {number}", "192.0.2.1")
        for number in range(12)
    ]
    results = await asyncio.gather(*attempts, return_exceptions=True)
    tried = [one for one in results if type(one) is Refused]
    assert len(tried) <= MOST_FOR_ACCOUNT


async def test_the_right_password_clears_the_account(service: Service, staff: Staff) -> None:
    async with browser(service) as web:
        for _ in range(3):
            await web.post("/inloggen", data=WRONG)
        assert (await web.post("/inloggen", data=RIGHT)).status_code == 303
    async with service.database.read() as session:
        left = await session.scalar(select(func.count()).select_from(SignInFailure))
    assert left == 3  # those of the address stay


async def test_passwords_are_argon2id_with_todays_parameters(
    service: Service, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())
    async with browser(service) as web:
        assert (await web.post("/inloggen", data=RIGHT)).status_code == 303
    async with service.database.read() as session:
        member = await session.get_one(StaffMember, staff.consultant.id)
    assert member.password_hash.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
