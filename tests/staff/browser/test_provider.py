"""To the organisation's provider and back in a real browser: our CSP, its cookies, two sites."""

import os
import shutil

import pytest
from playwright.async_api import async_playwright, expect
from starlette.applications import Starlette

from aftercare.service import Service
from staff.app import console
from staff.pages.organisation import BACK
from staff.provider import Provider
from staff.provider_settings import ProviderSettings
from tests.bot.process import free_port
from tests.providers.oidc import OidcServer
from tests.providers.oidc_client import Client
from tests.providers.server import serving
from tests.staff.world import Staff

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
async def test_a_browser_goes_to_the_provider_and_comes_back(
    service: Service, staff: Staff, javascript: bool
) -> None:
    port = free_port()
    here = f"http://localhost:{port}"  # another site than the provider, which is at 127.0.0.1
    async with OidcServer(now=service.now) as server:
        server.register(Client("nazorg", here + BACK, f"{here}/inloggen", secret="geheim"))
        server.person = {"sub": "c-1", "email": "carla@example.org"}
        settings = ProviderSettings(server.issuer, "nazorg", "geheim")
        routes = console(
            service,
            public_url=here,
            secure=False,
            telegram_name=lambda: None,
            provider=Provider(settings, service.now),
        )
        async with serving(Starlette(routes=routes), port), async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=shutil.which(os.environ.get("CHROMIUM", "chromium")),
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            context = await browser.new_context(
                base_url=here, locale="nl-NL", java_script_enabled=javascript
            )
            page = await context.new_page()
            await page.goto("/deelnemers")
            await page.get_by_role("button", name="Inloggen via je organisatie").click()
            await expect(page.get_by_role("heading", level=1)).to_have_text("Deelnemers")
            assert page.url == f"{here}/deelnemers"
            await page.get_by_role("button", name="Uitloggen").click()
            await expect(page).to_have_url(f"{here}/inloggen")
            assert len(server.logged_out) == 1
            await page.goto("/deelnemers")
            await expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")
            await browser.close()
