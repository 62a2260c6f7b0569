"""`/inloggen` and `/uitloggen`."""

from starlette.responses import Response

from aftercare.service import Refused
from staff import second_factor
from staff import sign_in as sessions
from staff.access import Hidden
from staff.attempts import TooManyAttempts
from staff.pages import organisation
from staff.sessions import browser_of
from staff.sign_in import drop_cookie, first_page, set_cookie
from staff.visit import Visit, own_path


async def show(visit: Visit) -> Response:
    """The form; whoever is signed in already goes on."""
    if visit.viewer_or_none:
        return visit.go(first_page(visit.viewer.role))
    return page(visit, onward=own_path(visit.request.query_params.get("verder", "")))


async def sign_in(visit: Visit) -> Response:
    """Check the password, and on to the second step; the session that was there before ends."""
    if visit.console.provider and visit.console.provider.settings.only:
        raise Hidden
    form = await visit.form()
    onward = own_path(form.one("verder"))
    try:
        found = await sessions.sign_in(
            visit.service, form.one("email"), form.secret("password"), visit.address
        )
    except Refused as refused:
        status = 429 if isinstance(refused, TooManyAttempts) else 422
        return page(visit, status, onward=onward, error=visit.words.refusal(refused))
    if visit.token:
        await sessions.sign_out(visit.service, visit.token)
    browser = browser_of(visit.request.headers.get("user-agent", ""))
    token = await second_factor.open_half(visit.service, found, browser)
    response = visit.go("/inloggen/code" + (f"?verder={onward}" if onward else ""))
    set_cookie(response, token, secure=visit.console.secure)
    return response


async def sign_out(visit: Visit) -> Response:
    """End the session, here and in the database, and at the provider where it began."""
    if visit.token:
        await sessions.sign_out(visit.service, visit.token)
    response = await organisation.signed_out(visit) or visit.go("/inloggen?gelukt=signed-out")
    drop_cookie(response, secure=visit.console.secure)
    return response


def page(visit: Visit, status: int = 200, *, onward: str = "", error: str = "") -> Response:
    """The page to sign in."""
    return visit.page(
        "sign_in.html",
        status,
        onward=onward,
        error=error,
        provider=visit.console.provider.settings if visit.console.provider else None,
    )
