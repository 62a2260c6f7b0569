"""`/deelnemers/{reference}`: one client, read and acted on."""

from starlette.responses import Response

import locales
from aftercare import enrolment, rights
from aftercare.service import Refused
from conversations.words import Channel, CheckInStatus, Purpose, Standing
from staff import calls, conversation, emergencies, tracks
from staff.access import Hidden, may_read_along
from staff.qr import telegram_link
from staff.visit import Visit


async def show(visit: Visit) -> Response:
    """Facts, plan, conversation, calls for help, consents, and who read it; so are you."""
    return await _page(visit)


async def stop(visit: Visit) -> Response:
    """The client told the colleague to stop."""
    reference = await _may_act(visit)
    try:
        await rights.withdraw(visit.service, reference, visit.staff_member)
    except Refused as refused:
        return await _page(visit, 409, visit.words.refusal(refused))
    visit.console.wake()
    return visit.go(f"/deelnemers/{reference}?gelukt=stopped")


async def link(visit: Visit) -> Response:
    """A fresh Telegram link. It is shown now and kept nowhere."""
    reference = await _may_act(visit)
    try:
        token = await enrolment.new_link(visit.service, reference, visit.staff_member)
    except Refused as refused:
        return await _page(visit, 409, visit.words.refusal(refused))
    return visit.page(
        "link.html", reference=reference, link=telegram_link(visit.console.telegram_name(), token)
    )


async def _may_act(visit: Visit) -> str:
    reference = visit.reference()
    async with visit.service.database.read() as session:
        person = await tracks.person(session, visit.viewer, reference)
    if not person.is_current:
        raise Hidden
    return reference


async def _page(visit: Visit, status: int = 200, error: str | None = None) -> Response:
    now = visit.words.now
    before = visit.request.query_params.get("voor", "")
    async with visit.service.database.read() as session:
        person = await tracks.person(session, visit.viewer, visit.reference())
    client, track = person.client, person.track
    await conversation.note_reading(visit.service, visit.viewer, client.id)
    async with visit.service.database.read() as session:
        consents = await tracks.consents(session, person.enrolments)
        shared = {
            one.enrolment_id
            for one in consents
            if one.purpose is Purpose.SHARE and one.withdrawn_at is None
        }
        lines = await conversation.read(
            session,
            visit.viewer,
            person.enrolments,
            shared,
            before=int(before) if before.isdecimal() and len(before) < 10 else None,
        )
        known = await calls.calls_of(session, visit.viewer, person.enrolments, shared, now)
        steps = await tracks.steps(session, track.enrolment.id)
        readings = await tracks.readings(session, client.id)
        read_along = await emergencies.of_client(session, visit.viewer, client.id)
    next_due = [step.due_at for step in steps if step.status is CheckInStatus.PLANNED]
    return visit.page(
        "dossier.html",
        status,
        person=person,
        client=client,
        track=track,
        enrolment=track.enrolment,
        zone=track.place.zone,
        language=locales.own_name(client.language),
        steps=steps,
        next_due=min(next_due, default=None),
        last_answer=next((step for step in reversed(steps) if step.answer), None),
        days=list(conversation.days(lines, track.place.zone)),
        earlier=lines[0].id if len(lines) == conversation.MOST else None,
        calls=known,
        consents=consents,
        readings=readings,
        read_along=read_along,
        may_read_along=may_read_along(visit.viewer, person.enrolments, shared),
        needs_link=_needs_link(person),
        error=error,
    )


def _needs_link(person: tracks.Person) -> bool:
    """Whether a new Telegram link would help: invited, and the chat never opened."""
    return (
        person.is_current
        and person.client.channel is Channel.TELEGRAM
        and not person.client.chat
        and person.track.enrolment.standing in (Standing.INVITED, Standing.LAPSED)
    )
