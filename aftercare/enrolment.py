"""Enrolment at the exit interview: who, how to reach them, what was agreed; and the invitation."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

import locales
from aftercare import effects, household, names
from aftercare.people import colleague, mobile_number
from aftercare.service import N_, Refused, Service
from aftercare.subject import Subject, locked
from conversations import dialogue
from conversations.turns import State
from conversations.words import Channel, ExitReason, Form, Role, Standing
from scheduler import taper
from scheduler.calendar import local_day
from storage.encryption import ring
from storage.models import AuditEntry, Client, Enrolment, Municipality, StaffMember

LONGEST_NAME = 40
EARLIEST_START = timedelta(days=taper.DAYS[-1])
LATEST_START = timedelta(days=92)
_LIVE = frozenset({Standing.INVITED, Standing.ACTIVE})


@dataclass(frozen=True)
class Application:
    """What is written down at the exit interview. `werkcoach` and `inkomensconsulent` are
    e-mail addresses (or names) of colleagues; `municipality` is a name or slug; `shares_phone`:
    somebody else may have the same number, and both know that."""

    first_name: str
    municipality: str
    first_working_day: date
    number: str | None = None
    channel: Channel = Channel.SMS
    language: str = locales.HOUSE
    form: Form = Form.ACTIVE
    exit_reason: ExitReason = ExitReason.WORK
    contract_end: date | None = None
    werkcoach: str | None = None
    inkomensconsulent: str | None = None
    shares_phone: bool = False


class AlreadyEnrolled(Refused):
    """The number belongs to somebody whose track runs. Who that is, is said only to those who may
    know: it is in no text."""

    def __init__(self, reference: str) -> None:
        super().__init__(N_("This number is already enrolled."), "number")
        self.reference = reference


@dataclass(frozen=True)
class Enrolled:
    """The new client's reference, what follows, and the token of a Telegram link (kept nowhere
    else). `plan` holds if consent comes today."""

    reference: str
    standing: Standing
    invitation_at: datetime | None
    plan: taper.Plan | None
    link_token: str | None


async def enrol(
    service: Service, application: Application, by: StaffMember | None = None
) -> Enrolled:
    """Register somebody and, unless they declined, queue the request for consent.

    Raises `Refused` with the field that must be mended.
    """
    try:
        async with service.database.write() as session:
            return await enrol_within(session, service, application, by)
    except IntegrityError:
        raise Refused(N_("This number was enrolled a moment ago."), "number") from None


async def enrol_within(
    session: AsyncSession, service: Service, application: Application, by: StaffMember | None
) -> Enrolled:
    """Like `enrol`, in the transaction of a use case that does more; after a `Refused` nothing of
    it may be kept."""
    now = service.now()
    name = first_name(application.first_name)
    if application.language not in locales.languages():
        raise Refused(
            N_("There is no catalogue for the language {language}. Choose one of: {choices}."),
            "language",
            language=application.language,
            choices=", ".join(locales.languages()),
        )
    place = await _municipality(session, application.municipality)
    today = local_day(now, place.hours)
    check_days(application.first_working_day, application.contract_end, today)
    number = number_of(application, trial=service.trial)
    client = await _client(session, application, name, number, now)
    await names.keep(session, client)
    enrolment = Enrolment(
        client_id=client.id,
        municipality_id=place.id,
        form=application.form,
        standing=Standing.DECLINED if application.form is Form.DECLINED else Standing.INVITED,
        first_working_day=application.first_working_day,
        exit_reason=application.exit_reason,
        contract_end=application.contract_end,
        werkcoach_id=_id(
            await colleague(session, application.werkcoach, Role.WERKCOACH, "werkcoach")
        ),
        consulent_id=_id(
            await colleague(
                session, application.inkomensconsulent, Role.CONSULENT, "inkomensconsulent"
            )
        ),
        plan_version=1,
        dialogue={},
        created_at=now,
    )
    session.add(enrolment)
    session.add(AuditEntry(at=now, staff_member_id=_id(by), action="enrol", client_id=client.id))
    await session.flush()
    subject = Subject(client, enrolment, place)
    if application.form is Form.DECLINED:
        enrolment.ended_at = now
        return Enrolled(client.reference, enrolment.standing, None, None, None)
    token, invitation_at = await invite(session, subject, now)
    plan = None
    if application.form is Form.ACTIVE:
        plan = taper.plan(application.first_working_day, now, place.hours, subject.spread)
    return Enrolled(client.reference, enrolment.standing, invitation_at, plan, token)


async def invite(
    session: AsyncSession, subject: Subject, now: datetime
) -> tuple[str | None, datetime | None]:
    """Ask for consent: by SMS at the next allowed moment; on Telegram when the link is opened.
    Returns the link's token, and when the SMS may go."""
    turn = dialogue.invite(State(question=subject.state.question))
    if subject.client.channel is Channel.SMS:
        (not_before,) = await effects.apply(session, subject, turn, now)
        return None, not_before
    token = secrets.token_urlsafe(24)
    subject.enrolment.link_hash = ring().look_up("link", token)
    subject.enrolment.silent_at = effects.patience(subject, turn.state.waiting, now)
    return token, None


