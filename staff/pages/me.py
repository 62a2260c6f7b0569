"""`/ik`: the colleague's own account."""

from collections.abc import Mapping

from sqlalchemy import select
from starlette.responses import Response

from aftercare.service import N_, Refused
from staff import attempts, links, passwords, second_factor
from staff.attempts import TooManyAttempts
from staff.pages import second_step
from staff.sessions import end_others, list_sessions
from staff.visit import Form, Visit
from storage.models import Desk, DeskMember

_WRONG = N_("This is not your password.")


async def show(visit: Visit) -> Response:
    """Who you are here, how you sign in, and where you are signed in."""
    return await _page(visit)


async def change_password(visit: Visit) -> Response:
    """Another password, for whoever knows the old one; every other browser is signed out."""
    form = await visit.form()
    fresh = form.secret("password")
    try:
        await _prove(visit, form, "current")
        links.check_password(fresh, visit.staff_member.email)
    except Refused as refused:
        return await _page(visit, refused)
    password_hash = await passwords.hashed(fresh)
    async with visit.service.database.write() as session:
        await links.set_password(session, visit.service, visit.staff_member, password_hash)
        await end_others(session, visit.signed_in)
    return visit.go("/ik?gelukt=password-changed")


async def offer(visit: Visit) -> Response:
    """Begin with another telephone; the old one counts until the new one has proved itself."""
    form = await visit.form()
    try:
        await _prove(visit, form, "phone-password")
    except Refused as refused:
        return await _page(visit, refused)
    await second_factor.offer(visit.service, visit.token or "")
    return visit.go("/ik/code")


async def show_offer(visit: Visit) -> Response:
    """What the new telephone must read."""
    if visit.signed_in.row.offered_secret is None:
        return visit.go("/ik")
    return second_step.page(visit, visit.signed_in, action="/ik/code")


async def take_offer(visit: Visit) -> Response:
    """The new telephone has proved itself: from now on it counts, with new recovery codes."""
    form = await visit.form()
    try:
        codes = await second_factor.set_up(
            visit.service, visit.signed_in, form.one("code"), visit.address
        )
    except Refused as refused:
        if visit.signed_in.row.offered_secret is None:
            return visit.go("/ik")
        return second_step.page(visit, visit.signed_in, refused, action="/ik/code")
    return visit.page("recovery_codes.html", codes=codes, onward="/ik", set_up=True)


async def new_codes(visit: Visit) -> Response:
    """New recovery codes, shown once."""
    form = await visit.form()
    try:
        await _prove(visit, form, "codes-password")
    except Refused as refused:
        return await _page(visit, refused)
    codes = await second_factor.new_codes(visit.service, visit.staff_member)
    return visit.page("recovery_codes.html", codes=codes, onward="/ik", set_up=False)


async def sign_out_elsewhere(visit: Visit) -> Response:
    """Sign out in all other browsers."""
    async with visit.service.database.write() as session:
        await end_others(session, visit.signed_in)
    return visit.go("/ik?gelukt=signed-out-there")


async def sign_out_there(visit: Visit) -> Response:
    """Sign out in one other browser; of nobody else."""
    async with visit.service.database.write() as session:
        await end_others(session, visit.signed_in, visit.reference())
    return visit.go("/ik?gelukt=signed-out-there")


async def _prove(visit: Visit, form: Form, field: str) -> None:
    """Raises `Refused` unless the colleague's own password is in `field`; slowed down as signing
    in is."""
    me = visit.staff_member
    attempt = await attempts.begin(
        visit.service, "sign-in account", me.email.casefold(), visit.address
    )
    if not await passwords.matches(me.password_hash, form.secret(field)):
        raise Refused(_WRONG, field)
    await attempts.succeeded(visit.service, attempt)


async def _page(visit: Visit, refused: Refused | None = None) -> Response:
    me = visit.staff_member
    async with visit.service.database.read() as session:
        standing = await second_factor.standing(session, me.id)
        sessions = await list_sessions(session, visit.service, visit.signed_in)
        desks = await session.scalars(
            select(Desk.name)
            .join(DeskMember, DeskMember.desk_id == Desk.id)
            .where(DeskMember.staff_member_id == me.id)
            .order_by(Desk.name)
        )
        names = desks.all()
    errors: Mapping[str, str] = {}
    status = 200
    if refused:
        status = 429 if isinstance(refused, TooManyAttempts) else 422
        errors = {refused.field or "": visit.words.refusal(refused)}
    return visit.page(
        "me.html",
        status,
        me=me,
        desks=names,
        standing=standing,
        sessions=sessions,
        this=visit.signed_in.row.reference,
        errors=errors,
        form=Form({}),
        shortest=links.SHORTEST_PASSWORD,
    )
