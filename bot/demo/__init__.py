"""`nazorg demo`: the whole service in the browser, with invented people; nothing is really sent.

It listens on this machine only, in a world of its own (`bot.demo.world`) that is gone afterwards.
"""

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from bot.demo.pages import application
from bot.demo.world import open_world

HERE = "127.0.0.1"
_GOODBYE_SECONDS = 2


async def run_demo(port: int) -> None:
    """Serve the demo until Ctrl-C or SIGTERM, at `port` of 127.0.0.1, or at a free one if it is
    taken (0: always a free one)."""
    logging.getLogger().setLevel(logging.ERROR)  # a visitor reads one line, not a log
    with _listen(port) as listening:
        own = listening.getsockname()[1]
        address = f"http://{HERE}:{own}"
        if port not in (0, own):
            _say(f"Port {port} is taken, so the demo is at another one.")
        _say("Playing the seven months before the demo begins...")
        stop = asyncio.Event()
        for ending in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(ending, stop.set)
        await _serve(listening, address, stop)


async def _serve(listening: socket.socket, address: str, stop: asyncio.Event) -> None:
    async with open_world() as world:
        if stop.is_set():
            return
        web = application(world, address)
        server = _Server(
            uvicorn.Config(
                web,
                log_config=None,
                access_log=False,
                lifespan="off",
                server_header=False,
                timeout_graceful_shutdown=_GOODBYE_SECONDS,
            )
        )
        serving = asyncio.create_task(server.serve([listening]))
        stopping = asyncio.create_task(stop.wait())
        _say(f"The demo is ready: open {address} in your browser. Ctrl-C ends it.")
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        web.state.live.close()
        server.should_exit = True
        await serving


class _Server(uvicorn.Server):
    """Leaves the signals alone: uvicorn would raise them again before the world is cleaned up."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture nothing."""
        yield


def _listen(port: int) -> socket.socket:
    """A socket at `port`, or at a free port if that is taken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HERE, port))
    except OSError:
        listening.bind((HERE, 0))
    listening.listen()
    return listening


def _say(line: str) -> None:
    print(line, file=sys.stdout, flush=True)  # noqa: T201 - what a visitor reads
