"""`/inloggen` and `/uitloggen`."""

from starlette.responses import Response

from aftercare.service import Refused
from staff import sign_in as sessions
from staff.sign_in import TooManyAttempts, drop_cookie, first_page, set_cookie
from staff.visit import Visit, own_path


async def show(visit: Visit) -> Response:
    """The form; whoever is signed in already goes on."""
    if visit.viewer_or_none:
        return visit.go(first_page(visit.viewer.role))
    return visit.page("sign_in.html", onward=own_path(visit.request.query_params.get("verder", "")))


async def sign_in(visit: Visit) -> Response:
    """Check the password and open a session; the one that was there before ends."""
    form = await visit.form()
    onward = own_path(form.one("verder"))
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
