"""`nazorg serve` as a process: how soon it is ready, and how much memory it takes."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.common import Process, megabytes, only_our_words
from benchmarks.street import OURS
from benchmarks.town import Row
from bot import app
from bot.settings import Settings
from storage.encryption import new_key
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer

STARTS = 5
_LIBRARIES = (
    "alembic, apprise, apscheduler, argon2, babel, cryptography, holidays, jinja2, phonenumbers, "
    "prometheus_client, pydantic_settings, sqlalchemy.ext.asyncio, starlette, structlog, telegram, "
    "twilio.rest, typer, uvicorn"
)


async def rows() -> list[Row]:
    """Both beside a Python that has only loaded the libraries."""
    seconds, bare, memory = [], [], 0.0
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nazorg-bench-")))
        telegram = await stack.enter_async_context(TelegramServer(allow_loopback=True))
        twilio = await stack.enter_async_context(TwilioServer([OURS], allow_loopback=True))
        settings = {
            "NAZORG_DATA_DIR": str(folder),
            "NAZORG_KEYS": new_key(),
            "NAZORG_TELEGRAM_TOKEN": telegram.token,
            "NAZORG_TELEGRAM_API_URL": telegram.url,
            "NAZORG_TWILIO_ACCOUNT_SID": twilio.account_sid,
            "NAZORG_TWILIO_AUTH_TOKEN": twilio.auth_token,
            "NAZORG_TWILIO_FROM": OURS,
            "NAZORG_TWILIO_API_URL": twilio.url,
        }
        process = Process("serve", folder, settings)
        before_the_model = _without_the_model(folder, settings)
        for _ in range(1 + STARTS):  # the first one makes the database
            began = time.perf_counter()
            process.start()
            await process.ready()
            seconds.append(time.perf_counter() - began)
            memory = max(memory, process.megabytes())
            await process.stop()
            bare.append(_bare())
    ready = sorted(seconds[1:])[STARTS // 2]
    bare_seconds, bare_memory = sorted(bare[1:])[STARTS // 2]
    return [
        {
            "benchmark": f"serve ready, middle of {STARTS} starts",
            "ms": round(ready * 1000),
            "first_start_ms": round(seconds[0] * 1000),
            "peer": "Python with the same libraries",
            "peer_ms": round(bare_seconds * 1000),
            "ratio": round(ready / bare_seconds, 2),
        },
        {
            "benchmark": "memory of serve, model not read",
            "mb": round(before_the_model),
            "peer": "Python with the same libraries",
            "peer_mb": round(bare_memory),
            "ratio": round(before_the_model / bare_memory, 2),
        },
        {
            "benchmark": "memory of serve",
            "mb": round(memory),
            "peer": "Python with the same libraries",
            "peer_mb": round(bare_memory),
            "ratio": round(memory / bare_memory, 2),
        },
    ]


def _without_the_model(folder: Path, settings: dict[str, str]) -> float:
    """Megabytes of a service that has not begun to read its language model."""
    out = subprocess.run(
        [sys.executable, "-m", "benchmarks.serving"],
        env=os.environ | settings | {"NAZORG_DATA_DIR": str(folder / "apart")},
        stdout=subprocess.PIPE,
        check=True,
    )
    return float(out.stdout)


async def _serve_without_the_model() -> None:
    async with app.serving(Settings(), "http://127.0.0.1:1"):
        await asyncio.sleep(1)
        print(megabytes(os.getpid()), flush=True)


async def _nothing() -> None:
    """In the place of reading the model."""


def _bare() -> tuple[float, float]:
    """Seconds and megabytes of the libraries alone."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", f"import {_LIBRARIES}; print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as python:
        assert python.stdout
        python.stdout.readline()
        seconds = time.perf_counter() - began
        memory = megabytes(python.pid)
        python.communicate(b"\n")
    return seconds, memory


if __name__ == "__main__":
    only_our_words()
    app._read_the_model = _nothing
    asyncio.run(_serve_without_the_model())
