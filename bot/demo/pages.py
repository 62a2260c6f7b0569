"""The demo's own addresses: its page, how things stand, and what a visitor does.

Open to whoever reaches the port, which is this machine only: everybody in it is invented.
"""

import json
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

from sqlalchemy import select
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from aftercare.enrolment import new_link
from aftercare.service import Refused
from aftercare.subject import Subject
from bot.demo import guide
from bot.demo.cast import chat_of
from bot.demo.stand import FOLDER, stand, templates, version_of
from bot.demo.travelling import month_six, next_check_in
from bot.demo.words import LANGUAGES, language_of
from bot.demo.world import World
from conversations.turns import Hello, Press, Text
from conversations.words import Channel
from staff.app import console
from staff.live import Live
from staff.outside import Outside
from staff.security import SecurityHeaders, is_cross_site
from staff.sign_in import cookie_name, first_page, open_session, set_cookie, signed_in
from storage.models import Enrolment, StaffMember

BOT_NAME = "NazorgDemoBot"
LONGEST_TEXT = 1000
LARGEST_BODY = 16 * 1024
_PATH = re.compile(r"(/[A-Za-z0-9-]+)+")
_HOSTS = ["127.0.0.1", "localhost"]
_NO_CONTENT = HTTPStatus.NO_CONTENT


def application(world: World, public_url: str) -> Starlette:
    """The demo's web application, with the console in it."""
    pages = _Pages(world, public_url)
    live = Live(world.service)
    web = Starlette(
        routes=[
            Route("/", pages.front),
            Route("/demo", pages.page),
            Route("/demo/stand", pages.stand),
            Route("/demo/als/{reference}", pages.become),
            *(
                Route(f"/demo/{name}", pages.doing(act), methods=["POST"])
                for name, act in pages.acts().items()
            ),
            Mount("/demo/static", StaticFiles(directory=FOLDER / "static")),
            *console(
                world.service,
                public_url=public_url,
                secure=False,
                telegram_name=lambda: BOT_NAME,
                wake=world.house.wake,
                live=live,
                outside=Outside(frozenset(Channel), mail=_arrives),
            ),
        ],
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS),
            Middleware(SecurityHeaders, secure=False),
        ],
    )
    web.state.live = live
    return web


Act = Callable[[dict[str, Any]], Awaitable[None]]


