"""`/beheer/collegas`: who may sign in."""

from collections.abc import Mapping

from sqlalchemy import select
from starlette.responses import Response

from aftercare.service import N_, Refused
from conversations.words import Role
from staff import accounts
from staff.access import Hidden
from staff.links import make_link
from staff.visit import Form, Visit, whole_number
from storage.models import Desk

PAGE = 40
"""Colleagues on a page."""

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
    """A new colleague, and the link with which they choose a password."""
    form = await visit.form()
    try:
        added = await accounts.add_staff(
            visit.service,
            name=form.one("name"),
            email=form.one("email"),
            role=_role(form.one("role")),
            desks=form.all("desks"),
            by=visit.staff_member,
        )
    except Refused as refused:
        return await _page(visit, 422, {refused.field or "": visit.words.refusal(refused)}, form)
    if _only_by_provider(visit):
        return visit.go("/beheer/collegas?gelukt=added")
    return await _link(visit, added.reference)


async def link(visit: Visit) -> Response:
    """A new link for a colleague: who has not come yet, or forgot the password."""
    if _only_by_provider(visit):
        raise Hidden
    return await _link(visit, visit.reference())


async def reset(visit: Visit) -> Response:
    """A colleague lost the telephone and the recovery codes."""
    try:
        await accounts.reset_sign_in(visit.service, visit.reference(), visit.staff_member)
    except Refused as refused:
        return await _page(visit, 409, {"": visit.words.refusal(refused)})
    return visit.go("/beheer/collegas?gelukt=code-reset")


async def left(visit: Visit) -> Response:
    """A colleague works here no more."""
    try:
        await accounts.mark_left(visit.service, visit.reference(), visit.staff_member)
    except Refused as refused:
        return await _page(visit, 409, {"": visit.words.refusal(refused)})
    return visit.go("/beheer/collegas?gelukt=left")


async def _link(visit: Visit, reference: str) -> Response:
    """Show the link to be passed on, this once; it is mailed too, if mail is set up."""
    try:
        made = await make_link(visit.service, reference, visit.staff_member)
    except Refused as refused:
        return await _page(visit, 409, {"": visit.words.refusal(refused)})
    mail = visit.console.mail_link
    return visit.page(
        "password_link.html",
        made=made,
        url=(visit.console.public_url or str(visit.request.base_url).rstrip("/")) + made.path,
        mailed=await mail(made) if mail is not None else None,
    )


def _only_by_provider(visit: Visit) -> bool:
    return visit.console.provider is not None and visit.console.provider.settings.only


async def _page(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    async with visit.service.database.read() as session:
        colleagues = await accounts.list_staff(session)
        open_ones = select(Desk).where(Desk.closed_at.is_(None))
        desks = (await session.scalars(open_ones.order_by(Desk.side.desc(), Desk.name))).all()
    say = visit.words.say
    start = whole_number(visit.request.query_params.get("vanaf", "")) or 0
    return visit.page(
        "colleagues.html",
        status,
        colleagues=colleagues[start : start + PAGE],
        before=max(start - PAGE, 0) if start else None,
        onward=start + PAGE if len(colleagues) > start + PAGE else None,
        desks=desks,
        role_choices=[(role, visit.words.label(role), say(_DOES[role])) for role in Role],
        errors=errors or {},
        form=form or Form({}),
        with_password=not _only_by_provider(visit),
    )


def _role(written: str) -> Role:
    try:
        return Role(written)
    except ValueError:
        raise Refused(N_("Choose a role."), "role") from None
