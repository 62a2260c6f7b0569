"""The console in a real browser: by keyboard, on a narrow screen, without JavaScript."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright, expect

from aftercare.lines import lead
from aftercare.service import Service
from staff.links import make_link
from staff.second_factor import CODES, open_half
from staff.sign_in import open_session
from storage.models import StaffMember
from tests.staff.world import (
    PASSWORD,
    SECRET,
    Staff,
    app,
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
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
async def address(service: Service) -> AsyncIterator[str]:
    """The console on a socket."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app(service), lifespan="off", ws="none", log_level="error")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """The system's Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which(os.environ.get("CHROMIUM", "chromium")), args=_ARGUMENTS
        )
        yield browser
        await browser.close()


@asynccontextmanager
async def _page(
    chromium: Browser,
    address: str,
    service: Service,
    who: StaffMember | None = None,
    *,
    width: int = 1280,
    javascript: bool = True,
    dark: bool = False,
) -> AsyncIterator[Page]:
    context = await chromium.new_context(
        base_url=address,
        locale="nl-NL",
        viewport={"width": width, "height": 800},
        java_script_enabled=javascript,
        color_scheme="dark" if dark else "light",
    )
    if who:
        token = await open_session(service, who.id)
        await context.add_cookies([{"name": "nazorg", "value": token, "url": address}])
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    await context.close()
    assert [text for text in complaints if "Failed to load resource" not in text] == []


async def _tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"no way by keyboard to {selector} on {page.url}")


