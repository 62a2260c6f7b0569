"""The second step: for everybody, each code once, and what to do when the phone is gone."""

import asyncio
import re
from datetime import timedelta

import httpx2
import pyotp
import pytest
from sqlalchemy import select, text

from aftercare.service import Refused, Service
from staff import second_factor
from staff.app import PAGES
from staff.attempts import MOST_FOR_ACCOUNT, MOST_FROM_ADDRESS, WINDOW
from staff.second_factor import CODES
from staff.sign_in import HALF_LASTS, opened
from storage.models import AuditEntry, RecoveryCode, SecondFactor, StaffMember, StaffSession
from tests.staff.world import PASSWORD, SECRET, Staff, browser, code, set_up_second_step

CARLA = {"email": "carla@example.org", "password": PASSWORD}
HALF_A_MINUTE = timedelta(seconds=30)


def _later(service: Service, time: timedelta = HALF_A_MINUTE) -> None:
    service.clock.travel_to(service.now() + time)


async def _password(web: httpx2.AsyncClient) -> None:
    answer = await web.post("/inloggen", data=CARLA)
    assert answer.headers["location"] == "/inloggen/code"


async def _type(web: httpx2.AsyncClient, written: str) -> httpx2.Response:
    return await web.post("/inloggen/code", data={"code": written})


