"""The live queue: who hears what, with how many queries, and when it ends."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest
import uvicorn
from sqlalchemy import event, update
from starlette.applications import Starlette

from aftercare import escalations
from aftercare.service import Service
from bot.web import _Server
from staff import live
from staff.access import Viewer, viewer_of
from staff.app import console
from staff.live import Live
from staff.second_factor import open_half
from staff.sign_in import open_session, sign_out
from storage.database import Database
from storage.models import StaffMember
from tests.staff.world import BASE, Staff, browser, call_of, money_trouble

SOON = 5.0


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "EVERY_SECONDS", 0.02)


class _Page:
    """A page that listens."""

    def __init__(self, words: AsyncIterator[str]) -> None:
        self._words = words

    async def next(self) -> str:
        """What it hears next."""
        return await asyncio.wait_for(anext(self._words), SOON)

    async def event(self) -> str:
        """The name of the next event; the end is an error."""
        while True:
            word = await self.next()
            if word.startswith("event: "):
                return word.split()[1]

    async def rest(self) -> list[str]:
        """All that it hears until the end."""
        return [word async for word in self._words]

    async def hears_nothing(self, seconds: float = 0.3) -> bool:
        """Whether it stays silent that long."""
        waiting = asyncio.ensure_future(anext(self._words))
        done, _ = await asyncio.wait({waiting}, timeout=seconds)
        waiting.cancel()
        return not done


async def _viewer(service: Service, who: StaffMember) -> Viewer:
    async with service.database.read() as session:
        return await viewer_of(session, who, service.now())


async def _page(service: Service, listening: Live, who: StaffMember) -> _Page:
    token = await open_session(service, who.id)
    page = _Page(listening.listen(await _viewer(service, who), token))
    assert (await page.next()).startswith("retry:")
    return page


async def test_a_change_is_heard_by_the_desk_and_by_nobody_else(
    service: Service, staff: Staff
) -> None:
    listening = Live(service)
    here = await _page(service, listening, staff.consultant)
    there = await _page(service, listening, staff.coach)
    assert await here.event() == await there.event() == "queue"  # what was missed before
    call = await call_of(service, await money_trouble(service))
    assert await here.event() == "queue"
    await escalations.take(service, call, staff.consultant)
    assert await here.event() == "queue"
    await escalations.contacted(service, call, staff.consultant)
    assert await here.event() == "queue"
    assert await there.hears_nothing()
    listening.close()


async def test_it_is_heard_at_another_process(service: Service, staff: Staff) -> None:
    listening = Live(service)
    page = await _page(service, listening, staff.consultant)
    assert await page.event() == "queue"
    elsewhere = Service(Database(service.database.url, durable=False), service.clock, trial=True)
    await money_trouble(elsewhere)
    await elsewhere.database.close()
    assert await page.event() == "queue"
    listening.close()


async def test_many_pages_ask_the_database_no_more_than_one(
    service: Service, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "EVERY_SECONDS", 0.1)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    async def queries_of(pages: int) -> int:
        listening = Live(service)
        opened = [await _page(service, listening, staff.consultant) for _ in range(pages)]
        for page in opened:
            assert await page.event() == "queue"
        asked.clear()
        await asyncio.sleep(1)
        listening.close()
        return len(asked)

    event.listen(service.database.engine.sync_engine, "before_cursor_execute", note)
    one, many = await queries_of(1), await queries_of(20)
    event.remove(service.database.engine.sync_engine, "before_cursor_execute", note)
    assert 0 < one <= 20  # two at each look
    assert many <= one + 4


async def test_it_ends_with_the_session(service: Service, staff: Staff) -> None:
    listening = Live(service)
    token = await open_session(service, staff.coach.id)
    page = _Page(listening.listen(await _viewer(service, staff.coach), token))
    assert await page.event() == "queue"
    await sign_out(service, token)
    assert await page.event() == "ended"
    with pytest.raises(StopAsyncIteration):
        await page.next()


async def test_nobody_hears_anything_before_the_second_step(service: Service, staff: Staff) -> None:
    half = await open_half(service, staff.coach)
    async with browser(service) as web:
        web.cookies.set("nazorg", half)
        answer = await web.get("/werkvoorraad/live")
        assert (answer.status_code, answer.headers["location"]) == (
            303, "/inloggen/code?verder=/werkvoorraad/live",
        )  # fmt: skip
    page = _Page(Live(service).listen(await _viewer(service, staff.coach), half))
    assert await page.event() == "ended"


async def test_a_colleague_who_left_hears_nothing_more(service: Service, staff: Staff) -> None:
    listening = Live(service)
    page = await _page(service, listening, staff.coach)
    assert await page.event() == "queue"
    async with service.database.write() as session:
        await session.execute(
            update(StaffMember)
            .where(StaffMember.id == staff.coach.id)
            .values(left_at=service.now())
        )
    assert await page.event() == "ended"


async def test_a_page_that_hears_nothing_is_kept_alive_and_let_go_in_time(
    service: Service, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(live, "LASTS_SECONDS", 0.3)
    page = await _page(service, Live(service), staff.coach)
    words = await page.rest()
    assert words[0].startswith("event: queue")
    assert set(words[1:]) == {": \n\n"}


async def test_it_is_for_casework_and_a_session_has_not_room_without_end(
    service: Service, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browser(service) as web:
        assert (await web.get("/werkvoorraad/live")).status_code == 303
    async with browser(service, staff.manager) as web:
        assert (await web.get("/werkvoorraad/live")).status_code == 404
    monkeypatch.setattr(live, "MOST_PER_SESSION", 0)
    async with browser(service, staff.coach) as web:
        assert (await web.get("/werkvoorraad/live")).status_code == 429


async def test_a_page_that_still_listens_hears_that_it_may_no_longer(
    service: Service, staff: Staff
) -> None:
    """A browser asks again by itself, and gives up on any answer but events."""
    half = await open_half(service, staff.coach)
    for colleague, token in ((None, "gone"), (None, half), (staff.manager, None)):
        async with browser(service, colleague) as web:
            if token:
                web.cookies.set("nazorg", token)
            answer = await web.get("/werkvoorraad/live", headers={"Accept": "text/event-stream"})
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert (answer.status_code, answer.text) == (200, "event: ended\ndata: 1\n\n")


@asynccontextmanager
async def _served(service: Service) -> AsyncIterator[tuple[str, _Server]]:
    listening = Live(service)
    web = Starlette(
        routes=console(
            service,
            public_url=BASE,
            secure=False,
            telegram_name=lambda: None,
            live=listening,
        )
    )
    with socket.socket() as at:
        at.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            web, lifespan="off", log_level="error", timeout_graceful_shutdown=30
        )
        server = _Server(config, listening.close)
        serving = asyncio.create_task(server.serve(sockets=[at]))
        yield f"http://127.0.0.1:{at.getsockname()[1]}", server
        server.should_exit = True
        await asyncio.wait_for(serving, 1.5)


async def test_a_server_that_stops_lets_go_within_a_second(service: Service, staff: Staff) -> None:
    cookies = {"nazorg": await open_session(service, staff.coach.id)}
    async with (
        _served(service) as (address, server),
        httpx2.AsyncClient(base_url=address, cookies=cookies) as web,
        web.stream("GET", "/werkvoorraad/live") as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        lines = answer.aiter_lines()
        assert await anext(lines) == "retry: 3000"
        began = time.monotonic()
        server.should_exit = True
        rest = [line async for line in lines]
        assert time.monotonic() - began < 1
        assert "event: ended" not in rest
