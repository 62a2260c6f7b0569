"""The console as one web application: which page is where, and for whom."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from aftercare.service import Service
from conversations.words import Role
from staff.access import CASEWORK, EVERYBODY, MANAGEMENT, REVIEWERS, Hidden, viewer_of
from staff.live import Live
from staff.outside import Outside
from staff.pages import (
    absence,
    call,
    client_rights,
    clients,
    colleagues,
    corrections,
    dossier,
    emergency,
    enrol,
    enrol_list,
    figures,
    hands,
    language,
    leaflet,
    lookback,
    me,
    notices,
    organisation,
    plan,
    queue,
    review,
    routes,
    second_step,
    sign_in_out,
    welcome,
)
from staff.pages.management import audit, channels, file, overview, places, teams, texts
from staff.provider import Provider
from staff.security import SecurityHeaders, is_cross_site
from staff.sign_in import LANGUAGE_COOKIE, cookie_name, first_page, opened
from staff.theme import Theme
from staff.visit import FOLDER, Console, MailLink, Visit, respond_to
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
    Page("GET", "/inloggen/code", ANYBODY, second_step.show),
    Page("POST", "/inloggen/code", ANYBODY, second_step.take),
    Page("POST", "/inloggen/organisatie", ANYBODY, organisation.leave),
    Page("GET", "/inloggen/organisatie/terug", ANYBODY, organisation.come_back),
    Page("POST", "/uitloggen", ANYBODY, sign_in_out.sign_out),
    Page("GET", "/wachtwoord-vergeten", ANYBODY, welcome.ask),
    Page("POST", "/wachtwoord-vergeten", ANYBODY, welcome.send),
    Page("GET", "/welkom/{token}", ANYBODY, welcome.show),
    Page("POST", "/welkom/{token}", ANYBODY, welcome.choose),
    Page("GET", "/ik", EVERYBODY, me.show),
    Page("POST", "/ik/wachtwoord", EVERYBODY, me.change_password),
    Page("GET", "/ik/code", EVERYBODY, me.show_offer),
    Page("POST", "/ik/code", EVERYBODY, me.take_offer),
    Page("POST", "/ik/code/nieuw", EVERYBODY, me.offer),
    Page("POST", "/ik/herstelcodes", EVERYBODY, me.new_codes),
    Page("POST", "/ik/apparaten", EVERYBODY, me.sign_out_elsewhere),
    Page("POST", "/ik/apparaten/{reference}", EVERYBODY, me.sign_out_there),
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
    Page("GET", "/deelnemers/{reference}/plan", CASEWORK, plan.show),
    Page("POST", "/deelnemers/{reference}/plan", CASEWORK, plan.change),
    Page("GET", "/deelnemers/{reference}/afdruk", CASEWORK, dossier.show_print),
    Page("GET", "/deelnemers/{reference}/export/{kind}", CASEWORK, dossier.take_along),
    Page("POST", "/deelnemers/{reference}/stoppen", CASEWORK, dossier.stop),
    Page("POST", "/deelnemers/{reference}/link", CASEWORK, dossier.link),
    Page("GET", "/deelnemers/{reference}/folder", CASEWORK, leaflet.own),
    Page("POST", "/deelnemers/{reference}/folder", CASEWORK, leaflet.with_link),
    Page("GET", "/deelnemers/{reference}/gegevens", CASEWORK, client_rights.show),
    Page("POST", "/deelnemers/{reference}/gegevens/kopie", CASEWORK, client_rights.copy),
    Page("POST", "/deelnemers/{reference}/gegevens/wissen", CASEWORK, client_rights.erase),
    Page("GET", "/deelnemers/{reference}/noodinzage", CASEWORK, emergency.ask),
    Page("POST", "/deelnemers/{reference}/noodinzage", CASEWORK, emergency.read_along),
    Page("GET", "/noodinzage", CASEWORK, emergency.overview),
    Page("POST", "/noodinzage/{reference}/gezien", CASEWORK, emergency.mark_seen),
    Page("GET", "/inschrijven", CASEWORK, enrol.show),
    Page("POST", "/inschrijven", CASEWORK, enrol.enrol),
    Page("GET", "/inschrijven/folder", CASEWORK, leaflet.choose),
    Page("GET", "/inschrijven/folder/{language}", CASEWORK, leaflet.blank),
    Page("GET", "/inschrijven/lijst", CASEWORK, enrol_list.show),
    Page("POST", "/inschrijven/lijst", CASEWORK, enrol_list.upload),
    Page("GET", "/inschrijven/lijst/voorbeeld", CASEWORK, enrol_list.example),
    Page("GET", "/inschrijven/lijst/{reference}", CASEWORK, enrol_list.look),
    Page("POST", "/inschrijven/lijst/{reference}", CASEWORK, enrol_list.confirm),
    Page("GET", "/inschrijven/lijst/{reference}/fout", CASEWORK, enrol_list.bad_rows),
    Page("GET", "/cijfers", EVERYBODY, figures.show),
    Page("GET", "/terugblik", REVIEWERS, lookback.show),
    Page("GET", "/terugblik/cijfers.csv", REVIEWERS, lookback.download),
    Page("GET", "/terugblik/steekproef", CASEWORK, review.show),
    Page("POST", "/terugblik/steekproef", CASEWORK, review.start),
    Page("GET", "/terugblik/steekproef/{reference}", CASEWORK, review.one),
    Page("GET", "/terugblik/steekproef/{reference}/{place}", CASEWORK, review.message),
    Page("POST", "/terugblik/steekproef/{reference}/{place}", CASEWORK, review.judge),
    Page("GET", "/terugblik/bericht/{number}", CASEWORK, corrections.message),
    Page("POST", "/terugblik/bericht/{number}", CASEWORK, corrections.correct),
    Page("GET", "/terugblik/verbeteringen", CASEWORK, corrections.show),
    Page("POST", "/terugblik/verbeteringen", CASEWORK, corrections.export),
    Page("GET", "/ik/meldingen", CASEWORK, notices.show),
    Page("POST", "/ik/meldingen", CASEWORK, notices.add),
    Page("POST", "/ik/meldingen/{reference}/proef", CASEWORK, notices.test),
    Page("POST", "/ik/meldingen/{reference}/weg", CASEWORK, notices.end),
    Page("GET", "/beheer/collegas", MANAGEMENT, colleagues.show),
    Page("POST", "/beheer/collegas", MANAGEMENT, colleagues.add),
    Page("POST", "/beheer/collegas/{reference}/weg", MANAGEMENT, colleagues.left),
    Page("POST", "/beheer/collegas/{reference}/link", MANAGEMENT, colleagues.link),
    Page("POST", "/beheer/collegas/{reference}/code", MANAGEMENT, colleagues.reset),
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
    mail_link: MailLink | None = None,
    provider: Provider | None = None,
    live: Live | None = None,
    outside: Outside | None = None,
    theme: Theme | None = None,
) -> list[BaseRoute]:
    """The console's routes, to be put after all others: it answers whatever is left.

    `secure`: people come over HTTPS. `telegram_name` gives the bot's name once it is known;
    `wake` is called when something was queued for delivery. `mail_link` mails invitations and
    resets, which administrators pass on themselves where there is none; `provider` is the OpenID
    provider through which colleagues sign in; `live` lets go of the pages that listen when the
    process stops; `outside` is what can be known and asked of channels and mail; `theme` is the
    municipality's own look.
    """
    shared = Console(
        service,
        public_url,
        secure,
        telegram_name,
        wake,
        live or Live(service),
        mail_link=mail_link,
        provider=provider,
        outside=outside or Outside(),
        theme=theme,
    )

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
            *([Route("/static/theme.css", _stylesheet(theme))] if theme else []),
            Mount("/static", StaticFiles(directory=FOLDER / "static")),
            *(Route(page.path, _endpoint(page, shared), methods=[page.method]) for page in PAGES),
        ],
        exception_handlers={HTTPException: refuse, Hidden: refuse, 500: refuse},
    )
    app.router.redirect_slashes = False
    return [Mount("/", SecurityHeaders(app, secure=secure))]


def _stylesheet(theme: Theme) -> Callable[[Request], Response]:
    return lambda _request: Response(theme.css, media_type="text/css")


def _visit(shared: Console, request: Request) -> Visit:
    spoken = language_of(request.cookies.get(LANGUAGE_COOKIE, ""))
    return Visit(shared, request, Words(spoken, shared.service.now()))


def _endpoint(page: Page, shared: Console) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if is_cross_site(request, shared.public_url):
            raise HTTPException(403)
        visit = await _recognised(_visit(shared, request), touches=page.touches)
        request.state.visit = visit
        viewer = visit.viewer_or_none
        if page.roles and (viewer is None or viewer.role not in page.roles):
            if request.headers.get("Accept") == queue.EVENTS:
                return respond_to(visit, queue.ended())
            if viewer is None:
                return respond_to(visit, visit.go(_to_sign_in(page, request, visit)))
            raise Hidden
        return respond_to(visit, await page.answer(visit))

    return endpoint


async def _recognised(visit: Visit, *, touches: bool) -> Visit:
    """The visit with who asks, if the browser is signed in."""
    service, request = visit.service, visit.request
    token = request.cookies.get(cookie_name(secure=visit.console.secure))
    if not token:
        return visit
    found = await opened(service, token, touch=touches and REFRESH not in request.headers)
    if found is None or found.row.is_half:
        return replace(visit, token=token, session=found)
    async with service.database.read() as session:
        viewer = await viewer_of(session, found.staff_member, service.now())
    return replace(visit, viewer_or_none=viewer, token=token, session=found)


def _to_sign_in(page: Page, request: Request, visit: Visit) -> str:
    """Sign in, and come back; a path holds references only, so it may be in an address."""
    query = []
    if visit.token and not visit.half:
        query.append("gelukt=ended")
    if page.method == "GET" and page.path != "/":
        query.append("verder=" + request.url.path)
    return ("/inloggen/code" if visit.half else "/inloggen") + "?" * bool(query) + "&".join(query)
