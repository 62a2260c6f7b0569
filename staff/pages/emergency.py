"""Reading along in an emergency (break-glass), and the lead who looks at it afterwards."""

from collections.abc import Mapping

from starlette.responses import Response

from aftercare import emergency_reads
from aftercare.service import Refused
from conversations.words import Side
from staff import emergencies, tracks
from staff.access import may_read_along, shared_enrolments
from staff.visit import Form, Visit

_OTHER = {Side.WORK: Side.MUNICIPALITY, Side.MUNICIPALITY: Side.WORK}


async def ask(visit: Visit) -> Response:
    """`/deelnemers/{reference}/noodinzage`: what it does, and the form for the reason."""
    return await _page(visit)


async def read_along(visit: Visit) -> Response:
    """Open the other side's words for an hour; the lead is told at once."""
    form = await visit.form()
    person, may = await _person(visit)
    side = visit.viewer.side
    if not may or side is None:
        return await _page(visit, 409, form=form)
    try:
        await emergency_reads.read_along(
            visit.service,
            person.client.reference,
            visit.staff_member,
            _OTHER[side],
            [one.id for one in person.enrolments],
            form.one("reason"),
        )
    except Refused as refused:
        error = {refused.field or "": visit.words.refusal(refused)}
        return await _page(visit, 422, error, form)
    visit.console.wake()
    return visit.go(f"/deelnemers/{person.client.reference}?gelukt=opened")


async def overview(visit: Visit) -> Response:
    """`/noodinzage`: who read along in words of the desks that one leads."""
    async with visit.service.database.read() as session:
        reads = await emergencies.of_own_desks(session, visit.viewer)
    return visit.page("emergencies.html", reads=reads)


async def mark_seen(visit: Visit) -> Response:
    """The lead has looked at it."""
    reference = visit.reference()
    async with visit.service.database.read() as session:
        await emergencies.may_mark(session, visit.viewer, reference)
    await emergency_reads.mark_seen(visit.service, reference, visit.staff_member)
    return visit.go("/noodinzage?gelukt=seen")


async def _person(visit: Visit) -> tuple[tracks.Person, bool]:
    async with visit.service.database.read() as session:
        person = await tracks.person(session, visit.viewer, visit.reference())
        shared = await shared_enrolments(session, person.client.id)
    return person, may_read_along(visit.viewer, person.enrolments, shared)


async def _page(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    person, may = await _person(visit)
    return visit.page(
        "emergency.html",
        status,
        client=person.client,
        place=person.track.place,
        may=may,
        running=person.client.id in visit.viewer.emergencies,
        errors=errors or {},
        form=form or Form({}),
        shortest=emergency_reads.SHORTEST_REASON,
        longest=emergency_reads.LONGEST_REASON,
    )
