"""The console as one web application: which page is where, and for whom."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from aftercare.service import Service
from conversations.words import Role
from scheduler.calendar import Hours, local_day
from staff.access import CASEWORK, EVERYBODY, MANAGEMENT, Hidden, viewer_of
from staff.live import Live
from staff.pages import (
    absence,
    call,
    clients,
    colleagues,
    dossier,
    enrol,
    figures,
    hands,
    language,
    queue,
    routes,
    sign_in_out,
)
from staff.security import SecurityHeaders, is_cross_site
from staff.sign_in import LANGUAGE_COOKIE, cookie_name, first_page, signed_in
from staff.visit import FOLDER, Console, Visit, respond_to
from staff.wording import Words, language_of

Answer = Callable[[Visit], Awaitable[Response]]
ANYBODY: frozenset[Role] = frozenset()
"""Also those who are not signed in."""

REFRESH = "x-nazorg-refresh"
"""The header of a page that is loaded anew by itself, because something changed: it does not keep
an idle session alive."""


@dataclass(frozen=True)
class Page:
    """One address: how it is asked for, who may, and what answers."""

    method: str
    path: str
    roles: frozenset[Role]
    answer: Answer
    touches: bool = True
    """Whether asking for it keeps a session from ending as idle."""


async def start(visit: Visit) -> Response:
    """`/`: on to where the colleague begins."""
    return visit.go(first_page(visit.viewer.role))


PAGES: Sequence[Page] = (
    Page("GET", "/", EVERYBODY, start),
    Page("GET", "/inloggen", ANYBODY, sign_in_out.show),
    Page("POST", "/inloggen", ANYBODY, sign_in_out.sign_in),
    Page("POST", "/uitloggen", ANYBODY, sign_in_out.sign_out),
    Page("POST", "/taal", ANYBODY, language.choose),
    Page("GET", "/werkvoorraad", CASEWORK, queue.show),
    Page("GET", "/werkvoorraad/live", CASEWORK, queue.live, touches=False),
    Page("GET", "/werkvoorraad/afwezig", CASEWORK | MANAGEMENT, absence.show),
    Page("POST", "/werkvoorraad/afwezig", CASEWORK | MANAGEMENT, absence.add),
    Page("POST", "/werkvoorraad/afwezig/{reference}", CASEWORK | MANAGEMENT, absence.end),
    Page("GET", "/hulpvragen/{reference}", CASEWORK, call.show),
    Page("POST", "/hulpvragen/{reference}/oppakken", CASEWORK, call.take),
    Page("POST", "/hulpvragen/{reference}/contact", CASEWORK, call.contacted),
    Page("POST", "/hulpvragen/{reference}/afronden", CASEWORK, call.resolve),
    Page("POST", "/hulpvragen/{reference}/bericht", CASEWORK, call.write),
    Page("POST", "/hulpvragen/{reference}/notitie", CASEWORK, call.note),
    Page("POST", "/hulpvragen/{reference}/instrumenten", CASEWORK, call.use),
    Page("POST", "/hulpvragen/{reference}/teruggeven", CASEWORK, hands.give_back),
    Page("POST", "/hulpvragen/{reference}/overdragen", CASEWORK, hands.hand_over),
    Page("POST", "/hulpvragen/{reference}/vrijgeven", CASEWORK, hands.release),
    Page("GET", "/deelnemers", CASEWORK, clients.show),
    Page("POST", "/deelnemers", CASEWORK, clients.find),
    Page("GET", "/deelnemers/{reference}", CASEWORK, dossier.show),
    Page("POST", "/deelnemers/{reference}/stoppen", CASEWORK, dossier.stop),
    Page("POST", "/deelnemers/{reference}/link", CASEWORK, dossier.link),
    Page("GET", "/inschrijven", CASEWORK, enrol.show),
    Page("POST", "/inschrijven", CASEWORK, enrol.enrol),
    Page("GET", "/cijfers", EVERYBODY, figures.show),
    Page("GET", "/beheer/collegas", MANAGEMENT, colleagues.show),
    Page("POST", "/beheer/collegas", MANAGEMENT, colleagues.add),
    Page("POST", "/beheer/collegas/{reference}/weg", MANAGEMENT, colleagues.left),
    Page("GET", "/beheer/routes", MANAGEMENT, routes.show),
)


def console(
    service: Service,
    *,
    public_url: str | None,
    secure: bool,
    telegram_name: Callable[[], str | None],
    wake: Callable[[], None] = lambda: None,
    live: Live | None = None,
) -> list[BaseRoute]:
    """The console's routes, to be put after all others: it answers whatever is left.

    `secure`: people come over HTTPS. `telegram_name` gives the bot's name once it is known;
    `wake` is called when something was queued for delivery; `live` lets go of the pages that
    listen when the process stops.
    """
    shared = Console(service, public_url, secure, telegram_name, wake, live or Live(service))

    async def refuse(request: Request, error: Exception) -> Response:
        visit = getattr(request.state, "visit", None) or _visit(shared, request)
        status = error.status_code if isinstance(error, HTTPException) else 500
        if isinstance(error, Hidden):
            status = HTTPStatus.NOT_FOUND
        response = visit.page("error.html", status, problem=status)
        if isinstance(error, HTTPException) and error.headers:
            response.headers.update(error.headers)
        return respond_to(visit, response)

    app = Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=FOLDER / "static")),
            *(Route(page.path, _endpoint(page, shared), methods=[page.method]) for page in PAGES),
        ],
        exception_handlers={HTTPException: refuse, Hidden: refuse, 500: refuse},
    )
    app.router.redirect_slashes = False
    return [Mount("/", SecurityHeaders(app, secure=secure))]


def _visit(shared: Console, request: Request) -> Visit:
    spoken = language_of(request.cookies.get(LANGUAGE_COOKIE, ""))
    return Visit(shared, request, Words(spoken, shared.service.now()))


def _endpoint(page: Page, shared: Console) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if is_cross_site(request, shared.public_url):
            raise HTTPException(403)
        visit = await _recognised(_visit(shared, request), touches=page.touches)
        request.state.visit = visit
        if page.roles and visit.viewer_or_none is None:
            return respond_to(visit, visit.go(_to_sign_in(page, request, visit)))
        if page.roles and visit.viewer.role not in page.roles:
            raise Hidden
        return respond_to(visit, await page.answer(visit))

    return endpoint


async def _recognised(visit: Visit, *, touches: bool) -> Visit:
    """The visit with who asks, if the browser is signed in."""
    service, request = visit.service, visit.request
    token = request.cookies.get(cookie_name(secure=visit.console.secure))
    if not token:
        return visit
    staff_member = await signed_in(service, token, touch=touches and REFRESH not in request.headers)
    if staff_member is None:
        return Visit(visit.console, request, visit.words, None, token)
    async with service.database.read() as session:
        today = local_day(service.now(), Hours())
        viewer = await viewer_of(session, staff_member, today)
    return Visit(visit.console, request, visit.words, viewer, token)


def _to_sign_in(page: Page, request: Request, visit: Visit) -> str:
    """Sign in, and come back; a path holds references only, so it may be in an address."""
    query = "?gelukt=ended" if visit.token else ""
    if page.method == "GET" and page.path != "/":
        query += ("&" if query else "?") + "verder=" + request.url.path
    return "/inloggen" + query
