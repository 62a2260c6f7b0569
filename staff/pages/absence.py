"""`/werkvoorraad/afwezig`: who is away from when until when, and who stands in."""

from collections.abc import Mapping
from datetime import date

from starlette.responses import Response

from aftercare import absences
from aftercare.service import N_, Refused
from scheduler.calendar import Hours, local_day
from staff import hands
from staff.access import Hidden
from staff.visit import Form, Visit
from storage.models import StaffMember


async def show(visit: Visit) -> Response:
    """Who is away, and the form."""
    return await _page(visit)


async def add(visit: Visit) -> Response:
    """Somebody is away for some days; oneself, or a colleague of a desk that one leads."""
    form = await visit.form()
    async with visit.service.database.read() as session:
        people = await hands.colleagues(session, visit.viewer)
        mates = await hands.team_mates(session, people)
    try:
        await absences.set_absence(
            visit.service,
            visit.staff_member,
            _named(people, form.one("who"), "who") or visit.staff_member,
            _day(form.one("from"), "from"),
            _day(form.one("until"), "until"),
            _named(mates, form.one("stand_in"), "stand_in"),
        )
    except Refused as refused:
        return await _page(visit, 422, {refused.field or "": visit.words.refusal(refused)}, form)
    return visit.go("/werkvoorraad/afwezig?gelukt=away")


async def end(visit: Visit) -> Response:
    """They are there again."""
    reference = visit.reference()
    async with visit.service.database.read() as session:
        people = {one.id: one for one in await hands.colleagues(session, visit.viewer)}
        known = await hands.absences(session, people, visit.words.now)
    if reference not in {one.absence.reference for one in known}:
        raise Hidden
    try:
        await absences.end_absence(visit.service, reference, visit.staff_member)
    except Refused as refused:
        return await _page(visit, 409, {"": visit.words.refusal(refused)})
    return visit.go("/werkvoorraad/afwezig?gelukt=there-again")


async def _page(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    now = visit.words.now
    async with visit.service.database.read() as session:
        people = await hands.colleagues(session, visit.viewer)
        mates = await hands.team_mates(session, people)
        known = await hands.absences(session, {one.id: one for one in people}, now)
    today = local_day(now, Hours()).isoformat()
    return visit.page(
        "absence.html",
        status,
        absences=known,
        people=[(one.reference, one.name) for one in people],
        mates=[(one.reference, one.name) for one in mates],
        errors=errors or {},
        form=form or Form({"who": (visit.staff_member.reference,), "from": (today,)}),
    )


def _named(people: list[StaffMember], reference: str, field: str) -> StaffMember | None:
    if not reference:
        return None
    for one in people:
        if one.reference == reference:
            return one
    raise Refused(N_("Choose a colleague of the same team."), field)


def _day(written: str, field: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(N_("Choose a day."), field) from None
