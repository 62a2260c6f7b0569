"""`/terugblik/bericht/..` and `/terugblik/verbeteringen`: what messages meant, and how that becomes
lines to train with. Nothing leaves before a lead has looked at it."""

from collections.abc import Mapping

from starlette.responses import Response

from aftercare.service import N_, Refused
from evaluation.nameless import nameless
from scheduler.calendar import Hours, local_day
from staff import meanings
from staff.access import Hidden, must_lead
from staff.conversation import note_reading, note_readings
from staff.meanings import Correction
from staff.visit import Form, Visit, whole_number

_HEADER = """\
# Corrections of {day}, made by colleagues and looked at by a lead. They resemble what people wrote:
# say each in other words before it goes into conversations/understanding/sentences/ (more.txt).
"""


async def message(visit: Visit) -> Response:
    """One message with what was understood; reading it is written down."""
    return await _message(visit)


async def correct(visit: Visit) -> Response:
    """The colleague says what it meant."""
    number = _number(visit)
    form = await visit.form()
    async with visit.service.database.read() as session:
        found = await meanings.heard(session, visit.viewer, number)
    try:
        judgement = meanings.judgement_of(form, may_be_right=False)
        await meanings.correct(visit.service, visit.viewer, number, judgement)
    except Refused as refused:
        return await _message(visit, 422, {refused.field or "": visit.words.refusal(refused)}, form)
    return visit.go(f"/deelnemers/{found.client.reference}?gelukt=corrected")


async def show(visit: Visit) -> Response:
    """The corrections that are not lines yet, without names, for a lead to look at."""
    return await _lines(visit)


async def export(visit: Visit) -> Response:
    """The chosen lines as a file, as they were seen and mended; or out of the list."""
    form = await visit.form()
    exported = form.one("doen") != "weg"
    ids = {one for one in map(whole_number, form.all("kies")) if one is not None}
    must_lead(visit.viewer)
    async with visit.service.database.read() as session:
        chosen = await meanings.corrections(session, visit.viewer, ids)
    errors = _errors(visit, form, chosen) if exported else {}
    if not chosen:
        errors = {"": visit.words.say(N_("Tick the lines that you looked at."))}
    if errors:
        return await _lines(visit, 422, errors, form)
    done = await meanings.handled(visit.service, visit.viewer, ids, exported=exported)
    if not exported:
        return visit.go("/terugblik/verbeteringen?gelukt=put-aside")
    day = local_day(visit.words.now, Hours())
    return Response(
        (_HEADER.format(day=day) + _file(done, form)).encode(),
        media_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="verbeteringen-{day}.txt"'},
    )


def _file(corrections: list[Correction], form: Form) -> str:
    """`label | text`, by language."""
    lines: dict[str, list[str]] = {}
    for one in corrections:
        text = nameless(form.one(f"tekst-{one.mark.id}"))
        lines.setdefault(one.language, []).append(f"{one.label} | {text}\n")
    return "".join(f"\n# {language}\n" + "".join(some) for language, some in sorted(lines.items()))


def _errors(visit: Visit, form: Form, chosen: list[Correction]) -> dict[str, str]:
    errors = {}
    for one in chosen:
        name = f"tekst-{one.mark.id}"
        written = form.one(name)
        if not any(sign.isalpha() for sign in written) or len(written) > meanings.LONGEST_LINE:
            errors[name] = visit.words.say(
                N_("Write a sentence of at most {longest} characters."),
                longest=meanings.LONGEST_LINE,
            )
    return errors


async def _lines(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    async with visit.service.database.read() as session:
        found = await meanings.corrections(session, visit.viewer)
    if found:
        clients = {one.client_id for one in found}
        await note_readings(visit.service, visit.viewer, clients, "corrections")
    return visit.page(
        "corrections.html",
        status,
        corrections=found,
        errors=errors or {},
        form=form or Form({}),
        longest=meanings.LONGEST_LINE,
        full=len(found) == meanings.MOST_LINES,
    )


async def _message(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    viewer, number = visit.viewer, _number(visit)
    async with visit.service.database.read() as session:
        found = await meanings.heard(session, viewer, number)
        mark = await meanings.own_mark(session, viewer, number, None)
    await note_reading(visit.service, viewer, found.client.id)
    filled = {}
    if mark:
        filled = {
            "label": (mark.label or "",),
            "also": (mark.also or "",),
            "urgent": ("yes" if mark.urgent else "",),
            "note": (mark.note or "",),
        }
    return visit.page(
        "correction.html",
        status,
        heard=found,
        number=number,
        groups=meanings.GROUPS,
        form=form or Form(filled),
        errors=errors or {},
        longest_note=meanings.LONGEST_NOTE,
    )


def _number(visit: Visit) -> int:
    written = whole_number(visit.request.path_params["number"])
    if written is None:
        raise Hidden
    return written
