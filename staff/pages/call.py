"""`/hulpvragen/{reference}`: one call for help, and what a desk does with it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta

from starlette.responses import Response

import locales
from aftercare import casework, escalations, writing
from aftercare.casework import LONGEST_NOTE
from aftercare.handing import LONGEST_REASON
from aftercare.service import N_, Refused
from aftercare.subject import Subject
from conversations.topics import side_of
from conversations.words import OutcomeKind, Topic
from scheduler.calendar import local_day
from staff import calls, conversation, hands
from staff.visit import Form, Visit

_AROUND = timedelta(days=1)
_MOST = 40
_OUTCOMES = tuple(one for one in OutcomeKind if one is not OutcomeKind.NOT_HELPED)
"""How a colleague may say that it ended; that it did not help is the client's word."""


async def show(visit: Visit) -> Response:
    """Who asks, what about, how to reach them, by when; reading it is written down."""
    return await page(visit)


async def take(visit: Visit) -> Response:
    """The colleague takes the call, unless somebody was first."""
    return await _do(visit, "taken", escalations.take)


async def contacted(visit: Visit) -> Response:
    """The colleague spoke to the client."""
    return await _do(visit, "contacted", escalations.contacted)


async def resolve(visit: Visit) -> Response:
    """Close the call with an outcome, the instruments used and a note."""
    reference, form = await handled(visit)
    async with visit.service.database.read() as session:
        known = {one.slug for one in await calls.all_instruments(session)}
    try:
        await escalations.resolve(
            visit.service,
            reference,
            visit.staff_member,
            _outcome(form),
            _note(form),
            [slug for slug in form.all("instruments") if slug in known],
        )
    except Refused as refused:
        return await refuse(visit, refused, form)
    return visit.go(f"/hulpvragen/{reference}?gelukt=resolved")


async def note(visit: Visit) -> Response:
    """A note for colleagues of the same side."""
    reference, form = await handled(visit)
    try:
        await casework.add_note(visit.service, reference, visit.staff_member, form.one("new_note"))
    except Refused as refused:
        return await refuse(visit, refused, form, {"note": "new_note"})
    return visit.go(f"/hulpvragen/{reference}?gelukt=note-written")


async def use(visit: Visit) -> Response:
    """Instruments were used, on some day."""
    reference, form = await handled(visit)
    try:
        await casework.use_instruments(
            visit.service,
            reference,
            visit.staff_member,
            [slug for slug in form.all("used") if slug.isprintable()],
            _day(form.one("used_on")),
        )
    except Refused as refused:
        return await refuse(visit, refused, form, {"instruments": "used"})
    return visit.go(f"/hulpvragen/{reference}?gelukt=used")


async def write(visit: Visit) -> Response:
    """A message to the client: first shown as it will go, then sent."""
    reference, form = await handled(visit)
    words = form.one("message")
    try:
        if form.one("send"):
            await writing.send(visit.service, reference, visit.staff_member, words)
            visit.console.wake()
            return visit.go(f"/hulpvragen/{reference}?gelukt=written")
        return await page(visit, form=form, draft=None if form.one("again") else words)
    except Refused as refused:
        return await refuse(visit, refused, form)


async def handled(visit: Visit) -> tuple[str, Form]:
    """The call that is worked on, and what was sent with it. Raises `Hidden`."""
    reference = visit.reference()
    form = await visit.form()
    async with visit.service.database.read() as session:
        await calls.may_handle(session, visit.viewer, reference)
    return reference, form


async def refuse(
    visit: Visit, refused: Refused, form: Form, fields: Mapping[str, str] | None = None
) -> Response:
    """The page, with what must be mended. `fields`: what the form calls the use case's fields."""
    field = refused.field or ""
    error = {(fields or {}).get(field, field): visit.words.refusal(refused)}
    return await page(visit, 422 if refused.field else 409, error, form)


async def page(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
    draft: str | None = None,
) -> Response:
    """The call with everything around it; that it is read is written down. `draft`: a message to
    be shown as it will go. Raises `Refused` when it cannot go."""
    now = visit.words.now
    async with visit.service.database.read() as session:
        opened = await calls.open_call(session, visit.viewer, visit.reference(), now)
        call = opened.call
        subject = Subject(opened.client, opened.enrolment, opened.place)
        ready = None
        if draft is not None:
            by = visit.staff_member
            ready = await writing.draft(visit.service, session, call, subject, by, draft)
    await conversation.note_reading(visit.service, visit.viewer, call.client_id, call.reference)
    async with visit.service.database.read() as session:
        lines = await conversation.read(
            session,
            visit.viewer,
            [opened.enrolment],
            opened.shared,
            since=call.opened_at - _AROUND,
            most=_MOST,
        )
        history = await hands.history(session, opened)
        notes = await hands.notes(session, opened)
        uses = await hands.uses(session, opened)
        instruments = await calls.all_instruments(session) if opened.handles else []
        teams = await hands.teams(session, opened, now) if opened.handles else None
    unwritten = writing.why_not(subject, call)
    return visit.page(
        "call.html",
        status,
        opened=opened,
        call=call,
        own_words=[line for line in lines if line.is_in and line.call == call.reference],
        days=list(conversation.days(lines, opened.place.zone)),
        history=history,
        notes=notes,
        uses=uses,
        instruments=instruments,
        teams=teams,
        topics=_topics(opened, visit),
        draft=ready,
        unwritten=visit.words.refusal(unwritten) if unwritten else None,
        own_name=locales.own_name,
        outcome_choices=[(kind, visit.words.label(kind), "") for kind in _OUTCOMES],
        errors=errors or {},
        form=form or Form({}),
        zone=opened.place.zone,
        today=local_day(now, opened.place.hours),
        longest_note=LONGEST_NOTE,
        longest_reason=LONGEST_REASON,
        longest_message=writing.LONGEST_TEXT,
    )


async def _do(visit: Visit, done: str, step: Callable[..., Awaitable[None]]) -> Response:
    reference = visit.reference()
    async with visit.service.database.read() as session:
        await calls.may_handle(session, visit.viewer, reference)
    try:
        await step(visit.service, reference, visit.staff_member)
    except Refused as refused:
        return await page(visit, 409, {"": visit.words.refusal(refused)})
    return visit.go(f"/hulpvragen/{reference}?gelukt={done}")


def _topics(opened: calls.OpenedCall, visit: Visit) -> list[tuple[str, str]]:
    """What a call can be about at the other side."""
    return [
        (topic, visit.words.label(topic).capitalize())
        for topic in Topic
        if side_of(topic) is not opened.desk.side and topic is not Topic.DANGER
    ]


def _outcome(form: Form) -> OutcomeKind:
    written = form.one("outcome")
    if written not in _OUTCOMES:
        raise Refused(N_("Choose how it ended."), "outcome")
    return OutcomeKind(written)


def _note(form: Form) -> str:
    written = form.one("note")
    if len(written) > LONGEST_NOTE:
        raise Refused(
            N_("A note has at most {longest} characters."), "note", longest=str(LONGEST_NOTE)
        )
    return written


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(N_("Choose a day between the question and today."), "used_on") from None
