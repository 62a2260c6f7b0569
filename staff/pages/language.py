"""`/taal`: read the console in Dutch or in English."""

from urllib.parse import urlsplit

from starlette.responses import Response

import locales
from staff.sign_in import LANGUAGE_COOKIE
from staff.visit import Visit, own_path

_A_YEAR = 365 * 24 * 3600


async def choose(visit: Visit) -> Response:
    """Remember the language in the browser, and go back to where the choice was made."""
    form = await visit.form()
    language = form.one("taal")
    response = visit.go(_came_from(visit) or "/")
    if language in locales.languages(locales.CONSOLE):
        response.set_cookie(
            LANGUAGE_COOKIE,
            language,
            max_age=_A_YEAR,
            httponly=True,
            secure=visit.console.secure,
            samesite="lax",
        )
    return response


def _came_from(visit: Visit) -> str:
    try:
        return own_path(urlsplit(visit.request.headers.get("referer", "")).path)
    except ValueError:  # "http://["
        return ""
