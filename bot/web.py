"""The web server: uvicorn, stopped by a signal without killing what still has to be finished."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette

FINISH_SECONDS = 3
"""How long open requests may take after the signal to stop."""


class _Server(uvicorn.Server):
    """uvicorn sends itself the signal again when it is done, which would skip our own clean end."""

    def __init__(self, config: uvicorn.Config, let_go: Callable[[], None]) -> None:
        super().__init__(config)
        self._let_go = let_go

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let go of the pages that only listen, which would not come to an end."""
        self._let_go()
        await super().shutdown(sockets)

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


class PortTaken(Exception):
    """Something else listens there already."""


def bind(host: str, port: int) -> socket.socket:
    """The socket to listen at; taken before anything starts. Raises `PortTaken`."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise PortTaken(
            f"cannot listen at {host}:{port} ({error.strerror}). Give another --port."
        ) from None


async def listen(web: Starlette, at: socket.socket) -> None:
    """Serve `web`, which has a `state.live`, until SIGTERM or Ctrl-C."""
    config = uvicorn.Config(
        web,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        # Sign-in slows down by address. Whom X-Forwarded-For is believed of: a proxy on this
        # machine, or at an address in FORWARDED_ALLOW_IPS, which is uvicorn's own variable.
        proxy_headers=True,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    await _Server(config, web.state.live.close).serve(sockets=[at])
