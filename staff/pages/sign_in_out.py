"""`/inloggen` and `/uitloggen`."""

import re

from starlette.responses import Response

from aftercare.service import Refused
from staff import sign_in as sessions
from staff.sign_in import TooManyAttempts, drop_cookie, first_page, set_cookie
from staff.visit import Visit

_OUR_PATH = re.compile(r"(/[A-Za-z0-9-]+)+")


async def show(visit: Visit) -> Response:
    """The form; whoever is signed in already goes on."""
    if visit.viewer_or_none:
        return visit.go(first_page(visit.viewer.role))
    return visit.page("sign_in.html", onward=_onward(visit.request.query_params.get("verder", "")))


async def sign_in(visit: Visit) -> Response:
    """Check the password and open a session; the one that was there before ends."""
    form = await visit.form()
    onward = _onward(form.one("verder"))
    client = visit.request.client
    try:
        token = await sessions.sign_in(
            visit.service,
            form.one("email"),
            form.secret("password"),
            client.host if client else "",
        )
    except Refused as refused:
        status = 429 if isinstance(refused, TooManyAttempts) else 422
        error = visit.words.refusal(refused)
        return visit.page("sign_in.html", status, onward=onward, error=error)
    if visit.token:
        await sessions.sign_out(visit.service, visit.token)
    response = visit.go(onward or "/")
    set_cookie(response, token, secure=visit.console.secure)
    return response


async def sign_out(visit: Visit) -> Response:
    """End the session, here and in the database."""
    if visit.token:
        await sessions.sign_out(visit.service, visit.token)
    response = visit.go("/inloggen?gelukt=signed-out")
    drop_cookie(response, secure=visit.console.secure)
    return response


def _onward(path: str) -> str:
    """A path of our own to go on to, or nothing."""
    return path if _OUR_PATH.fullmatch(path) and len(path) < 80 else ""
