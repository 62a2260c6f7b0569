"""Take the pictures of README and guide from a real demo: `python -m tests.demo.pictures`.

The demo begins at the same moment every time, so the pictures do not change by the day.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from tests.demo.conftest import chromium, start_demo

PICTURES = Path(__file__).parents[2] / "docs" / "images"
_WIDTH, _HEIGHT = 1280, 860
_LIST = """Voornaam;Mobiel nummer;Gemeente;Eerste werkdag;Taal
Nour;06 00 12 34 91;Velsen;9-3-2026;Arabisch
Jeroen;06 00 12 34 92;Velsen;16-3-2026;Nederlands
Halina;06 00 12 34 93;Velsen;9-3-2026;Pools
Wim;020 1234567;Velsen;9-3-2026;Nederlands
Fatma;06 00 12 34 94;Zandvoort;9-3-2026;Turks
"""


@dataclass(frozen=True)
class Shot:
    """One picture of the guide: whose screen, where it begins, what to do there first, and which
    element it shows (the top of the page without one)."""

    name: str
    who: str
    path: str
    first: Callable[[Page], Awaitable[None]] | None = None
    shows: str | None = None
    height: int = _HEIGHT


async def _call_of(page: Page, name: str) -> None:
    await page.locator(".nazorg-call", has_text=name).get_by_role("link").first.click()


async def _file_of(page: Page, name: str) -> None:
    await page.get_by_role("link", name=name, exact=True).first.click()


async def _linda(page: Page) -> None:
    await _call_of(page, "Linda")


async def _hand_over(page: Page) -> None:
    await _call_of(page, "Kevin")
    for summary in ("Overdragen aan een collega", "Overdragen aan de andere organisatie"):
        await page.locator("summary", has_text=summary).click()


async def _thijs(page: Page) -> None:
    await _call_of(page, "Thijs")


async def _zofia(page: Page) -> None:
    await _file_of(page, "Zofia")


async def _plan(page: Page) -> None:
    await _file_of(page, "Kevin")
    await page.get_by_role("link", name="Plan wijzigen").click()
    await page.locator("summary", has_text="Pauze").click()


async def _enrol(page: Page) -> None:
    await page.get_by_label("Voornaam").fill("Halina")
    await page.get_by_label("Mobiel nummer").fill("06 00 12 34 93")
    await page.get_by_label("Eerste werkdag").fill("2026-03-09")
    await page.locator("section[aria-labelledby=wie]").evaluate(
        "one => { document.activeElement.blur(); one.scrollIntoView(); }"
    )


async def _list(page: Page) -> None:
    file = {"name": "lijst.csv", "mimeType": "text/csv", "buffer": _LIST.encode()}
    await page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    await page.get_by_role("button", name="Lijst controleren").click()


async def _review(page: Page) -> None:
    await page.locator("main a[href^='/terugblik/steekproef/']").first.click()


async def _sentence(page: Page) -> None:
    await page.get_by_label("Wat iemand zou kunnen schrijven").fill("Mijn baas schreeuwt tegen mij")
    await page.get_by_role("button", name="Kijk waar het heen gaat").click()


# A browser writes days in its own language, which need not be Dutch where the pictures are taken.
_DUTCH_DAYS = """for (const one of document.querySelectorAll("input[type=date]")) {
  const day = one.value.split("-").reverse().join("-") || "dd-mm-jjjj";
  one.type = "text";
  one.value = day;
}"""

SHOTS = (
    Shot("logboek", "Iris", "/beheer/logboek"),  # first: the others are written down too
    Shot("werkvoorraad", "Sanne", "/werkvoorraad"),
    Shot("hulpvraag", "Karin", "/werkvoorraad", _linda),
    Shot("overdragen", "Sanne", "/werkvoorraad", _hand_over, "section[aria-labelledby=overdragen]"),
    Shot("gevaar", "Dennis", "/werkvoorraad", _thijs),
    Shot("deelnemers", "Sanne", "/deelnemers", height=1180),
    Shot("dossier", "Sanne", "/deelnemers", _zofia),
    Shot("plan", "Sanne", "/deelnemers", _plan),
    Shot("inschrijven", "Karin", "/inschrijven", _enrol),
    Shot("lijst", "Karin", "/inschrijven/lijst", _list),
    Shot("meldingen", "Sanne", "/ik/meldingen"),
    Shot("noodinzages", "Karin", "/noodinzage", height=480),
    Shot("steekproef", "Sanne", "/terugblik/steekproef", _review),
    Shot("terugblik", "Sanne", "/terugblik"),
    Shot("beheer", "Iris", "/beheer"),
    Shot("routes", "Iris", "/beheer/routes", _sentence),
    Shot("kanalen", "Iris", "/beheer/kanalen"),
)


async def take(url: str) -> None:
    """The demo as a visitor sees it first, then the colleagues' pages, in Dutch."""
    async with async_playwright() as playwright:
        browser = await chromium(playwright)
        async with _page(browser, 1440, 900) as page:
            await page.goto(f"{url}/demo")
            await page.wait_for_timeout(2500)
            await page.screenshot(path=PICTURES / "demo.png")
            badges = await page.locator(".badge").evaluate_all(
                "all => all.map(one => [one.querySelector('strong').textContent, one.href])"
            )
        for shot in SHOTS:
            async with _page(browser, _WIDTH, shot.height) as page:
                await _take(page, shot, dict(badges))
        await browser.close()


async def _take(page: Page, shot: Shot, badges: Mapping[str, str]) -> None:
    await page.goto(f"{badges[shot.who]}?naar={shot.path}")
    if shot.first:
        await shot.first(page)
    await page.get_by_role("heading", level=1).wait_for()
    await page.evaluate(_DUTCH_DAYS)
    picture = PICTURES / f"handleiding-{shot.name}.png"
    if shot.shows:
        await page.locator(shot.shows).screenshot(path=picture)
    else:
        await page.screenshot(path=picture)


@asynccontextmanager
async def _page(browser: Browser, width: int, height: int) -> AsyncIterator[Page]:
    context = await browser.new_context(
        viewport={"width": width, "height": height}, locale="nl-NL", reduced_motion="reduce"
    )
    yield await context.new_page()
    await context.close()


def main() -> None:
    """Start a demo, photograph it, end it."""
    with tempfile.TemporaryDirectory() as folder:
        demo = start_demo(Path(folder))
        asyncio.run(take(demo.url))
        demo.end()


if __name__ == "__main__":
    main()
