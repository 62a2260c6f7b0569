"""Every page of the console in a real browser: no barriers, and it works without JavaScript."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from playwright.async_api import Page as Tab

from aftercare.service import Service
from staff.app import PAGES, Page
from staff.links import make_link
from staff.pages.organisation import BACK
from staff.second_factor import open_half
from storage import encryption
from storage.models import StaffMember
from tests.conftest import open_prepared
from tests.staff.browser.conftest import console_of, on_socket
from tests.staff.browser.pages import barriers, open_all, open_page
from tests.staff.everything import LIVE, World, address_of, build, page_name, table
from tests.staff.world import hire

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

GETS = [page for page in PAGES if page.method == "GET" and page.path != LIVE]


@dataclass(frozen=True)
class Everything:
    """A console with everything in it, on a socket."""

    service: Service
    world: World
    address: str
    welcome: str
    """Where somebody new chooses a password."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def everything(
    sqlite_template: Path, key_ring: encryption.KeyRing, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Everything]:
    """One world for all pages."""
    path = tmp_path_factory.mktemp("pages") / "nazorg.db"
    shutil.copy(sqlite_template, path)
    async with open_prepared(f"sqlite+aiosqlite:///{path}", key_ring) as service:
        world = await build(service, await hire(service))
        link = await make_link(service, world.addresses["/beheer/collegas/{reference}"])
        async with on_socket(console_of(service)) as address:
            yield Everything(service, world, address, link.path)


def _visitors(page: Page, world: World) -> tuple[StaffMember | None, StaffMember | None]:
    """Two of those for whom the page is, as different as they can be."""
    if not page.roles:
        return None, None
    group = table("groepen")[table("paginas")[page_name(page)]["groep"]]
    names = [name for name, answer in group.items() if answer == "ja"]
    return world.people[names[0]], world.people[names[-1]]


async def _open(tab: Tab, page: Page, everything: Everything) -> bool:
    """Go there. Whether it is a page: what is a file is looked at here, and is done."""
    service, world = everything.service, everything.world
    path = address_of(page, world)
    if page.path == "/welkom/{token}":
        path = everything.welcome
    if page.path == "/inloggen/code":
        half = await open_half(service, world.staff.consultant)
        cookie = {"name": "nazorg", "value": half, "url": everything.address}
        await tab.context.add_cookies([cookie])  # type: ignore[list-item]
    file = await tab.context.request.get(path)
    if not file.headers["content-type"].startswith("text/html"):
        assert file.status == 200
        assert file.headers["content-disposition"].startswith("attachment")
        return False
    answer = await tab.goto(path)
    assert answer
    assert answer.status == (404 if page.path == BACK else 200)
    assert len(await answer.body()) < 100_000
    return True


@pytest.mark.parametrize("page", GETS, ids=page_name)
async def test_no_page_has_a_barrier(everything: Everything, chromium: Browser, page: Page) -> None:
    async def look(language: str, who: StaffMember | None) -> list[str]:
        async with open_page(
            chromium, everything.address, everything.service, who, language=language
        ) as tab:
            if not await _open(tab, page, everything):
                return []
            assert await tab.locator("html").get_attribute("lang") == language
            name, _, product = (await tab.title()).rpartition(" · ")
            assert name
            assert product == {"nl": "Nazorg", "en": "Aftercare"}[language]
            await expect(tab.locator("h1")).to_have_count(1)
            found = await barriers(tab)
            if language == "nl":
                await tab.emulate_media(color_scheme="dark")
                found += await barriers(tab, [1280])
            return found

    dutch, english = _visitors(page, everything.world)
    in_dutch, in_english = await asyncio.gather(look("nl", dutch), look("en", english))
    assert in_dutch + in_english == []


@pytest.mark.parametrize("page", GETS, ids=page_name)
async def test_every_page_works_without_javascript(
    everything: Everything, chromium: Browser, page: Page
) -> None:
    who, _ = _visitors(page, everything.world)
    async with open_page(
        chromium, everything.address, everything.service, who, javascript=False, width=320
    ) as tab:
        if not await _open(tab, page, everything):
            return
        await expect(tab.locator("main h1")).to_be_visible()
        await open_all(tab)
        for form in await tab.locator("main form").all():
            await expect(form.locator("button").first).to_be_visible()
        first = tab.locator("main form:not([data-download]):has(button)").first
        if await first.count():
            await first.evaluate("form => form.noValidate = true")  # the server demands it too
            async with tab.expect_navigation() as going:
                await first.locator("button").first.click()
            answer = await going.value
            assert answer.status in (200, 422), f"{answer.status} at {answer.url}"
            await expect(tab.locator("main h1")).to_be_visible()
