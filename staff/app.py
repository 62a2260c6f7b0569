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
from staff.outside import Outside
from staff.pages import (
    call,
    clients,
    colleagues,
    dossier,
    enrol,
    figures,
    language,
    notices,
    queue,
    routes,
    sign_in_out,
)
from staff.pages.management import audit, channels, file, overview, places, teams, texts
from staff.security import SecurityHeaders, is_cross_site
from staff.sign_in import LANGUAGE_COOKIE, cookie_name, first_page, signed_in
from staff.visit import FOLDER, Console, Visit, respond_to
from staff.wording import Words, language_of

Answer = Callable[[Visit], Awaitable[Response]]
ANYBODY: frozenset[Role] = frozenset()
"""Also those who are not signed in."""

REFRESH = "x-nazorg-refresh"
"""The header of a page that renews itself: it does not keep an idle session alive."""


@dataclass(frozen=True)
class Page:
    """One address: how it is asked for, who may, and what answers."""

    method: str
    path: str
    roles: frozenset[Role]
    answer: Answer


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
    Page("GET", "/hulpvragen/{reference}", CASEWORK, call.show),
    Page("POST", "/hulpvragen/{reference}/oppakken", CASEWORK, call.take),
    Page("POST", "/hulpvragen/{reference}/contact", CASEWORK, call.contacted),
    Page("POST", "/hulpvragen/{reference}/afronden", CASEWORK, call.resolve),
    Page("GET", "/deelnemers", CASEWORK, clients.show),
    Page("POST", "/deelnemers", CASEWORK, clients.find),
    Page("GET", "/deelnemers/{reference}", CASEWORK, dossier.show),
    Page("POST", "/deelnemers/{reference}/stoppen", CASEWORK, dossier.stop),
    Page("POST", "/deelnemers/{reference}/link", CASEWORK, dossier.link),
    Page("GET", "/inschrijven", CASEWORK, enrol.show),
    Page("POST", "/inschrijven", CASEWORK, enrol.enrol),
    Page("GET", "/cijfers", EVERYBODY, figures.show),
    Page("GET", "/ik/meldingen", CASEWORK, notices.show),
    Page("POST", "/ik/meldingen", CASEWORK, notices.add),
    Page("POST", "/ik/meldingen/{reference}/proef", CASEWORK, notices.test),
    Page("POST", "/ik/meldingen/{reference}/weg", CASEWORK, notices.end),
    Page("GET", "/beheer/collegas", MANAGEMENT, colleagues.show),
    Page("POST", "/beheer/collegas", MANAGEMENT, colleagues.add),
    Page("POST", "/beheer/collegas/{reference}/weg", MANAGEMENT, colleagues.left),
    Page("GET", "/beheer/routes", MANAGEMENT, routes.show),
    Page("POST", "/beheer/routes", MANAGEMENT, routes.change),
    Page("POST", "/beheer/routes/proef", MANAGEMENT, routes.sample),
    Page("GET", "/beheer", MANAGEMENT, overview.show),
    Page("GET", "/beheer/teams", MANAGEMENT, teams.show),
    Page("POST", "/beheer/teams", MANAGEMENT, teams.add),
    Page("GET", "/beheer/teams/{slug}", MANAGEMENT, teams.show_one),
    Page("POST", "/beheer/teams/{slug}", MANAGEMENT, teams.change),
    Page("POST", "/beheer/teams/{slug}/leden", MANAGEMENT, teams.members),
    Page("POST", "/beheer/teams/{slug}/sluiten", MANAGEMENT, teams.close),
    Page("POST", "/beheer/organisaties", MANAGEMENT, teams.add_organisation),
    Page("POST", "/beheer/organisaties/{slug}", MANAGEMENT, teams.rename_organisation),
    Page("GET", "/beheer/gemeenten", MANAGEMENT, places.show),
    Page("POST", "/beheer/gemeenten", MANAGEMENT, places.add),
    Page("GET", "/beheer/gemeenten/{slug}", MANAGEMENT, places.show_one),
    Page("POST", "/beheer/gemeenten/{slug}", MANAGEMENT, places.change),
    Page("POST", "/beheer/gemeenten/{slug}/sluiten", MANAGEMENT, places.close),
    Page("GET", "/beheer/kanalen", MANAGEMENT, channels.show),
    Page("POST", "/beheer/kanalen/proefmail", MANAGEMENT, channels.test_mail),
    Page("GET", "/beheer/teksten", MANAGEMENT, texts.show),
    Page("POST", "/beheer/teksten/prijs", MANAGEMENT, texts.price),
    Page("GET", "/beheer/logboek", MANAGEMENT, audit.show),
    Page("GET", "/beheer/instellingen", MANAGEMENT, file.show),
    Page("GET", "/beheer/instellingen/bestand", MANAGEMENT, file.download),
    Page("POST", "/beheer/instellingen", MANAGEMENT, file.preview),
    Page("POST", "/beheer/instellingen/toepassen", MANAGEMENT, file.apply),
)


def console(
    service: Service,
    *,
    public_url: str | None,
    secure: bool,
    telegram_name: Callable[[], str | None],
    wake: Callable[[], None] = lambda: None,
    outside: Outside | None = None,
) -> list[BaseRoute]:
    """The console's routes, to be put after all others: it answers whatever is left.

    `secure`: people come over HTTPS. `telegram_name` gives the bot's name once it is known;
    `wake` is called when something was queued for delivery; `outside` is what can be known and
    asked of channels and mail.
    """
    shared = Console(service, public_url, secure, telegram_name, wake, outside or Outside())

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
        visit = await _recognised(_visit(shared, request))
        request.state.visit = visit
        if page.roles and visit.viewer_or_none is None:
            return respond_to(visit, visit.go(_to_sign_in(page, request, visit)))
        if page.roles and visit.viewer.role not in page.roles:
            raise Hidden
        return respond_to(visit, await page.answer(visit))

    return endpoint


async def _recognised(visit: Visit) -> Visit:
    """The visit with who asks, if the browser is signed in."""
    service, request = visit.service, visit.request
    token = request.cookies.get(cookie_name(secure=visit.console.secure))
    if not token:
        return visit
    staff_member = await signed_in(service, token, touch=REFRESH not in request.headers)
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
