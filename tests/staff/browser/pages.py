"""A page of the console in Chromium: signed in, wide or narrow, and what bars the way in it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, Page, Response

from aftercare.service import Service
from staff.sign_in import LANGUAGE_COOKIE, open_session
from storage.models import StaffMember

WIDTHS = (1280, 320)


@asynccontextmanager
async def open_page(
    chromium: Browser,
    address: str,
    service: Service,
    who: StaffMember | None = None,
    *,
    width: int = 1280,
    javascript: bool = True,
    language: str | None = None,
) -> AsyncIterator[Page]:
    """A browser of this colleague, or of a stranger. It may complain of nothing."""
    context = await chromium.new_context(
        base_url=address,
        locale="nl-NL",
        viewport={"width": width, "height": 800},
        java_script_enabled=javascript,
    )
    if who:
        token = await open_session(service, who.id)
        await context.add_cookies([{"name": "nazorg", "value": token, "url": address}])
    if language:
        await context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": address}])
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: complaints.extend(_missing(answer)))
    yield page
    await context.close()
    heard = [text for text in complaints if "Failed to load resource" not in text]
    assert heard == []


def _missing(answer: Response) -> list[str]:
    is_file = "/static/" in answer.url
    return [f"{answer.url}: {answer.status}"] if is_file and answer.status >= 400 else []


async def tab_to(page: Page, selector: str) -> None:
    """Go on with the tab key until this has the focus."""
    for _ in range(80):
        await page.keyboard.press("Tab")
        if await page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"no way by keyboard to {selector} on {page.url}")


async def open_all(page: Page) -> None:
    """Unfold whatever can be."""
    await page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


async def barriers(page: Page, widths: Sequence[int] = WIDTHS) -> list[str]:
    """What axe has to say of the page as it is now, narrow and wide, and whether it is too wide."""
    found = []
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    await open_all(page)
    for width in widths:
        await page.set_viewport_size({"width": width, "height": 800})
        results = await page.evaluate("axe.run({resultTypes: ['violations']})")
        assert results["passes"]
        found += [
            f"{page.url} at {width}: {one['id']}: {node['html'][:120]}"
            for one in results["violations"]
            for node in one["nodes"]
        ]
        if await page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{page.url}: wider than {width} pixels")
    return found
