"""Who comes in through the organisation's own OpenID provider, over a real socket."""

from datetime import timedelta
from html import unescape
from typing import Any

import httpx2
import pytest
from sqlalchemy import func, select

from aftercare.service import Service
from conversations.words import Role
from staff.accounts import mark_left, reset_sign_in
from staff.pages.organisation import BACK
from storage.models import AuditEntry, StaffMember
from tests.staff.provider_world import CARLA, World, is_in, sign_in, there
from tests.staff.world import BASE, PASSWORD, Staff, browser


async def test_somebody_is_signed_in_and_comes_where_they_wanted(world: World) -> None:
    async with world.browser() as web:
        page = (await web.get("/inloggen?verder=/deelnemers")).text
        assert "Inloggen via je organisatie" in page
        answer = await sign_in(web, "/deelnemers")
        assert answer.headers["location"] == "/deelnemers"
        assert await is_in(web)
        assert "Carla de Proef" in (await web.get("/ik")).text
    assert world.server.methods_seen == ["client_secret_basic"]


async def test_who_is_turned_away_reads_it(world: World) -> None:
    world.server.person = None
    async with world.browser() as web:
        answer = await sign_in(web)
        assert answer.status_code == 403
        assert "liet je niet door" in answer.text


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "x", "email": "niemand@example.org"},
        {"sub": "x"},
        {"sub": "x", "email": ["carla@example.org"]},
        {"sub": "x", "email": "carla@example.org", "email_verified": False},
        {"sub": "x", "email": "carla@example.org", "email_verified": "false"},
    ],
    ids=str,
)
async def test_whoever_we_do_not_know_gets_no_account(world: World, person: Any) -> None:
    world.server.person = person
    async with world.browser() as web:
        answer = await sign_in(web)
        assert answer.status_code == 403
        assert "geen account" in answer.text
        assert not await is_in(web)
    async with world.service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(StaffMember)) == 5


async def test_a_dismissed_colleague_is_out_and_stays_out(world: World, staff: Staff) -> None:
    async with world.browser() as web:
        await sign_in(web)
        assert await is_in(web)
        await mark_left(world.service, staff.consultant.reference)
        assert not await is_in(web)
        answer = await sign_in(web)
        assert "geen account" in answer.text
        assert not await is_in(web)


async def test_an_address_that_was_handed_on_opens_nothing(world: World, staff: Staff) -> None:
    async with world.browser() as web:
        await sign_in(web)
        world.server.person = CARLA | {"sub": "c-2"}
        answer = await sign_in(web)
        assert answer.status_code == 403
        assert "iemand anders" in answer.text
        await reset_sign_in(world.service, staff.consultant.reference)
        assert (await sign_in(web)).status_code == 303


async def test_another_address_at_the_provider_is_still_the_same_person(world: World) -> None:
    async with world.browser() as web:
        await sign_in(web)
        world.server.person = CARLA | {"email": "c.deproef@example.org"}
        assert (await sign_in(web)).status_code == 303
        assert await is_in(web)


async def test_the_address_may_be_told_apart_from_the_token(world: World) -> None:
    world.server.only_in_userinfo = True
    async with world.browser() as web:
        await sign_in(web)
        assert await is_in(web)


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["iets", "Nazorg beheer"], Role.BEHEERDER),
        ("Nazorg coach", Role.WERKCOACH),
        (["Nazorg beheer", "Nazorg coach"], Role.WERKCOACH),
        (["iets"], None),
        (None, None),
    ],
    ids=str,
)
async def test_the_provider_may_give_the_role(world: World, groups: Any, role: Role | None) -> None:
    roles = {"Nazorg coach": Role.WERKCOACH, "Nazorg beheer": Role.BEHEERDER}
    world.server.person = CARLA | {"realm": {"groups": groups}}
    async with world.browser(role_claim="realm.groups", roles=roles) as web:
        answer = await sign_in(web)
        assert answer.status_code == (303 if role else 403)
    async with world.service.database.read() as session:
        everybody = await session.scalars(select(StaffMember))
        found = [one.role for one in everybody if one.name == "Carla de Proef"]
        written = (await session.scalars(select(AuditEntry.action))).all()
    assert found == [role or Role.CONSULENT]
    assert ("role_by_provider" in written) == (role is not None)


async def test_a_provider_that_is_away_is_told_and_comes_back(world: World) -> None:
    async with world.browser() as web:
        await world.server.stop()
        answer = await web.post("/inloggen/organisatie")
        assert answer.status_code == 502
        assert "antwoordt niet" in answer.text
        await world.server.start()
        back = await there(web)
        await world.server.stop()
        answer = await web.get(back)
        assert answer.status_code == 502
        await world.server.start()
        await sign_in(web)
        assert await is_in(web)


async def test_signing_out_ends_it_here_and_at_the_provider(world: World) -> None:
    async with world.browser() as web:
        await sign_in(web)
        answer = await web.post("/uitloggen")
        address = unescape(answer.text.split('content="0;url=')[1].split('"')[0])
        assert "carla" not in address.lower()
        async with httpx2.AsyncClient() as outside:
            back = await outside.get(address)
        assert back.headers["location"] == f"{BASE}/inloggen"
        assert len(world.server.logged_out) == 1
        assert not await is_in(web)
        world.server.has_end_session = False
    async with world.browser() as web:
        await sign_in(web)
        answer = await web.post("/uitloggen")
        assert answer.headers["location"] == "/inloggen?gelukt=signed-out"


async def test_passwords_can_be_left_out(world: World, staff: Staff) -> None:
    fields = {"email": "carla@example.org", "password": PASSWORD}
    async with world.browser(only=True, button="Inloggen met Velsen") as web:
        page = (await web.get("/inloggen")).text
        assert "Inloggen met Velsen" in page
        assert 'name="password"' not in page
        assert (await web.post("/inloggen", data=fields)).status_code == 404
        await sign_in(web)
        assert await is_in(web)
    async with world.browser() as web:
        assert (await web.post("/inloggen", data=fields)).status_code == 303


async def test_without_a_provider_its_pages_do_not_exist(service: Service, staff: Staff) -> None:
    async with browser(service) as web:
        assert (await web.post("/inloggen/organisatie")).status_code == 404
        assert (await web.get(BACK)).status_code == 404
        assert "organisatie" not in (await web.get("/inloggen")).text


async def test_an_account_through_the_provider_has_no_password_to_change(
    world: World, staff: Staff
) -> None:
    async with world.service.database.write() as session:
        member = await session.get_one(StaffMember, staff.consultant.id)
        member.password_hash = ""
    async with world.browser() as web:
        await sign_in(web)
        page = (await web.get("/ik")).text
        assert "Je logt in via je organisatie" in page
        assert 'type="password"' not in page
        answer = await web.post("/ik/wachtwoord", data={"current": "", "password": PASSWORD})
        assert answer.status_code == 422


async def test_an_idle_session_ends_as_any_other(world: World) -> None:
    async with world.browser() as web:
        await sign_in(web)
        world.service.clock.travel_to(world.service.now() + timedelta(minutes=31))
        assert not await is_in(web)
