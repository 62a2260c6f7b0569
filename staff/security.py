"""What every answer of the console carries, and which requests it does not take.

No token in forms: a cross-site request is known by `Sec-Fetch-Site`, which every browser in use
sends over HTTPS and to this machine itself, and else by `Origin` (the order of Go's
`http.CrossOriginProtection`). `Referrer-Policy` is `same-origin` and not `no-referrer`, with which
browsers would send `Origin: null` for our own forms.
"""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_A_YEAR = 365 * 24 * 3600
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SecurityHeaders:
    """Puts the headers on every answer, also on errors and files."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._headers = dict(HEADERS)
        if secure:
            self._headers["Strict-Transport-Security"] = f"max-age={_A_YEAR}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and add the headers to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if scope["path"].startswith("/static/") and b"v=" in scope["query_string"]:
                    headers["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
            await send(message)

        await self._app(scope, receive, send_with_headers)


def is_cross_site(request: Request, public_url: str | None) -> bool:
    """Whether another site had the browser make this request that changes something."""
    if request.method in _SAFE:
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:
        return False  # not a browser: nobody's cookies are at stake
    return _host(origin) not in {_host(public_url or ""), request.headers.get("host", "")} - {""}


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:  # "http://["
        return ""
