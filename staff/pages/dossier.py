"""`/deelnemers/{reference}`: one client, read, printed, exported and acted on."""

from starlette.responses import Response

import locales
from aftercare import enrolment, rights
from aftercare.service import N_, Refused
from conversations.words import Channel, CheckInStatus, Standing
from staff import conversation, export, file, tracks
from staff.access import Hidden, may_read_along
from staff.file import File
from staff.qr import telegram_link
from staff.timeline import picture
from staff.visit import Visit, whole_number
from staff.wording import Words

FORMATS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


async def show(visit: Visit) -> Response:
    """The track, the conversation, calls for help, consents, and who read it; so are you."""
    return await _page(visit)


async def show_print(visit: Visit) -> Response:
    """The same on paper, with the whole conversation."""
    opened = await file.opened(
        visit.service, visit.viewer, visit.reference(), most=file.WHOLE, action="print"
    )
    return visit.page("print.html", 200, **_values(visit, opened))


async def take_along(visit: Visit) -> Response:
    """The same as a file for a spreadsheet or another program."""
    kind = visit.request.path_params["kind"]
    if kind not in FORMATS:
        raise Hidden
    opened = await file.opened(
        visit.service,
        visit.viewer,
        visit.reference(),
        most=file.WHOLE,
        action="export",
        detail=kind,
    )
    written = export.as_csv if kind == "csv" else export.as_json
    name = f"dossier-{opened.client.reference}.{kind}"
    return Response(
        written(opened, visit.words),
        media_type=FORMATS[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def stop(visit: Visit) -> Response:
    """The client told the colleague to stop."""
    reference = await may_act(visit)
    try:
        await rights.withdraw(visit.service, reference, visit.staff_member)
    except Refused as refused:
        return await _page(visit, 409, visit.words.refusal(refused))
    visit.console.wake()
    return visit.go(f"/deelnemers/{reference}?gelukt=stopped")


async def link(visit: Visit) -> Response:
    """A fresh Telegram link. It is shown now and kept nowhere."""
    reference = await may_act(visit)
    try:
        token = await enrolment.new_link(visit.service, reference, visit.staff_member)
    except Refused as refused:
        return await _page(visit, 409, visit.words.refusal(refused))
    return visit.page(
        "link.html", reference=reference, link=telegram_link(visit.console.telegram_name(), token)
    )


async def may_act(visit: Visit) -> str:
    """The reference in the address, if the colleague may act on that client's track. Raises
    `Hidden`."""
    reference = visit.reference()
    async with visit.service.database.read() as session:
        person = await tracks.person(session, visit.viewer, reference)
    if not person.is_current:
        raise Hidden
    return reference


async def _page(visit: Visit, status: int = 200, error: str | None = None) -> Response:
    opened = await file.opened(
        visit.service,
        visit.viewer,
        visit.reference(),
        before=whole_number(visit.request.query_params.get("voor", "")),
    )
    person, lines = opened.person, opened.lines
    standing = person.track.enrolment.standing
    return visit.page(
        "dossier.html",
        status,
        **_values(visit, opened),
        earlier=lines[0].id if len(lines) == conversation.MOST else None,
        read_along=opened.read_along,
        may_read_along=may_read_along(visit.viewer, person.enrolments, opened.shared),
        needs_link=_needs_link(person),
        may_steer=person.is_current
        and standing in (Standing.INVITED, Standing.LAPSED, Standing.ACTIVE),
        error=error,
    )


def _values(visit: Visit, opened: File) -> dict[str, object]:
    """What the page and the print both show."""
    person, steps = opened.person, opened.steps
    track = person.track
    next_due = [step.due_at for step in steps if step.status is CheckInStatus.PLANNED]
    return {
        "file": opened,
        "person": person,
        "client": person.client,
        "track": track,
        "enrolment": track.enrolment,
        "zone": track.place.zone,
        "language": locales.own_name(person.client.language),
        "facts": _facts(person, visit.words),
        "steps": steps,
        "next_due": min(next_due, default=None),
        "last_answer": next((step for step in reversed(steps) if step.answer), None),
        "agreed_at": {one.given_at for one in opened.consents},
        "picture": picture(opened, visit.words.now),
        "days": list(conversation.days(opened.lines, track.place.zone)),
    }


def _facts(person: tracks.Person, words: Words) -> list[tuple[str, str]]:
    track, client, say = person.track, person.client, words.say
    enrolment, zone = track.enrolment, track.place.zone
    facts = [
        (say(N_("Form")), words.label(enrolment.form)),
        (say(N_("First working day")), words.day(enrolment.first_working_day)),
        (
            say(N_("Contract until")),
            words.day(enrolment.contract_end) if enrolment.contract_end else say(N_("not known")),
        ),
        (say(N_("Benefit ended for")), words.label(enrolment.exit_reason)),
        (say(N_("Werkcoach")), track.werkcoach.name if track.werkcoach else "–"),
        (say(N_("Inkomensconsulent")), track.consulent.name if track.consulent else "–"),
        (
            say(N_("Mobile number")),
            words.number(client.number) if client.number else say(N_("no number")),
        ),
        (say(N_("Channel")), words.label(client.channel)),
        (say(N_("Language")), locales.own_name(client.language)),
        (say(N_("Enrolled")), words.moment(enrolment.created_at, zone)),
    ]
    if enrolment.job_lost_at:
        since = words.moment(enrolment.job_lost_at, zone)
        facts.append((say(N_("Does not work any more since")), since))
    return facts


def _needs_link(person: tracks.Person) -> bool:
    """Whether a new Telegram link would help: invited, and the chat never opened."""
    return (
        person.is_current
        and person.client.channel is Channel.TELEGRAM
        and not person.client.chat
        and person.track.enrolment.standing in (Standing.INVITED, Standing.LAPSED)
    )
