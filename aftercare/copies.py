"""Everything that is kept about a person, as one document to hand over (AVG, article 15 and 20).

The two organisations share a client but not each other's secrets, and a copy is made by a
colleague of one of them. So it holds what that colleague may read, and says where there is more:
the client asks the other organisation for that part.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from conversations.topics import side_of
from conversations.words import Role
from storage.models import (
    AuditEntry,
    CheckIn,
    Client,
    Consent,
    Desk,
    Enrolment,
    Escalation,
    Handing,
    Instrument,
    InstrumentUse,
    Message,
    Municipality,
    Note,
    Outcome,
    PlanChange,
    StaffMember,
)

Item = dict[str, Any]


@dataclass(frozen=True)
class Readable:
    """What whoever makes the copy may read: decided by the caller (`staff.access`)."""

    words: ColumnElement[bool]
    call: Callable[[Escalation], bool]
    notes: Callable[[Escalation], bool]
    reason: Callable[[Role | None, int], bool]


async def collect(
    session: AsyncSession,
    client: Client,
    enrolments: Collection[Enrolment],
    readable: Readable,
    now: datetime,
) -> Item:
    """The copy: plain values, moments as ISO in UTC, words of the house as they are stored."""
    ids = [one.id for one in enrolments]
    parts = {
        "consents": await _consents(session, ids),
        "check_ins": await _check_ins(session, ids),
        "messages": await _messages(session, ids, readable),
        "calls_for_help": await _calls(session, ids, readable),
        "plan_changes": await _changes(session, ids, readable),
    }
    tracks = []
    for enrolment in enrolments:
        about = await _track(session, enrolment)
        tracks.append(about | {name: part[enrolment.id] for name, part in parts.items()})
    return {
        "made_at": _iso(now),
        "reference": client.reference,
        "first_name": client.first_name,
        "number": client.number,
        "telegram_chat": client.chat,
        "channel": client.channel,
        "language": client.language,
        "known_since": _iso(client.created_at),
        "tracks": tracks,
        "who_looked_and_acted": await _looked(session, client.id),
        "withheld": any(
            item.get("withheld") or item.get("notes_withheld")
            for track in tracks
            for name in parts
            for item in track[name]
        ),
    }


async def _track(session: AsyncSession, enrolment: Enrolment) -> Item:
    place = await session.get_one(Municipality, enrolment.municipality_id)
    coach = await session.get(StaffMember, enrolment.werkcoach_id or 0)
    consultant = await session.get(StaffMember, enrolment.consulent_id or 0)
    return {
        "municipality": place.name,
        "form": enrolment.form,
        "standing": enrolment.standing,
        "first_working_day": enrolment.first_working_day.isoformat(),
        "contract_end": enrolment.contract_end.isoformat() if enrolment.contract_end else None,
        "benefit_ended_for": enrolment.exit_reason,
        "werkcoach": coach.name if coach else None,
        "inkomensconsulent": consultant.name if consultant else None,
        "enrolled_at": _iso(enrolment.created_at),
        "ends_at": _iso(enrolment.ends_at),
        "ended_at": _iso(enrolment.ended_at),
        "job_lost_at": _iso(enrolment.job_lost_at),
        "works_at_end": enrolment.works_at_end,
    }


async def _consents(session: AsyncSession, ids: Collection[int]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for one in await session.scalars(
        select(Consent).where(Consent.enrolment_id.in_(ids)).order_by(Consent.id)
    ):
        found[one.enrolment_id].append(
            {
                "purpose": one.purpose,
                "wording": one.wording,
                "given_at": _iso(one.given_at),
                "withdrawn_at": _iso(one.withdrawn_at),
            }
        )
    return found


async def _check_ins(session: AsyncSession, ids: Collection[int]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for one in await session.scalars(
        select(CheckIn).where(CheckIn.enrolment_id.in_(ids)).order_by(CheckIn.due_at, CheckIn.id)
    ):
        found[one.enrolment_id].append(
            {
                "step": one.step,
                "due_at": _iso(one.due_at),
                "status": one.status,
                "asked_at": _iso(one.asked_at),
                "answer": one.answer,
                "answered_at": _iso(one.answered_at),
            }
        )
    return found


async def _messages(
    session: AsyncSession, ids: Collection[int], readable: Readable
) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    rows = await session.execute(
        select(
            Message.enrolment_id,
            Message.at,
            Message.direction,
            Message.channel,
            Message.status,
            case((readable.words, Message.text), else_=null()).label("text"),
            *(Message.label, Message.also, Message.mood, Message.urgent, Message.language),
        )
        .where(Message.enrolment_id.in_(ids))
        .order_by(Message.id)
    )
    for enrolment_id, at, direction, channel, status, text, label, also, *rest in rows:
        about: Item = {
            "at": _iso(at),
            "direction": direction,
            "channel": channel,
            "status": status,
            "text": text,
            "withheld": text is None,
        }
        if text is not None and label is not None:
            kept = (label, also, *rest)
            names = ("label", "also", "mood", "urgent", "language")
            about["understood_as"] = dict(zip(names, kept, strict=True))
        found[enrolment_id].append(about)
    return found


async def _calls(
    session: AsyncSession, ids: Collection[int], readable: Readable
) -> dict[int, list[Item]]:
    used: dict[int | None, list[str]] = defaultdict(list)
    for call_id, name in await session.execute(
        select(InstrumentUse.escalation_id, Instrument.name)
        .join(Instrument, Instrument.id == InstrumentUse.instrument_id)
        .where(InstrumentUse.enrolment_id.in_(ids))
        .order_by(Instrument.name)
    ):
        used[call_id].append(name)
    notes, hands = await _notes(session, ids), await _hands(session, ids)
    found: dict[int, list[Item]] = defaultdict(list)
    for call, desk, owner, outcome in await session.execute(
        select(Escalation, Desk.name, StaffMember.name, Outcome)
        .join(Desk, Desk.id == Escalation.desk_id)
        .outerjoin(StaffMember, StaffMember.id == Escalation.owner_id)
        .outerjoin(Outcome, Outcome.escalation_id == Escalation.id)
        .where(Escalation.enrolment_id.in_(ids))
        .order_by(Escalation.id)
    ):
        about: Item = {"group": side_of(call.topic), "status": call.status, "withheld": True}
        if readable.call(call):
            about |= {
                "withheld": False,
                "reference": call.reference,
                "topic": call.topic,
                "urgency": call.urgency,
                "desk": desk,
                "colleague": owner,
                "asked_at": _iso(call.opened_at),
                "contact_promised_by": _iso(call.deadline),
                "contacted_at": _iso(call.contacted_at),
                "resolved_at": _iso(call.resolved_at),
                "outcome": outcome.kind if outcome else None,
                "note": outcome.note if outcome else None,
                "you_said_it_helped": call.helped,
                "instruments": used[call.id],
                "came_into_other_hands": [
                    one if readable.notes(call) else one | {"reason": None}
                    for one in hands[call.id]
                ],
                "notes": notes[call.id] if readable.notes(call) else [],
                "notes_withheld": bool(notes[call.id]) and not readable.notes(call),
            }
        found[call.enrolment_id].append(about)
    return found


async def _notes(session: AsyncSession, ids: Collection[int]) -> dict[int, list[Item]]:
    """By call: what colleagues wrote down at it."""
    found: dict[int, list[Item]] = defaultdict(list)
    for note, name in await session.execute(
        select(Note, StaffMember.name)
        .join(Escalation, Escalation.id == Note.escalation_id)
        .join(StaffMember, StaffMember.id == Note.staff_member_id)
        .where(Escalation.enrolment_id.in_(ids))
        .order_by(Note.id)
    ):
        found[note.escalation_id].append({"at": _iso(note.at), "by": name, "text": note.text})
    return found


async def _hands(session: AsyncSession, ids: Collection[int]) -> dict[int, list[Item]]:
    """By call: how it came from hand to hand."""
    found: dict[int, list[Item]] = defaultdict(list)
    by, to = aliased(StaffMember), aliased(StaffMember)
    for handing, desk, giver, taker in await session.execute(
        select(Handing, Desk.name, by.name, to.name)
        .join(Escalation, Escalation.id == Handing.escalation_id)
        .join(Desk, Desk.id == Handing.desk_id)
        .outerjoin(by, by.id == Handing.by_id)
        .outerjoin(to, to.id == Handing.to_id)
        .where(Escalation.enrolment_id.in_(ids))
        .order_by(Handing.id)
    ):
        found[handing.escalation_id].append(
            {
                "at": _iso(handing.at),
                "kind": handing.kind,
                "desk": desk,
                "by": giver,
                "to": taker,
                "reason": handing.reason,
            }
        )
    return found


async def _changes(
    session: AsyncSession, ids: Collection[int], readable: Readable
) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    by = aliased(StaffMember)
    for change, name, role in await session.execute(
        select(PlanChange, by.name, by.role)
        .outerjoin(by, by.id == PlanChange.staff_member_id)
        .where(PlanChange.enrolment_id.in_(ids))
        .order_by(PlanChange.id)
    ):
        reads = readable.reason(role, change.enrolment_id)
        found[change.enrolment_id].append(
            {
                "at": _iso(change.at),
                "kind": change.kind,
                "by": name,
                "step": change.step,
                "until": _iso(change.until),
                "reason": change.reason if reads else None,
                "withheld": change.reason is not None and not reads,
            }
        )
    return found


async def _looked(session: AsyncSession, client_id: int) -> list[Item]:
    rows = await session.execute(
        select(AuditEntry.at, StaffMember.name, AuditEntry.action)
        .outerjoin(StaffMember, StaffMember.id == AuditEntry.staff_member_id)
        .where(AuditEntry.client_id == client_id)
        .order_by(AuditEntry.id)
    )
    return [{"at": _iso(at), "who": name, "did": action} for at, name, action in rows]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