class _Pages:
    """What answers at each address."""

    def __init__(self, world: World, public_url: str) -> None:
        self._world = world
        self._public_url = public_url

    async def front(self, request: Request) -> Response:
        """`/`: to the demo, or to the console for whoever is signed in."""
        role = await self._role(request)
        return RedirectResponse(first_page(role.role) if role else "/demo", 303)

    async def page(self, request: Request) -> Response:
        """`/demo`: the page, with everything on it as it is now."""
        language = language_of(request.query_params.get("taal"))
        role = await self._role(request)
        async with self._world.service.database.read() as session:
            heroine = await guide.heroine(session)
            consultant = await session.scalar(
                select(StaffMember.reference)
                .join(Enrolment, Enrolment.consulent_id == StaffMember.id)
                .where(Enrolment.client_id == heroine.id)
                .limit(1)
            )
        now = await stand(self._world, heroine.reference, language, self._public_url, role)
        text = templates.get_template("demo.html").render(
            t=LANGUAGES[language],
            language=language,
            other=next(one for one in LANGUAGES if one != language),
            now=now,
            console=first_page(role.role) if role else f"/demo/als/{consultant}",
            longest=LONGEST_TEXT,
            asset=asset,
        )
        return Response(text, media_type="text/html", headers={"Cache-Control": "no-store"})

    async def stand(self, request: Request) -> Response:
        """How things stand; 304 when nothing is new."""
        query = request.query_params
        now = await stand(
            self._world,
            query.get("klant", ""),
            language_of(query.get("taal")),
            self._public_url,
            await self._role(request),
        )
        body = json.dumps(now, ensure_ascii=False).encode()
        headers = {"ETag": version_of(body), "Cache-Control": "no-store"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/json", headers=headers)

    async def become(self, request: Request) -> Response:
        """`/demo/als/{reference}`: a session of that colleague, and on to `naar`."""
        async with self._world.service.database.read() as session:
            staff_member = await session.scalar(
                select(StaffMember).where(
                    StaffMember.reference == request.path_params["reference"],
                    StaffMember.left_at.is_(None),
                )
            )
        if staff_member is None:
            raise HTTPException(404)
        wanted = request.query_params.get("naar", "")
        path = wanted if _PATH.fullmatch(wanted) else first_page(staff_member.role)
        response = RedirectResponse(path, 303)
        token = await open_session(self._world.service, staff_member.id)
        set_cookie(response, token, secure=False)
        return response

    def acts(self) -> dict[str, Act]:
        """What a visitor can do, by the last part of its address."""
        return {
            "bericht": self.write,
            "knop": self.press,
            "uitnodiging": self.open_link,
            "klok": self.travel,
            "opnieuw": self.begin_again,
        }

    def doing(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """The endpoint that does `act` with the JSON that it is sent."""

        async def endpoint(request: Request) -> Response:
            if is_cross_site(request, self._public_url):
                raise HTTPException(403)
            body = await request.body()
            if len(body) > LARGEST_BODY:
                raise HTTPException(413)
            try:
                await act(json.loads(body))
            except Refused as refused:
                return JSONResponse({"error": str(refused)}, 409)
            except (ValueError, KeyError, TypeError):
                raise HTTPException(400) from None
            return Response(status_code=_NO_CONTENT)

        return endpoint

    async def write(self, sent: dict[str, Any]) -> None:
        """The client types `text`."""
        text = str(sent["text"]).strip()[:LONGEST_TEXT]
        if text:
            await self._world.say(await self._client(sent), Text(text))

    async def press(self, sent: dict[str, Any]) -> None:
        """The client presses a button; `data` is what stands in it."""
        question, _, value = str(sent["data"]).partition(":")
        await self._world.say(await self._client(sent), Press(int(question), value))

    async def open_link(self, sent: dict[str, Any]) -> None:
        """The client opens the link of the invitation."""
        subject = await self._client(sent)
        token = await new_link(self._world.service, subject.client.reference)
        chat = chat_of(subject.client.id)
        await self._world.say(subject, Hello(), sender=chat, link=token)

    async def travel(self, sent: dict[str, Any]) -> None:
        """Set the clock forward: an hour, a day, or to a moment of the chosen client."""
        now = self._world.service.now()
        to: datetime | None
        match sent["to"]:
            case "hour":
                to = now + timedelta(hours=1)
            case "day":
                to = now + timedelta(days=1)
            case "check_in":
                to = await next_check_in(self._world.service, await self._client(sent))
            case "month_six":
                to = month_six(await self._client(sent))
            case _:
                raise ValueError
        if to is None:
            raise Refused("There is nothing to come for this client.")
        self._world.travel(to)

    async def begin_again(self, _sent: dict[str, Any]) -> None:
        """Everything as it was when the demo began."""
        await self._world.begin_again()

    async def _client(self, sent: dict[str, Any]) -> Subject:
        subject = await self._world.client(str(sent["client"]))
        if subject is None:
            raise Refused("There is no such client.")
        return subject

    async def _role(self, request: Request) -> StaffMember | None:
        token = request.cookies.get(cookie_name(secure=False))
        if not token:
            return None
        return await signed_in(self._world.service, token, touch=False)


async def _arrives(_to: str) -> bool:
    """Mail in the demo: everything arrives, and nothing leaves."""
    return True


def asset(name: str) -> str:
    """The address of a file in `static/`, which changes with its content."""
    content = (FOLDER / "static" / name).read_bytes()
    return f"/demo/static/{name}?v={blake2b(content, digest_size=6).hexdigest()}"
