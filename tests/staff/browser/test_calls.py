"""A day at the queue in a real browser: two who take one call, a werkcoach's day, a consulent's."""

import asyncio
import re

import pytest
from playwright.async_api import Browser, expect
from sqlalchemy import delete

from aftercare import escalations
from aftercare.absences import set_absence
from aftercare.casework import add_note
from aftercare.service import Service
from scheduler.calendar import Hours, local_day
from storage.models import StaffSession
from tests.staff.browser.pages import barriers, open_all, open_page
from tests.staff.world import Staff, call_of, client, money_trouble, says, trouble_at_work

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]


async def test_of_two_browsers_one_takes_the_call_and_the_other_reads_who(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    await trouble_at_work(service)
    async with (
        open_page(chromium, address, service, staff.coach) as one,
        open_page(chromium, address, service, staff.other_coach) as other,
    ):
        # A slow line: neither hears of the other before the button is pressed.
        for page in (one, other):
            await page.route("**/live", lambda route: route.abort())
            await page.goto("/werkvoorraad")
        buttons = [
            page.get_by_role("button", name="Oppakken: Bilal, werk") for page in (one, other)
        ]
        await asyncio.gather(*(button.click() for button in buttons))
        pages = {"Wouter de Testcoach": one, "Willeke de Testcoach": other}
        for page in pages.values():
            await expect(page.get_by_role("heading", level=1)).to_have_text("Bilal: werk")
        winner = "Wouter de Testcoach" if "gelukt=taken" in one.url else "Willeke de Testcoach"
        loser = pages[({*pages} - {winner}).pop()]
        await expect(pages[winner].get_by_role("status")).to_contain_text("opgepakt")
        await expect(loser.get_by_role("alert")).to_contain_text(f"{winner} was eerder")
        await expect(loser.get_by_text(f"door {winner}")).to_be_visible()


async def test_a_call_appears_by_itself_and_goes_when_a_colleague_takes_it(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    async with open_page(chromium, address, service, staff.coach) as page:
        await page.goto("/werkvoorraad")
        await expect(page.get_by_text("Niemand wacht op hulp")).to_be_visible()
        call = await call_of(service, await trouble_at_work(service))
        await expect(page.get_by_role("button", name="Oppakken: Bilal, werk")).to_be_visible()
        await expect(page).to_have_title("(1) Werkvoorraad · Nazorg")
        await escalations.take(service, call, staff.other_coach)
        await expect(page.get_by_text("Willeke de Testcoach")).to_be_visible()
        await expect(page).to_have_title("Werkvoorraad · Nazorg")


async def test_it_listens_again_after_a_restart_and_hears_that_the_session_is_over(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    async with open_page(chromium, address, service, staff.coach) as page:
        await page.clock.install()
        await page.route("**/live", lambda route: route.fulfill(status=502), times=1)
        async with page.expect_response("**/live") as away:
            await page.goto("/werkvoorraad")
        assert (await away.value).status == 502
        await call_of(service, await trouble_at_work(service))
        await page.clock.fast_forward(10_000)
        await expect(page.get_by_role("button", name="Oppakken: Bilal, werk")).to_be_visible()
    async with open_page(chromium, address, service, staff.coach) as page:
        await page.clock.install()
        await page.route("**/live", lambda route: route.fulfill(status=502), times=1)
        async with page.expect_response("**/live"):
            await page.goto("/werkvoorraad")
        async with service.database.write() as session:
            await session.execute(delete(StaffSession))
        await page.clock.fast_forward(10_000)
        await expect(page).to_have_url(re.compile("/inloggen"))


async def test_sound_is_off_until_somebody_wants_it_and_is_for_danger(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    async with open_page(chromium, address, service, staff.consultant) as page:
        await page.add_init_script(
            "window.tones = 0; const real = AudioContext.prototype.createOscillator;"
            "AudioContext.prototype.createOscillator = function () "
            "{ window.tones += 1; return real.call(this); };"
        )
        await page.goto("/werkvoorraad")
        await money_trouble(service)
        await expect(page.get_by_role("link", name="Amina")).to_be_visible()
        button = page.get_by_role("button", name="Geluid bij gevaar")
        await expect(button).to_have_attribute("aria-pressed", "false")
        assert await page.evaluate("window.tones") == 0
        await button.click()
        await expect(button).to_have_attribute("aria-pressed", "true")
        tried = await page.evaluate("window.tones")
        assert tried > 0
        await money_trouble(service, "Brigitte", "0600000005")
        await expect(page.get_by_role("link", name="Brigitte")).to_be_visible()
        assert await page.evaluate("window.tones") == tried
        await client(service, "Gerda", "0600000003")
        await says(service, "0600000003", "JA", "ik wil dood")
        await expect(page.get_by_role("link", name="Gerda: mogelijk gevaar")).to_be_visible()
        assert await page.evaluate("window.tones") > tried
        await page.reload()
        await expect(button).to_have_attribute("aria-pressed", "true")


async def test_a_day_of_a_werkcoach(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    reference = await trouble_at_work(service)
    async with open_page(chromium, address, service, staff.coach) as page:
        await page.goto("/werkvoorraad")
        await page.get_by_role("button", name="Oppakken: Bilal, werk").click()
        await expect(page.get_by_role("link", name="06 00 00 00 02")).to_have_attribute(
            "href", "tel:+31600000002"
        )
        await page.get_by_text("Bericht via de bot").click()
        await page.get_by_label("Bericht", exact=True).fill("Ik bel je zo. Past dat?")
        await page.get_by_role("button", name="Bekijk het bericht").click()
        await expect(page.get_by_text("Wouter de Testcoach (werkcoach")).to_be_visible()
        await page.get_by_role("button", name="Versturen").click()
        await expect(page.get_by_role("status")).to_contain_text("Het bericht is onderweg")
        await says(service, "0600000002", "ja dat past")
        await page.reload()
        await expect(page.get_by_role("blockquote").get_by_text("ja dat past")).to_be_visible()
        await page.get_by_role("button", name="Contact gehad").click()
        await page.get_by_text("Notitie schrijven").click()
        await page.get_by_label("Nieuwe notitie").fill("Wil zelf met de baas praten.")
        await page.get_by_role("button", name="Notitie bewaren").click()
        await expect(page.get_by_text("Wil zelf met de baas praten.")).to_be_visible()
        await page.get_by_text("Noteren wat is ingezet").click()
        used = page.get_by_role("region", name="Ingezet")
        await used.get_by_text("gesprek met de werkcoach").click()
        await used.get_by_role("button", name="Noteren").click()
        await page.get_by_text("Overdragen aan de andere organisatie").click()
        await page.get_by_label("Aan wie?").last.select_option(label="Carla de Proef")
        await page.get_by_label("Waar gaat het over?").select_option("money")
        await page.get_by_label("Samenvatting").fill("Loon komt te laat; huur loopt achter.")
        await page.get_by_role("button", name="Overdragen met de samenvatting").click()
        await expect(page.get_by_role("alert")).to_contain_text("Zet dan het vinkje")
        await page.get_by_label("Bilal weet dat ik dit doorgeef").check()
        await page.get_by_role("button", name="Overdragen met de samenvatting").click()
        await expect(page.get_by_role("status")).to_contain_text("Het andere team heeft de vraag")
    new = await call_of(service, reference)
    async with open_page(chromium, address, service, staff.consultant) as page:
        await page.goto("/werkvoorraad?van=mij")
        await page.get_by_role("link", name="Bilal: geld of schulden").click()
        await expect(page).to_have_url(f"{address}/hulpvragen/{new}")
        await expect(page.get_by_text("Loon komt te laat")).to_be_visible()
        await expect(page.get_by_text("Mijn baas schreeuwt")).to_have_count(0)


async def test_a_day_of_a_consulent_without_javascript(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    await client(service, "Gerda", "0600000003")
    await says(service, "0600000003", "JA", "ik wil dood")
    await money_trouble(service)
    who = staff.consultant
    async with open_page(chromium, address, service, who, javascript=False, width=320) as page:
        await page.goto("/werkvoorraad")
        first = page.locator(".nazorg-call").first
        await expect(first).to_contain_text("Gerda")
        await expect(page.get_by_role("link", name="Opnieuw kijken")).to_be_visible()
        await page.get_by_role("button", name="Oppakken: Gerda").click()
        await expect(page.get_by_text("bel bij levensgevaar eerst 112")).to_be_visible()
        await page.get_by_role("button", name="Contact gehad").click()
        await page.get_by_text("Traject vrijgeven").click()
        await page.get_by_label("Waarom mag de bot weer schrijven?").fill("De huisarts is er.")
        await page.get_by_role("button", name="Vrijgeven").click()
        await expect(page.get_by_role("status")).to_contain_text("mag weer uit zichzelf schrijven")
        await page.get_by_role("link", name="Werkvoorraad").first.click()
        await page.get_by_role("button", name="Oppakken: Amina").click()
        await page.get_by_text("Teruggeven aan het team").click()
        await page.get_by_label("Waarom?").fill("Ik ken haar familie.")
        await page.get_by_role("button", name="Teruggeven", exact=True).click()
        await expect(page.get_by_role("status")).to_contain_text("weer van het team")
        await page.get_by_role("link", name="Werkvoorraad").first.click()
        await expect(page.get_by_text("was bij Carla de Proef")).to_be_visible()
        await page.get_by_role("link", name="Wie is er afwezig").click()
        await page.get_by_label("Laatste dag").fill("2026-03-06")
        await page.get_by_role("button", name="Noteren").click()
        await expect(page.get_by_role("status")).to_contain_text("De afwezigheid is genoteerd")
        await page.get_by_role("button", name="Weer aanwezig: Carla de Proef").click()
        await expect(page.get_by_text("Niemand is afwezig")).to_be_visible()


async def test_what_a_colleague_does_with_a_call_has_no_barrier(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    call = await call_of(service, await money_trouble(service))
    await escalations.take(service, call, staff.consultant)
    await add_note(service, call, staff.consultant, "n" * 400)
    gerda = await client(service, "Gerda", "0600000003")
    await says(service, "0600000003", "JA", "ik wil dood")
    danger = await call_of(service, gerda)
    await escalations.take(service, danger, staff.consultant)
    today = local_day(service.now(), Hours())
    await set_absence(service, staff.coach, staff.coach, today, today, staff.other_coach)
    found = []
    for who, path in (
        (staff.consultant, "/werkvoorraad?van=te-laat"),
        (staff.consultant, "/werkvoorraad?van=opnieuw"),
        (staff.consultant, f"/hulpvragen/{danger}"),
        (staff.coach, "/werkvoorraad/afwezig"),
        (staff.manager, "/werkvoorraad/afwezig"),
        (staff.consultant, "/werkvoorraad/afwezig"),
    ):
        async with open_page(chromium, address, service, who) as page:
            await page.goto(path)
            found += await barriers(page)
    who = staff.consultant
    async with open_page(chromium, address, service, who) as page:
        await page.goto(f"/hulpvragen/{call}")
        await open_all(page)
        await page.get_by_label("Bericht", exact=True).fill("Kan het morgen?")
        await page.get_by_role("button", name="Bekijk het bericht").click()
        await expect(page.get_by_role("button", name="Versturen")).to_be_visible()
        found += await barriers(page)
        await page.get_by_label("Waar gaat het over?").select_option("work")
        await page.get_by_label("Samenvatting").fill("Zoekt ander werk.")
        await page.get_by_label("Aan wie?").last.select_option(index=1)
        await page.get_by_role("button", name="Overdragen met de samenvatting").click()
        await expect(page.get_by_role("alert")).to_be_visible()
        found += await barriers(page)
    assert found == []