async def new_link(service: Service, reference: str, by: StaffMember | None = None) -> str:
    """A fresh Telegram token for somebody who has not opened theirs; the old one is void."""
    async with service.database.write() as session:
        subject = await locked(session, Client.reference, reference)
        if subject is None:
            raise Refused(N_("There is no client {reference}."), reference=reference)
        waiting = subject.enrolment.standing in (Standing.INVITED, Standing.LAPSED)
        if subject.client.channel is not Channel.TELEGRAM or subject.client.chat or not waiting:
            raise Refused(N_("This client does not need a link."))
        now = service.now()
        subject.enrolment.standing = Standing.INVITED
        token, _ = await invite(session, subject, now)
        assert token
        session.add(
            AuditEntry(
                at=now, staff_member_id=_id(by), action="new_link", client_id=subject.client.id
            )
        )
        return token


def first_name(written: str) -> str:
    """A first name without needless spaces. Raises `Refused`."""
    name = " ".join(written.split())
    if not name:
        raise Refused(N_("Fill in a first name."), "first_name")
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused(
            N_("A first name has at most {longest} letters."),
            "first_name",
            longest=str(LONGEST_NAME),
        )
    return name


async def _municipality(session: AsyncSession, named: str) -> Municipality:
    open_ones = select(Municipality).where(Municipality.closed_at.is_(None))
    places = (await session.scalars(open_ones.order_by(Municipality.name))).all()
    for place in places:
        if named.strip().casefold() in (place.slug, place.name.casefold()):
            return place
    raise Refused(
        N_("There is no municipality {named} here. Choose one of: {choices}."),
        "municipality",
        named=named or "-",
        choices=", ".join(place.name for place in places) or "-",
    )


def check_days(first: date, contract_end: date | None, today: date) -> None:
    """Whether a track can begin at that first working day. Raises `Refused`."""
    if today - first > EARLIEST_START:
        raise Refused(
            N_("The first working day is more than half a year ago: the track would be over."),
            "first_working_day",
        )
    if first - today > LATEST_START:
        raise Refused(
            N_("The first working day is more than three months ahead. Enrol nearer to it."),
            "first_working_day",
        )
    if contract_end and contract_end < first:
        raise Refused(N_("The contract ends before the first working day."), "contract_end")


def number_of(application: Application, *, trial: bool) -> str | None:
    """The number that is kept. Whoever declines is not contacted, so none; Telegram can do
    without. Raises `Refused`."""
    if application.form is Form.DECLINED:
        return None
    if application.number:
        return mobile_number(application.number, trial=trial)
    if application.channel is Channel.SMS:
        raise Refused(N_("For SMS a mobile number is needed."), "number")
    return None


async def _client(
    session: AsyncSession, application: Application, name: str, number: str | None, now: datetime
) -> Client:
    """The person with this number: known from an earlier track, or new."""
    number_hash = ring().look_up("number", number) if number else None
    first = await locked(session, Client.number_hash, number_hash) if number_hash else None
    if first is None:
        client = Client(
            first_name=name,
            number=number,
            number_hash=number_hash,
            channel=application.channel,
            language=application.language,
            created_at=now,
        )
        session.add(client)
        await session.flush()
        return client
    known, others = await _same_name(session, first, name)
    if application.shares_phone and known is None:
        return await _on_the_same_phone(session, application, name, number or "", others, now)
    live = (one for one in others if one.enrolment.standing in _LIVE)
    known = known or next(live, others[0])
    if known.enrolment.standing in _LIVE:
        raise AlreadyEnrolled(known.client.reference)
    client = known.client
    client.first_name, client.channel = name, application.channel
    client.language, client.channel_stopped = application.language, None
    return client


async def _same_name(
    session: AsyncSession, first: Subject, name: str
) -> tuple[Subject | None, list[Subject]]:
    """Of the people on the telephone of `first`, the one with this name, and all of them."""
    people = await household.members(session, first)
    wanted = name.casefold()
    same = (one for one in people if one.client.first_name.casefold() == wanted)
    return next(same, None), people


async def _on_the_same_phone(
    session: AsyncSession,
    application: Application,
    name: str,
    number: str,
    others: list[Subject],
    now: datetime,
) -> Client:
    """One more person on a telephone, found by way of the first on it."""
    if application.channel is not Channel.SMS:
        raise Refused(N_("A telephone is shared by SMS only; a chat is one person's."), "channel")
    first = others[0].client
    first.shares_phone = True
    client = Client(
        first_name=name,
        number=number,
        number_hash=None,
        phone_of_id=first.id,
        shares_phone=True,
        channel=application.channel,
        language=application.language,
        created_at=now,
    )
    session.add(client)
    await session.flush()
    return client


def _id(staff_member: StaffMember | None) -> int | None:
    return staff_member.id if staff_member else None
