"""`/deelnemers/{reference}/plan`: a colleague changes the plan by hand, with a reason.

Each change is first tried and shown, before and after, and made when the colleague says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

import locales
from aftercare import foreseeing, reaching, steering
from aftercare.changing import LONGEST_REASON
from aftercare.foreseeing import Deed, Outlook, Plan
from aftercare.lists import read_day
from aftercare.service import N_, Refused
from conversations.words import Channel, CheckInStatus, Role, Standing
from conversations.words import Form as Agreed
from staff import tracks
from staff.access import Hidden, reads_danger, shared_enrolments
from staff.accounts import colleagues_for
from staff.qr import telegram_link
from staff.visit import Form, Visit
from staff.wording import Words
from storage.models import CheckIn, StaffMember

_FIELDS = {
    "pause": ("until",),
    "skip": ("step",),
    "move": ("step", "to"),
    "add": ("on",),
    "extend": ("until",),
    "form": ("form",),
    "language": ("language",),
    "contact": ("who",),
    "reach": ("channel", "number"),
    "release": (),
}
"""What can be done, and what is filled in for it besides the reason. In the form each field has
the name of its action in front."""

_ALSO = {"werkcoach": "who", "inkomensconsulent": "who"}
"""Fields that the use case calls otherwise."""

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class OpenedPlan:
    """What lies before a colleague who changes a plan."""

    person: tracks.Person
    steps: list[CheckIn]
    colleagues: Sequence[StaffMember]
    actions: tuple[str, ...]

    @property
    def planned(self) -> list[CheckIn]:
        """The steps that were not asked yet."""
        return [one for one in self.steps if one.status is CheckInStatus.PLANNED]


@dataclass(frozen=True)
class StepChange:
    """A step before and after a change; None: it is not asked."""

    step: str
    before: datetime | None
    after: datetime | None


async def show(visit: Visit) -> Response:
    """The plan as it is, and what can be changed."""
    return await _page(visit, await _opened(visit))


async def change(visit: Visit) -> Response:
    """Show what a change would do; or make it, once that was seen."""
    form = await visit.form()
    opened = await _opened(visit)
    action, reference = form.one("doe"), opened.person.client.reference
    if action not in opened.actions:
        error = {"": visit.words.say(N_("This cannot be changed now. Look at the plan again."))}
        return await _page(visit, opened, 409, form, error)
    try:
        deed = _deed(visit, opened, action, form)
        if form.one("bevestig") != "ja":
            outlook = await foreseeing.foresee(visit.service, reference, deed)
            return _outlook(visit, opened, action, form, outlook)
        done = await deed(visit.service)
    except Refused as refused:
        field = f"{action}_{_ALSO.get(refused.field, refused.field)}" if refused.field else ""
        error = {field: visit.words.refusal(refused)}
        return await _page(visit, opened, 422 if field else 409, form, error)
    visit.console.wake()
    if action == "reach" and isinstance(done, str):
        link = telegram_link(visit.console.telegram_name(), done)
        return visit.page("link.html", reference=reference, link=link)
    word = "planned"
    if action == "reach":
        word = "noted" if form.one("reach_channel") == Channel.TELEGRAM else "reached"
    return visit.go(f"/deelnemers/{reference}?gelukt={word}")


async def _opened(visit: Visit) -> OpenedPlan:
    """Raises `Hidden` for whom the colleague may not know, or may not act on."""
    viewer = visit.viewer
    async with visit.service.database.read() as session:
        person = await tracks.person(session, viewer, visit.reference())
        if not person.is_current:
            raise Hidden
        enrolment, place = person.track.enrolment, person.track.place
        steps = await tracks.steps(session, enrolment)
        colleagues = [
            *await colleagues_for(session, Role.WERKCOACH, [place.id]),
            *await colleagues_for(session, Role.CONSULENT, [place.id]),
        ]
        return OpenedPlan(person, steps, colleagues, await _actions(session, visit, person, steps))


async def _actions(
    session: AsyncSession, visit: Visit, person: tracks.Person, steps: Sequence[CheckIn]
) -> tuple[str, ...]:
    """What can be done now, in the order of the page."""
    enrolment = person.track.enrolment
    if enrolment.standing not in reaching.REACHABLE:
        return ()
    if enrolment.standing is not Standing.ACTIVE:
        return ("reach",)
    left_out = set()
    if not any(one.status is CheckInStatus.PLANNED for one in steps):
        left_out = {"pause", "skip", "move"}
    if enrolment.form is not Agreed.ACTIVE:
        left_out |= {"extend", "add"}
    shared = enrolment.id in await shared_enrolments(session, person.client.id)
    if enrolment.held_at is None or not reads_danger(visit.viewer, shared=shared):
        left_out.add("release")
    return tuple(one for one in _FIELDS if one not in left_out)


def _deed(visit: Visit, opened: OpenedPlan, action: str, form: Form) -> Deed:
    """The use case that `action` stands for, filled in. Raises `Refused`."""
    reference, by = opened.person.client.reference, visit.staff_member
    why = form.one(f"{action}_reason")
    field = {name: form.one(f"{action}_{name}") for name in _FIELDS[action]}

    def day(name: str) -> date:
        found = read_day(field[name])
        if found is None:
            raise Refused(N_("Fill in a day, as 31-12-2026."), name)
        return found

    match action:
        case "pause":
            until = day("until")
            return lambda on: steering.pause(on, reference, by, why, until)
        case "skip":
            return lambda on: steering.skip(on, reference, by, why, field["step"])
        case "move":
            to = day("to")
            return lambda on: steering.move(on, reference, by, why, field["step"], to)
        case "add":
            moment = day("on")
            return lambda on: steering.add(on, reference, by, why, moment)
        case "extend":
            end = day("until")
            return lambda on: steering.extend(on, reference, by, why, end)
        case "form":
            agreed = _word(Agreed, field["form"], "form")
            return lambda on: steering.set_form(on, reference, by, why, agreed)
        case "language":
            return lambda on: steering.set_language(on, reference, by, why, field["language"])
        case "contact":
            who = next((one for one in opened.colleagues if one.reference == field["who"]), None)
            if who is None:
                raise Refused(N_("Choose somebody from the list."), "who")
            role, email = who.role, who.email
            return lambda on: steering.set_contact(on, reference, by, why, role, email)
        case "reach":
            channel = _word(Channel, field["channel"], "channel")
            return lambda on: reaching.reach(on, reference, by, why, channel, field["number"])
        case _:
            return lambda on: steering.release(on, reference, by, why)


async def _page(
    visit: Visit,
    opened: OpenedPlan,
    status: int = 200,
    form: Form | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    person, label = opened.person, visit.words.label
    client, track = person.client, person.track
    others = [one for one in (Agreed.ACTIVE, Agreed.PASSIVE) if one is not track.enrolment.form]
    first = {"reach_channel": (client.channel.value,)}
    if client.number:
        first["reach_number"] = (visit.words.number(client.number),)
    step_choices = [
        (one.step, f"{visit.words.step(one.step)}, {visit.words.moment(one.due_at, _zone(opened))}")
        for one in opened.planned
    ]
    return visit.page(
        "plan.html",
        status,
        client=client,
        track=track,
        zone=_zone(opened),
        steps=opened.steps,
        actions=opened.actions,
        form=form or Form(first),
        errors=errors or {},
        chosen=form.one("doe") if form else "",
        longest_reason=LONGEST_REASON,
        step_choices=step_choices,
        form_choices=[(one, label(one)) for one in others],
        language_choices=[
            (code, locales.own_name(code))
            for code in locales.languages()
            if code != client.language
        ],
        channel_choices=[(one, label(one)) for one in Channel],
        colleague_choices=[
            (one.reference, f"{one.name} ({label(one.role)})")
            for one in opened.colleagues
            if one.id not in (track.enrolment.werkcoach_id, track.enrolment.consulent_id)
        ],
    )


def _outlook(
    visit: Visit, opened: OpenedPlan, action: str, form: Form, outlook: Outlook
) -> Response:
    fields = [f"{action}_{name}" for name in (*_FIELDS[action], "reason")]
    return visit.page(
        "plan_change.html",
        client=opened.person.client,
        zone=_zone(opened),
        action=action,
        reason=form.one(f"{action}_reason"),
        fields=[(name, form.one(name)) for name in fields],
        facts=_facts(outlook, visit.words, _zone(opened)),
        steps=_step_changes(outlook),
        messages=outlook.messages,
    )


def _facts(outlook: Outlook, words: Words, zone: str) -> list[tuple[str, str, str]]:
    """What is different but for the steps: what it is, before, after."""
    names = {
        "standing": N_("Track"),
        "form": N_("Form"),
        "language": N_("Language"),
        "channel": N_("Channel"),
        "number": N_("Mobile number"),
        "werkcoach": N_("Werkcoach"),
        "consulent": N_("Inkomensconsulent"),
        "ends_at": N_("The track closes"),
        "stands_still": N_("Stands still after danger"),
    }

    def told(plan: Plan, name: str) -> str:
        match getattr(plan, name):
            case None:
                return "–"
            case bool(value):
                return words.say(N_("yes")) if value else words.say(N_("no"))
            case datetime() as moment:
                return words.moment(moment, zone)
            case StrEnum() as word:
                return words.label(word)
            case str(value) if name == "language":
                return locales.own_name(value)
            case str(value) if name == "number":
                return words.number(value)
            case value:
                return str(value)

    before, after = outlook.before, outlook.after
    return [
        (words.say(text), told(before, name), told(after, name))
        for name, text in names.items()
        if getattr(before, name) != getattr(after, name)
    ]


def _step_changes(outlook: Outlook) -> list[StepChange]:
    """The steps before and after, in the order of their days; none when nothing changed."""
    before, after = outlook.before.steps, outlook.after.steps
    if before == after:
        return []
    both = {**before, **after}
    found = [StepChange(name, before.get(name), after.get(name)) for name in both]
    return sorted(found, key=lambda one: both[one.step])


def _zone(opened: OpenedPlan) -> str:
    return opened.person.track.place.zone


def _word(kind: type[Word], written: str, field: str) -> Word:
    try:
        return kind(written)
    except ValueError:
        raise Refused(N_("Choose one of the list."), field) from None
