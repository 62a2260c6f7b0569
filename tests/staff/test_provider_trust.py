"""What of an OpenID provider's answers is trusted, over a real socket."""

from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import func, select
from structlog.testing import capture_logs

from staff.pages.organisation import BACK
from staff.provider_sign_in import BACK_WITHIN
from storage.models import ProviderRequest, StaffSession
from tests.staff.provider_world import KEY, US, World, is_in, sign_in, there
from tests.staff.world import BASE


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
        await sign_in(web)
        assert await is_in(web)
    assert world.server.methods_seen == [method]


@pytest.mark.parametrize("kind", ["secret", "key"])
async def test_without_the_right_secret_or_key_we_get_nothing(world: World, kind: str) -> None:
    more: dict[str, Any] = {"client_secret": "iets anders"}
    if kind == "key":
        world.server.clients[US].public_key = KEY
        other = RSAKey.generate_key(2048)
        more = {"client_secret": "", "client_key": other.as_pem(private=True).decode()}
    async with world.browser(**more) as web:
        answer = await sign_in(web)
        assert answer.status_code == 403
        assert not await is_in(web)


async def test_a_replayed_answer_opens_nothing(world: World) -> None:
    async with world.browser() as web:
        back = await there(web)
        cookies = dict(web.cookies)
        assert (await web.get(back)).status_code == 303
        await web.post("/uitloggen")
        web.cookies.update(cookies)
        answer = await web.get(back)
        assert answer.status_code == 403
        assert "was al gedaan" in answer.text
        assert not await is_in(web)


async def test_a_replayed_code_is_refused_by_the_provider(world: World) -> None:
    """The state is fresh, and the code one that was used before."""
    async with world.browser() as web:
        first = await there(web)
        await web.get(first)
        await web.post("/uitloggen")
        second = await there(web)
        (used,), (fresh,) = (parse_qs(urlsplit(one).query)["code"] for one in (first, second))
        answer = await web.get(second.replace(fresh, used))
        assert answer.status_code == 403
        assert "klopt niet" in answer.text
        assert not await is_in(web)


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
        answer = await sign_in(web)
        assert answer.status_code == 403, answer.text
        assert "klopt niet" in answer.text
        assert not await is_in(web)
    async with world.service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(StaffSession)) == 0


async def test_the_log_says_why_and_not_who(world: World) -> None:
    world.server.says = {"aud": ["een ander"]}
    async with world.browser() as web:
        with capture_logs() as lines:
            await sign_in(web)
    (line,) = lines
    assert line["why"] == "invalid_claim aud"
    assert "carla" not in str(lines).casefold()


async def test_a_token_that_has_expired_signs_nobody_in(world: World) -> None:
    now = world.service.now().timestamp()
    async with world.browser() as web:
        world.server.says = {"exp": int(now) - 61}
        assert (await sign_in(web)).status_code == 403
        world.server.says = {"exp": int(now) - 30}  # clocks differ a little
        assert (await sign_in(web)).status_code == 303


async def test_the_provider_may_change_its_key_and_nobody_else_may(world: World) -> None:
    async with world.browser() as web:
        await sign_in(web)
        world.server.change_keys()
        assert (await sign_in(web)).status_code == 303
        await web.post("/uitloggen")
        world.server.forger = RSAKey.generate_key(2048)
        assert (await sign_in(web)).status_code == 403
        assert not await is_in(web)


async def test_only_the_browser_that_began_may_end_it(world: World) -> None:
    async with world.browser() as web, world.browser() as victim:
        back = await there(web)
        assert (await victim.get(back)).status_code == 403
        assert not await is_in(victim)
        await there(victim)
        assert (await victim.get(back)).status_code == 403


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?code=y", "?error=access_denied"])
async def test_an_answer_nobody_asked_for_is_refused(world: World, query: str) -> None:
    async with world.browser() as web:
        answer = await web.get(BACK + query)
        assert answer.status_code == 403
        assert "Begin opnieuw" in answer.text


async def test_another_provider_cannot_answer(world: World) -> None:
    async with world.browser() as web:
        back = await there(web)
        answer = await web.get(back + "&iss=https://evil.example")
        assert answer.status_code == 403
        assert not await is_in(web)


async def test_an_answer_that_is_late_is_refused(world: World) -> None:
    async with world.browser() as web:
        back = await there(web)
        world.service.clock.travel_to(world.service.now() + BACK_WITHIN)
        assert "te lang" in (await web.get(back)).text
        await there(web)
    async with world.service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ProviderRequest)) == 1


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
        assert (await sign_in(web)).status_code == (303 if taken else 403)
        assert await is_in(web) == taken
