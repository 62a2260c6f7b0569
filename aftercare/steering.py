"""A colleague changes the plan, always with a reason (T: no straitjacket; U: motivated).

Pause, skip, move, one more, another form or language, longer, another coach or consultant, and the
release after danger. Who may do so is decided by the caller (`staff.access`).
"""

from datetime import date, datetime, timedelta

import locales
from aftercare import calls, plans, programme
from aftercare.changing import changing
from aftercare.people import colleague
from aftercare.service import N_, Refused, Service
from aftercare.subject import Subject
from conversations.phrases import Phrase
from conversations.turns import Say
from conversations.words import ChangeKind, CheckInStatus, Form, Role, Topic
from scheduler import steps
from scheduler.calendar import local_day
from storage.models import StaffMember

LONGEST_PAUSE = timedelta(days=92)


async def pause(
    service: Service, reference: str, by: StaffMember, reason: str, until: date
) -> datetime:
    """No check-in before `until`. Returns the first moment after the pause."""
    async with changing(service, reference, by, reason) as change:
        moment = change.moment(until, "until")
        if until - local_day(change.now, change.subject.hours) > LONGEST_PAUSE:
            raise Refused(N_("A pause lasts three months at most."), "until")
        await plans.pause(change.session, change.subject, until)
        change.keep(ChangeKind.PAUSED, until=moment)
        return moment


async def skip(service: Service, reference: str, by: StaffMember, reason: str, step: str) -> None:
    """Leave out one step."""
    async with changing(service, reference, by, reason) as change:
        row = await change.step(step)
        if row.step == steps.CLOSING:
            raise Refused(N_("The closing cannot be left out. Stop the track instead."), "step")
        row.status = CheckInStatus.SKIPPED
        change.keep(ChangeKind.SKIPPED, step=step)


async def move(
    service: Service, reference: str, by: StaffMember, reason: str, step: str, to: date
) -> datetime:
    """Another day for one step. Returns its new moment."""
    async with changing(service, reference, by, reason) as change:
        row = await change.step(step)
        moment = change.moment(to, "to")
        _not_beyond(change.subject, to, "to")
        plans.move(change.subject, row, moment)
        change.keep(ChangeKind.MOVED, step=step, until=moment)
        return moment


async def add(service: Service, reference: str, by: StaffMember, reason: str, on: date) -> datetime:
    """One more check-in on `on`. Returns its moment."""
    async with changing(service, reference, by, reason) as change:
        moment = change.moment(on, "on")
        _not_beyond(change.subject, on, "on")
        step = await plans.insert(change.session, change.subject, "extra", moment)
        if step is None:
            raise Refused(N_("There is a check-in on this day already."), "on")
        change.keep(ChangeKind.ADDED, step=step, until=moment)
        return moment


async def set_form(
    service: Service, reference: str, by: StaffMember, reason: str, form: Form
) -> None:
    """Active: we take the initiative; passive: the client does. The client hears it."""
    async with changing(service, reference, by, reason) as change:
        if form is Form.DECLINED:
            raise Refused(N_("Stop the track instead."), "form")
        if form is change.subject.enrolment.form:
            raise Refused(N_("The track has this form already."), "form")
        await programme.set_form(change.session, change.subject, form, change.now)
        change.keep(ChangeKind.FORM)
        phrase = Phrase.FORM_ACTIVE if form is Form.ACTIVE else Phrase.FORM_PASSIVE
        await change.say(Say(phrase))


async def set_language(
    service: Service, reference: str, by: StaffMember, reason: str, language: str
) -> None:
    """The language in which we write. The client hears it, in that language."""
    async with changing(service, reference, by, reason) as change:
        if language not in locales.languages():
            raise Refused(
                N_("There is no catalogue for the language {language}. Choose one of: {choices}."),
                "language",
                language=language,
                choices=", ".join(locales.languages()),
            )
        change.subject.client.language = language
        change.keep(ChangeKind.LANGUAGE)
        await change.say(Say(Phrase.LANGUAGE_SET))


async def extend(
    service: Service, reference: str, by: StaffMember, reason: str, until: date
) -> None:
    """Go on until `until`, at most twelve months after the first working day. The client, with
    whom that was agreed, hears it."""
    async with changing(service, reference, by, reason) as change:
        subject = change.subject
        ends = subject.enrolment.ends_at
        if ends and until <= local_day(ends, subject.hours):
            raise Refused(N_("The track lasts until then already."), "until")
        _not_beyond(subject, until, "until")
        await plans.extend(change.session, subject, until, change.now)
        change.keep(ChangeKind.EXTENDED, until=subject.enrolment.ends_at)
        await change.say(Say(Phrase.EXTENDED, day=until))


async def set_contact(
    service: Service, reference: str, by: StaffMember, reason: str, role: Role, named: str
) -> None:
    """Another coach or consultant (e-mail address or name). The client hears who it is."""
    async with changing(service, reference, by, reason) as change:
        enrolment = change.subject.enrolment
        is_coach = role is Role.WERKCOACH
        field = "werkcoach" if is_coach else "inkomensconsulent"
        person = await colleague(change.session, named, role, field)
        if person is None or role not in (Role.WERKCOACH, Role.CONSULENT):
            raise Refused(N_("Name a work coach or a consultant."), field)
        if is_coach:
            enrolment.werkcoach_id = person.id
        else:
            enrolment.consulent_id = person.id
        change.keep(ChangeKind.CONTACT)
        topic = Topic.WORK if is_coach else Topic.OTHER
        who = await calls.contact_of(change.session, change.subject, topic, change.now)
        phrase = Phrase.WORK_CONTACT if is_coach else Phrase.OTHER_CONTACT
        await change.say(Say(phrase, params={"who": who}))


async def release(service: Service, reference: str, by: StaffMember, reason: str) -> None:
    """Routine may go on after danger; the next check-in comes within a week."""
    async with changing(service, reference, by, reason) as change:
        enrolment = change.subject.enrolment
        if enrolment.held_at is None:
            raise Refused(N_("Nothing stands still in this track."))
        enrolment.held_at = None
        await plans.sooner(change.session, change.subject, change.now)
        change.keep(ChangeKind.RELEASED, action="release")


def _not_beyond(subject: Subject, day: date, field: str) -> None:
    if day > subject.enrolment.first_working_day + steps.LONGEST:
        raise Refused(N_("Aftercare lasts twelve months at most."), field)
