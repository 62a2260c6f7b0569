"""A console that knows an OpenID provider, and how a browser goes there and back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

import httpx2
import pytest
from joserfc.jwk import RSAKey

from aftercare.service import Service
from staff.pages.organisation import BACK
from staff.provider import Provider
from staff.provider_settings import ProviderSettings
from tests.providers.oidc import OidcServer
from tests.providers.oidc_client import Client
from tests.staff.world import BASE, Staff, browser

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


async def there(web: httpx2.AsyncClient, onward: str = "") -> str:
    """Off to the provider, which sends the browser back; to which address."""
    answer = await web.post("/inloggen/organisatie", data={"verder": onward})
    assert answer.status_code == 200, answer.text
    address = unescape(answer.text.split('content="0;url=')[1].split('"')[0])
    async with httpx2.AsyncClient() as outside:
        back = await outside.get(address)
    assert back.status_code == 302, back.text
    location: str = back.headers["location"]
    return location


async def sign_in(web: httpx2.AsyncClient, onward: str = "") -> httpx2.Response:
    return await web.get(await there(web, onward))


async def is_in(web: httpx2.AsyncClient) -> bool:
    return (await web.get("/werkvoorraad")).status_code == 200
