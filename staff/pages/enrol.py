"""`/inschrijven`: at the exit interview, together with the person looking on.

Their language comes first: what they agree to, and the very first message, stand on the screen in
it before anything is sent.
"""

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

import locales
from aftercare import enrolment, speech
from aftercare.enrolment import AlreadyEnrolled, Application, Enrolled
from aftercare.leaflet import leaflet
from aftercare.lists import read_day
from aftercare.people import mobile_number
from aftercare.service import N_, Refused
from conversations.segments import segments
from conversations.words import Channel, ExitReason, Role
from conversations.words import Form as Agreed
from scheduler.calendar import Hours, local_day, next_allowed
from staff.access import Viewer, may_know, sees_enrolment
from staff.accounts import colleagues_for
from staff.qr import telegram_link
from staff.visit import Form, Visit
from storage.models import AuditEntry, Client, Enrolment, Message, Municipality, StaffMember

_TWICE_WITHIN = timedelta(minutes=10)

_AGREED = {
    Agreed.ACTIVE: (N_("Active"), N_("We ask how it goes, about six times in half a year.")),
    Agreed.PASSIVE: (N_("Passive"), N_("The person asks for help; we send no check-ins.")),
    Agreed.DECLINED: (N_("Declined"), N_("No aftercare. It is registered, nothing is sent.")),
}

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the form."""

    places: Sequence[Municipality]
    werkcoaches: Sequence[StaffMember]
    consulenten: Sequence[StaffMember]


@dataclass(frozen=True)
class FirstMessage:
    """The first message in one language: before the first name, between it and the municipality,
    and so on; `segments` once both are filled in."""

    language: str
    name: str
    parts: Sequence[str]
    direction: str
    segments: int | None


async def show(visit: Visit) -> Response:
    """An empty form, with what is most likely filled in: the colleague's own name, their own
    municipality or the one they enrolled for last, and today."""
    async with visit.service.database.read() as session:
        choices = await choices_for(session, visit.viewer)
        usual = await _usual_place(session, visit.viewer, choices)
    field = "werkcoach" if visit.viewer.role is Role.WERKCOACH else "inkomensconsulent"
    today = local_day(visit.service.now(), Hours())
    first = {field: (visit.staff_member.reference,), "first_working_day": (today.isoformat(),)}
    if usual:
        first["municipality"] = (usual,)
    return _form(visit, choices, Form(first))


async def enrol(visit: Visit) -> Response:
    """Enrol, and show what happens next; or the form again, with each error at its field. Whoever
    only wants to see the first message gets the form with it."""
    form = await visit.form()
    async with visit.service.database.read() as session:
        choices = await choices_for(session, visit.viewer)
    if form.one("show"):
        return _form(visit, choices, form)
    errors: dict[str, str] = {}
    application = _application(visit, form, choices, errors)
    if errors or application is None:
        return _form(visit, choices, form, errors)
    try:
        async with visit.console.enrolling:
            await _refuse_twice(visit, application)
            enrolled = await enrolment.enrol(visit.service, application, visit.staff_member)
    except AlreadyEnrolled as refused:
        return _form(visit, choices, form, {"number": await _in_use(visit, refused.reference)})
    except Refused as refused:
        return _form(visit, choices, form, {refused.field or "": visit.words.refusal(refused)})
    visit.console.wake()
    return await _result(visit, application, choices, enrolled)


async def choices_for(session: AsyncSession, viewer: Viewer) -> Choices:
    """What `viewer` can choose from: their municipalities that are not closed, and the colleagues
    there."""
    places = await session.scalars(
        select(Municipality)
        .where(Municipality.id.in_(viewer.municipalities), Municipality.closed_at.is_(None))
        .order_by(Municipality.name)
    )
    return Choices(
        places.all(),
        await colleagues_for(session, Role.WERKCOACH, viewer.municipalities),
        await colleagues_for(session, Role.CONSULENT, viewer.municipalities),
    )


def _form(
    visit: Visit, choices: Choices, form: Form, errors: Mapping[str, str] | None = None
) -> Response:
    say = visit.words.say
    place = next((one for one in choices.places if one.slug == form.one("municipality")), None)
    now = visit.service.now()
    return visit.page(
        "enrol.html",
        422 if errors else 200,
        form=form,
        errors=errors or {},
        place_choices=[(one.slug, one.name) for one in choices.places],
        werkcoach_choices=[(one.reference, one.name) for one in choices.werkcoaches],
        consulent_choices=[(one.reference, one.name) for one in choices.consulenten],
        channel_choices=_channels(visit),
        form_choices=[(one, say(text), say(hint)) for one, (text, hint) in _AGREED.items()],
        reason_choices=[(one, visit.words.label(one), "") for one in ExitReason],
        leaflets=[leaflet(code) for code in locales.languages()],
        own_name=locales.own_name,
        chosen=form.one("language") or locales.HOUSE,
        first_messages=_first_messages(form, place),
        first_name=" ".join(form.one("first_name").split()),
        place=place,
        goes_at=next_allowed(now, place.hours) if place else None,
    )


def _channels(visit: Visit) -> list[tuple[str, str, str]]:
    say = visit.words.say
    if visit.console.telegram_name() is None:
        telegram = say(N_("The bot is not connected here yet, so no link can be given now."))
    else:
        telegram = say(N_("With a QR code or link that the person opens."))
    return [
        (Channel.SMS, visit.words.label(Channel.SMS), say(N_("Works on every mobile phone."))),
        (Channel.TELEGRAM, visit.words.label(Channel.TELEGRAM), telegram),
    ]


async def _result(
    visit: Visit, application: Application, choices: Choices, enrolled: Enrolled
) -> Response:
    async with visit.service.database.read() as session:
        invitation = await session.scalar(
            select(Message.text)
            .join(Client, Client.id == Message.client_id)
            .where(Client.reference == enrolled.reference)
            .order_by(Message.id.desc())
            .limit(1)
        )
    place = next(one for one in choices.places if one.slug == application.municipality)
    token = enrolled.link_token
    return visit.page(
        "enrolled.html",
        application=application,
        enrolled=enrolled,
        place=place,
        invitation=invitation if enrolled.invitation_at else None,
        link=telegram_link(visit.console.telegram_name(), token) if token else None,
    )


async def _usual_place(session: AsyncSession, viewer: Viewer, choices: Choices) -> str | None:
    """The only municipality there is, or the one for which the colleague enrolled last."""
    if len(choices.places) == 1:
        return choices.places[0].slug
    return await session.scalar(
        select(Municipality.slug)
        .join(Enrolment, Enrolment.municipality_id == Municipality.id)
        .join(AuditEntry, AuditEntry.client_id == Enrolment.client_id)
        .where(
            AuditEntry.staff_member_id == viewer.id,
            AuditEntry.action == "enrol",
            Municipality.closed_at.is_(None),
            sees_enrolment(viewer),
        )
        .order_by(AuditEntry.id.desc(), Enrolment.id.desc())
        .limit(1)
    )


async def _in_use(visit: Visit, reference: str) -> str:
    """Who has the number is said only to somebody who may know of them."""
    async with visit.service.database.read() as session:
        if await session.scalar(may_know(visit.viewer, reference).limit(1)):
            return visit.words.say(
                N_("This number is already enrolled, as {reference}."), reference=reference
            )
    return visit.words.say(
        N_("This number cannot be enrolled: it is in use. Ask whether the number is right.")
    )


def _first_messages(form: Form, place: Municipality | None) -> list[FirstMessage]:
    """Exactly what is sent, in every language: the page shows the one that is chosen."""
    name = " ".join(form.one("first_name").split())
    found = []
    for language in locales.languages():
        text = speech.invitation(language, "\0", "\1")
        parts = re.split("([\0\1])", text)
        whole = speech.invitation(language, name, place.name) if name and place else None
        found.append(
            FirstMessage(
                language,
                locales.own_name(language),
                parts,
                locales.direction(text),
                segments(whole) if whole else None,
            )
        )
    return found


def _application(
    visit: Visit, form: Form, choices: Choices, errors: dict[str, str]
) -> Application | None:
    """What was filled in; what cannot be read goes into `errors`, all of it at once."""

    def wrong(field: str, text: str) -> None:
        errors[field] = visit.words.say(text)

    if not form.one("first_name"):
        wrong("first_name", N_("Fill in a first name."))
    if form.one("municipality") not in {one.slug for one in choices.places}:
        wrong("municipality", N_("Choose a municipality."))
    first_working_day = read_day(form.one("first_working_day"))
    if first_working_day is None:
        wrong("first_working_day", N_("Fill in a day, as 31-12-2026."))
    contract_end = read_day(form.one("contract_end"))
    if form.one("contract_end") and contract_end is None:
        wrong("contract_end", N_("Fill in a day, as 31-12-2026, or leave it empty."))
    channel = _word(Channel, form.one("channel"))
    if channel is None:
        wrong("channel", N_("Choose how we send messages."))
    agreed = _word(Agreed, form.one("form"))
    if agreed is None:
        wrong("form", N_("Choose what was agreed."))
    reason = _word(ExitReason, form.one("exit_reason"))
    if reason is None:
        wrong("exit_reason", N_("Choose why the benefit ends."))
    if form.one("number") and agreed is not Agreed.DECLINED:
        try:
            mobile_number(form.one("number"), trial=visit.service.trial)
        except Refused as refused:
            errors["number"] = visit.words.refusal(refused)
    werkcoach = _colleague(form.one("werkcoach"), choices.werkcoaches)
    consulent = _colleague(form.one("inkomensconsulent"), choices.consulenten)
    if form.one("werkcoach") and werkcoach is None:
        wrong("werkcoach", N_("Choose somebody from the list."))
    if form.one("inkomensconsulent") and consulent is None:
        wrong("inkomensconsulent", N_("Choose somebody from the list."))
    if first_working_day is None or channel is None or agreed is None or reason is None:
        return None
    return Application(
        first_name=form.one("first_name"),
        municipality=form.one("municipality"),
        first_working_day=first_working_day,
        number=form.one("number") or None,
        channel=channel,
        language=form.one("language"),
        form=agreed,
        exit_reason=reason,
        contract_end=contract_end,
        werkcoach=werkcoach.email if werkcoach else None,
        inkomensconsulent=consulent.email if consulent else None,
    )


async def _refuse_twice(visit: Visit, application: Application) -> None:
    """A form that is sent twice enrols once. A number is unique by itself; without one, the same
    person enrolled by the same colleague a moment ago is taken for the same."""
    if application.number and application.form is not Agreed.DECLINED:
        return
    async with visit.service.database.read() as session:
        rows = await session.execute(
            select(Client.first_name, Client.reference)
            .join(AuditEntry, AuditEntry.client_id == Client.id)
            .join(Enrolment, Enrolment.client_id == Client.id)
            .where(
                AuditEntry.at > visit.service.now() - _TWICE_WITHIN,
                AuditEntry.action == "enrol",
                AuditEntry.staff_member_id == visit.viewer.id,
                Enrolment.first_working_day == application.first_working_day,
                Enrolment.form == application.form,
                Client.channel == application.channel,
            )
        )
        name = " ".join(application.first_name.split())
        for first_name, reference in rows:
            if first_name == name:
                raise Refused(
                    N_("You enrolled somebody of this name a moment ago, as {reference}."),
                    "first_name",
                    reference=reference,
                )


def _colleague(reference: str, choices: Sequence[StaffMember]) -> StaffMember | None:
    return next((one for one in choices if one.reference == reference), None)


def _word(kind: type[Word], written: str) -> Word | None:
    with contextlib.suppress(ValueError):
        return kind(written)
    return None