async def _set_up(service: Service, web: httpx2.AsyncClient) -> tuple[str, list[str]]:
    """What a colleague does at the first sign-in. The secret, and the recovery codes."""
    await _password(web)
    page = (await web.get("/inloggen/code")).text
    assert "<svg" in page
    (secret,) = re.findall(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
    secret = secret.replace(" ", "")
    answer = await _type(web, code(service, secret))
    assert answer.status_code == 200
    return secret, re.findall(r"<code[^>]*>(\w{5}-\w{5})</code>", answer.text)


async def test_at_first_the_phone_is_set_up_before_anything_is_served(
    service: Service, staff: Staff
) -> None:
    async with browser(service) as web:
        await _password(web)
        answer = await web.get("/werkvoorraad")
        assert answer.headers["location"] == "/inloggen/code?verder=/werkvoorraad"
        secret, codes = await _set_up(service, web)
        assert len(set(codes)) == CODES
        assert (await web.get("/werkvoorraad")).status_code == 200
        assert secret not in (await web.get("/ik")).text
    async with service.database.read() as session:
        rows = (await session.execute(text("SELECT secret FROM second_factor"))).scalars().all()
        assert secret.encode() not in rows[0]
        kept = set(await session.scalars(select(RecoveryCode.code_hash)))
    assert len(kept) == CODES
    assert not any(one.replace("-", "").encode() in hashed for one in codes for hashed in kept)


@pytest.mark.parametrize("known", [True, False], ids=["set up", "not set up"])
async def test_half_a_session_opens_nothing(service: Service, staff: Staff, known: bool) -> None:
    if known:
        await set_up_second_step(service, staff.manager)
    async with browser(service) as web:
        await web.post("/inloggen", data=CARLA | {"email": "bea@example.org"})
        for page in PAGES:
            if page.roles:
                path = page.path.replace("{reference}", staff.coach.reference)
                answer = await web.request(page.method, path)
                assert answer.status_code == 303, page
                assert answer.headers["location"].startswith("/inloggen/code"), page
        assert (await web.get("/inloggen")).status_code == 200
        assert (await web.post("/uitloggen")).status_code == 303
        assert (await web.get("/inloggen/code")).headers["location"] == "/"
    async with service.database.read() as session:
        assert (await session.scalars(select(StaffMember.left_at))).all() == [None] * 5


async def test_the_whole_session_has_another_token_than_the_half_one(
    service: Service, staff: Staff
) -> None:
    await set_up_second_step(service, staff.consultant)
    async with browser(service) as web:
        await _password(web)
        half = web.cookies["nazorg"]
        assert (await _type(web, code(service))).status_code == 303
        assert web.cookies["nazorg"] != half
    assert await opened(service, half) is None


async def test_a_code_counts_once(service: Service, staff: Staff) -> None:
    await set_up_second_step(service, staff.consultant)
    async with browser(service) as web, browser(service) as thief:
        await _password(web)
        await _password(thief)
        shown = code(service)
        assert (await _type(web, shown)).status_code == 303
        seen = await _type(thief, shown)
        assert seen.status_code == 422
        assert "al gebruikt" in seen.text
        _later(service)
        assert (await _type(thief, shown)).status_code == 422  # still near, and still used
        assert (await _type(thief, code(service, later=-1))).status_code == 422
        assert (await _type(thief, code(service))).status_code == 303


async def test_of_one_code_typed_twice_at_once_one_counts(service: Service, staff: Staff) -> None:
    await set_up_second_step(service, staff.consultant)
    results = await asyncio.gather(
        *(
            second_factor.check(service, staff.consultant, code(service), "192.0.2.1")
            for _ in range(4)
        ),
        return_exceptions=True,
    )
    assert results.count(False) == 1
    assert sum(isinstance(one, Refused) for one in results) == 3


@pytest.mark.parametrize("aside", [-1, 1])
async def test_a_phones_clock_may_be_half_a_minute_off(
    service: Service, staff: Staff, aside: int
) -> None:
    await set_up_second_step(service, staff.consultant)
    async with browser(service) as web:
        await _password(web)
        assert (await _type(web, code(service, later=2 * aside))).status_code == 422
        written = code(service, later=aside)
        assert (await _type(web, f"{written[:3]} {written[3:]}")).status_code == 303


@pytest.mark.parametrize(
    "written", ["", "12345", "abc", "٠١٢٣٤٥", "0" * 64_000, "<b>1</b>", "é\x00"]
)
async def test_what_is_no_code_is_refused(service: Service, staff: Staff, written: str) -> None:
    await set_up_second_step(service, staff.consultant)
    async with browser(service) as web:
        await _password(web)
        answer = await _type(web, written)
        assert answer.status_code == 422
        assert "<b>1" not in answer.text


async def test_codes_are_slowed_down_for_an_account_in_all_its_browsers(
    service: Service, staff: Staff
) -> None:
    await set_up_second_step(service, staff.consultant)
    async with browser(service) as web:
        await _password(web)
        for _ in range(MOST_FOR_ACCOUNT):
            assert (await _type(web, "000000")).status_code == 422
        assert (await _type(web, code(service))).status_code == 429
    async with browser(service) as web:  # the password again does not begin anew
        await _password(web)
        assert "Wacht 15 minuten" in (await _type(web, code(service))).text
        _later(service, WINDOW - timedelta(minutes=1))
        await _password(web)
        assert (await _type(web, code(service))).status_code == 429
        _later(service, timedelta(minutes=1))
        assert (await _type(web, code(service))).status_code == 303


async def test_many_guesses_at_once_gain_nothing(service: Service, staff: Staff) -> None:
    await set_up_second_step(service, staff.consultant)
    attempts = [
        second_factor.check(service, staff.consultant, f"{number:06}", "192.0.2.1")
        for number in range(12)
    ]
    results = await asyncio.gather(*attempts, return_exceptions=True)
    assert len([one for one in results if type(one) is Refused]) <= MOST_FOR_ACCOUNT


async def test_one_address_cannot_guess_for_everybody(service: Service, staff: Staff) -> None:
    assert MOST_FROM_ADDRESS < 5 * MOST_FOR_ACCOUNT
    for who in (staff.coach, staff.other_coach, staff.outsider, staff.manager):
        for _ in range(MOST_FOR_ACCOUNT):
            with pytest.raises(Refused):
                await second_factor.check(service, who, "000000", "192.0.2.1")
    await set_up_second_step(service, staff.consultant)
    with pytest.raises(Refused) as caught:
        await second_factor.check(service, staff.consultant, code(service), "192.0.2.1")
    assert caught.value.params
    assert not await second_factor.check(service, staff.consultant, code(service), "192.0.2.2")


async def test_a_recovery_code_lets_in_once(service: Service, staff: Staff) -> None:
    async with browser(service) as web:
        _, codes = await _set_up(service, web)
    async with browser(service) as web:
        await _password(web)
        answer = await _type(web, codes[3].lower().replace("-", " "))
        assert answer.headers["location"] == "/ik?gelukt=recovered"
        page = (await web.get(answer.headers["location"])).text
        assert f"Herstelcodes over: {CODES - 1}" in page
        assert "Telefoon kwijt?" in page
    async with browser(service) as web:
        await _password(web)
        assert (await _type(web, codes[3])).status_code == 422
        assert (await _type(web, codes[4])).status_code == 303
    async with service.database.read() as session:
        actions = (await session.scalars(select(AuditEntry.action))).all()
    assert actions.count("recovery_code") == 2


async def test_a_recovery_code_is_of_one_colleague(service: Service, staff: Staff) -> None:
    async with browser(service) as web:
        _, codes = await _set_up(service, web)
    await set_up_second_step(service, staff.coach)
    with pytest.raises(Refused):
        await second_factor.check(service, staff.coach, codes[0], "192.0.2.1")


async def test_an_administrator_resets_the_second_step(service: Service, staff: Staff) -> None:
    path = f"/beheer/collegas/{staff.consultant.reference}/code"
    async with browser(service) as web, browser(service, staff.manager) as manager:
        old, codes = await _set_up(service, web)
        assert (await manager.post(path)).headers[
            "location"
        ] == "/beheer/collegas?gelukt=code-reset"
        assert (await web.get("/werkvoorraad")).headers["location"].startswith("/inloggen")
        await _password(web)
        assert (await _type(web, codes[0])).status_code == 422
        new, _ = await _set_up(service, web)
        assert new != old
    async with service.database.read() as session:
        entry = await session.scalar(select(AuditEntry).where(AuditEntry.action == "reset_sign_in"))
        assert entry
        assert entry.staff_member_id == staff.manager.id
        assert entry.detail == staff.consultant.reference
    async with browser(service, staff.coach) as other:
        assert (await other.post(path)).status_code == 404


async def test_who_had_only_the_password_cannot_replace_a_phone_that_is_set_up(
    service: Service, staff: Staff
) -> None:
    async with browser(service) as thief, browser(service) as web:
        await _password(thief)
        page = (await thief.get("/inloggen/code")).text
        (secret,) = re.findall(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
        mine, _ = await _set_up(service, web)
        answer = await _type(thief, code(service, secret.replace(" ", "")))
        assert answer.headers["location"] == "/"
        assert (await thief.get("/werkvoorraad")).status_code == 303
    async with service.database.read() as session:
        assert (await session.scalars(select(SecondFactor.secret))).all() == [mine]


async def test_a_half_session_is_short(service: Service, staff: Staff) -> None:
    await set_up_second_step(service, staff.consultant)
    async with browser(service) as web:
        await _password(web)
        _later(service, HALF_LASTS)
        assert (await _type(web, code(service))).headers["location"] == "/"
        assert (await web.get("/werkvoorraad")).headers["location"].startswith("/inloggen?")


async def test_who_left_between_the_two_steps_is_out(service: Service, staff: Staff) -> None:
    await set_up_second_step(service, staff.consultant)
    async with browser(service) as web, browser(service, staff.manager) as manager:
        await _password(web)
        await manager.post(f"/beheer/collegas/{staff.consultant.reference}/weg")
        assert (await _type(web, code(service))).headers["location"] == "/"
        assert (await web.get("/werkvoorraad")).status_code == 303


async def test_the_address_for_the_app_says_what_it_is_for(service: Service, staff: Staff) -> None:
    parsed = pyotp.parse_uri(second_factor.address_of(staff.consultant, SECRET))
    assert parsed.issuer == "Nazorg"
    assert parsed.name == "carla@example.org"
    assert isinstance(parsed, pyotp.TOTP)
    assert parsed.at(service.now()) == code(service)


async def test_a_second_step_is_never_asked_of_a_session_that_was_given(
    service: Service, staff: Staff
) -> None:
    """The demo opens sessions without a password."""
    async with browser(service, staff.coach) as web:
        assert (await web.get("/werkvoorraad")).status_code == 200
    async with service.database.read() as session:
        assert (await session.scalars(select(StaffSession.is_half))).all() == [False]
