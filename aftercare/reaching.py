"""Another number or channel for somebody: the old address hears nothing more, the new one is asked.

Whoever has the new address has not said yes to anything. So the plan stops, what waits to be sent
is taken back, and the request for consent goes out anew; with the yes the plan is made again from
where the track is by then (rule 1). A number that is only for calling is simply written down.
"""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from aftercare import household, plans
from aftercare.changing import Change, changing
from aftercare.enrolment import invite
from aftercare.people import mobile_number
from aftercare.service import N_, Refused, Service
from aftercare.subject import kept
from conversations.turns import State
from conversations.words import (
    ChangeKind,
    Channel,
    Direction,
    MessageKind,
    MessageStatus,
    Purpose,
    Standing,
)
from storage.encryption import ring
from storage.models import Client, Consent, Message, StaffMember

REACHABLE = (Standing.INVITED, Standing.LAPSED, Standing.ACTIVE)


async def reach(
    service: Service, reference: str, by: StaffMember, reason: str, channel: Channel, number: str
) -> str | None:
    """From now on over `channel`, with `number` ("" for none). Returns the token of a Telegram
    link, kept nowhere else, if the client must open one. Raises `Refused`."""
    taken = N_("Somebody else is enrolled with this number. Who shares a telephone is enrolled so.")
    try:
        async with changing(service, reference, by, reason, REACHABLE) as change:
            client = change.subject.client
            written = mobile_number(number, trial=service.trial) if number.strip() else None
            if channel is Channel.SMS and written is None:
                raise Refused(N_("For SMS a mobile number is needed."), "number")
            if (channel, written) == (client.channel, client.number):
                raise Refused(N_("The client is reached this way already."), "number")
            if change.subject.enrolment.held_at is not None:
                raise Refused(
                    N_("Nothing may be sent to this client now. The municipality can say why.")
                )
            is_new = channel is not client.channel or (
                channel is Channel.SMS and written != client.number
            )
            if written != client.number:
                await _move_to(change, written, taken)
            change.keep(ChangeKind.CHANNEL, action="reach")
            return await _ask_anew(change, channel) if is_new else None
    except IntegrityError:
        raise Refused(taken, "number") from None


async def _move_to(change: Change, number: str | None, taken: str) -> None:
    """The client has another number. Who shared the one before keep it."""
    session, client = change.session, change.subject.client
    digest = ring().look_up("number", number) if number else None
    if digest and await session.scalar(select(Client.id).where(Client.number_hash == digest)):
        raise Refused(taken, "number")
    if client.phone_of_id is None and client.shares_phone:
        before = client.number_hash
        client.number_hash = None
        await session.flush()
        others = (await household.members(session, change.subject))[1:]
        heir = others[0].client
        heir.phone_of_id, heir.number_hash = None, before
        for one in others[1:]:
            one.client.phone_of_id = heir.id
        heir.shares_phone = len(others) > 1
    elif client.phone_of_id is not None:
        await _leave(change, client.phone_of_id)
    client.number, client.number_hash = number, digest
    client.phone_of_id, client.shares_phone, client.phone_question = None, False, None
    await session.flush()


async def _leave(change: Change, first_id: int) -> None:
    """One fewer on the telephone of the client `first_id`, who may be alone on it now."""
    others = await change.session.scalar(
        select(Client.id).where(
            Client.phone_of_id == first_id, Client.id != change.subject.client.id
        )
    )
    if others is None:
        first = await change.session.get_one(Client, first_id)
        first.shares_phone, first.phone_question = False, None


async def _ask_anew(change: Change, channel: Channel) -> str | None:
    session, subject, now = change.session, change.subject, change.now
    client, enrolment = subject.client, subject.enrolment
    client.channel, client.channel_stopped = channel, None
    client.chat = client.chat_hash = None
    await session.execute(
        update(Message)
        .where(
            Message.client_id == client.id,
            Message.direction == Direction.OUT,
            Message.status == MessageStatus.QUEUED,
            Message.kind != MessageKind.DANGER,
        )
        .values(status=MessageStatus.CANCELLED)
    )
    await session.execute(
        update(Consent)
        .where(
            Consent.enrolment_id == enrolment.id,
            Consent.purpose != Purpose.SHARE,
            Consent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
    )
    if enrolment.standing is Standing.ACTIVE:
        await plans.cancel(session, enrolment.id)
        enrolment.plan_version += 1
    enrolment.standing, enrolment.ended_at = Standing.INVITED, None
    enrolment.dialogue = kept(State(question=subject.state.question))
    enrolment.silent_at = enrolment.link_hash = None
    await session.flush()
    token, _ = await invite(session, subject, now)
    return token
