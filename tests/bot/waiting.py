"""Wait until something has happened, not for a time in which it mostly does."""

import asyncio
from collections.abc import Awaitable, Callable

SOON = 30.0
"""Seconds after which something did not happen, however busy the machine."""


async def until(happened: Callable[[], bool], within: float = SOON) -> None:
    """Wait until `happened()`. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while True:
            if happened():
                return
            await asyncio.sleep(0.01)


async def until_true(happened: Callable[[], Awaitable[bool]], within: float = SOON) -> None:
    """As `until`, for what must be awaited."""
    async with asyncio.timeout(within):
        while True:
            if await happened():
                return
            await asyncio.sleep(0.01)
