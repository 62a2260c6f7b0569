"""A day of an administrator in a real browser: narrow, without JavaScript, without barriers."""

from datetime import timedelta

import pytest
from playwright.async_api import Browser, expect
from sqlalchemy import update

from aftercare.service import Service
from conversations.words import MessageStatus
from storage.models import Message
from tests.staff.browser.pages import barriers, open_page
from tests.staff.world import (
    PASSWORD,
    Staff,
    client,
    code,
    money_trouble,
    set_up_second_step,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]


async def test_a_day_of_an_administrator_without_javascript(
    service: Service,
    staff: Staff,
    address: str,
    chromium: Browser,
) -> None:
    await set_up_second_step(service, staff.manager)
    async with open_page(chromium, address, service, javascript=False, width=320) as page:
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


async def test_what_an_administrator_meets_on_the_way_has_no_barrier(
    service: Service,
    staff: Staff,
    address: str,
    chromium: Browser,
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
    found = []
    async with open_page(chromium, address, service, staff.manager) as page:
        for path in ("/beheer", "/beheer/kanalen", "/beheer/teksten?taal=ar"):
            await page.goto(path)
            found += await barriers(page)
        await page.goto("/beheer/instellingen")
        await page.locator("#file").fill('[instruments]\nhuisbezoek = "huisbezoek"\n')
        await page.locator("main form button").last.click()
        await page.wait_for_selector("table")
        found += await barriers(page)
        await page.goto("/beheer/routes")
        await page.locator("#sample").fill("ik wil dood")
        await page.locator("form[action$=proef] button").click()
        await page.wait_for_selector(".nazorg-sample")
        found += await barriers(page)
        await page.goto("/beheer/gemeenten/velsen")
        await page.locator("#taper").fill("1, 2")
        await page.get_by_role("button", name="Opslaan", exact=True).click()
        await page.wait_for_selector("#taper-error")
        found += await barriers(page)
    async with open_page(chromium, address, service, staff.consultant) as page:
        await page.goto("/ik/meldingen")
        await page.get_by_label("Een andere dienst").check()
        await page.locator("#url").fill("tgram://x")
        await page.get_by_role("button", name="Toevoegen").click()
        await page.wait_for_selector("table")
        found += await barriers(page)
    assert found == []
