"""Enrolling in a real browser: in the person's language, without JavaScript, from a list."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from aftercare import list_enrolment, speech
from aftercare.service import Service
from conversations.segments import segments
from tests.staff.browser.pages import barriers, open_page
from tests.staff.world import Staff

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]
HEADER = "Voornaam;Mobiel nummer;Eerste werkdag;Gemeente"


def _file(*rows: str) -> Any:
    content = "\n".join([HEADER, *rows]).encode()
    return {"name": "lijst.csv", "mimeType": "text/csv", "buffer": content}


async def _visible_consent(page: Page, language: str) -> None:
    shown = page.locator(".nazorg-consent:visible")
    await expect(shown).to_have_count(1)
    await expect(shown).to_have_attribute("lang", language)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
async def test_the_person_reads_along_in_their_own_language(
    service: Service, staff: Staff, address: str, chromium: Browser, javascript: bool
) -> None:
    async with open_page(
        chromium, address, service, staff.consultant, javascript=javascript, width=320
    ) as page:
        await page.goto("/inschrijven")
        await _visible_consent(page, "nl")
        await page.get_by_label("العربية").check()
        await _visible_consent(page, "ar")
        await page.get_by_label("Türkçe").check()
        await _visible_consent(page, "tr")
        await page.get_by_label("Voornaam").fill("Ayşe")
        message = page.locator(".utrecht-blockquote:visible")
        if javascript:
            await expect(message).to_have_text(speech.invitation("tr", "Ayşe", "Velsen"))
        await page.get_by_label("Voornaam").press("Enter")  # shows; enrols nobody by accident
        text = speech.invitation("tr", "Ayşe", "Velsen")
        await expect(message).to_have_text(text)
        await expect(
            page.get_by_text(f"Telt als {segments(text)} sms").locator("visible=true")
        ).to_be_visible()
        await page.get_by_label("Mobiel nummer").fill("06 00 00 00 42")
        await page.get_by_role("button", name="Inschrijven", exact=True).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Ayşe is ingeschreven")
        await expect(page.locator(".utrecht-blockquote")).to_have_text(text)
        await page.get_by_role("button", name="Folder voor thuis").click()
        await expect(page.locator(".nazorg-leaflet")).to_have_attribute("lang", "tr")


async def test_a_list_is_enrolled_without_javascript(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    async with open_page(
        chromium, address, service, staff.consultant, javascript=False, width=320
    ) as page:
        await page.goto("/inschrijven")
        await page.get_by_role("link", name="Lijst inschrijven").click()
        await page.get_by_role("button", name="Lijst controleren").click()
        await page.get_by_role("alert").get_by_role("link", name="Kies eerst een bestand").click()
        await expect(page.get_by_label("De lijst", exact=True)).to_be_focused()
        await page.get_by_label("De lijst", exact=True).set_input_files(
            _file("Amina;0600000011;2-3-2026;Velsen", "Bo;12;2-3-2026;Velsen")
        )
        await page.get_by_role("button", name="Lijst controleren").click()
        await expect(page.get_by_text("Goede rijen: 1 van 2")).to_be_visible()
        async with page.expect_download() as download:
            await page.get_by_role("link", name="Rijen met een fout (1)").click()
        assert (await download.value).suggested_filename == "lijst-nog-te-verbeteren.xlsx"
        await page.get_by_role("button", name="Goede rijen inschrijven (1)").click()
        await expect(page.get_by_text("0 van 1 ingeschreven")).to_be_visible()
        await list_enrolment.work(service)
        await expect(page.get_by_text("1 van 1 ingeschreven")).to_be_visible(timeout=15_000)


async def test_the_page_tells_by_itself_how_far_a_list_is(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    async with open_page(chromium, address, service, staff.consultant) as page:
        await page.goto("/inschrijven/lijst")
        await page.locator("#file").set_input_files(_file("Amina;0600000011;2-3-2026;Velsen"))
        await page.locator("main form button").click()
        await page.get_by_role("button", name="Goede rijen inschrijven (1)").click()
        heading = page.get_by_role("heading", level=1)
        await expect(heading).to_have_text("De lijst wordt ingeschreven")
        assert await barriers(page) == []
        await list_enrolment.work(service)
        await expect(heading).to_have_text("De lijst is klaar", timeout=15_000)
        assert await barriers(page) == []


async def test_nothing_about_enrolling_has_a_barrier(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    found: list[str] = []
    async with open_page(chromium, address, service, staff.coach) as page:
        await page.goto("/inschrijven")
        await page.locator("[name=language][value=fa]").check()
        found += await barriers(page)
        await page.locator(".nazorg-submit button").click()
        await page.wait_for_selector("[role=alert]")
        found += await barriers(page)
        await page.goto("/inschrijven/folder/ti")
        found += await barriers(page)
        await page.goto("/inschrijven/lijst")
        rows = [f"Naam{one};06000000{one};2-3-2026;Velsen" for one in range(20, 40)]
        await page.locator("#file").set_input_files(
            _file(*rows, f"{'x' * 300};6,1E+10;nooit;", "=1+1;;;", ";;2")
        )
        await page.locator("main form button").click()
        await page.wait_for_url(re.compile("/lijst/.{8}"))
        found += await barriers(page)
    assert found == []
