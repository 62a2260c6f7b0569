"""Looking back and reviewing in a real browser: a day of a reviewer, and no barriers."""

import pytest
from playwright.async_api import Browser, expect

from aftercare.service import Service
from staff.sign_in import LANGUAGE_COOKIE
from storage.models import StaffMember
from tests.staff.test_browser import _barriers, _page, address, chromium
from tests.staff.test_review import (
    RENT,
    judge_all,
    lead,
    message_id,
    second_consultant,
    started,
)
from tests.staff.world import (
    Staff,
    browser,
    client,
    money_trouble,
    researcher,
    says,
    trouble_at_work,
)

__all__ = ["address", "chromium"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]


async def test_a_day_of_a_reviewer_without_javascript(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    await money_trouble(service)
    other = await second_consultant(service)
    await lead(service, staff.consultant)
    async with _page(
        chromium, address, service, staff.consultant, width=320, javascript=False
    ) as page:
        await page.goto("/terugblik")
        await page.get_by_role("link", name="Kwaliteit").click()
        await page.get_by_label("Eerste collega").select_option("Carla de Proef")
        await page.get_by_label("Tweede collega").select_option("Cor Beeld")
        await page.get_by_role("button", name="Steekproef beginnen").click()
        await expect(page.get_by_role("status")).to_contain_text("De steekproef staat klaar")
        await page.get_by_role("link", name="Verder beoordelen").click()
        await expect(page.get_by_text(RENT)).to_be_visible()
        await page.get_by_text("Nee: kies hieronder").click()
        await page.get_by_role("button", name="Opslaan en verder").click()
        await page.get_by_role("alert").get_by_role("link").click()
        await expect(page.get_by_label("Waar ging het over?")).to_be_focused()
        await page.get_by_label("Waar ging het over?").select_option("Wonen")
        await page.get_by_role("button", name="Opslaan en verder").click()
        await expect(page.get_by_text("Je bent klaar.")).to_be_visible()
        async with browser(service, other) as web:
            await judge_all(web, page.url.removeprefix(address), verdict="right")
        await page.reload()
        await expect(page.get_by_role("heading", name="Om over te praten")).to_be_visible()
        await page.goto("/terugblik/verbeteringen")
        await page.get_by_text("niemand is te herkennen").last.click()
        async with page.expect_download() as waiting:
            await page.get_by_role("button", name="Download").click()
        written = (await (await waiting.value).path()).read_text(encoding="utf-8")
        assert f"housing | {RENT}" in written


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [320, 1280])
async def test_no_page_of_the_look_back_has_a_barrier(
    service: Service, staff: Staff, address: str, chromium: Browser, width: int, language: str
) -> None:
    reference = await money_trouble(service)
    await trouble_at_work(service)
    await client(service, "Gerda", "0600000003")
    await says(service, "0600000003", "JA", "моя зарплата не приходить уже два місяці")
    other = await second_consultant(service)
    running = await started(service, staff.consultant, other)
    done = await started(service, staff.consultant, other)
    async with browser(service, staff.consultant) as web:
        await judge_all(web, done, verdict="wrong", label="letters", note="Overleggen")
    async with browser(service, other) as web:
        await judge_all(web, done, verdict="wrong", label="income", urgent="yes")
    number = await message_id(service, RENT)
    pages: list[tuple[StaffMember, str]] = [
        (staff.consultant, "/terugblik"),
        (staff.coach, "/terugblik?van=2026-03-05&tot=2026-03-01"),
        (await researcher(service), "/terugblik"),
        (staff.consultant, "/terugblik/steekproef"),
        (staff.coach, "/terugblik/steekproef"),
        (staff.consultant, running),
        (staff.consultant, f"{running}/1"),
        (staff.consultant, done),
        (staff.consultant, f"/terugblik/bericht/{number}"),
        (staff.consultant, "/terugblik/verbeteringen"),
        (staff.consultant, f"/deelnemers/{reference}"),
    ]
    barriers = []
    for who, path in pages:
        async with _page(chromium, address, service, who, width=width) as page:
            cookie = {"name": LANGUAGE_COOKIE, "value": language, "url": address}
            await page.context.add_cookies([cookie])  # type: ignore[list-item]
            answer = await page.goto(path)
            assert answer
            assert answer.status in (200, 422)
            assert len(await answer.body()) < 100_000
            assert await page.locator("html").get_attribute("lang") == language
            barriers += await _barriers(page, width)
    assert barriers == []
