"""What a colleague writes down at a call for help: notes, and the instruments that were used.

Amsterdam could not measure its pilot because instruments were not registered; so they can be
written down on the day that they are used, not only at the end.
"""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from aftercare.moving import audit, locked_call
from aftercare.service import N_, Refused, Service
from scheduler.calendar import local_day
from storage.models import Instrument, InstrumentUse, Note, StaffMember

LONGEST_NOTE = 2000


async def add_note(service: Service, reference: str, by: StaffMember, text: str) -> None:
    """A note at the call, also after it was resolved. Raises `Refused`."""
    written = text.strip()
    if not written:
        raise Refused(N_("Write the note first."), "note")
    if len(written) > LONGEST_NOTE:
        raise Refused(
            N_("A note has at most {longest} characters."), "note", longest=str(LONGEST_NOTE)
        )
    async with service.database.write() as session:
        now = service.now()
        call, _ = await locked_call(session, reference)
        session.add(Note(escalation_id=call.id, staff_member_id=by.id, at=now, text=written))
        audit(session, now, by, "note", call)


async def use_instruments(
    service: Service, reference: str, by: StaffMember, slugs: Collection[str], on: date
) -> None:
    """Instruments were used for the call on the day `on`. What stands there for that day already
    is not written twice. Raises `Refused`."""
    if not slugs:
        raise Refused(N_("Choose what was used."), "instruments")
    async with service.database.write() as session:
        now = service.now()
        call, subject = await locked_call(session, reference)
        if not local_day(call.opened_at, subject.hours) <= on <= local_day(now, subject.hours):
            raise Refused(N_("Choose a day between the question and today."), "used_on")
        used = (await session.scalars(select(Instrument).where(Instrument.slug.in_(slugs)))).all()
        if len(used) != len(set(slugs)):
            raise Refused(N_("One of the instruments does not exist."), "instruments")
        known = await session.scalars(
            select(InstrumentUse.instrument_id).where(
                InstrumentUse.escalation_id == call.id, InstrumentUse.used_on == on
            )
        )
        before = set(known)
        session.add_all(
            InstrumentUse(
                instrument_id=instrument.id,
                enrolment_id=call.enrolment_id,
                escalation_id=call.id,
                staff_member_id=by.id,
                used_on=on,
            )
            for instrument in used
            if instrument.id not in before
        )
        audit(session, now, by, "use", call)
