"""`/hulpvragen/{reference}`: one call for help, and what a desk does with it."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from starlette.responses import Response

from aftercare import escalations
from aftercare.service import N_, Refused
from conversations.words import OutcomeKind
from staff import calls, conversation
from staff.access import shared_enrolments
from staff.visit import Form, Visit

LONGEST_NOTE = 2000
_AROUND = timedelta(days=1)
_MOST = 40


async def show(visit: Visit) -> Response:
    """Who asks, what about, how to reach them, by when; reading it is written down."""
    return await _page(visit)


async def take(visit: Visit) -> Response:
    """The colleague takes the call, unless somebody was first."""
    return await _do(visit, "taken", escalations.take)


async def contacted(visit: Visit) -> Response:
    """The colleague spoke to the client."""
    return await _do(visit, "contacted", escalations.contacted)


async def resolve(visit: Visit) -> Response:
    """Close the call with an outcome, the instruments used and a note."""
    reference = visit.reference()
    form = await visit.form()
    async with visit.service.database.read() as session:
        await calls.may_handle(session, visit.viewer, reference)
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
        error = {refused.field or "": visit.words.refusal(refused)}
        return await _page(visit, 422 if refused.field else 409, error, form)
    return visit.go(f"/hulpvragen/{reference}?gelukt=resolved")


async def _do(visit: Visit, done: str, step: Callable[..., Awaitable[None]]) -> Response:
    reference = visit.reference()
    async with visit.service.database.read() as session:
        await calls.may_handle(session, visit.viewer, reference)
    try:
        await step(visit.service, reference, visit.staff_member)
    except Refused as refused:
        return await _page(visit, 409, {"": visit.words.refusal(refused)})
    return visit.go(f"/hulpvragen/{reference}?gelukt={done}")


async def _page(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    now = visit.words.now
    async with visit.service.database.read() as session:
        opened = await calls.open_call(session, visit.viewer, visit.reference(), now)
    call = opened.call
    await conversation.note_reading(visit.service, visit.viewer, call.client_id, call.reference)
    async with visit.service.database.read() as session:
        shared = await shared_enrolments(session, call.client_id)
        lines = await conversation.read(
            session,
            visit.viewer,
            [opened.enrolment],
            shared,
            since=call.opened_at - _AROUND,
            most=_MOST,
        )
        instruments = await calls.all_instruments(session)
    return visit.page(
        "call.html",
        status,
        opened=opened,
        call=call,
        own_words=[line for line in lines if line.is_in and line.call == call.reference],
        days=list(conversation.days(lines, opened.place.zone)),
        instruments=instruments,
        outcome_choices=[(kind, visit.words.label(kind), "") for kind in _OUTCOMES],
        errors=errors or {},
        form=form or Form({}),
        zone=opened.place.zone,
        longest_note=LONGEST_NOTE,
    )


_OUTCOMES = tuple(one for one in OutcomeKind if one is not OutcomeKind.NOT_HELPED)
"""How a colleague may say that it ended; that it did not help is the client's word."""


def _outcome(form: Form) -> OutcomeKind:
    written = form.one("outcome")
    if written not in _OUTCOMES:
        raise Refused(N_("Choose how it ended."), "outcome")
    return OutcomeKind(written)


def _note(form: Form) -> str:
    note = form.one("note")
    if len(note) > LONGEST_NOTE:
        raise Refused(
            N_("A note has at most {longest} characters."), "note", longest=str(LONGEST_NOTE)
        )
    return note
