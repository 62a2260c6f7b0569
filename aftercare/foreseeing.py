"""What a change would lead to, seen before it is made: the plan now and then, and what is said.

The change itself is tried, in a transaction that is undone; so what is foreseen is what comes.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare import plans
from aftercare.service import N_, Refused, Service
from aftercare.subject import Subject, current
from conversations.words import Channel, Direction, Form, Standing
from storage.models import Client, Message, StaffMember

Deed = Callable[[Service], Awaitable[object]]
"""A use case with everything filled in but the service."""


@dataclass(frozen=True)
class Plan:
    """How a track stands: who, how, until when, and what is still to be asked, by step."""

    standing: Standing
    form: Form
    language: str
    channel: Channel
    number: str | None
    werkcoach: str | None
    consulent: str | None
    ends_at: datetime | None
    stands_still: bool
    steps: Mapping[str, datetime]


@dataclass(frozen=True)
class Outlook:
    """The plan before and after a change, and each message that the client gets, with the first
    moment at which it goes."""

    before: Plan
    after: Plan
    messages: tuple[tuple[str, datetime], ...]


async def foresee(service: Service, reference: str, deed: Deed) -> Outlook:
    """What `deed` would do to the client `reference`. Nothing is kept. Raises `Refused`, as the
    deed itself does."""
    async with service.database.trying() as trial:
        async with trial.write() as session:
            before = await _plan(session, reference)
            last = await session.scalar(select(func.max(Message.id))) or 0
        await deed(replace(service, database=trial))
        async with trial.write() as session:
            session.expire_all()
            after = await _plan(session, reference)
            rows = await session.execute(
                select(Message.text, Message.not_before)
                .join(Client, Client.id == Message.client_id)
                .where(
                    Client.reference == reference,
                    Message.direction == Direction.OUT,
                    Message.id > last,
                )
                .order_by(Message.id)
            )
            said = tuple((text, when) for text, when in rows if when is not None)
    return Outlook(before, after, said)


async def _plan(session: AsyncSession, reference: str) -> Plan:
    subject = await current(session, Client.reference, reference)
    if subject is None:
        raise Refused(N_("There is no client {reference}."), reference=reference)
    client, enrolment = subject.client, subject.enrolment
    return Plan(
        enrolment.standing,
        enrolment.form,
        client.language,
        client.channel,
        client.number,
        await _name(session, enrolment.werkcoach_id),
        await _name(session, enrolment.consulent_id),
        enrolment.ends_at,
        enrolment.held_at is not None,
        await _steps(session, subject),
    )


async def _steps(session: AsyncSession, subject: Subject) -> Mapping[str, datetime]:
    rows = await plans.planned(session, subject)
    return {one.step: one.due_at for one in rows}


async def _name(session: AsyncSession, staff_member_id: int | None) -> str | None:
    if staff_member_id is None:
        return None
    return (await session.get_one(StaffMember, staff_member_id)).name
