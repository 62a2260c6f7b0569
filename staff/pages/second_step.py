"""`/inloggen/code`: the second step, after the password."""

from starlette.responses import Response

from aftercare.service import Refused
from staff import qr, second_factor
from staff.attempts import TooManyAttempts
from staff.sign_in import Opened, set_cookie
from staff.visit import Visit, own_path


async def show(visit: Visit) -> Response:
    """Where the code is typed; the first time with what the authenticator app must read."""
    if visit.half is None:
        return visit.go("/")
    return page(visit, visit.half, onward=own_path(visit.request.query_params.get("verder", "")))


async def take(visit: Visit) -> Response:
    """Check the code: the session is whole, with a new token; the first time with the codes."""
    mine = visit.half
    if mine is None or visit.token is None:
        return visit.go("/")
    form = await visit.form()
    onward, code = own_path(form.one("verder")), form.one("code")
    codes: list[str] = []
    try:
        if mine.row.offered_secret:
            codes = await second_factor.set_up(visit.service, mine, code, visit.address)
        elif await second_factor.check(visit.service, mine.staff_member, code, visit.address):
            onward = "/ik?gelukt=recovered"
    except Refused as refused:
        return page(visit, mine, refused, onward=onward)
    token = await second_factor.complete(visit.service, visit.token, mine)
    response: Response = visit.go(onward or "/")
    if codes:
        response = visit.page("recovery_codes.html", codes=codes, onward=onward or "/", set_up=True)
    set_cookie(response, token, secure=visit.console.secure)
    return response


def page(
    visit: Visit,
    mine: Opened,
    refused: Refused | None = None,
    *,
    onward: str = "",
    action: str = "/inloggen/code",
) -> Response:
    """The page where the code is typed, with the QR code if a secret is on offer."""
    secret = mine.row.offered_secret
    status = 200
    if refused:
        status = 429 if isinstance(refused, TooManyAttempts) else 422
    return visit.page(
        "second_step.html",
        status,
        action=action,
        onward=onward,
        errors={refused.field or "": visit.words.refusal(refused)} if refused else {},
        drawing=qr.drawing(second_factor.address_of(mine.staff_member, secret)) if secret else None,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)) if secret else "",
    )
