"""Steer a provider that runs as a process of its own: /_control/... on its port, JSON both ways.

GET  /_control/sent                     what was accepted: [{when, to, text, id}]
POST /_control/faults                   {"rate": 0.1, "kinds": ["500"], "seed": 7} or
                                        {"script": ["hang-after", "none"]} or {} for none
GET  /_control/people/<id>              what arrived there: [{text, ...}]
POST /_control/people/<id>/<what>       Telegram: start, send, press, block, unblock;
                                        Twilio: send; with {"text": "..."}
POST /_control/settle                   wait for the webhook calls under way
"""

import dataclasses
import inspect
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from .faults import Fault
from .server import HttpProvider
from .telegram import TelegramServer
from .telegram_people import TelegramUser
from .twilio import TwilioServer

ACTIONS = {"start", "send", "press", "block", "unblock", "deactivate", "photo", "sticker", "voice"}


def control_routes(server: HttpProvider) -> list[BaseRoute]:
    """The routes for one provider."""

    async def sent(request: Request) -> Response:
        return _json([dataclasses.asdict(message) for message in server.sent])

    async def faults(request: Request) -> Response:
        order = json.loads(await request.body() or b"{}")
        server.faults.clear()
        server.faults.script(*map(Fault, order.get("script", [])))
        kinds = [Fault(kind) for kind in order.get("kinds", [])]
        server.faults.at_random(order.get("rate", 0.0), *kinds, seed=order.get("seed", 0))
        return _json({})

    async def received(request: Request) -> Response:
        person = _person(server, request.path_params["id"])
        return _json([dataclasses.asdict(message) for message in person.received])

    async def act(request: Request) -> Response:
        person, what = _person(server, request.path_params["id"]), request.path_params["what"]
        if what not in ACTIONS or not hasattr(person, what):
            return _json({"error": f"nobody can {what} here"}, 404)
        text = json.loads(await request.body() or b"{}").get("text")
        result = getattr(person, what)(*([] if text is None else [text]))
        if inspect.isawaitable(result):
            result = await result
        return _json({"result": dataclasses.asdict(result) if _is_data(result) else result})

    async def settle(request: Request) -> Response:
        await server.settle(60)
        return _json({})

    return [
        Route("/_control/sent", sent),
        Route("/_control/faults", faults, methods=["POST"]),
        Route("/_control/people/{id}", received),
        Route("/_control/people/{id}/{what}", act, methods=["POST"]),
        Route("/_control/settle", settle, methods=["POST"]),
    ]


def _person(server: HttpProvider, id: str) -> Any:
    """The person with this number or chat id; made when first spoken of."""
    if isinstance(server, TwilioServer):
        return server.person(id)
    assert isinstance(server, TelegramServer)
    known = server.chats.get(int(id))
    return known if isinstance(known, TelegramUser) else server.user(chat_id=int(id))


def _is_data(value: object) -> bool:
    return dataclasses.is_dataclass(value)


def _json(value: object, status: int = 200) -> Response:
    return JSONResponse(json.loads(json.dumps(value, default=str)), status)
