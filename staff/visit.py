"""One request to the console: who asks, in which language, and how a page answers."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

import locales
from aftercare.service import Service
from staff.access import Hidden, Viewer
from staff.labels import DONE
from staff.links import Link
from staff.live import Live
from staff.outside import Outside
from staff.provider import Provider
from staff.sign_in import Opened
from staff.theme import Theme
from staff.wording import Words
from storage.models import StaffMember

FOLDER = Path(__file__).parent
LARGEST_BODY = 64 * 1024
MOST_FIELDS = 200
_OUR_PATH = re.compile(r"(/[A-Za-z0-9-]+)+")
_REFERENCE = re.compile(r"[23456789ABCDEFGHJKMNPQRSTVWXYZ]{8}")

_templates = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["sentence"] = lambda text: text[:1].upper() + text[1:]
_templates.filters["direction"] = locales.direction


MailLink = Callable[[Link], Awaitable[bool]]
"""Mails a link to its colleague; whether the mail host took it."""


@dataclass(frozen=True)
class Console:
    """What all pages work with; see `staff.app.console`."""

    service: Service
    public_url: str | None
    secure: bool
    telegram_name: Callable[[], str | None]
    wake: Callable[[], None]
    live: Live
    mail_link: MailLink | None = None
    provider: Provider | None = None
    outside: Outside = field(default_factory=Outside)
    theme: Theme | None = None
    enrolling: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True)
class Form:
    """The fields that a browser sent."""

    fields: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """The value of a field, "" when it is not there."""
        return self.fields.get(name, ("",))[-1].strip()

    def secret(self, name: str) -> str:
        """A password: exactly as it was typed."""
        return self.fields.get(name, ("",))[-1]

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field."""
        return self.fields.get(name, ())

    def number(self, name: str) -> int | None:
        """The whole number from 0 in a field, None when it is not one that a row can have."""
        return whole_number(self.one(name))


def whole_number(written: str) -> int | None:
    """The whole number from 0 that was written in plain digits; None when it is not one, or is
    larger than both databases hold.
    """
    return int(written) if re.fullmatch(r"[0-9]{1,9}", written) else None


@dataclass(frozen=True)
class Visit:
    """A request in hand. `viewer_or_none` is None for a stranger, and for whoever still has to
    take the second step; `session` is the session of both."""

    console: Console
    request: Request
    words: Words
    viewer_or_none: Viewer | None = None
    token: str | None = None
    session: Opened | None = None

    @property
    def service(self) -> Service:
        """The use cases' tools."""
        return self.console.service

    @property
    def viewer(self) -> Viewer:
        """The signed-in colleague; only pages for colleagues ask."""
        if self.viewer_or_none is None:
            raise Hidden
        return self.viewer_or_none

    @property
    def staff_member(self) -> StaffMember:
        """The signed-in colleague's row."""
        return self.viewer.staff_member

    @property
    def address(self) -> str:
        """From where the request comes."""
        return self.request.client.host if self.request.client else ""

    @property
    def half(self) -> Opened | None:
        """The session of whoever gave the password and still has to take the second step."""
        return self.session if self.session and self.session.row.is_half else None

    @property
    def signed_in(self) -> Opened:
        """The session of the signed-in colleague."""
        if self.session is None or self.session.row.is_half:
            raise Hidden
        return self.session

    def reference(self) -> str:
        """The reference in the address. Raises `Hidden` for what cannot be one."""
        return valid_reference(self.request.path_params["reference"])

    async def form(self) -> Form:
        """The fields of a POST. Raises 413 when it is larger than any of our forms."""
        declared = self.request.headers.get("content-length", "0")
        if declared.isdigit() and int(declared) > LARGEST_BODY:
            raise HTTPException(413)
        body = bytearray()
        async for chunk in self.request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise HTTPException(413)
        try:
            pairs = parse_qsl(
                body.decode("utf-8", "replace"),
                keep_blank_values=True,
                max_num_fields=MOST_FIELDS,
            )
        except ValueError:
            raise HTTPException(413) from None
        fields: dict[str, list[str]] = {}
        for name, value in pairs:
            # No keyboard types a null byte, and PostgreSQL takes none in a text.
            fields.setdefault(name, []).append(value.replace("\0", ""))
        return Form({name: tuple(values) for name, values in fields.items()})

    def page(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """A page in the colleague's language."""
        text = _templates.get_template(template).render(
            _=self.words.say,
            words=self.words,
            viewer=self.viewer_or_none,
            here=self.request.url.path,
            asset=asset,
            theme=self.console.theme,
            done=self._done(),
            **values,
        )
        return HTMLResponse(text, status)

    def go(self, path: str) -> RedirectResponse:
        """On to another page of the console, after something was done."""
        return RedirectResponse(path, 303)

    def _done(self) -> str | None:
        name = self.request.query_params.get("gelukt", "")
        return self.words.say(DONE[name]) if name in DONE else None


def own_path(path: str) -> str:
    """A path of our own to go on to, or nothing."""
    return path if _OUR_PATH.fullmatch(path) and len(path) < 80 else ""


def valid_reference(written: str) -> str:
    """A reference in its own letters. Raises `Hidden` for what cannot be one, so that nothing
    else ever reaches the database."""
    reference = written.strip().upper()
    if not _REFERENCE.fullmatch(reference):
        raise Hidden
    return reference


def respond_to(visit: Visit, response: Response) -> Response:
    """A page is about people: it is kept nowhere, and never mixed up between languages."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Cookie"
    response.headers["Content-Language"] = visit.words.language
    return response


@lru_cache
def asset(name: str) -> str:
    """The address of a file in `static/`, which changes with its content."""
    content = (FOLDER / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.blake2b(content, digest_size=6).hexdigest()}"
