"""`/deelnemers/{reference}/gegevens`: what the client may ask of us: a copy, and to be erased."""

import json
from dataclasses import replace
from functools import partial

from starlette.responses import Response

from aftercare import rights
from aftercare.copies import Readable
from aftercare.service import N_, Refused
from staff import conversation, tracks
from staff.access import (
    Hidden,
    erases,
    reads_call,
    reads_message,
    reads_notes,
    reads_reason_of_change,
    shared_enrolments,
)
from staff.visit import Visit


async def show(visit: Visit) -> Response:
    """What is kept and for how long, a copy to hand over, and for a lead: erase."""
    return await _page(visit)


async def copy(visit: Visit) -> Response:
    """The copy, to be printed or as a file; making it is a read of the conversation."""
    form = await visit.form()
    viewer = replace(visit.viewer, emergencies=frozenset())  # to read now is not to take along
    async with visit.service.database.read() as session:
        person = await tracks.person(session, viewer, visit.reference())
        shared = await shared_enrolments(session, person.client.id)
    places = {one.id: one.municipality_id for one in person.enrolments}
    readable = Readable(
        reads_message(viewer),
        lambda call: reads_call(viewer, call, places[call.enrolment_id], shared),
        lambda call: reads_notes(viewer, call, places[call.enrolment_id]),
        partial(reads_reason_of_change, viewer, shared=shared),
    )
    client = person.client
    await conversation.note_reading(visit.service, viewer, client.id, "copy")
    found = await rights.copy_of(
        visit.service, client, person.enrolments, readable, visit.staff_member
    )
    if form.one("vorm") == "json":
        text = json.dumps(found, ensure_ascii=False, indent=2)
        name = f"nazorg-{client.reference}.json"
        return Response(
            text,
            media_type="application/json",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    return visit.page("copy.html", copy=found, client=client, zone=person.track.place.zone)


async def erase(visit: Visit) -> Response:
    """Erase everything, after the reference was typed once more."""
    form = await visit.form()
    async with visit.service.database.read() as session:
        person = await tracks.person(session, visit.viewer, visit.reference())
    if not erases(visit.viewer):
        raise Hidden
    reference = person.client.reference
    try:
        if form.one("again").replace(" ", "").upper() != reference:
            raise Refused(
                N_("Type the reference {reference} to erase."), "again", reference=reference
            )
        ids = [one.id for one in person.enrolments]
        await rights.erase(visit.service, reference, ids, visit.staff_member)
    except Refused as refused:
        error = {refused.field or "": visit.words.refusal(refused)}
        return await _page(visit, 422 if refused.field else 409, error)
    return visit.go("/deelnemers?gelukt=erased")


async def _page(visit: Visit, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    async with visit.service.database.read() as session:
        person = await tracks.person(session, visit.viewer, visit.reference())
    return visit.page(
        "client_rights.html",
        status,
        client=person.client,
        person=person,
        erases=erases(visit.viewer),
        errors=errors or {},
    )
