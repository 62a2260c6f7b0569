"""Run a provider over a real socket, inside the running event loop.

`HttpProvider` holds what Telegram's and Twilio's servers share: the listening socket, the faults,
the record of what was sent, and the calls to the bot's webhooks.
"""

import asyncio
import json
import socket
import struct
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit, urlunsplit

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Scope
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from .faults import Fault, Faults

JsonDict = dict[str, Any]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

_transports: dict[tuple[Any, Any], asyncio.Transport] = {}


class _Protocol(H11Protocol):
    """Remembers each connection's transport: a reset cannot be asked for through ASGI."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _transports[self.client, self.server] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        _transports.pop((self.client, self.server), None)
        super().connection_lost(exc)


@asynccontextmanager
async def serving(app: ASGIApp, port: int = 0) -> AsyncIterator[int]:
    """Serve `app` on 127.0.0.1 (port 0: any free one) and yield the port.

    uvicorn's own `serve()` is not used: it takes over the signals, and its orderly shutdown
    waits for the very connections that a fault keeps hanging.
    """
    listener = socket.create_server(("127.0.0.1", port))
    config = Config(
        app, http=_Protocol, ws="none", lifespan="off", log_config=None, proxy_headers=False
    )
    config.load()
    server = Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    try:
        yield listener.getsockname()[1]
    finally:
        for listening in server.servers:
            listening.close()
        for connection in list(server.server_state.connections):
            connection.transport.abort()
        if tasks := set(server.server_state.tasks):  # they see that the client has gone
            _, stuck = await asyncio.wait(tasks, timeout=0.5)
            for task in stuck:
                task.cancel()
        for listening in server.servers:
            await listening.wait_closed()
        await asyncio.sleep(0)  # lets the aborted transports close their sockets


@dataclass(frozen=True)
class Sent:
    """One message that the provider accepted: the base for counting duplicates."""

    when: datetime
    to: str
    text: str
    id: str


def utc_now() -> datetime:
    """The default clock of a provider."""
    return datetime.now(UTC)


class HttpProvider(ABC):
    """What the two HTTP providers share. Use as `async with TelegramServer() as server`.

    `now` is the provider's clock for the dates it writes. `allow_loopback` accepts webhook
    addresses such as `http://127.0.0.1:8000/...`, which the real provider refuses. With
    `deliver_to` set, calls to a public webhook address go to that local address instead, with
    path, query and Host kept, as a reverse proxy would. `state_file` gets one JSON line for each
    message accepted.
    """

    name = "provider"
    sending: tuple[str, ...] = ()
    """The operations that send, and so may fail by a fault."""

    def __init__(
        self,
        *,
        port: int = 0,
        now: Callable[[], datetime] = utc_now,
        allow_loopback: bool = False,
        deliver_to: str | None = None,
        state_file: Path | None = None,
        webhook_timeout: float = 15.0,
    ) -> None:
        self.now = now
        self.allow_loopback = allow_loopback
        self.deliver_to = deliver_to
        self.faults = Faults(self.sending)
        self.sent: list[Sent] = []
        self.alerts: list[str] = []
        """What the provider would show its customer: failed webhooks and the like."""
        self.extra_routes: list[BaseRoute] = []
        self.port = port
        self._state_file = state_file
        self._webhook_timeout = webhook_timeout
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closing = asyncio.Event()
        self._stack = AsyncExitStack()
        self._http: httpx.AsyncClient | None = None

    @abstractmethod
    def routes(self) -> list[BaseRoute]:
        """The provider's own routes."""

    async def __aenter__(self) -> Self:
        self._closing.clear()
        self._http = await self._stack.enter_async_context(
            httpx.AsyncClient(timeout=self._webhook_timeout, trust_env=False, verify=False)
        )
        app = Starlette(routes=[*self.extra_routes, *self.routes()])
        self.port = await self._stack.enter_async_context(serving(app, self.port))
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self._closing.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._stack.aclose()

    async def stop(self) -> None:
        """Go down: whoever calls finds nobody, until `start()`."""
        await self.__aexit__(None, None, None)

    async def start(self) -> None:
        """Come back, at the same port, with all that was there."""
        await self.__aenter__()

    async def settle(self, within: float = 5.0) -> None:
        """Wait until every webhook and callback under way has been answered.

        Raises TimeoutError when that takes more than `within` seconds.
        """
        async with asyncio.timeout(within):
            while self._tasks:
                await asyncio.wait(set(self._tasks))

    def background(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do something besides the requests; `settle()` waits for it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def record(self, to: str, text: str, id: str) -> None:
        """Note a message as accepted."""
        sent = Sent(self.now(), to, text, id)
        self.sent.append(sent)
        if self._state_file is not None:
            line = {"provider": self.name, "when": sent.when.isoformat(), "to": to}
            with self._state_file.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(line | {"text": text, "id": id}) + "\n")

    async def post(self, url: str, *, headers: dict[str, str], content: bytes) -> httpx.Response:
        """Call a webhook at its public address `url`; see `deliver_to`."""
        assert self._http is not None, "use the server as a context manager"
        parts = urlsplit(url)
        target = urlsplit(self.deliver_to or url)
        local = urlunsplit((target.scheme, target.netloc, parts.path, parts.query, ""))
        headers = {"Host": parts.netloc.rpartition("@")[2], **headers}
        return await self._http.post(local, headers=headers, content=content)

    async def with_faults(
        self,
        request: Request,
        operation: str,
        act: Callable[[], Awaitable[Response]],
        refuse: Callable[[Fault], Response],
    ) -> Response:
        """Answer a request whose body was read, or fail as `faults` decides."""
        fault = self.faults.decide(operation)
        match fault:
            case Fault.NONE:
                answer = await act()
                if self.faults.slowness and operation in self.sending:
                    await asyncio.sleep(self.faults.slowness)
                return answer
            case Fault.HANG_BEFORE:
                await self._hang(request)
            case Fault.RESET:
                await _reset(request.scope)
            case Fault.HANG_AFTER:
                await act()
                await self._hang(request)
            case Fault.CLOSE_AFTER:
                await act()
                await _reset(request.scope)
            case _:
                return refuse(fault)
        return Response(status_code=504)  # nobody is there to read it

    async def _hang(self, request: Request) -> None:
        """Keep the client waiting until it gives up or the server closes."""
        gone = asyncio.create_task(_disconnected(request))
        closing = asyncio.create_task(self._closing.wait())
        try:
            await asyncio.wait((gone, closing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            closing.cancel()
            await asyncio.gather(gone, closing, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _reset(scope: Scope) -> None:
    """Close with an RST: a zero linger time drops what was not yet sent."""
    transport = _transports.get((scope["client"], scope["server"]))
    if transport is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
        await asyncio.sleep(0)
