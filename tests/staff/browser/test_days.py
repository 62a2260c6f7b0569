"""The console in a real browser: by keyboard, on a narrow screen, without JavaScript."""

import pytest
from playwright.async_api import Browser, expect

from aftercare.service import Service
from staff.second_factor import CODES, open_half
from storage.models import StaffMember
from tests.staff.browser.pages import barriers, open_page, tab_to
from tests.staff.world import (
    PASSWORD,
    SECRET,
    Staff,
    call_of,
    client,
    code,
    money_trouble,
    says,
    set_up_second_step,
    trouble_at_work,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]


async def test_a_call_is_resolved_by_keyboard_alone(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    call = await call_of(service, await money_trouble(service))
    await set_up_second_step(service, staff.consultant)
    async with open_page(chromium, address, service) as page:
        await page.goto("/werkvoorraad")
        await tab_to(page, "#email")
        await page.keyboard.type("carla@example.org")
        await tab_to(page, "#password")
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Code uit je app")
        await tab_to(page, "#code")
        await page.keyboard.type(code(service))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Werkvoorraad")
        await page.keyboard.press("Tab")
        await expect(page.get_by_text("Naar de inhoud")).to_be_focused()
        await tab_to(page, ".nazorg-call button")
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(f"{address}/hulpvragen/{call}?gelukt=taken")
        await tab_to(page, "form[action$='/contact'] button")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("Het contact is genoteerd")
        await tab_to(page, "[name=outcome]")
        await page.keyboard.press("Space")
        await tab_to(page, "[value=debt-help]")
        await page.keyboard.press("Space")
        await tab_to(page, "#note")
        await page.keyboard.type("Samen gebeld met de verhuurder")
        await tab_to(page, "form[action$='/afronden'] button")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_have_text("De hulpvraag is afgerond.")
        await expect(page.get_by_text("schuldhulpverlening 2 mrt")).to_be_visible()


async def test_somebody_is_enrolled_after_a_mistake(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    async with open_page(chromium, address, service, staff.consultant) as page:
        await page.goto("/inschrijven")
        await page.get_by_label("Voornaam").fill("Sanne")
        await page.get_by_label("Mobiel nummer").fill("0251 12 34 56")
        await page.get_by_label("Eerste werkdag").fill("2026-02-23")
        await page.get_by_role("button", name="Inschrijven").click()
        summary = page.get_by_role("alert")
        await expect(summary).to_contain_text("Dit is geen mobiel nummer")
        await summary.get_by_role("link").click()
        await expect(page.get_by_label("Mobiel nummer")).to_be_focused()
        await expect(page.get_by_label("Voornaam")).to_have_value("Sanne")
        await page.get_by_label("Mobiel nummer").fill("06 00 00 00 42")
        await page.get_by_role("button", name="Inschrijven").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Sanne is ingeschreven")
        await page.get_by_role("link", name="Dossier van Sanne").click()
        await expect(page.get_by_text("uitgenodigd")).to_be_visible()


async def test_everything_works_without_javascript(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    reference = await trouble_at_work(service)
    async with open_page(chromium, address, service, javascript=False, width=320) as page:
        await page.goto("/")
        await page.get_by_label("E-mailadres").fill("wouter@example.org")
        await page.get_by_label("Wachtwoord").fill(PASSWORD)
        await page.get_by_role("button", name="Inloggen").click()
        secret = (await page.locator("code").inner_text()).replace(" ", "")
        await page.get_by_label("Zes cijfers").fill(code(service, secret))
        await page.get_by_role("button", name="Verder").click()
        await expect(page.locator(".nazorg-recovery li")).to_have_count(CODES)
        await page.get_by_role("link", name="Ik heb ze bewaard").click()
        await page.get_by_role("button", name="Oppakken: Bilal, werk").click()
        await page.get_by_role("button", name="Contact gehad").click()
        await page.get_by_text("Geholpen", exact=True).click()
        await page.get_by_role("button", name="Hulpvraag afronden").click()
        await expect(page.get_by_text("De hulpvraag is afgerond.")).to_be_visible()
        await page.goto(f"/deelnemers/{reference}")
        await page.get_by_text("Deelnemer wil stoppen").click()
        await page.get_by_role("button", name="Traject stoppen").click()
        await expect(page.get_by_text("Het traject is gestopt")).to_be_visible()
        await page.get_by_role("button", name="Uitloggen").click()
        await expect(page.get_by_text("Je bent uitgelogd.")).to_be_visible()


async def test_the_queue_renews_itself(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    async with open_page(chromium, address, service, staff.coach) as page:
        await page.goto("/werkvoorraad")
        await expect(page.get_by_text("Niemand wacht op hulp")).to_be_visible()
        await trouble_at_work(service)
        await expect(page.get_by_role("link", name="Bilal: werk")).to_be_visible()
        await expect(page.get_by_text("De werkvoorraad is veranderd.")).to_be_attached()


async def test_what_a_colleague_meets_on_the_way_has_no_barrier(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    await client(service, "Gerda", "0600000003")
    await says(service, "0600000003", "JA", "ik wil dood")
    pages: list[tuple[StaffMember, str]] = [
        (staff.consultant, "/werkvoorraad"),
        (staff.coach, "/werkvoorraad"),
        (staff.consultant, "/werkvoorraad?van=mij"),
        (staff.consultant, f"/hulpvragen/{call}"),
        (staff.outsider, "/deelnemers"),
        (staff.coach, f"/deelnemers/{reference}"),
        (staff.manager, "/werkvoorraad"),
    ]
    found = []
    for who, path in pages:
        async with open_page(chromium, address, service, who) as page:
            await page.goto(path)
            found += await barriers(page)
    async with open_page(chromium, address, service, staff.coach) as page:
        await page.goto(f"/deelnemers/{reference}/noodinzage")
        await page.get_by_label("Waarom").fill("spoed")
        await page.get_by_role("button", name="Een uur meelezen").click()
        await page.wait_for_selector("[role=alert]")
        found += await barriers(page)
        await page.get_by_label("Waarom").fill("het is thuis niet veilig, zegt ze")
        await page.get_by_role("button", name="Een uur meelezen").click()
        await page.wait_for_selector("[role=status]")
        found += await barriers(page)
        await page.goto(f"/deelnemers/{reference}/gegevens")
        await page.get_by_role("button", name="Kopie om te lezen").click()
        await page.wait_for_selector("article")
        found += await barriers(page)
    async with open_page(chromium, address, service, staff.consultant) as page:
        await page.goto("/inschrijven")
        await page.get_by_role("button", name="Inschrijven").click()
        await page.wait_for_selector("[role=alert]")
        found += await barriers(page)
        await page.get_by_label("Voornaam").fill("Tamar")
        await page.get_by_label("Telegram").check()
        await page.get_by_label("Eerste werkdag").fill("2026-02-23")
        await page.get_by_role("button", name="Inschrijven").click()
        await page.wait_for_selector(".nazorg-qr")
        found += await barriers(page)
    assert found == []


async def test_the_second_step_has_no_barrier(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    await set_up_second_step(service, staff.coach)
    found = []
    for who in (staff.coach, staff.consultant):
        async with open_page(chromium, address, service) as page:
            half = await open_half(service, who)
            await page.context.add_cookies([{"name": "nazorg", "value": half, "url": address}])
            await page.goto("/inloggen/code")
            found += await barriers(page)
            secret = await page.locator("code").all_inner_texts() or [SECRET]
            await page.get_by_label("Zes cijfers").fill("123")
            await page.get_by_role("button", name="Verder").click()
            await page.wait_for_selector("[role=alert]")
            found += await barriers(page)
            await page.get_by_label("Zes cijfers").fill(code(service, secret[0].replace(" ", "")))
            await page.get_by_role("button", name="Verder").click()
            await page.wait_for_selector(".nazorg-who, .nazorg-recovery")
            found += await barriers(page)
    assert found == []
