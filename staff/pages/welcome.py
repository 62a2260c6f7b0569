"""`/welkom/...`: a link with which a colleague chooses a password; `/wachtwoord-vergeten`."""

import structlog
from starlette.background import BackgroundTask
from starlette.responses import Response

from aftercare.service import Refused
from staff import attempts, links, second_factor
from staff.attempts import TooManyAttempts
from staff.sessions import browser_of
from staff.sign_in import set_cookie, sign_out
from staff.visit import MailLink, Visit

log = structlog.get_logger()


async def show(visit: Visit) -> Response:
    """The form, if the link still works. Looking does not spend it: mail programs look too."""
    async with visit.service.database.read() as session:
        owner = await links.owner_of(session, visit.service, visit.request.path_params["token"])
    if owner is None:
        return visit.page("link_gone.html", 404, can_ask=visit.console.mail_link is not None)
    return visit.page("welcome.html", owner=owner, errors={}, shortest=links.SHORTEST_PASSWORD)


async def choose(visit: Visit) -> Response:
    """Set the password, and on to the second step."""
    token = visit.request.path_params["token"]
    form = await visit.form()
    try:
        owner = await links.use_link(visit.service, token, form.secret("password"))
    except Refused as refused:
        async with visit.service.database.read() as session:
            owner = await links.owner_of(session, visit.service, token)
        if owner is not None:
            return visit.page(
                "welcome.html",
                422,
                owner=owner,
                errors={refused.field or "": visit.words.refusal(refused)},
                shortest=links.SHORTEST_PASSWORD,
            )
    if owner is None:
        return visit.page("link_gone.html", 404, can_ask=visit.console.mail_link is not None)
    if visit.token:
        await sign_out(visit.service, visit.token)
    browser = browser_of(visit.request.headers.get("user-agent", ""))
    response = visit.go("/inloggen/code")
    half = await second_factor.open_half(visit.service, owner, browser)
    set_cookie(response, half, secure=visit.console.secure)
    return response


async def ask(visit: Visit) -> Response:
    """Where a link is asked for; without mail, only whom to ask."""
    return _page(visit)


async def send(visit: Visit) -> Response:
    """The same answer at once, whether there is such an account or not; the rest comes after."""
    form = await visit.form()
    email, mail_link = form.one("email"), visit.console.mail_link
    if mail_link is None:
        return _page(visit)
    try:
        written = email.casefold()
        await attempts.begin(visit.service, "forgotten password", written, visit.address)
    except TooManyAttempts as refused:
        return _page(visit, 429, error=visit.words.refusal(refused))
    response = _page(visit, sent=True)
    response.background = BackgroundTask(_mail, visit, mail_link, email)
    return response


async def _mail(visit: Visit, mail_link: MailLink, email: str) -> None:
    link = await links.link_for(visit.service, email)
    if link and not await mail_link(link):
        log.warning("link not mailed")


def _page(visit: Visit, status: int = 200, *, sent: bool = False, error: str = "") -> Response:
    return visit.page(
        "forgotten.html",
        status,
        can_ask=visit.console.mail_link is not None,
        sent=sent,
        error=error,
    )
