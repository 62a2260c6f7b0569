"""What the command line tells: a client's track and conversation, and the calls for help."""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.people import mobile_number
from aftercare.service import Refused, Service
from aftercare.subject import ClientColumn, current
from conversations.words import Direction, EscalationStatus
from storage.encryption import ring
from storage.models import (
    CheckIn,
    Client,
    Consent,
    Desk,
    Enrolment,
    Escalation,
    Instrument,
    InstrumentUse,
    Message,
    Municipality,
    Outcome,
    StaffMember,
)

Report = dict[str, Any]


async def show(service: Service, named: str) -> Report:
    """All that is known of one client (by reference or number), as plain values for JSON."""
    async with service.database.read() as session:
        subject = await current(session, *_client(service, named))
        if subject is None:
            raise Refused("There is no client {named}.", named=named)
        client, enrolment = subject.client, subject.enrolment
        steps = await session.scalars(
            select(CheckIn)
            .where(CheckIn.enrolment_id == enrolment.id)
            .order_by(CheckIn.due_at, CheckIn.id)
        )
        consents = await session.scalars(
            select(Consent).where(Consent.enrolment_id == enrolment.id).order_by(Consent.id)
        )
        messages = await session.scalars(
            select(Message).where(Message.client_id == client.id).order_by(Message.at, Message.id)
        )
        return {
            "client": client.reference,
            "first_name": client.first_name,
            "number": client.number,
            "channel": client.channel,
            "channel_stopped": client.channel_stopped,
            "language": client.language,
            "municipality": subject.municipality.name,
            "form": enrolment.form,
            "standing": enrolment.standing,
            "exit_reason": enrolment.exit_reason,
            "first_working_day": enrolment.first_working_day,
            "contract_end": enrolment.contract_end,
            "job_lost_at": enrolment.job_lost_at,
            "ends_at": enrolment.ends_at,
            "ended_at": enrolment.ended_at,
            "werkcoach": await _name(session, enrolment.werkcoach_id),
            "inkomensconsulent": await _name(session, enrolment.consulent_id),
            "plan": [
                {
                    "step": one.step,
                    "due_at": one.due_at,
                    "status": one.status,
                    "asked_at": one.asked_at,
                    "answer": one.answer,
                    "answered_at": one.answered_at,
                }
                for one in steps
            ],
            "consents": [
                {
                    "purpose": one.purpose,
                    "wording": one.wording,
                    "given_at": one.given_at,
                    "message": one.message_id,
                    "withdrawn_at": one.withdrawn_at,
                }
                for one in consents
            ],
            "messages": [
                {
                    "id": one.id,
                    "at": one.sent_at or one.at,
                    "direction": one.direction,
                    "channel": one.channel,
                    "status": one.status,
                    "text": one.text,
                    "phrase": one.phrase,
                    "not_before": one.not_before if one.direction is Direction.OUT else None,
                    "error": one.error,
                }
                for one in messages
            ],
            "escalations": await _escalations(session, Escalation.client_id == client.id),
        }


async def escalations(service: Service, *, everything: bool = False) -> list[Report]:
    """The calls for help that are not resolved, or all of them; the most pressing first."""
    wanted = Escalation.status != EscalationStatus.RESOLVED
    async with service.database.read() as session:
        return await _escalations(session, Escalation.id > 0 if everything else wanted)


async def _escalations(session: AsyncSession, which: ColumnElement[bool]) -> list[Report]:
    rows = await session.execute(
        select(Escalation, Desk, Client.reference, Municipality.name, Outcome)
        .join(Desk, Desk.id == Escalation.desk_id)
        .join(Client, Client.id == Escalation.client_id)
        .join(Enrolment, Enrolment.id == Escalation.enrolment_id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .outerjoin(Outcome, Outcome.escalation_id == Escalation.id)
        .where(which)
        .order_by(Escalation.deadline, Escalation.id)
    )
    return [
        {
            "escalation": call.reference,
            "client": client,
            "municipality": municipality,
            "topic": call.topic,
            "urgency": call.urgency,
            "desk": desk.slug,
            "desk_name": desk.name,
            "status": call.status,
            "opened_at": call.opened_at,
            "deadline": call.deadline,
            "owner": await _name(session, call.owner_id),
            "taken_at": call.taken_at,
            "contacted_at": call.contacted_at,
            "resolved_at": call.resolved_at,
            "outcome": outcome.kind if outcome else None,
            "instruments": await _instruments(session, call.id) if outcome else [],
        }
        for call, desk, client, municipality, outcome in rows.all()
    ]


async def _instruments(session: AsyncSession, escalation_id: int) -> list[str]:
    found = await session.scalars(
        select(Instrument.slug)
        .join(InstrumentUse, InstrumentUse.instrument_id == Instrument.id)
        .where(InstrumentUse.escalation_id == escalation_id)
        .order_by(Instrument.slug)
    )
    return list(found)


async def _name(session: AsyncSession, staff_id: int | None) -> str | None:
    person = await session.get(StaffMember, staff_id) if staff_id else None
    return person.name if person else None


def _client(service: Service, named: str) -> tuple[ClientColumn, object]:
    """By reference; anything else is read as a number."""
    try:
        number = mobile_number(named, trial=service.trial)
    except Refused:
        return Client.reference, named.strip().upper()
    return Client.number_hash, ring().look_up("number", number)
