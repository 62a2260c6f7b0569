"""Hostile guests and bad input: each has its clear, safe end. Never a 500, never somebody else's
data, and nothing is changed.

The routes and the fields of the forms are read from the console itself, so that a new page or a new
field is attacked from its first day.
"""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
import uvicorn
from sqlalchemy import func, select

from aftercare.lines import lead
from aftercare.service import Service
from staff.app import PAGES, Page
from storage.models import Base, Client
from tests.staff.everything import LIVE
from tests.staff.world import (
    FIELDS,
    PASSWORD,
    Staff,
    app,
    browser,
    call_of,
    money_trouble,
)

TEMPLATES = Path(__file__).parents[2] / "staff" / "templates"
FIELD_NAMES = sorted(
    {
        name
        for path in TEMPLATES.glob("*.html")
        for name in re.findall(r"(?:name=\"|_field\(\"|radio_group\(\")(\w+)\"", path.read_text())
    }
)
POSTS = [page for page in PAGES if page.method == "POST"]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

NASTY: Mapping[str, bytes] = {
    "nothing": b"",
    "a null byte": b"a\x00b",
    "a lone surrogate": b"\xed\xa0\x80",
    "not UTF-8": b"\xff\xfe\xc3(",
    "another direction": "\u202egnp.exe\u202c".encode(),
    "lines of a header": b"x\r\nSet-Cookie: a=b\r\nX: y",
    "a statement": b"'; DROP TABLE client; --",
    "a template": b"{{ 7*7 }} {% for x in y %} %(a)s {0.__class__}",
    "HTML": b"<img src=x onerror=alert(1)>",
    "a formula": b'=HYPERLINK("https://evil.example")',
    "300 characters": b"x" * 300,
    "digits of another script": "٣٣٣".encode(),
    "a large number": b"9" * 400,
    "less than nothing": b"-1",
    "not a number": b"NaN",
    "no such day": b"2026-02-31",
    "the year ten thousand": b"10000-01-01",
    "the year nought": b"0000-00-00",
}


_TRIAL_MAIL = "/beheer/kanalen/proefmail"


def _name(page: Page) -> str:
    return f"{page.method} {page.path}"


async def rows_of(service: Service) -> dict[str, int]:
    """How much there is, apart from who looked."""
    async with service.database.read() as session:
        return {
            table.name: await session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name not in ("audit_entry", "sign_in_failure", "staff_session")
        }


async def _world(service: Service) -> dict[str, str]:
    """What stands for `{reference}`, by how an address begins."""
    await lead(service, "velsen", "carla@example.org")
    reference = await money_trouble(service)
    return {"/deelnemers": reference, "/hulpvragen": await call_of(service, reference)}


def _path(page: Page, world: Mapping[str, str]) -> str:
    found = [own for start, own in world.items() if page.path.startswith(start)]
    return page.path.replace("{reference}", (*found, "ZZZZZZZZ")[0])


@pytest.mark.parametrize("what", NASTY)
async def test_no_page_breaks_on_what_is_in_its_form(
    service: Service, staff: Staff, what: str
) -> None:
    world = await _world(service)
    value = quote_from_bytes(NASTY[what])
    body = "&".join(f"{name}={value}" for name in FIELD_NAMES).encode()
    for who in (staff.consultant, staff.manager):
        for page in POSTS:
            async with browser(service, who) as web:
                answer = await web.post(_path(page, world), content=body, headers=FORM)
            away = 502 if page.path == _TRIAL_MAIL else None  # no mail host is there
            assert answer.status_code < 500 or answer.status_code == away, _name(page)
            assert "onerror=alert(1)>" not in answer.text.replace("&gt;", ""), _name(page)
            assert not {"x", "set-cookie"} & set(answer.headers) or "nazorg" in str(
                answer.headers.get("set-cookie")
            )


@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("what", NASTY)
async def test_no_page_breaks_on_what_is_in_its_address(
    service: Service, staff: Staff, what: str
) -> None:
    value = quote_from_bytes(NASTY[what], safe="")
    names = ("voor", "gelukt", "verder", "mijn", "zoek", "periode", "van", "tot")
    query = "&".join(f"{name}={value}" for name in names)
    for who in (staff.consultant, staff.manager, None):
        async with browser(service, who) as web:
            for page in (one for one in PAGES if one.path not in ("/uitloggen", LIVE)):
                path = page.path.replace("{reference}", value or "%20")
                answer = await web.request(page.method, f"{path}?{query}")
                away = 502 if page.path == _TRIAL_MAIL else None
                assert answer.status_code < 500 or answer.status_code == away, f"{page} {path}"
                assert "\n" not in answer.headers.get("location", "")
                if "{reference}" in page.path and who:
                    assert answer.status_code == 404, f"{_name(page)} {path}"


async def test_a_very_long_address_is_an_address_like_any_other(
    service: Service, staff: Staff
) -> None:
    async with browser(service, staff.coach) as web:
        assert (await web.get("/deelnemers?voor=" + "9" * 50_000)).status_code == 200
        assert (await web.get("/" + "a" * 50_000)).status_code == 404
        assert (await web.get("/deelnemers?" + "a=1&" * 10_000)).status_code == 200


