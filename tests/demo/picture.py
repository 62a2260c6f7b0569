"""Take the picture of the demo for the README: `python -m tests.demo.picture`."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.demo.conftest import chromium, start_demo

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "demo.png"


async def take(url: str) -> None:
    """The page as a visitor sees it first, in Dutch."""
    async with async_playwright() as playwright:
        browser = await chromium(playwright)
        page = await browser.new_page(viewport={"width": 1440, "height": 900})
        await page.goto(url)
        await page.wait_for_timeout(2500)
        await page.screenshot(path=PICTURE)
        await browser.close()


def main() -> None:
    """Start a demo, photograph it, end it."""
    with tempfile.TemporaryDirectory() as folder:
        demo = start_demo(Path(folder))
        asyncio.run(take(f"{demo.url}/demo"))
        demo.end()


if __name__ == "__main__":
    main()
