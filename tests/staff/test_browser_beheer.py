"""A day of an administrator in a real browser: narrow, without JavaScript, without barriers."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import uvicorn
from playwright.async_api import Browser, expect
from sqlalchemy import update

from aftercare.service import Service
from conversations.words import Channel, MessageStatus
from staff.outside import Outside
from staff.sign_in import LANGUAGE_COOKIE
from storage.models import Message, StaffMember
from tests.staff.test_browser import _barriers, _page, chromium  # noqa: F401
from tests.staff.world import (
    PASSWORD,
    Staff,
    app,
    client,
    code,
    money_trouble,
    set_up_second_step,
    takes,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]


@pytest.fixture
async def address(service: Service) -> AsyncIterator[str]:
    """The console on a socket, with SMS and mail set up."""
    outside = Outside(
        frozenset({Channel.SMS}), mail=takes, service_of=lambda _url: "Telegram", knock=takes
    )
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app(service, outside=outside), lifespan="off", ws="none", log_level="error"
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving


async def test_a_day_of_an_administrator_without_javascript(
    service: Service,
    staff: Staff,
    address: str,
    chromium: Browser,  # noqa: F811
) -> None:
    await set_up_second_step(service, staff.manager)
    async with _page(chromium, address, service, javascript=False, width=320) as page:
        await page.goto("/")
        await page.get_by_label("E-mailadres").fill("bea@example.org")
        await page.get_by_label("Wachtwoord").fill(PASSWORD)
        await page.get_by_role("button", name="Inloggen").click()
        await page.locator("#code").fill(code(service))
        await page.locator("#code").press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Beheer")
        await page.get_by_role("link", name="Naar de teams").click()
        await page.get_by_label("Organisatie").first.select_option(label="gemeente Velsen")
        await page.get_by_label("Naam van het team").fill("Schuldhulp Velsen")
        await page.get_by_label("Hoe de mensen er heten").fill("schuldhulpverlener")
        await page.get_by_label("E-mailadres voor meldingen").fill("schulden@velsen.nl")
        await page.get_by_label("gemeente", exact=False).last.check()
        await page.get_by_role("button", name="Team toevoegen").click()
        await expect(page.get_by_role("status")).to_have_text("Opgeslagen.")
        await page.get_by_label("Carla de Proef werkt er").check()
        await page.get_by_label("Carla de Proef leidt").check()
        await page.get_by_role("button", name="Opslaan wie er werkt").click()
        await page.get_by_role("link", name="Routes").click()
        await page.get_by_label("Gemeente").last.select_option(label="Velsen")
        await page.get_by_label("Onderwerp").select_option(label="geld of schulden")
        await page.get_by_label("Gaat naar").select_option(label="Schuldhulp Velsen (gemeente)")
        await page.get_by_role("button", name="Route wijzigen").click()
        await expect(page.get_by_role("status")).to_contain_text("De route is gewijzigd")
        sample = page.get_by_label("Wat iemand zou kunnen schrijven")
        await sample.fill("Ik kan de huur niet betalen deze maand")
        await page.get_by_label("Gemeente").first.select_option(label="Velsen")
        await page.get_by_role("button", name="Kijk waar het heen gaat").click()
        await expect(page.get_by_role("status")).to_contain_text("Schuldhulp Velsen")
        await page.get_by_role("link", name="Gemeenten").click()
        await page.get_by_role("link", name="Velsen").click()
        await page.get_by_label("Contacten op deze dagen").fill("1, 15, 60")
        await page.get_by_role("button", name="Bekijk eerst het plan").click()
        await expect(page.get_by_text("Nog niet opgeslagen.")).to_be_visible()
        await expect(page.get_by_text("Dag 60")).to_be_visible()
        await page.get_by_role("button", name="Opslaan", exact=True).click()
        await page.get_by_role("link", name="Kanalen en mail").click()
        await page.get_by_role("button", name="Stuur mij een proefmail").click()
        await expect(page.get_by_role("status")).to_contain_text("nam de proefmail aan")
        await page.get_by_role("link", name="Logboek").click()
        await expect(page.get_by_text("desk schuldhulp-velsen")).to_be_visible()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [320, 1280])
async def test_no_page_of_management_has_a_barrier(
    service: Service,
    staff: Staff,
    address: str,
    chromium: Browser,  # noqa: F811
    width: int,
    language: str,
) -> None:
    await money_trouble(service)
    await client(service, "Bilal", "0600000002")
    async with service.database.write() as session:
        await session.execute(
            update(Message)
            .where(Message.id == 1)
            .values(status=MessageStatus.FAILED, error="twilio 30006")
        )
        await session.execute(
            update(Message)
            .where(Message.status == MessageStatus.QUEUED)
            .values(not_before=service.now() - timedelta(hours=1))
        )
    pages: list[tuple[StaffMember, str]] = [
        *((staff.manager, f"/beheer{path}") for path in (
            "", "/teams", "/teams/velsen", "/gemeenten", "/gemeenten/velsen", "/routes",
            "/collegas", "/kanalen", "/teksten", "/teksten?taal=ar", "/logboek", "/instellingen",
        )),
        (staff.consultant, "/ik/meldingen"),
    ]  # fmt: skip
    barriers = []
    for who, path in pages:
        async with _page(chromium, address, service, who, width=width) as page:
            await page.context.add_cookies(
                [{"name": LANGUAGE_COOKIE, "value": language, "url": address}]
            )
            await page.goto(path)
            assert await page.locator("html").get_attribute("lang") == language
            await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            barriers += await _barriers(page, width)
    async with _page(chromium, address, service, staff.manager, width=width) as page:
        await page.goto("/beheer/instellingen")
        await page.locator("#file").fill('[instruments]\nhuisbezoek = "huisbezoek"\n')
        await page.locator("main form button").last.click()
        await page.wait_for_selector("table")
        barriers += await _barriers(page, width)
        await page.goto("/beheer/routes")
        await page.locator("#sample").fill("ik wil dood")
        await page.locator("form[action$=proef] button").click()
        await page.wait_for_selector(".nazorg-sample")
        barriers += await _barriers(page, width)
        await page.goto("/beheer/gemeenten/velsen")
        await page.locator("#taper").fill("1, 2")
        await page.get_by_role("button", name="Opslaan", exact=True).click()
        await page.wait_for_selector("#taper-error")
        barriers += await _barriers(page, width)
    async with _page(chromium, address, service, staff.consultant, width=width) as page:
        await page.goto("/ik/meldingen")
        await page.get_by_label("Een andere dienst").check()
        await page.locator("#url").fill("tgram://x")
        await page.get_by_role("button", name="Toevoegen").click()
        await page.wait_for_selector("table")
        barriers += await _barriers(page, width)
    assert barriers == []
