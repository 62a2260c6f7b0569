"""One Chromium and one event loop for all tests in a browser; a console on a socket for each."""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, async_playwright
from starlette.types import ASGIApp

from aftercare.service import Service
from conversations.words import Channel
from staff.outside import Outside
from staff.theme import Theme
from storage import encryption
from tests.conftest import open_prepared
from tests.staff.world import Staff, app, hire, takes

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The system's Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which(os.environ.get("CHROMIUM", "chromium")), args=_ARGUMENTS
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def service(prepared_url: str, key_ring: encryption.KeyRing) -> AsyncIterator[Service]:
    """As everywhere, in the loop of the browser."""
    async with open_prepared(prepared_url, key_ring) as service:
        yield service


@pytest_asyncio.fixture(loop_scope="session")
async def staff(service: Service) -> Staff:
    """The colleagues."""
    return await hire(service)


@pytest_asyncio.fixture(loop_scope="session")
async def address(service: Service) -> AsyncIterator[str]:
    """Where the console is, with SMS and mail set up."""
    async with on_socket(console_of(service)) as address:
        yield address


def console_of(service: Service, theme: Theme | None = None) -> ASGIApp:
    """The console, to which channels and mail are connected."""
    outside = Outside(
        frozenset({Channel.SMS}), mail=takes, service_of=lambda _url: "Telegram", knock=takes
    )
    return app(service, outside=outside, theme=theme)


@asynccontextmanager
async def on_socket(console: ASGIApp) -> AsyncIterator[str]:
    """Serve; the address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(console, lifespan="off", ws="none", log_level="error")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving
