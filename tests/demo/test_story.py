"""The story of the guided tour, played by hand in a browser from the first to the last step."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from aftercare import speech
from conversations.phrases import Phrase

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _said(phrase: Phrase, first_name: str = "", municipality: str = "") -> str:
    """What stands on a telephone when Nazorg says `phrase`."""
    params = {"first_name": first_name, "municipality": municipality}
    return speech.phrase(phrase, "nl", params)


async def _at_step(page: Page, name: str) -> None:
    await expect(page.locator(".guide__steps [aria-current=step]")).to_contain_text(name)


async def _choose(page: Page, name: str) -> None:
    await page.locator(".person", has_text=name).click()
    await expect(page.locator(".owner__tag")).to_have_text(name)


async def test_the_guide_leads_from_the_check_in_to_the_file(page: Page) -> None:
    chat, console = page.locator("#chat"), page.frame_locator("#frame")
    await _at_step(page, "De check-in")
    await page.locator("#journey-check_in").click()
    await expect(chat).to_contain_text(_said(Phrase.CHECK_IN, "Amina"))

    await _at_step(page, "Het antwoord")
    await page.locator(".hint", has_text="3 niet goed").click()
    await expect(chat).to_contain_text(_said(Phrase.WHAT_ABOUT))
    await page.locator("#text").fill("2")
    await page.locator("#text").press("Enter")
    await expect(chat).to_contain_text(_said(Phrase.OWN_WORDS))
    await page.locator("#text").fill("de huur is te hoog")
    await page.locator(".compose button").click()
    await expect(chat).to_contain_text("Karin Voorbeeld (inkomensconsulent, gemeente Velsen)")

    await _at_step(page, "Het bericht")
    newest = page.locator(".post").first
    await expect(newest).to_contain_text("nazorg@velsen.example.org")
    assert "Amina" not in await newest.inner_text()
    assert "huur" not in await newest.inner_text()
    await newest.get_by_role("link").click()

    await expect(page.locator(".badge[aria-current]")).to_contain_text("Karin")
    await expect(console.locator("main")).to_contain_text("de huur is te hoog")
    await _at_step(page, "De hulp")
    await console.locator("form[action$='/oppakken'] button").click()
    await expect(page.locator(".guide__task")).to_contain_text("er contact was")
    await console.locator("form[action$='/contact'] button").click()
    await expect(page.locator(".guide__task")).to_contain_text("Rond de hulpvraag af")
    await console.locator("input[name=outcome][value=helped]").check()
    await console.locator("input[name=instruments][value=debt-help]").check()
    await console.locator("form[action$='/afronden'] button").click()

    await _at_step(page, "Het verslag")
    await console.locator("main a[href^='/deelnemers/']").first.click()
    await expect(console.locator("main")).to_contain_text("de huur is te hoog")
    await expect(page.locator(".guide__steps .is-done")).to_have_count(5)
    await expect(page.locator(".person", has_text="Amina")).to_contain_text("geholpen")


async def test_telegram_begins_with_the_link_and_is_answered_with_buttons(page: Page) -> None:
    chat = page.locator("#chat")
    await _choose(page, "Youssef")
    await expect(page.locator("#compose")).to_be_hidden()
    await page.locator("#open-link").click()
    await expect(chat).to_contain_text(_said(Phrase.INVITATION, "Youssef", "Beverwijk"))
    await page.locator(".keys button", has_text="ja").click()
    await expect(chat).to_contain_text("Fijn, Youssef!")
    await expect(page.locator(".keys [aria-pressed=true]")).to_have_text("ja")
    await page.locator("#journey-check_in").click()
    await expect(chat).to_contain_text(_said(Phrase.CHECK_IN, "Youssef"))
    await page.locator(".keys button", has_text="gaat wel").click()
    await expect(chat).to_contain_text(_said(Phrase.SO_SO))


async def test_each_role_sees_what_is_theirs(page: Page) -> None:
    console = page.frame_locator("#frame")
    await expect(console.locator("main")).to_contain_text("Linda")
    await page.locator(".badge", has_text="Sanne").click()
    await expect(page.locator(".badge[aria-current]")).to_contain_text("Sanne")
    await expect(console.locator("main")).to_contain_text("Kevin")
    await expect(console.locator("main")).not_to_contain_text("Linda")
    await page.locator(".badge", has_text="Iris").click()
    await expect(console.locator("main")).to_contain_text("Routes in orde")
    await expect(console.locator("main")).not_to_contain_text("Kevin")
    await console.get_by_role("link", name="Collega's", exact=True).click()
    await expect(console.locator("main")).to_contain_text("Dennis Denkbeeld")


async def test_half_a_year_goes_by_while_the_page_shows_it_and_nobody_is_signed_out(
    page: Page,
) -> None:
    await page.locator("#journey-month_six").click()
    await expect(page.locator("#journey")).to_be_visible()
    await expect(page.locator("#journey")).to_be_hidden(timeout=60_000)
    await expect(page.locator("#day")).to_contain_text("september 2026")
    await expect(page.locator("#chat")).to_contain_text(_said(Phrase.CLOSING, "Amina"))
    await expect(page.frame_locator("#frame").get_by_role("heading", level=1)).to_have_text(
        "Werkvoorraad"
    )


async def test_a_cry_for_help_is_answered_at_once_and_stands_in_the_mail(page: Page) -> None:
    await _choose(page, "Marek")
    await page.locator(".hint--danger").click()
    await expect(page.locator("#chat")).to_contain_text("113")
    await expect(page.locator(".person", has_text="Marek")).to_contain_text("mogelijk gevaar")
    await expect(page.locator(".post--danger").first).to_be_visible()


async def test_the_tour_can_be_closed_and_opened_again(page: Page) -> None:
    await page.locator("#guide-close").click()
    await expect(page.locator("#guide")).to_be_hidden()
    await page.reload()
    await expect(page.locator("#guide")).to_be_hidden()
    await page.locator("#guide-again").click()
    await expect(page.locator("#guide")).to_be_visible()


async def test_starting_over_puts_everything_back(page: Page) -> None:
    await page.locator("#text").fill("STOP")
    await page.locator("#text").press("Enter")
    await expect(page.locator(".person", has_text="Amina")).to_contain_text("gestopt")
    await page.locator("#again").click()
    await expect(page.locator(".person", has_text="Amina")).to_contain_text("net begonnen")
    await expect(page.locator("#day")).to_contain_text("2 maart 2026")


async def test_the_frame_also_speaks_english(page: Page) -> None:
    await page.get_by_role("link", name="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.locator(".honest")).to_have_text(
        "Demo: invented people, nothing is really sent."
    )
    await expect(page.locator("#journey-day")).to_contain_text("+1 day")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844), (360, 640)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_everybody_can_use_it(page: Page, width: int, height: int, scheme: str) -> None:
    await page.set_viewport_size({"width": width, "height": height})
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for name in ("Amina", "Linda", "Youssef", "Peter"):
        await _choose(page, name)
        found = await Axe().run(page, options={"iframes": False})
        assert found.violations_count == 0, found.generate_report()
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
