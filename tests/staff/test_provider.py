"""Signing in through the organisation's own OpenID provider, over a real socket."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import func, select

from aftercare.service import Service
from conversations.words import Role
from staff.accounts import mark_left, reset_sign_in
from staff.pages.organisation import BACK
from staff.provider import Provider, ProviderSettings
from staff.provider_sign_in import BACK_WITHIN
from storage.models import AuditEntry, ProviderRequest, StaffMember, StaffSession
from tests.providers.oidc import Client, OidcServer
from tests.staff.world import BASE, PASSWORD, Staff, browser

CARLA = {"sub": "c-1", "email": "Carla@Example.org", "email_verified": True}
US = "nazorg"
KEY = RSAKey.generate_key(2048)


@dataclass
class World:
    """The provider, and what we were told about it."""

    service: Service
    server: OidcServer
    settings: ProviderSettings

    @asynccontextmanager
    async def browser(self, **more: Any) -> AsyncIterator[httpx2.AsyncClient]:
        """Somebody at the console, which knows the provider; `more` are other settings."""
        provider = Provider(replace(self.settings, **more), self.service.now)
        async with browser(self.service, public_url=BASE, provider=provider) as web:
            yield web


@pytest.fixture
async def world(service: Service, staff: Staff) -> AsyncIterator[World]:
    """A provider that knows us by a secret, and at which Carla signs in."""
    async with OidcServer(now=service.now) as server:
        server.register(Client(US, BASE + BACK, f"{BASE}/inloggen", secret="een geheim"))
        server.person = CARLA
        yield World(service, server, ProviderSettings(server.issuer, US, "een geheim"))


async def _there(web: httpx2.AsyncClient, onward: str = "") -> str:
    """Off to the provider, which sends the browser back; to which address."""
    answer = await web.post("/inloggen/organisatie", data={"verder": onward})
    assert answer.status_code == 200, answer.text
    address = unescape(answer.text.split('content="0;url=')[1].split('"')[0])
    async with httpx2.AsyncClient() as outside:
        back = await outside.get(address)
    assert back.status_code == 302, back.text
    location: str = back.headers["location"]
    return location


async def _sign_in(web: httpx2.AsyncClient, onward: str = "") -> httpx2.Response:
    return await web.get(await _there(web, onward))


async def _is_in(web: httpx2.AsyncClient) -> bool:
    return (await web.get("/werkvoorraad")).status_code == 200


async def test_somebody_is_signed_in_and_comes_where_they_wanted(world: World) -> None:
    async with world.browser() as web:
        page = (await web.get("/inloggen?verder=/deelnemers")).text
        assert "Inloggen via je organisatie" in page
        answer = await _sign_in(web, "/deelnemers")
        assert answer.headers["location"] == "/deelnemers"
        assert await _is_in(web)
        assert "Carla de Proef" in (await web.get("/ik")).text
    assert world.server.methods_seen == ["client_secret_basic"]


async def test_what_is_asked_is_what_the_profile_asks(world: World) -> None:
    async with world.browser(acr=("hoog",)) as web:
        answer = await web.post("/inloggen/organisatie")
        asked = parse_qs(urlsplit(unescape(answer.text.split("0;url=")[1].split('"')[0])).query)
        assert asked["response_type"] == ["code"]
        assert asked["code_challenge_method"] == ["S256"]
        assert asked["redirect_uri"] == [BASE + BACK]
        assert asked["acr_values"] == ["hoog"]
        assert len(asked["state"][0]) == len(asked["nonce"][0]) == 43
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie


@pytest.mark.parametrize("method", ["client_secret_post", "private_key_jwt"])
async def test_we_make_ourselves_known_as_the_provider_wants(world: World, method: str) -> None:
    client = world.server.clients[US]
    more: dict[str, Any] = {}
    if method == "private_key_jwt":
        client.public_key, client.secret = KEY, ""
        more = {"client_secret": "", "client_key": KEY.as_pem(private=True).decode()}
    else:
        client.methods = (method,)
    async with world.browser(**more) as web:
        await _sign_in(web)
        assert await _is_in(web)
    assert world.server.methods_seen == [method]


@pytest.mark.parametrize("kind", ["secret", "key"])
async def test_without_the_right_secret_or_key_we_get_nothing(world: World, kind: str) -> None:
    more: dict[str, Any] = {"client_secret": "iets anders"}
    if kind == "key":
        world.server.clients[US].public_key = KEY
        other = RSAKey.generate_key(2048)
        more = {"client_secret": "", "client_key": other.as_pem(private=True).decode()}
    async with world.browser(**more) as web:
        answer = await _sign_in(web)
        assert answer.status_code == 403
        assert not await _is_in(web)


async def test_a_replayed_answer_opens_nothing(world: World) -> None:
    async with world.browser() as web:
        back = await _there(web)
        cookies = dict(web.cookies)
        assert (await web.get(back)).status_code == 303
        await web.post("/uitloggen")
        web.cookies.update(cookies)
        answer = await web.get(back)
        assert answer.status_code == 403
        assert "was al gedaan" in answer.text
        assert not await _is_in(web)


async def test_a_replayed_code_is_refused_by_the_provider(world: World) -> None:
    """The state is fresh, and the code one that was used before."""
    async with world.browser() as web:
        first = await _there(web)
        await web.get(first)
        await web.post("/uitloggen")
        second = await _there(web)
        (used,), (fresh,) = (parse_qs(urlsplit(one).query)["code"] for one in (first, second))
        answer = await web.get(second.replace(fresh, used))
        assert answer.status_code == 403
        assert "klopt niet" in answer.text
        assert not await _is_in(web)


@pytest.mark.parametrize(
    "says",
    [
        {"nonce": "een andere"},
        {"aud": ["een ander"]},
        {"aud": "een ander"},
        {"aud": [US, "een ander"]},
        {"aud": [US, "een ander"], "azp": "een ander"},
        {"azp": "een ander"},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"exp": "morgen"},
        {"iat": 9_999_999_999},
        {"at_hash": "AAAA"},
        {"sub": None},
    ],
    ids=str,
)
async def test_a_token_that_does_not_fit_signs_nobody_in(world: World, says: Any) -> None:
    world.server.says = says
    async with world.browser() as web:
        answer = await _sign_in(web)
        assert answer.status_code == 403, answer.text
        assert "klopt niet" in answer.text
        assert not await _is_in(web)
    async with world.service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(StaffSession)) == 0


async def test_a_token_that_has_expired_signs_nobody_in(world: World) -> None:
    now = world.service.now().timestamp()
    async with world.browser() as web:
        world.server.says = {"exp": int(now) - 61}
        assert (await _sign_in(web)).status_code == 403
        world.server.says = {"exp": int(now) - 30}  # clocks differ a little
        assert (await _sign_in(web)).status_code == 303


async def test_the_provider_may_change_its_key_and_nobody_else_may(world: World) -> None:
    async with world.browser() as web:
        await _sign_in(web)
        world.server.change_keys()
        assert (await _sign_in(web)).status_code == 303
        await web.post("/uitloggen")
        world.server.forger = RSAKey.generate_key(2048)
        assert (await _sign_in(web)).status_code == 403
        assert not await _is_in(web)


async def test_only_the_browser_that_began_may_end_it(world: World) -> None:
    async with world.browser() as web, world.browser() as victim:
        back = await _there(web)
        assert (await victim.get(back)).status_code == 403
        assert not await _is_in(victim)
        await _there(victim)
        assert (await victim.get(back)).status_code == 403


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?code=y", "?error=access_denied"])
async def test_an_answer_nobody_asked_for_is_refused(world: World, query: str) -> None:
    async with world.browser() as web:
        answer = await web.get(BACK + query)
        assert answer.status_code == 403
        assert "Begin opnieuw" in answer.text


async def test_another_provider_cannot_answer(world: World) -> None:
    async with world.browser() as web:
        back = await _there(web)
        answer = await web.get(back + "&iss=https://evil.example")
        assert answer.status_code == 403
        assert not await _is_in(web)


async def test_an_answer_that_is_late_is_refused(world: World) -> None:
    async with world.browser() as web:
        back = await _there(web)
        world.service.clock.travel_to(world.service.now() + BACK_WITHIN)
        assert "te lang" in (await web.get(back)).text
        await _there(web)
    async with world.service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ProviderRequest)) == 1


async def test_who_is_turned_away_reads_it(world: World) -> None:
    world.server.person = None
    async with world.browser() as web:
        answer = await _sign_in(web)
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
        answer = await _sign_in(web)
        assert answer.status_code == 403
        assert "geen account" in answer.text
        assert not await _is_in(web)
    async with world.service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(StaffMember)) == 5


async def test_a_dismissed_colleague_is_out_and_stays_out(world: World, staff: Staff) -> None:
    async with world.browser() as web:
        await _sign_in(web)
        assert await _is_in(web)
        await mark_left(world.service, staff.consultant.reference)
        assert not await _is_in(web)
        answer = await _sign_in(web)
        assert "geen account" in answer.text
        assert not await _is_in(web)


async def test_an_address_that_was_handed_on_opens_nothing(world: World, staff: Staff) -> None:
    async with world.browser() as web:
        await _sign_in(web)
        world.server.person = CARLA | {"sub": "c-2"}
        answer = await _sign_in(web)
        assert answer.status_code == 403
        assert "iemand anders" in answer.text
        await reset_sign_in(world.service, staff.consultant.reference)
        assert (await _sign_in(web)).status_code == 303


async def test_another_address_at_the_provider_is_still_the_same_person(world: World) -> None:
    async with world.browser() as web:
        await _sign_in(web)
        world.server.person = CARLA | {"email": "c.deproef@example.org"}
        assert (await _sign_in(web)).status_code == 303
        assert await _is_in(web)


async def test_the_address_may_be_told_apart_from_the_token(world: World) -> None:
    world.server.only_in_userinfo = True
    async with world.browser() as web:
        await _sign_in(web)
        assert await _is_in(web)


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
        answer = await _sign_in(web)
        assert answer.status_code == (303 if role else 403)
    async with world.service.database.read() as session:
        everybody = await session.scalars(select(StaffMember))
        found = [one.role for one in everybody if one.name == "Carla de Proef"]
        written = (await session.scalars(select(AuditEntry.action))).all()
    assert found == [role or Role.CONSULENT]
    assert ("role_by_provider" in written) == (role is not None)


@pytest.mark.parametrize(
    ("demanded", "says", "taken"),
    [
        ({"acr": ("hoog", "hoger")}, {"acr": "hoog"}, True),
        ({"acr": ("hoog",)}, {"acr": "laag"}, False),
        ({"acr": ("hoog",)}, {}, False),
        ({"amr": ("mfa",)}, {"amr": ["pwd", "mfa"]}, True),
        ({"amr": ("mfa", "hwk")}, {"amr": ["mfa"]}, False),
        ({"amr": ("mfa",)}, {}, False),
        ({"amr": ("mfa",)}, {"amr": "mfa"}, False),
    ],
)
async def test_how_sure_the_provider_must_be(
    world: World, demanded: Any, says: Any, taken: bool
) -> None:
    world.server.says = says
    async with world.browser(**demanded) as web:
        assert (await _sign_in(web)).status_code == (303 if taken else 403)
        assert await _is_in(web) == taken


async def test_a_provider_that_is_away_is_told_and_comes_back(world: World) -> None:
    async with world.browser() as web:
        await world.server.stop()
        answer = await web.post("/inloggen/organisatie")
        assert answer.status_code == 502
        assert "antwoordt niet" in answer.text
        await world.server.start()
        back = await _there(web)
        await world.server.stop()
        answer = await web.get(back)
        assert answer.status_code == 502
        await world.server.start()
        await _sign_in(web)
        assert await _is_in(web)


async def test_signing_out_ends_it_here_and_at_the_provider(world: World) -> None:
    async with world.browser() as web:
        await _sign_in(web)
        answer = await web.post("/uitloggen")
        address = unescape(answer.text.split('content="0;url=')[1].split('"')[0])
        assert "carla" not in address.lower()
        async with httpx2.AsyncClient() as outside:
            back = await outside.get(address)
        assert back.headers["location"] == f"{BASE}/inloggen"
        assert len(world.server.logged_out) == 1
        assert not await _is_in(web)
        world.server.has_end_session = False
    async with world.browser() as web:
        await _sign_in(web)
        answer = await web.post("/uitloggen")
        assert answer.headers["location"] == "/inloggen?gelukt=signed-out"


async def test_passwords_can_be_left_out(world: World, staff: Staff) -> None:
    fields = {"email": "carla@example.org", "password": PASSWORD}
    async with world.browser(only=True, button="Inloggen met Velsen") as web:
        page = (await web.get("/inloggen")).text
        assert "Inloggen met Velsen" in page
        assert 'name="password"' not in page
        assert (await web.post("/inloggen", data=fields)).status_code == 404
        await _sign_in(web)
        assert await _is_in(web)
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
        await _sign_in(web)
        page = (await web.get("/ik")).text
        assert "Je logt in via je organisatie" in page
        assert 'type="password"' not in page
        answer = await web.post("/ik/wachtwoord", data={"current": "", "password": PASSWORD})
        assert answer.status_code == 422


async def test_an_idle_session_ends_as_any_other(world: World) -> None:
    async with world.browser() as web:
        await _sign_in(web)
        world.service.clock.travel_to(world.service.now() + timedelta(minutes=31))
        assert not await _is_in(web)
