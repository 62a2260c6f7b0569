"""A coach finds a client, reads the track and changes the plan: in a real browser, any width."""

from datetime import date

import pytest
from playwright.async_api import Browser, expect
from sqlalchemy import select

from aftercare import steering
from aftercare.service import Service
from storage.models import PlanChange
from tests.staff.browser.pages import barriers, open_page, tab_to
from tests.staff.world import Staff, client, money_trouble, trouble_at_work

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]
WHY = "gebeld, is op vakantie"


async def test_a_coach_finds_a_client_and_pauses_without_javascript(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    await trouble_at_work(service)
    await client(service, "Amina", "0600000003")
    async with open_page(
        chromium, address, service, staff.coach, width=320, javascript=False
    ) as page:
        await page.goto("/deelnemers")
        await page.get_by_label("Naam, nummer of kenmerk").fill("bil")
        await page.get_by_role("button", name="Zoeken").click()
        assert "bil" not in page.url.lower()
        await expect(page.get_by_role("link", name="Amina")).to_have_count(0)
        await page.get_by_role("link", name="Bilal").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Bilal")
        picture = page.get_by_role("img", name="Het traject van de eerste werkdag")
        await expect(picture).to_be_visible()
        await page.get_by_text("Hetzelfde in woorden").click()
        table = page.get_by_role("table", name="Het traject, dag voor dag")
        await expect(table.get_by_text("Niet goed")).to_be_visible()
        await page.get_by_role("link", name="Plan wijzigen").click()
        await page.get_by_text("Pauze", exact=True).click()
        await page.get_by_label("Geen check-in vóór").fill("2026-04-10")
        await page.get_by_label("Waarom?").first.fill(WHY)
        await page.get_by_role("button", name="Bekijk wat er verandert").first.click()
        await expect(page.get_by_text("Er is nog niets gewijzigd.")).to_be_visible()
        await expect(page.get_by_text("vervalt").first).to_be_visible()
        await page.get_by_role("button", name="Wijziging doorvoeren").click()
        await expect(page.get_by_text("Het plan is gewijzigd.")).to_be_visible()
        await expect(page.get_by_text(WHY)).to_be_visible()
    async with service.database.read() as session:
        assert (await session.scalars(select(PlanChange.reason))).all() == [WHY]


async def test_the_plan_is_changed_by_keyboard(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    reference = await trouble_at_work(service)
    async with open_page(chromium, address, service, staff.coach) as page:
        await page.goto(f"/deelnemers/{reference}/plan")
        for _ in range(2):  # skip, then move: the second and third summary
            await tab_to(page, ".nazorg-acts summary")
        await page.keyboard.press("Enter")
        await tab_to(page, "#skip_step")
        await page.keyboard.press("ArrowDown")
        await tab_to(page, "#skip_reason")
        await page.keyboard.type(WHY)
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Dit verandert er")
        await tab_to(page, "[name=bevestig]")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_have_text("Het plan is gewijzigd.")


async def test_the_pages_of_a_client_have_no_barrier(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    reference = await money_trouble(service)
    await client(service, "Zoë van Overloperskamp-Achternaampje", "0600000005")
    await steering.pause(service, reference, staff.coach, WHY, date(2026, 4, 10))
    found = []
    async with open_page(chromium, address, service, staff.coach) as page:
        for path in (
            "/deelnemers?gemeente=velsen&van=mij",
            "/deelnemers?gemeente=velsen",
            f"/deelnemers/{reference}",
        ):
            await page.goto(path)
            found += await barriers(page)
        await page.goto(f"/deelnemers/{reference}/plan")
        await page.get_by_text("Een andere taal").click()
        await page.locator("#language_language").select_option("en")
        await page.locator("#language_reason").fill("   ")
        submit = page.locator("form:has(#language_reason)").get_by_role("button")
        await submit.click()
        await page.wait_for_selector("#language_reason-error")
        found += await barriers(page)
        await page.locator("#language_reason").fill(WHY)
        await submit.click()
        await expect(page.get_by_text("Er is nog niets gewijzigd.")).to_be_visible()
        found += await barriers(page)
    assert found == []


async def test_paper_has_no_menu_and_no_buttons(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    reference = await money_trouble(service)
    async with open_page(chromium, address, service, staff.consultant, width=794) as page:
        await page.goto(f"/deelnemers/{reference}/afdruk")
        await page.emulate_media(media="print")
        await expect(page.get_by_role("navigation")).to_be_hidden()
        await expect(page.get_by_role("button", name="Uitloggen")).to_be_hidden()
        await expect(page.get_by_text("Terug naar het dossier")).to_be_hidden()
        await expect(page.get_by_text("Ik kan de huur niet betalen")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= 794
