"""`/inloggen/organisatie`: to the organisation's sign-in service, and back.

The browser is led away by a page that goes on by itself: our CSP lets no form end up elsewhere, and
a provider may pass on to another that we do not know of.
"""

import structlog
from starlette.responses import Response

from aftercare.service import N_, Refused
from staff import provider_sign_in
from staff.access import Hidden
from staff.pages import sign_in_out
from staff.provider import NotTrusted, Provider, ProviderSilent
from staff.sessions import browser_of
from staff.sign_in import open_session, set_cookie, sign_out
from staff.visit import Visit, own_path

log = structlog.get_logger()

BACK = "/inloggen/organisatie/terug"


async def leave(visit: Visit) -> Response:
    """Off to the sign-in service."""
    provider = _provider(visit)
    form = await visit.form()
    onward = own_path(form.one("verder"))
    try:
        leaving = await provider.leave(_own(visit, BACK))
    except Refused as refused:
        return _refused(visit, refused, onward)
    token = await provider_sign_in.remember(visit.service, leaving, onward)
    response = _elsewhere(visit, leaving.url)
    response.set_cookie(
        _cookie(visit),
        token,
        max_age=int(provider_sign_in.BACK_WITHIN.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=visit.console.secure,
    )
    return response


async def come_back(visit: Visit) -> Response:
    """Back with a code, which the provider changes for who it is; once."""
    provider, query = _provider(visit), visit.request.query_params
    onward = ""
    try:
        expected = await provider_sign_in.recall(
            visit.service,
            query.get("state", ""),
            visit.request.cookies.get(_cookie(visit), ""),
        )
        onward = expected.onward
        if "code" not in query:
            raise Refused(N_("Your organisation's sign-in service did not let you in."))
        claims = await provider.claims(
            _own(visit, BACK),
            query["code"],
            expected.nonce,
            expected.verifier,
            query.get("iss", ""),
        )
        found = await provider_sign_in.colleague(visit.service, provider.settings, claims)
    except Refused as refused:
        return _refused(visit, refused, onward)
    if visit.token:
        await sign_out(visit.service, visit.token)
    browser = browser_of(visit.request.headers.get("user-agent", ""))
    token = await open_session(visit.service, found.id, by_provider=True, browser=browser)
    response = visit.go(onward or "/")
    set_cookie(response, token, secure=visit.console.secure)
    response.delete_cookie(_cookie(visit), path="/", secure=visit.console.secure, httponly=True)
    return response


async def signed_out(visit: Visit) -> Response | None:
    """On to the provider, to sign out there too; None for whoever did not come through it."""
    provider = visit.console.provider
    if provider is None or visit.session is None or not visit.session.row.by_provider:
        return None
    url = await provider.end_session_url(_own(visit, "/inloggen"))
    return _elsewhere(visit, url) if url else None


def _provider(visit: Visit) -> Provider:
    if visit.console.provider is None:
        raise Hidden
    return visit.console.provider


def _elsewhere(visit: Visit, url: str) -> Response:
    return visit.page("elsewhere.html", url=url)


def _refused(visit: Visit, refused: Refused, onward: str) -> Response:
    if isinstance(refused, NotTrusted):
        log.warning("sign-in through the provider refused", why=refused.why)
    status = 502 if isinstance(refused, ProviderSilent) else 403
    return sign_in_out.page(visit, status, onward=onward, error=visit.words.refusal(refused))


def _own(visit: Visit, path: str) -> str:
    """The address of a page of ours, exactly as it is registered with the provider."""
    return (visit.console.public_url or str(visit.request.base_url).rstrip("/")) + path


def _cookie(visit: Visit) -> str:
    return "__Host-nazorg-heen" if visit.console.secure else "nazorg-heen"
