"""A demo that really runs, in a process of its own, and a browser to visit it with."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Playwright, async_playwright

_READY_WITHIN = 90.0
_CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Demo:
    """A running demo: where it is, what it said, and where it keeps its things."""

    process: subprocess.Popen[str]
    folder: Path
    url: str
    said: list[str]
    seconds: float

    def end(self) -> int:
        """Ask it to end as a service manager does. Returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        with self.process:
            return self.process.wait(15)


def start_demo(folder: Path, port: int = 0) -> Demo:
    """`nazorg demo`, once it says that it is ready. `folder` holds its temporary files."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", "from bot.cli import main; main()", "demo", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(folder)},
    )
    assert process.stdout
    said: list[str] = []
    too_late = threading.Timer(_READY_WITHIN, process.kill)
    too_late.start()
    for line in process.stdout:
        said.append(line.strip())
        if found := re.search(r"open (http://\S+) in your browser", line):
            too_late.cancel()
            return Demo(process, folder, found[1], said, time.monotonic() - began)
    too_late.cancel()
    raise AssertionError(f"the demo was not ready: {said}")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo that several tests visit."""
    running = start_demo(tmp_path_factory.mktemp("demo"))
    yield running
    running.end()


async def chromium(playwright: Playwright) -> Browser:
    """The system's Chromium."""
    name = os.environ.get("CHROMIUM") or "chromium"
    executable = shutil.which(name)
    assert executable, f"no Chromium under the name {name}; set CHROMIUM"
    return await playwright.chromium.launch(executable_path=executable, args=list(_CHROMIUM_ARGS))


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A browser for one test."""
    async with async_playwright() as playwright:
        started = await chromium(playwright)
        yield started
        await started.close()


@pytest.fixture
async def page(browser: Browser, demo: Demo) -> AsyncIterator[Page]:
    """The demo's page as it was in the beginning; the page may not complain of anything."""
    context = await browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="nl-NL", reduced_motion="reduce"
    )
    visited = await context.new_page()
    complaints: list[str] = []
    visited.on("console", lambda said: complaints.append(said.text))
    visited.on("pageerror", lambda error: complaints.append(str(error)))
    # Before the first page is open: what listens in one would find its session gone.
    assert (await context.request.post(f"{demo.url}/demo/opnieuw", data={})).ok
    await visited.goto(f"{demo.url}/demo")
    await visited.frame_locator("#frame").get_by_role("heading", level=1).wait_for()
    yield visited
    await context.close()
    assert complaints == []
