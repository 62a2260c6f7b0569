"""`/beheer/collegas`: who may sign in."""

from collections.abc import Mapping

from sqlalchemy import select
from starlette.responses import Response

from aftercare.service import N_, Refused
from conversations.words import Role
from staff import accounts
from staff.visit import Form, Visit
from storage.models import Desk

_DOES = {
    Role.WERKCOACH: N_("For everything about work."),
    Role.CONSULENT: N_("For money, home, health and letters."),
    Role.BEHEERDER: N_("Manages accounts; sees no clients."),
    Role.ONDERZOEKER: N_("Sees figures of all municipalities; sees no clients."),
}


async def show(visit: Visit) -> Response:
    """The list, and the form for a new colleague."""
    return await _page(visit)


async def add(visit: Visit) -> Response:
    """A new colleague, with a first password to be told in person."""
    form = await visit.form()
    try:
        await accounts.add_staff(
            visit.service,
            name=form.one("name"),
            email=form.one("email"),
            role=_role(form.one("role")),
            password=form.secret("password"),
            desks=form.all("desks"),
            by=visit.staff_member,
        )
    except Refused as refused:
        return await _page(visit, 422, {refused.field or "": visit.words.refusal(refused)}, form)
    return visit.go("/beheer/collegas?gelukt=added")


async def left(visit: Visit) -> Response:
    """A colleague works here no more."""
    try:
        await accounts.mark_left(visit.service, visit.reference(), visit.staff_member)
    except Refused as refused:
        return await _page(visit, 409, {"": visit.words.refusal(refused)})
    return visit.go("/beheer/collegas?gelukt=left")


async def _page(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    async with visit.service.database.read() as session:
        colleagues = await accounts.list_staff(session)
        desks = (await session.scalars(select(Desk).order_by(Desk.side.desc(), Desk.name))).all()
    say = visit.words.say
    return visit.page(
        "colleagues.html",
        status,
        colleagues=colleagues,
        desks=desks,
        role_choices=[(role, visit.words.label(role), say(_DOES[role])) for role in Role],
        errors=errors or {},
        form=form or Form({}),
        shortest_password=accounts.SHORTEST_PASSWORD,
    )


def _role(written: str) -> Role:
    try:
        return Role(written)
    except ValueError:
        raise Refused(N_("Choose a role."), "role") from None
