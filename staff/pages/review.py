"""`/terugblik/steekproef`: two colleagues judge apart how a sample of messages was understood."""

from collections.abc import Mapping
from datetime import date, timedelta

from starlette.responses import Response

from aftercare.service import N_, Refused
from evaluation.lookback import Period
from scheduler.calendar import Hours, local_day
from staff import reviews
from staff.access import Hidden, must_lead
from staff.conversation import note_reading, note_readings
from staff.meanings import GROUPS, LONGEST_NOTE, Heard, heard, heard_of, judgement_of, own_mark
from staff.visit import Form, Visit, whole_number

_MOST_APART = 15
_USUAL_SIZE = 20
_USUAL_DAYS = 30


async def show(visit: Visit) -> Response:
    """The reviews that concern the colleague; a lead starts one here."""
    return await _list(visit)


async def start(visit: Visit) -> Response:
    """A lead has a sample drawn."""
    must_lead(visit.viewer)
    form = await visit.form()
    try:
        reference = await reviews.start(
            visit.service,
            visit.viewer,
            _period(form),
            form.number("size") or 0,
            form.one("first"),
            form.one("second"),
        )
    except Refused as refused:
        return await _list(visit, 422, {refused.field or "": visit.words.refusal(refused)}, form)
    return visit.go(f"/terugblik/steekproef/{reference}?gelukt=review-started")


async def one(visit: Visit) -> Response:
    """How far it is; once both are done, how far they agree. Their words are shown then, so that
    reading is written down."""
    viewer = visit.viewer
    async with visit.service.database.read() as session:
        found = await reviews.one_of(session, viewer, visit.reference())
        place = await reviews.next_place(session, viewer, found.review)
        result = onward = None
        apart: list[tuple[reviews.Verdict, Heard | None]] = []
        if found.review.finished_at:
            result = await reviews.result(session, found.review)
            start = min(_start(visit), len(result.apart))
            some = result.apart[start : start + _MOST_APART]
            readable = await heard_of(session, viewer, [verdict.message_id for verdict in some])
            apart = [(verdict, readable.get(verdict.message_id)) for verdict in some]
            onward = start + _MOST_APART if len(result.apart) > start + _MOST_APART else None
    clients = {words.client.id for _, words in apart if words}
    if clients:
        await note_readings(visit.service, viewer, clients, found.review.reference)
    return visit.page(
        "review.html",
        found=found,
        review=found.review,
        next_place=place if found.mine(viewer) else None,
        result=result,
        apart=apart,
        onward=onward,
    )


async def message(visit: Visit) -> Response:
    """One message of the sample; reading it is written down."""
    return await _message(visit)


async def judge(visit: Visit) -> Response:
    """The colleague says what it meant."""
    reference, place = visit.reference(), _place(visit)
    form = await visit.form()
    async with visit.service.database.read() as session:
        found = await reviews.one_of(session, visit.viewer, reference)
        message_id = await reviews.message_at(session, found.review, place)
    can_be_read = await _heard(visit, message_id) is not None
    try:
        judgement = judgement_of(form, may_be_right=True) if can_be_read else None
        await reviews.judge(visit.service, visit.viewer, reference, place, judgement)
    except Refused as refused:
        error = {refused.field or "": visit.words.refusal(refused)}
        return await _message(visit, 422 if refused.field else 409, error, form)
    async with visit.service.database.read() as session:
        following = await reviews.next_place(session, visit.viewer, found.review)
    onward = f"/{following}" if following else ""
    return visit.go(f"/terugblik/steekproef/{reference}{onward}")


async def _list(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    viewer = visit.viewer
    async with visit.service.database.read() as session:
        found = await reviews.all_of(session, viewer)
        colleagues = await reviews.reviewers(session, viewer) if viewer.leads else []
    today = local_day(visit.words.now, Hours())
    usual = {
        "since": ((today - timedelta(days=_USUAL_DAYS)).isoformat(),),
        "until": (today.isoformat(),),
        "size": (str(_USUAL_SIZE),),
    }
    return visit.page(
        "reviews.html",
        status,
        reviews=found,
        colleagues=[(one.reference, one.name) for one in colleagues],
        form=form or Form(usual),
        errors=errors or {},
        largest=reviews.LARGEST,
    )


async def _message(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    viewer, place = visit.viewer, _place(visit)
    async with visit.service.database.read() as session:
        found = await reviews.one_of(session, viewer, visit.reference())
        if not found.mine(viewer):
            raise Hidden
        message_id = await reviews.message_at(session, found.review, place)
        mark = await own_mark(session, viewer, message_id, found.review.id)
    words = await _heard(visit, message_id)
    if words:
        await note_reading(visit.service, viewer, words.client.id, found.review.reference)
    filled = {}
    if mark:
        filled = {
            "verdict": ("wrong" if mark.label else "right",),
            "label": (mark.label or "",),
            "also": (mark.also or "",),
            "urgent": ("yes" if mark.urgent else "",),
            "note": (mark.note or "",),
        }
    return visit.page(
        "review_message.html",
        status,
        found=found,
        review=found.review,
        place=place,
        heard=words,
        groups=GROUPS,
        form=form or Form(filled),
        errors=errors or {},
        longest_note=LONGEST_NOTE,
    )


async def _heard(visit: Visit, message_id: int) -> Heard | None:
    """The message, unless the colleague may not read it any more."""
    try:
        async with visit.service.database.read() as session:
            return await heard(session, visit.viewer, message_id)
    except Hidden:
        return None


def _start(visit: Visit) -> int:
    return whole_number(visit.request.query_params.get("vanaf", "")) or 0


def _place(visit: Visit) -> int:
    place = whole_number(visit.request.path_params["place"])
    if place is None:
        raise Hidden
    return place


def _period(form: Form) -> Period:
    try:
        since, until = (date.fromisoformat(form.one(name)) for name in ("since", "until"))
    except ValueError:
        raise Refused(N_("Fill in two days, like 2026-03-31."), "since") from None
    if not date(2020, 1, 1) <= since <= until <= date(2200, 1, 1):
        raise Refused(N_("The last day must be after the first."), "until")
    return Period(since, until)
