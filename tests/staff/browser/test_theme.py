"""The console in the colours of a municipality."""

import pytest
from playwright.async_api import Browser, expect

from aftercare.service import Service
from staff.theme import parse_theme
from tests.staff.browser.conftest import console_of, on_socket
from tests.staff.browser.pages import barriers, open_page
from tests.staff.world import Staff

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]
BLUE, SAND = "rgb(0, 59, 122)", "rgb(250, 245, 230)"
THEME = parse_theme("""
.velsen-theme {
  --utrecht-button-primary-action-background-color: #003b7a;
  --nazorg-color-header: #003b7a;
  --nazorg-color-page: #faf5e6;
}
""")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_theme_colours_buttons_header_and_page(
    service: Service, staff: Staff, chromium: Browser, scheme: str
) -> None:
    async with (
        on_socket(console_of(service, THEME)) as address,
        open_page(chromium, address, service, staff.consultant) as page,
    ):
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await page.goto("/inschrijven")
        button = page.get_by_role("button", name="Inschrijven", exact=True)
        await expect(button).to_have_css("background-color", BLUE)
        await expect(page.locator(".utrecht-page-header")).to_have_css("background-color", BLUE)
        await expect(page.locator("body")).to_have_css("background-color", SAND)
        assert await barriers(page) == []
