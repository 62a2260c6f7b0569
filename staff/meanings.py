"""One message beside what was understood of it, and what a colleague says that it meant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import N_, Refused, Service
from conversations.understanding.labels import DANGER_OF, ROUTE_OF, Label, Route
from conversations.words import Direction, MessageKind
from evaluation.nameless import nameless
from staff.access import Hidden, Viewer, must_lead, reads_message, sees_enrolment
from staff.conversation import Meaning, meaning_of
from staff.visit import Form
from storage.models import (
    AuditEntry,
    Client,
    Enrolment,
    Escalation,
    Mark,
    Message,
    Municipality,
    Review,
    StaffMember,
)

LONGEST_NOTE = 500
LONGEST_LINE = 300
MOST_LINES = 25

GROUPS: Sequence[tuple[str, tuple[Label, ...]]] = (
    (N_("Work: for the werkcoach"), tuple(o for o in Label if ROUTE_OF[o] is Route.WERKCOACH)),
    (N_("For the municipality"), tuple(one for one in Label if ROUTE_OF[one] is Route.GEMEENTE)),
    (N_("Danger"), tuple(DANGER_OF)),
    (N_("Something else"), (Label.PERSON, Label.STOP, Label.FINE, Label.NONE, Label.UNCLEAR)),
)
"""What a message can be about, by who helps with it."""


@dataclass(frozen=True)
class Judgement:
    """What a colleague says that a message meant; without a label it was understood rightly."""

    label: Label | None
    also: Label | None = None
    urgent: bool = False
    note: str | None = None


@dataclass(frozen=True)
class Heard:
    """A message, what was understood of it, and what was done: the reply, and the call for help
    that it belongs to."""

    message: Message
    meaning: Meaning
    client: Client
    place: Municipality
    reply: str | None
    call: Escalation | None


@dataclass(frozen=True)
class Correction:
    """What a lead may make a training line of: the words without names, and their labels."""

    mark: Mark
    language: str
    text: str
    client_id: int

    @property
    def label(self) -> str:
        """As the training sentences have it: `debt!`, `debt+family`."""
        labels = f"{self.mark.label}+{self.mark.also}" if self.mark.also else str(self.mark.label)
        return f"{labels}!" if self.mark.urgent else labels


async def heard(session: AsyncSession, viewer: Viewer, message_id: int) -> Heard:
    """The message with this id, for whoever may read its words. Raises `Hidden`."""
    found = await heard_of(session, viewer, [message_id])
    if not found:
        raise Hidden
    return found[message_id]


async def heard_of(
    session: AsyncSession, viewer: Viewer, message_ids: Collection[int]
) -> dict[int, Heard]:
    """Those of the messages with these ids of which `viewer` may read the words."""
    rows = (
        await session.execute(
            select(Message, Client, Municipality, Escalation)
            .join(Enrolment, Enrolment.id == Message.enrolment_id)
            .join(Client, Client.id == Message.client_id)
            .join(Municipality, Municipality.id == Enrolment.municipality_id)
            .outerjoin(Escalation, Escalation.id == Message.escalation_id)
            .where(
                Message.id.in_(message_ids),
                Message.direction == Direction.IN,
                Message.label.is_not(None),
                sees_enrolment(viewer),
                reads_message(viewer),
            )
        )
    ).all()
    replies = await _replies(session, [message for message, *_ in rows])
    return {
        message.id: Heard(message, meaning, client, place, replies.get(message.id), call)
        for message, client, place, call in rows
        if (meaning := meaning_of(message))
    }


async def _replies(session: AsyncSession, messages: Collection[Message]) -> dict[int, str]:
    """The first that was said to each of `messages`: a reply is queued in the same moment."""
    rows = await session.execute(
        select(Message.id, Message.client_id, Message.at, Message.text)
        .where(
            Message.client_id.in_({one.client_id for one in messages}),
            Message.at.in_({one.at for one in messages}),
            Message.direction == Direction.OUT,
            Message.kind.in_((MessageKind.REPLY, MessageKind.DANGER, MessageKind.CONFIRMATION)),
        )
        .order_by(Message.id.desc())
    )
    said = rows.all()
    return {
        message.id: reply
        for message in messages
        for id_, client_id, at, reply in said
        if id_ > message.id and client_id == message.client_id and at == message.at
    }


def judgement_of(form: Form, *, may_be_right: bool) -> Judgement:
    """What a form says. Raises `Refused` with the field that must be mended."""
    note = form.one("note")
    if len(note) > LONGEST_NOTE:
        raise Refused(
            N_("A note has at most {longest} characters."), "note", longest=str(LONGEST_NOTE)
        )
    if may_be_right and form.one("verdict") == "right":
        return Judgement(None, note=note or None)
    if may_be_right and form.one("verdict") != "wrong":
        raise Refused(N_("Choose whether it was understood rightly."), "verdict")
    try:
        label = Label(form.one("label"))
        also = Label(form.one("also")) if form.one("also") else None
    except ValueError:
        raise Refused(N_("Choose what it was about."), "label") from None
    return Judgement(
        label, None if also is label else also, form.one("urgent") == "yes", note or None
    )


async def correct(service: Service, viewer: Viewer, message_id: int, judgement: Judgement) -> None:
    """Keep what `viewer`, while at work, says that a message meant."""
    async with service.database.write() as session:
        await heard(session, viewer, message_id)
        await keep_mark(session, viewer, message_id, None, judgement, service.now())


async def own_mark(
    session: AsyncSession, viewer: Viewer, message_id: int, review_id: int | None
) -> Mark | None:
    """What `viewer` said of a message before, in that review or while at work."""
    return await session.scalar(
        select(Mark)
        .where(
            Mark.message_id == message_id,
            Mark.staff_member_id == viewer.id,
            Mark.review_id.is_not_distinct_from(review_id),
        )
        .order_by(Mark.id.desc())
        .limit(1)
    )


async def keep_mark(
    session: AsyncSession,
    viewer: Viewer,
    message_id: int,
    review_id: int | None,
    judgement: Judgement,
    now: datetime,
) -> None:
    """Write down a judgement, in place of what the same colleague said before."""
    mark = await own_mark(session, viewer, message_id, review_id)
    if mark is None:
        mark = Mark(message_id=message_id, staff_member_id=viewer.id, review_id=review_id)
        session.add(mark)
    mark.label, mark.also, mark.urgent = judgement.label, judgement.also, judgement.urgent
    mark.note, mark.at, mark.handled_at = judgement.note, now, None


async def corrections(
    session: AsyncSession, viewer: Viewer, ids: Collection[int] | None = None
) -> list[Correction]:
    """What may become a line to train with: corrections of messages that `viewer` may read, oldest
    first, of reviews only when these are finished. Each meaning of a message once. `ids` are those
    of marks. What was opened in an emergency is to be read only. Raises `Hidden` for whoever leads
    no desk."""
    must_lead(viewer)
    viewer = replace(viewer, emergencies=frozenset())
    first = (
        select(func.min(Mark.id))
        .outerjoin(Review, Review.id == Mark.review_id)
        .where(
            Mark.label.is_not(None),
            Mark.handled_at.is_(None),
            or_(Mark.review_id.is_(None), Review.finished_at.is_not(None)),
        )
        .group_by(Mark.message_id, Mark.label, Mark.also, Mark.urgent)
    )
    chosen = (
        select(Mark, Message.text, Message.language, Client)
        .join(Message, Message.id == Mark.message_id)
        .join(Enrolment, Enrolment.id == Message.enrolment_id)
        .join(Client, Client.id == Message.client_id)
        .where(Mark.id.in_(first), sees_enrolment(viewer), reads_message(viewer))
        .order_by(Mark.id)
        .limit(MOST_LINES)
    )
    if ids is not None:
        chosen = chosen.where(Mark.id.in_(ids))
    rows = (await session.execute(chosen)).all()
    names = await _names(session, [client for _, _, _, client in rows])
    return [
        Correction(
            mark,
            language or client.language,
            nameless(text, names)[:LONGEST_LINE],
            client.id,
        )
        for mark, text, language, client in rows
    ]


async def handled(
    service: Service, viewer: Viewer, ids: Collection[int], *, exported: bool
) -> list[Correction]:
    """These corrections are exported, or put aside; with all that was said of the same messages.
    What another lead handled before is not among those that are returned."""
    async with service.database.write() as session:
        found = await corrections(session, viewer, ids)
        now = service.now()
        await session.execute(
            update(Mark)
            .where(
                Mark.message_id.in_([one.mark.message_id for one in found]),
                Mark.handled_at.is_(None),
                Mark.label.is_not(None),
            )
            .values(handled_at=now)
        )
        session.add_all(
            AuditEntry(
                at=now,
                staff_member_id=viewer.id,
                action="export_corrections" if exported else "set_aside",
                client_id=one.client_id,
            )
            for one in found
        )
        return found


async def _names(session: AsyncSession, clients: Sequence[Client]) -> set[str]:
    """The first names of these clients and of those on the same telephones, and the colleagues'."""
    if not clients:
        return set()
    phones = {one.phone_of_id or one.id for one in clients}
    family = await session.scalars(
        select(Client.first_name).where(or_(Client.phone_of_id.in_(phones), Client.id.in_(phones)))
    )
    colleagues = await session.scalars(select(StaffMember.name))
    places = await session.scalars(select(Municipality.name))
    return {*(one.first_name for one in clients), *family, *colleagues, *places}