METHODS = ("OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "BREW")


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_a_method_that_a_page_does_not_have_changes_nothing(
    service: Service, staff: Staff
) -> None:
    world = await _world(service)
    before = await rows_of(service)
    async with browser(service, staff.consultant) as web:
        for path in {_path(page, world) for page in PAGES}:
            for method in METHODS:
                answer = await web.request(method, path)
                assert answer.status_code in (403, 405), (method, path)
                assert "Amina" not in answer.text
            if path == LIVE:  # it has no end
                continue
            head = await web.head(path)
            assert head.status_code in (200, 303, 404, 405), path
            assert head.content == b"" or head.status_code == 405
    assert await rows_of(service) == before


ELSEWHERE = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "same-origin-but-not"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://console.test.evil.example"},
    {"Origin": "http://["},
    {"Origin": ""},
)


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_no_other_site_can_send_a_form(service: Service, staff: Staff) -> None:
    world = await _world(service)
    before = await rows_of(service)
    async with browser(service, staff.consultant) as web:
        del web.headers["sec-fetch-site"]
        for page in POSTS:
            for headers in ELSEWHERE:
                answer = await web.post(_path(page, world), data=FIELDS, headers=headers)
                assert answer.status_code == 403, (_name(page), headers)
                assert "andere site" in answer.text
        assert (await web.get("/werkvoorraad")).status_code == 200  # and is still signed in
    assert await rows_of(service) == before


async def test_a_form_of_another_kind_is_an_empty_form(service: Service, staff: Staff) -> None:
    world = await _world(service)
    before = await rows_of(service)
    kinds = {
        "application/json": b'{"first_name": "Daan"}',
        "multipart/form-data; boundary=x": b'--x\r\nContent-Disposition: form-data; name="a"\r\n',
        "application/x-www-form-urlencoded; charset=utf-7": b"+ADw-script+AD4-=1",
        "": b"%%%&=&=&;;;",
    }
    async with browser(service, staff.consultant) as web:
        for kind, body in kinds.items():
            for path in ("/inschrijven", f"/deelnemers/{world['/deelnemers']}/gegevens/wissen"):
                answer = await web.post(path, content=body, headers={"Content-Type": kind})
                assert answer.status_code == 422, (kind, path)
    assert await rows_of(service) == before


@pytest.mark.parametrize(
    "onward",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/deelnemers@evil.example",
        "/deelnemers?x=//evil.example",
        "/deelnemers\r\nLocation: https://evil.example",
        "/%2f%2fevil.example",
        "/.evil.example",
        "\x00/deelnemers",
        "/" * 90,
    ],
)
async def test_signing_in_leads_nowhere_else(service: Service, staff: Staff, onward: str) -> None:
    async with browser(service) as web:
        page = await web.get("/inloggen", params={"verder": onward})
        assert "evil" not in page.text
        fields = {"email": "carla@example.org", "password": PASSWORD, "verder": onward}
        answer = await web.post("/inloggen", data=fields)
        second = "/inloggen/code"
        assert answer.headers["location"] in (second, f"{second}?verder=/deelnemers")
    for referer in ("https://evil.example//evil.example", "http://[", "\\\\evil", "%0d%0a"):
        async with browser(service) as web:
            answer = await web.post("/taal", data={"taal": "en"}, headers={"Referer": referer})
            assert answer.headers["location"] == "/"


async def test_cookies_of_somebody_else_are_nobodys(service: Service, staff: Staff) -> None:
    for cookie in ("", "x", "x" * 4000, '"\\351\\000"', "a=b; nazorg=", "é" * 20):
        async with browser(service) as web:
            header = {"Cookie": f"nazorg={cookie}; nazorg-taal={cookie}".encode("latin-1")}
            answer = await web.get("/werkvoorraad", headers=header)  # type: ignore[arg-type]
            assert answer.status_code == 303
            assert answer.headers["location"].startswith("/inloggen")


@pytest.fixture
async def port(service: Service) -> AsyncIterator[int]:
    """The console behind a real server, to which anything can be sent."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app(service), lifespan="off", ws="none", log_level="critical")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield listening.getsockname()[1]
        server.should_exit = True
        await serving


@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize(
    "sent",
    [
        b"GET /deelnemers/\xff\xfe HTTP/1.1\r\nHost: x\r\n",
        b"GET /deelnemers/%ff%00%ed%a0%80 HTTP/1.1\r\nHost: x\r\n",
        b"GET //evil.example/%2e%2e HTTP/1.1\r\nHost: x\r\n",
        b"GET http://evil.example/deelnemers HTTP/1.1\r\nHost: x\r\n",
        b"GET /static/..%2f..%2fapp.py HTTP/1.1\r\nHost: x\r\n",
        b"GET /static/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n",
        b"GET /static/console.css%00.png HTTP/1.1\r\nHost: x\r\n",
        b"GET /static/" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n",
        b"GET /?" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: nazorg=\xff\xfe\x80\r\n",
        b"GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n",
        b"POST /inloggen HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n",
        b"POST /inloggen HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n",
        b"TRACE / HTTP/1.1\r\nHost: x\r\nX-Secret: a\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\n",
        b"GET /taal HTTP/1.1\r\n",
        b"\x16\x03\x01\x02\x00",
    ],
    ids=lambda sent: sent[:60],
)
async def test_whatever_is_sent_gets_an_answer_that_tells_nothing(
    service: Service, staff: Staff, port: int, sent: bytes
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent + b"Connection: close\r\n\r\n")
    async with asyncio.timeout(10):
        answer = await reader.read(200_000)
    writer.close()
    status = int(answer.split(b" ", 2)[1])
    assert 200 < status < 500
    for word in (b"Traceback", b"evil.example", b"X-Secret", b"root:", b"from staff"):
        assert word not in answer
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Client)) == 0
