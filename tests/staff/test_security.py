"""Hostile guests: other sites, large bodies, odd requests."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import event, func, select

from aftercare.service import Service
from staff.visit import LARGEST_BODY
from storage.models import Client
from tests.staff.world import BASE, FIELDS, Staff, browser, call_of, money_trouble

PUBLIC = "https://nazorg.example.org"


@pytest.mark.parametrize("path", ["/inloggen", "/werkvoorraad", "/nergens", "/static/console.css"])
async def test_every_answer_carries_the_headers(service: Service, staff: Staff, path: str) -> None:
    async with browser(service) as web:
        answer = await web.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "permissions-policy" in answer.headers
    if not path.startswith("/static"):
        assert answer.headers["cache-control"] == "no-store"


async def test_no_page_has_scripts_or_styles_inside(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    async with browser(service, staff.consultant) as web:
        for path in (
            "/werkvoorraad",
            "/deelnemers",
            "/inschrijven",
            f"/hulpvragen/{call}",
            f"/deelnemers/{reference}",
        ):
            page = (await web.get(path)).text
            assert "<style" not in page
            assert " style=" not in page
            assert "onclick" not in page
            assert page.count("<script") == page.count('<script src="/static/') == 1
            assert len(page) < 100_000


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": BASE}, True),
        ({"Origin": PUBLIC}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": PUBLIC}, False),
        ({}, True),  # not a browser
    ],
)
async def test_another_site_cannot_act(
    service: Service, staff: Staff, headers: dict[str, str], taken: bool
) -> None:
    async with browser(service, staff.consultant, public_url=PUBLIC) as web:
        del web.headers["sec-fetch-site"]
        answer = await web.post("/inschrijven", data=FIELDS, headers=headers)
        assert answer.status_code == (200 if taken else 403)
        assert (await web.get("/werkvoorraad", headers=headers)).status_code == 200
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Client)) == int(taken)


async def _endless() -> AsyncIterator[bytes]:
    for _ in range(100):
        yield b"a=" + b"b" * 10_000 + b"&"


async def test_an_enormous_body_is_refused(service: Service, staff: Staff) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    async with browser(service, staff.consultant) as web:
        declared = await web.post("/inschrijven", data={"first_name": "x" * LARGEST_BODY})
        assert declared.status_code == 413
        assert "te veel" in declared.text
        streamed = await web.post("/inschrijven", content=_endless(), headers=form)
        assert streamed.status_code == 413
        many = await web.post("/inschrijven", content=b"a=1&" * 1000, headers=form)
        assert many.status_code == 413
        nonsense = await web.post("/inschrijven", content=b"\xff\xfe=%00&&==", headers=form)
        assert nonsense.status_code == 422


async def test_a_wrong_method_and_a_wrong_path_have_their_page(
    service: Service, staff: Staff
) -> None:
    async with browser(service, staff.coach) as web:
        assert (await web.post("/werkvoorraad")).status_code == 405
        missing = await web.get("/nergens")
        assert missing.status_code == 404
        assert "Naar het begin" in missing.text


async def test_files_are_kept_by_the_browser_until_they_change(
    service: Service, staff: Staff
) -> None:
    async with browser(service) as web:
        page = (await web.get("/inloggen")).text
        address = page.split('rel="stylesheet" href="')[1].split('"')[0]
        answer = await web.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert (await web.get("/static/../app.py")).status_code == 404


async def test_pages_ask_the_database_little_however_much_there_is(
    service: Service, staff: Staff
) -> None:
    for number in range(8):
        reference = await money_trouble(service, "Amina", f"06000002{number:02}")
    call = await call_of(service, reference)
    counted: list[str] = []

    def count(*arguments: object) -> None:
        statement = str(arguments[2])
        if not statement.startswith(("SAVEPOINT", "RELEASE", "BEGIN")):
            counted.append(statement)

    event.listen(service.database.engine.sync_engine, "before_cursor_execute", count)
    async with browser(service, staff.consultant) as web:
        for path in (
            "/werkvoorraad",
            "/deelnemers",
            f"/deelnemers/{reference}",
            f"/hulpvragen/{call}",
            "/inschrijven",
        ):
            counted.clear()
            assert (await web.get(path)).status_code == 200
            assert 0 < len(counted) <= 12, (path, len(counted))
