"""`/hulpvragen/{reference}/...`: a call for help comes into other hands."""

import re

from starlette.responses import Response

from aftercare import handing, steering
from aftercare.handing import Receiver
from aftercare.service import N_, Refused
from conversations.words import Topic
from staff import calls
from staff.access import Hidden
from staff.pages.call import handled, refuse
from staff.visit import Form, Visit, valid_reference

_SLUG = re.compile(r"[a-z0-9-]{1,40}")
_ACROSS = {"reason": "summary", "to": "to_other"}


async def give_back(visit: Visit) -> Response:
    """The desk has it again."""
    reference, form = await handled(visit)
    try:
        await handing.give_back(visit.service, reference, visit.staff_member, form.one("why_back"))
    except Refused as refused:
        return await refuse(visit, refused, form, {"reason": "why_back"})
    return visit.go(f"/hulpvragen/{reference}?gelukt=given-back")


async def hand_over(visit: Visit) -> Response:
    """To a colleague of this side, or with a summary to the other side."""
    reference, form = await handled(visit)
    across = bool(form.one("to_other") or form.one("summary") or form.one("topic"))
    try:
        given = await handing.hand_over(
            visit.service,
            reference,
            visit.staff_member,
            _receiver(form, across=across),
            form.one("summary" if across else "reason"),
            _seen(form),
        )
    except Refused as refused:
        return await refuse(visit, refused, form, _ACROSS if across else None)
    visit.console.wake()
    done = "handed-across" if given != reference else "handed-over"
    return visit.go(f"/hulpvragen/{reference}?gelukt={done}")


async def release(visit: Visit) -> Response:
    """Routine messages may go on after danger."""
    reference, form = await handled(visit)
    async with visit.service.database.read() as session:
        opened = await calls.open_call(session, visit.viewer, reference, visit.words.now)
    if not opened.may_release:
        raise Hidden
    try:
        await steering.release(
            visit.service, opened.client.reference, visit.staff_member, form.one("why_release")
        )
    except Refused as refused:
        return await refuse(visit, refused, form, {"reason": "why_release"})
    return visit.go(f"/hulpvragen/{reference}?gelukt=released")


def _receiver(form: Form, *, across: bool) -> Receiver:
    desk, _, person = form.one("to_other" if across else "to").partition("/")
    if not _SLUG.fullmatch(desk):
        raise Refused(N_("Choose who takes it over."), "to")
    try:
        topic = Topic(form.one("topic")) if across else None
    except ValueError:
        raise Refused(N_("Choose what it is about for the other team."), "topic") from None
    reference = valid_reference(person) if person else None
    return Receiver(desk, reference, topic, bool(form.one("client_knows")))


def _seen(form: Form) -> str | None:
    return valid_reference(form.one("seen")) if form.one("seen") else None
