"""A stand-in for our service: it takes webhook calls, keeps them, and answers as told."""

import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .server import serving


@dataclass(frozen=True)
class Call:
    """One webhook call."""

    path: str
    headers: Headers
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        """The body as a form, empty fields included."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass
class Receiver:
    """The calls so far, and the answers to come; without any it answers 200."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    answers: deque[Response] = field(default_factory=deque)

    async def take(self, request: Request) -> Response:
        """Keep a call and answer it."""
        self.calls.append(Call(request.url.path, request.headers, await request.body()))
        return self.answers.popleft() if self.answers else Response(media_type="text/xml")


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """Take webhook calls on a port of 127.0.0.1."""
    receiver = Receiver()
    app = Starlette(routes=[Route("/{path:path}", receiver.take, methods=["POST"])])
    async with serving(app) as port:
        receiver.url = f"http://127.0.0.1:{port}"
        yield receiver
