"""Looking back and reviewing in a real browser: a day of a reviewer, and no barriers."""

import pytest
from playwright.async_api import Browser, expect

from aftercare.service import Service
from storage.models import StaffMember
from tests.staff.browser.pages import barriers, open_page
from tests.staff.test_review import (
    RENT,
    judge_all,
    lead,
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

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]


async def test_a_day_of_a_reviewer_without_javascript(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    await money_trouble(service)
    other = await second_consultant(service)
    await lead(service, staff.consultant)
    async with open_page(
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


async def test_looking_back_after_a_review_has_no_barrier(
    service: Service, staff: Staff, address: str, chromium: Browser
) -> None:
    await money_trouble(service)
    await trouble_at_work(service)
    await client(service, "Gerda", "0600000003")
    await says(service, "0600000003", "JA", "моя зарплата не приходить уже два місяці")
    other = await second_consultant(service)
    done = await started(service, staff.consultant, other)
    async with browser(service, staff.consultant) as web:
        await judge_all(web, done, verdict="wrong", label="letters", note="Overleggen")
    async with browser(service, other) as web:
        await judge_all(web, done, verdict="wrong", label="income", urgent="yes")
    pages: list[tuple[StaffMember, str]] = [
        (staff.consultant, "/terugblik"),
        (staff.coach, "/terugblik?van=2026-03-05&tot=2026-03-01"),
        (await researcher(service), "/terugblik"),
        (staff.coach, "/terugblik/steekproef"),
        (staff.consultant, done),
    ]
    found = []
    for who, path in pages:
        async with open_page(chromium, address, service, who) as page:
            answer = await page.goto(path)
            assert answer
            assert answer.status in (200, 422)
            assert len(await answer.body()) < 100_000
            found += await barriers(page)
    assert found == []
