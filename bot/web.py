"""The web server: uvicorn, stopped by a signal without killing what still has to be finished."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

FINISH_SECONDS = 5
"""How long open requests may take after the signal to stop."""


class _Server(uvicorn.Server):
    """uvicorn sends itself the signal again when it is done, which would skip our own clean end."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Only ask to stop."""
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, self._stop)
        try:
            yield
        finally:
            for one in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(one)

    def _stop(self) -> None:
        self.should_exit = True


async def listen(web: ASGIApp, host: str, port: int) -> None:
    """Serve `web` until SIGTERM or Ctrl-C."""
    config = uvicorn.Config(
        web,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    await _Server(config).serve()
