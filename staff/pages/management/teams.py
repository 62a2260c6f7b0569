"""`/beheer/teams`: organisations, their teams, who works there and who leads."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from aftercare import management
from aftercare.configuration import DeskSet
from aftercare.service import N_, Refused
from conversations.words import Side
from staff.access import Hidden
from staff.visit import Form, Visit
from storage.models import Desk, DeskMember, Organisation, StaffMember

_SIDES = {
    Side.WORK: N_("Reads what is said about work."),
    Side.MUNICIPALITY: N_("Reads what is said about money, home, health and letters."),
}


async def show(visit: Visit) -> Response:
    """All organisations with their teams, and the forms for a new one."""
    return await _list(visit)


async def add_organisation(visit: Visit) -> Response:
    """A new organisation."""
    form = await visit.form()
    try:
        await management.save_organisation(
            visit.service, None, form.one("organisation_name"), visit.staff_member
        )
    except Refused as refused:
        errors = {"organisation_name": visit.words.refusal(refused)}
        return await _list(visit, 422, errors, form)
    return visit.go("/beheer/teams?gelukt=saved")


async def rename_organisation(visit: Visit) -> Response:
    """Another name for an organisation, or its end, or its return."""
    form, slug = await visit.form(), visit.request.path_params["slug"]
    try:
        if form.one("doe") == "sluiten":
            await management.close_organisation(visit.service, slug, visit.staff_member)
        elif form.one("doe") == "openen":
            await management.reopen(visit.service, Organisation, slug, visit.staff_member)
        else:
            await management.save_organisation(
                visit.service, slug, form.one("name"), visit.staff_member
            )
    except Refused as refused:
        return await _list(visit, 422, {"": visit.words.refusal(refused)}, form)
    return visit.go("/beheer/teams?gelukt=saved")


async def add(visit: Visit) -> Response:
    """A new team."""
    form = await visit.form()
    try:
        slug = await management.save_desk(visit.service, _wanted(form, ""), visit.staff_member)
    except Refused as refused:
        return await _list(visit, 422, {refused.field or "": visit.words.refusal(refused)}, form)
    return visit.go(f"/beheer/teams/{slug}?gelukt=saved")


async def show_one(visit: Visit) -> Response:
    """One team, to change."""
    return await _one(visit)


async def change(visit: Visit) -> Response:
    """Other values for a team."""
    form, slug = await visit.form(), visit.request.path_params["slug"]
    try:
        await management.save_desk(visit.service, _wanted(form, slug), visit.staff_member)
    except Refused as refused:
        return await _one(visit, 422, {refused.field or "": visit.words.refusal(refused)}, form)
    return visit.go(f"/beheer/teams/{slug}?gelukt=saved")


async def members(visit: Visit) -> Response:
    """Who works there, and who leads."""
    form, slug = await visit.form(), visit.request.path_params["slug"]
    try:
        await management.set_members(
            visit.service, slug, form.all("members"), form.all("leads"), visit.staff_member
        )
    except Refused as refused:
        return await _one(visit, 422, {"": visit.words.refusal(refused)})
    return visit.go(f"/beheer/teams/{slug}?gelukt=saved")


async def close(visit: Visit) -> Response:
    """The end of a team, or its return."""
    form, slug = await visit.form(), visit.request.path_params["slug"]
    try:
        if form.one("doe") == "openen":
            await management.reopen(visit.service, Desk, slug, visit.staff_member)
        else:
            await management.close_desk(visit.service, slug, visit.staff_member)
    except Refused as refused:
        return await _one(visit, 409, {"": visit.words.refusal(refused)})
    return visit.go(f"/beheer/teams/{slug}?gelukt=saved")


def _wanted(form: Form, slug: str) -> DeskSet:
    try:
        side = Side(form.one("side"))
    except ValueError:
        raise Refused(N_("Choose which side."), "side") from None
    return DeskSet(
        slug=slug,
        organisation=form.one("organisation"),
        name=" ".join(form.one("name").split()),
        title=" ".join(form.one("title").split()),
        side=side,
        email=form.one("email"),
    )


async def _list(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    async with visit.service.database.read() as session:
        organisations = (
            await session.scalars(select(Organisation).order_by(Organisation.name))
        ).all()
        desks = (await session.scalars(select(Desk).order_by(Desk.side.desc(), Desk.name))).all()
        rows = await session.execute(
            select(DeskMember.desk_id, DeskMember.is_lead, StaffMember.name)
            .join(StaffMember, StaffMember.id == DeskMember.staff_member_id)
            .where(StaffMember.left_at.is_(None))
        )
        people: dict[int, list[tuple[str, bool]]] = {}
        for desk_id, is_lead, name in rows:
            people.setdefault(desk_id, []).append((name, is_lead))
    return visit.page(
        "management/teams.html",
        status,
        organisations=organisations,
        desks=desks,
        people={desk_id: sorted(names) for desk_id, names in people.items()},
        errors=errors or {},
        form=form or Form({}),
        **_choices(visit, organisations),
    )


async def _one(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    async with visit.service.database.read() as session:
        desk = await session.scalar(
            select(Desk).where(Desk.slug == visit.request.path_params["slug"])
        )
        if desk is None:
            raise Hidden
        organisations = (
            await session.scalars(select(Organisation).order_by(Organisation.name))
        ).all()
        employer = next(one.slug for one in organisations if one.id == desk.organisation_id)
        possible, there = await _people(session, desk)
    return visit.page(
        "management/team.html",
        status,
        desk=desk,
        possible=possible,
        there=there,
        errors=errors or {},
        form=form
        or Form(
            {
                "organisation": (employer,),
                "name": (desk.name,),
                "title": (desk.title,),
                "side": (desk.side,),
                "email": (desk.email,),
            }
        ),
        **_choices(visit, organisations),
    )


async def _people(session: AsyncSession, desk: Desk) -> tuple[list[StaffMember], dict[int, bool]]:
    """Who can work at `desk`, by name; and of those who do, whether they lead."""
    possible = await session.scalars(
        select(StaffMember).where(
            StaffMember.role == management.ROLE_OF_SIDE[desk.side], StaffMember.left_at.is_(None)
        )
    )
    rows = await session.execute(
        select(DeskMember.staff_member_id, DeskMember.is_lead).where(DeskMember.desk_id == desk.id)
    )
    return (
        sorted(possible, key=lambda one: one.name.casefold()),
        {row.staff_member_id: row.is_lead for row in rows},
    )


def _choices(visit: Visit, organisations: object) -> dict[str, object]:
    assert isinstance(organisations, list | tuple)
    return {
        "organisation_choices": [
            (one.slug, one.name) for one in organisations if one.closed_at is None
        ],
        "side_choices": [
            (side, visit.words.label(side), visit.words.say(text)) for side, text in _SIDES.items()
        ],
    }