async def test_a_call_is_resolved_by_keyboard_alone(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    call = await call_of(service, await money_trouble(service))
    await set_up_second_step(service, staff.consultant)
    async with _page(chromium, address, service) as page:
        await page.goto("/werkvoorraad")
        await _tab_to(page, "#email")
        await page.keyboard.type("carla@example.org")
        await _tab_to(page, "#password")
        await page.keyboard.type(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Code uit je app")
        await _tab_to(page, "#code")
        await page.keyboard.type(code(service))
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Werkvoorraad")
        await page.keyboard.press("Tab")
        await expect(page.get_by_text("Naar de inhoud")).to_be_focused()
        await _tab_to(page, ".nazorg-call button")
        await page.keyboard.press("Enter")
        await expect(page).to_have_url(f"{address}/hulpvragen/{call}?gelukt=taken")
        await _tab_to(page, "form[action$='/contact'] button")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("Het contact is genoteerd")
        await _tab_to(page, "[name=outcome]")
        await page.keyboard.press("Space")
        await _tab_to(page, "[value=debt-help]")
        await page.keyboard.press("Space")
        await _tab_to(page, "#note")
        await page.keyboard.type("Samen gebeld met de verhuurder")
        await _tab_to(page, "form[action$='/afronden'] button")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_have_text("De hulpvraag is afgerond.")
        await expect(page.get_by_text("schuldhulpverlening 2 mrt")).to_be_visible()


async def test_somebody_is_enrolled_after_a_mistake(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    async with _page(chromium, address, service, staff.consultant) as page:
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
    async with _page(chromium, address, service, javascript=False, width=320) as page:
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
    async with _page(chromium, address, service, staff.coach) as page:
        await page.goto("/werkvoorraad")
        await expect(page.get_by_text("Niemand wacht op hulp")).to_be_visible()
        await trouble_at_work(service)
        await expect(page.get_by_role("link", name="Bilal: werk")).to_be_visible()
        await expect(page.get_by_text("De werkvoorraad is veranderd.")).to_be_attached()


@pytest.mark.parametrize(
    ("width", "dark"), [(320, False), (1280, False), (1280, True)], ids=["320", "1280", "dark"]
)
async def test_no_page_has_a_barrier(
    service: Service, staff: Staff, address: str, chromium: Browser, width: int, dark: bool
) -> None:
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    await lead(service, "velsen", "carla@example.org")
    await client(service, "Gerda", "0600000003")
    await says(service, "0600000003", "JA", "ik wil dood")
    link = await make_link(service, staff.outsider.reference)
    await set_up_second_step(service, staff.coach)
    pages: list[tuple[StaffMember | None, str]] = [
        (None, "/inloggen"),
        (staff.consultant, "/werkvoorraad"),
        (staff.coach, "/werkvoorraad"),
        (staff.consultant, "/werkvoorraad?van=mij"),
        (staff.consultant, f"/hulpvragen/{call}"),
        (staff.consultant, "/deelnemers"),
        (staff.outsider, "/deelnemers"),
        (staff.consultant, f"/deelnemers/{reference}"),
        (staff.coach, f"/deelnemers/{reference}"),
        (staff.coach, f"/deelnemers/{reference}/noodinzage"),
        (staff.consultant, f"/deelnemers/{reference}/gegevens"),
        (staff.consultant, "/noodinzage"),
        (staff.consultant, "/inschrijven"),
        (staff.manager, "/beheer/collegas"),
        (staff.manager, "/beheer/routes"),
        (staff.coach, "/cijfers"),
        (staff.outsider, "/cijfers"),
        (staff.manager, "/werkvoorraad"),
        (staff.coach, "/ik"),
        (None, "/wachtwoord-vergeten"),
        (None, "/welkom/onbekend"),
        (None, link.path),
    ]
    barriers = []
    for who, path in pages:
        async with _page(chromium, address, service, who, width=width, dark=dark) as page:
            await page.goto(path)
            await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            barriers += await _barriers(page, width)
    async with _page(chromium, address, service, staff.coach, width=width, dark=dark) as page:
        await page.goto(f"/deelnemers/{reference}/noodinzage")
        await page.get_by_label("Waarom").fill("spoed")
        await page.get_by_role("button", name="Een uur meelezen").click()
        await page.wait_for_selector("[role=alert]")
        barriers += await _barriers(page, width)
        await page.get_by_label("Waarom").fill("het is thuis niet veilig, zegt ze")
        await page.get_by_role("button", name="Een uur meelezen").click()
        await page.wait_for_selector("[role=status]")
        barriers += await _barriers(page, width)
        await page.goto(f"/deelnemers/{reference}/gegevens")
        await page.get_by_role("button", name="Kopie om te lezen").click()
        await page.wait_for_selector("article")
        barriers += await _barriers(page, width)
    async with _page(chromium, address, service, staff.consultant, width=width, dark=dark) as page:
        await page.goto("/inschrijven")
        await page.get_by_role("button", name="Inschrijven").click()
        await page.wait_for_selector("[role=alert]")
        barriers += await _barriers(page, width)
        await page.get_by_label("Voornaam").fill("Tamar")
        await page.get_by_label("Telegram").check()
        await page.get_by_label("Eerste werkdag").fill("2026-02-23")
        await page.get_by_role("button", name="Inschrijven").click()
        await page.wait_for_selector(".nazorg-qr")
        barriers += await _barriers(page, width)
    for who in (staff.coach, staff.consultant):
        async with _page(chromium, address, service, width=width, dark=dark) as page:
            half = await open_half(service, who)
            await page.context.add_cookies([{"name": "nazorg", "value": half, "url": address}])
            await page.goto("/inloggen/code")
            barriers += await _barriers(page, width)
            secret = await page.locator("code").all_inner_texts() or [SECRET]
            await page.get_by_label("Zes cijfers").fill("123")
            await page.get_by_role("button", name="Verder").click()
            await page.wait_for_selector("[role=alert]")
            barriers += await _barriers(page, width)
            await page.get_by_label("Zes cijfers").fill(code(service, secret[0].replace(" ", "")))
            await page.get_by_role("button", name="Verder").click()
            await page.wait_for_selector(".nazorg-who, .nazorg-recovery")
            barriers += await _barriers(page, width)
    assert barriers == []


async def _barriers(page: Page, width: int) -> list[str]:
    results = await Axe().run(page)
    assert results.response["passes"]
    found = [
        f"{page.url}: {one['id']}: {node['html'][:120]}"
        for one in results.response["violations"]
        for node in one["nodes"]
    ]
    if await page.evaluate("document.documentElement.scrollWidth") > width:
        found.append(f"{page.url}: wider than {width} pixels")
    return found
