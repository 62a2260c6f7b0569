"""The conversation as a colleague may read it. What may not be read does not leave the database."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import N_, Service
from conversations.understanding.labels import Label, Mood
from conversations.words import Answer, Channel, Direction, MessageKind, MessageStatus, Topic
from scheduler.calendar import Hours, local_day
from staff.access import Viewer, reads_call, reads_message
from staff.labels import LABELS
from storage.models import AuditEntry, Enrolment, Escalation, Message

MOST = 80
_UNDERSTOOD = (
    Message.language,
    Message.label,
    Message.also,
    Message.mood,
    Message.urgent,
    Message.sure,
)
_CHOICE = re.compile(r"\[(\w+)\]")
_CHOICES: Mapping[str, str] = {
    **LABELS[Topic],
    **LABELS[Answer],
    "yes": N_("yes"),
    "no": N_("no"),
}
_BARE = {
    "bijlage": N_("Sent a photo, sound or file. It is not kept."),
    "start": N_("Opened the chat."),
}


@dataclass(frozen=True)
class Meaning:
    """What was understood of a message (see `storage.models.Message`)."""

    label: Label
    also: Label | None
    mood: Mood
    urgent: bool
    sure: bool


@dataclass(frozen=True)
class Line:
    """One message, at the moment it came or went. `text` is None when it is for the other side
    only; `choice` and `bare` are msgids for what was not typed; `call` is the reference of the
    call for help that it belongs to and `topic` what that is about; `danger`: it speaks of it;
    `language` what it is written in, "" when that is unknown; `mends`: the colleague may say that
    it meant something else; `by_colleague`: a colleague wrote it."""

    id: int
    at: datetime
    direction: Direction
    channel: Channel
    status: MessageStatus
    text: str | None
    choice: str | None = None
    bare: str | None = None
    buttons: tuple[str, ...] = ()
    error: str | None = None
    not_before: datetime | None = None
    call: str | None = None
    topic: Topic | None = None
    danger: bool = False
    language: str = ""
    meaning: Meaning | None = None
    mends: bool = False
    by_colleague: bool = False

    @property
    def is_in(self) -> bool:
        """Whether the client wrote it."""
        return self.direction is Direction.IN


@dataclass(frozen=True)
class Day:
    """The messages of one day in the municipality's wall time."""

    day: date
    at: datetime
    lines: list[Line]


async def read(
    session: AsyncSession,
    viewer: Viewer,
    enrolments: Collection[Enrolment],
    shared: Collection[int],
    *,
    before: int | None = None,
    since: datetime | None = None,
    most: int = MOST,
) -> list[Line]:
    """The last `most` messages in `enrolments`, oldest first; those before message `before`."""
    readable = reads_message(viewer)
    places = {enrolment.id: enrolment.municipality_id for enrolment in enrolments}
    clients = {enrolment.client_id for enrolment in enrolments}
    chosen = (
        select(
            Message.id,
            Message.enrolment_id,
            Message.at,
            Message.direction,
            Message.channel,
            Message.kind,
            Message.status,
            Message.buttons,
            Message.error,
            Message.not_before,
            Message.sent_at,
            case((readable, Message.text), else_=null()).label("text"),
            *(case((readable, one), else_=null()).label(one.key) for one in _UNDERSTOOD),
            Escalation,
        )
        .outerjoin(Escalation, Escalation.id == Message.escalation_id)
        .where(Message.client_id.in_(clients), Message.enrolment_id.in_(places))
        .order_by(Message.id.desc())
        .limit(most)
    )
    if before is not None:
        chosen = chosen.where(Message.id < before)
    if since is not None:
        chosen = chosen.where(Message.at >= since)
    lines = []
    for row in await session.execute(chosen):
        call = row.Escalation
        reads = call is not None and reads_call(viewer, call, places[call.enrolment_id], shared)
        topic = call.topic if reads else None
        is_danger = topic is Topic.DANGER or row.kind is MessageKind.DANGER
        is_by_colleague = row.kind is MessageKind.STAFF and call is not None
        choice, bare = _untyped(row.direction, row.text)
        lines.append(
            Line(
                row.id,
                row.sent_at or row.at,
                row.direction,
                row.channel,
                row.status,
                row.text,
                choice,
                bare,
                tuple(label for label, _ in row.buttons or ()) if row.text is not None else (),
                row.error,
                row.not_before,
                call.reference if reads else None,
                topic,
                is_danger and row.text is not None,
                row.language or "",
                meaning_of(row),
                row.label is not None and places[row.enrolment_id] in viewer.municipalities,
                is_by_colleague and row.text is not None,
            )
        )
    return lines[::-1]


def meaning_of(row: Any) -> Meaning | None:
    """What was understood, of a row with the columns of a message."""
    if row.label is None:
        return None
    return Meaning(row.label, row.also, row.mood, bool(row.urgent), bool(row.sure))


def days(lines: Collection[Line], zone: str) -> Iterator[Day]:
    """The lines by day; several in a row that may not be read are one."""
    current: Day | None = None
    for line in lines:
        day = local_day(line.at, Hours(zone))
        if current is None or current.day != day:
            if current is not None:
                yield current
            current = Day(day, line.at, [])
        if line.text is None and current.lines and current.lines[-1].text is None:
            continue
        current.lines.append(line)
    if current is not None:
        yield current


async def note_reading(
    service: Service,
    viewer: Viewer,
    client_id: int,
    detail: str | None = None,
    *,
    action: str = "read",
) -> None:
    """Write down that `viewer` reads a conversation, or prints or exports it, before they do
    (rule 8). The only way: each page, export or print that shows words begins with it."""
    await note_readings(service, viewer, {client_id}, detail, action=action)


async def note_readings(
    service: Service,
    viewer: Viewer,
    client_ids: Collection[int],
    detail: str | None = None,
    *,
    action: str = "read",
) -> None:
    """Write down the same of each of these clients, before `viewer` reads words of theirs."""
    async with service.database.write() as session:
        session.add_all(
            AuditEntry(
                at=service.now(),
                staff_member_id=viewer.id,
                action=_in_emergency(viewer, client_id, action),
                client_id=client_id,
                detail=detail,
            )
            for client_id in sorted(client_ids)
        )


def _in_emergency(viewer: Viewer, client_id: int, action: str) -> str:
    opened = action == "read" and client_id in viewer.emergencies
    return "read_in_emergency" if opened else action


def _untyped(direction: Direction, text: str | None) -> tuple[str | None, str | None]:
    found = _CHOICE.fullmatch(text) if text and direction is Direction.IN else None
    if found is None:
        return None, None
    return _CHOICES.get(found[1]), _BARE.get(found[1])
