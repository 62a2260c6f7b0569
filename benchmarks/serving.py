"""`nazorg serve` as a process: how soon it is ready, and how much memory it takes."""

import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.common import Process, megabytes
from benchmarks.street import OURS
from benchmarks.town import Row
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
    seconds, memory = [], 0.0
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
        for _ in range(1 + STARTS):  # the first one makes the database
            began = time.perf_counter()
            process.start()
            await process.ready()
            seconds.append(time.perf_counter() - began)
            memory = max(memory, process.megabytes())
            await process.stop()
    ready = sorted(seconds[1:])[STARTS // 2]
    bare_seconds, bare_memory = _bare()
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
            "benchmark": "memory of serve",
            "mb": round(memory),
            "peer": "Python with the same libraries",
            "peer_mb": round(bare_memory),
            "ratio": round(memory / bare_memory, 2),
        },
    ]


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
