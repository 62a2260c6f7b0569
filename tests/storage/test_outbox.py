"""What waits to be sent: who may send it, when, how often, and what became of it."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, text

from aftercare.service import Service
from conversations.words import Channel, MessageKind, MessageStatus, Standing
from storage import outbox
from storage.database import Database
from storage.encryption import ring
from storage.models import Client, Message
from storage.outbox import Settled
from storage.pace import Pace
from tests.storage.rows import add_client, add_message, message, set_standing, status
from tests.storage.senders import at, claim, send, travel

SENDABLE = {
    Standing.INVITED: {MessageKind.INVITATION, MessageKind.REPLY, MessageKind.DANGER},
    Standing.LAPSED: {MessageKind.INVITATION, MessageKind.REPLY, MessageKind.DANGER},
    Standing.ACTIVE: {
        MessageKind.ROUTINE,
        MessageKind.STAFF,
        MessageKind.REPLY,
        MessageKind.DANGER,
    },
    Standing.COMPLETED: {
        MessageKind.ROUTINE,
        MessageKind.STAFF,
        MessageKind.REPLY,
        MessageKind.DANGER,
    },
    Standing.DECLINED: {MessageKind.CONFIRMATION, MessageKind.DANGER},
    Standing.WITHDRAWN: {MessageKind.CONFIRMATION, MessageKind.DANGER},
}


async def test_a_claimed_message_says_what_goes_where(service: Service) -> None:
    enrolment = await add_client(service, 7)
    message_id = await add_message(service, enrolment, text="Hoi Amina")
    (parcel,) = await claim(service)
    assert (parcel.id, parcel.address, parcel.text) == (message_id, "+31600000007", "Hoi Amina")
    assert parcel.attempts == 1
    assert await status(service, message_id) is MessageStatus.SENDING


async def test_a_message_is_claimed_once_by_however_many_senders(service: Service) -> None:
    enrolments = [await add_client(service, number) for number in range(1, 21)]
    queued = [await add_message(service, one) for one in enrolments]
    others = [Database(service.database.url, durable=False) for _ in range(3)]
    senders = [service.database, *others]
    claimed = await asyncio.gather(
        *(outbox.claim(one, Channel.SMS, service.now(), 7) for one in senders for _ in range(3))
    )
    for one in others:
        await one.close()
    ids = [parcel.id for parcels in claimed for parcel in parcels]
    assert len(ids) == len(set(ids))
    rest = [parcel.id for parcel in await claim(service)]
    assert sorted(ids + rest) == sorted(queued)


async def test_a_channel_takes_only_its_own(service: Service) -> None:
    chat = await add_client(service, 1, channel=Channel.TELEGRAM)
    message_id = await add_message(service, chat, channel=Channel.TELEGRAM)
    assert await claim(service) == []
    (parcel,) = await claim(service, channel=Channel.TELEGRAM)
    assert (parcel.id, parcel.address) == (message_id, "1")


async def test_replies_go_before_the_request_and_that_before_check_ins(service: Service) -> None:
    kinds = [MessageKind.ROUTINE, MessageKind.INVITATION, MessageKind.REPLY, MessageKind.DANGER]
    for number, kind in enumerate(kinds, start=1):
        standing = Standing.INVITED if kind is MessageKind.INVITATION else Standing.ACTIVE
        await add_message(service, await add_client(service, number, standing=standing), kind)
    sent = [(await claim(service, limit=1))[0].kind for _ in kinds]
    assert set(sent[:2]) == {MessageKind.REPLY, MessageKind.DANGER}
    assert sent[2:] == [MessageKind.INVITATION, MessageKind.ROUTINE]


async def test_one_persons_messages_keep_their_order(service: Service) -> None:
    enrolment = await add_client(service)
    queued = [await add_message(service, enrolment, text=f"{n}") for n in range(5)]
    assert [parcel.id for parcel in await send(service)] == queued


async def test_a_person_gets_one_message_at_a_time(service: Service) -> None:
    enrolment = await add_client(service)
    first, second = [await add_message(service, enrolment) for _ in range(2)]
    assert [parcel.id for parcel in await claim(service)] == [first]
    assert await claim(service) == []
    sent = [Settled(first, MessageStatus.SENT, "SM1")]
    await outbox.settle(service.database, sent, service.now())
    assert [parcel.id for parcel in await claim(service)] == [second]


async def test_a_message_that_waits_to_be_tried_again_is_not_overtaken(service: Service) -> None:
    enrolment = await add_client(service)
    first = await add_message(service, enrolment)
    await claim(service)
    again = Settled(first, MessageStatus.QUEUED, again_at=service.now() + timedelta(minutes=1))
    await outbox.settle(service.database, [again], service.now())
    second = await add_message(service, enrolment)
    danger = await add_message(service, enrolment, MessageKind.DANGER)
    assert [parcel.id for parcel in await send(service)] == [danger]
    travel(service, timedelta(minutes=1))
    assert [parcel.id for parcel in await send(service)] == [first, second]


async def test_the_pace_of_a_channel_holds_over_all_senders(service: Service) -> None:
    for number in range(1, 31):
        await add_message(service, await add_client(service, number))
    other = Database(service.database.url, durable=False)
    pace = Pace(per_second=10)
    for wanted in (10, 10, 10):
        claimed = await asyncio.gather(
            *(
                outbox.claim(one, Channel.SMS, service.now(), 50, pace)
                for one in (service.database, other)
            )
        )
        assert sum(map(len, claimed)) == wanted
        travel(service, timedelta(seconds=1))
    await other.close()


async def test_a_chat_gets_no_two_messages_in_a_second(service: Service) -> None:
    chat = await add_client(service, 1, channel=Channel.TELEGRAM)
    for _ in range(2):
        await add_message(service, chat, channel=Channel.TELEGRAM)
    pace = Pace(per_second=30, apart=timedelta(seconds=1))

    async def take() -> int:
        found = await outbox.claim(service.database, Channel.TELEGRAM, service.now(), 9, pace)
        results = [Settled(one.id, MessageStatus.SENT, f"{one.id}") for one in found]
        await outbox.settle(service.database, results, service.now())
        return len(found)

    assert [await take(), await take()] == [1, 0]
    travel(service, timedelta(seconds=1.1))
    assert await take() == 1


async def test_what_is_not_due_waits(service: Service) -> None:
    later = service.now() + timedelta(minutes=10)
    message_id = await add_message(service, await add_client(service), not_before=later)
    assert await claim(service) == []
    travel(service, timedelta(minutes=10))
    assert [parcel.id for parcel in await claim(service)] == [message_id]


async def test_what_is_too_late_expires_and_is_never_sent(service: Service) -> None:
    message_id = await add_message(
        service, await add_client(service), expires_at=service.now() + timedelta(hours=1)
    )
    travel(service, timedelta(hours=1))
    assert await claim(service) == []
    assert await status(service, message_id) is MessageStatus.EXPIRED
    assert await claim(service) == []


@pytest.mark.parametrize("standing", list(Standing))
async def test_consent_is_checked_again_right_before_sending(
    service: Service, standing: Standing
) -> None:
    queued = {}
    for number, kind in enumerate(MessageKind, start=1):
        enrolment = await add_client(service, number)
        queued[await add_message(service, enrolment, kind)] = kind
        await set_standing(service, enrolment, standing)
    claimed = {parcel.kind for parcel in await claim(service)}
    assert claimed == SENDABLE[standing]
    for message_id, kind in queued.items():
        if kind not in claimed:
            assert await status(service, message_id) is MessageStatus.CANCELLED


async def test_nothing_goes_to_a_closed_address_and_it_says_why(service: Service) -> None:
    enrolment = await add_client(service)
    message_id = await add_message(service, enrolment)
    async with service.database.write() as session:
        (await session.get_one(Client, enrolment.client_id)).channel_stopped = "twilio 21610"
    assert await claim(service) == []
    cancelled = await message(service, message_id)
    assert (cancelled.status, cancelled.error) == (MessageStatus.CANCELLED, "twilio 21610")


async def test_whoever_has_no_address_on_the_channel_is_a_failure_and_not_a_loop(
    service: Service,
) -> None:
    enrolment = await add_client(service)
    message_id = await add_message(service, enrolment, channel=Channel.TELEGRAM)
    assert await claim(service, channel=Channel.TELEGRAM) == []
    assert await status(service, message_id) is MessageStatus.FAILED


# Rule 10: quiet hours, and not too much.


@pytest.mark.parametrize("kind", [MessageKind.INVITATION, MessageKind.ROUTINE])
@pytest.mark.parametrize(
    "moment", ["2026-03-03T22:00", "2026-03-04T05:00", "2026-03-08T12:00", "2026-04-06T12:00"]
)
async def test_of_our_own_accord_nothing_goes_out_at_night_or_on_sundays_and_holidays(
    service: Service, kind: MessageKind, moment: str
) -> None:
    at(service, moment)
    standing = Standing.INVITED if kind is MessageKind.INVITATION else Standing.ACTIVE
    enrolment = await add_client(service, standing=standing)
    message_id = await add_message(
        service, enrolment, kind, expires_at=service.now() + timedelta(days=3)
    )
    assert await claim(service) == []
    waiting = await message(service, message_id)
    assert waiting.status is MessageStatus.QUEUED
    assert waiting.not_before is not None
    service.clock.travel_to(waiting.not_before)
    assert [parcel.id for parcel in await claim(service)] == [message_id]


@pytest.mark.parametrize("kind", [MessageKind.REPLY, MessageKind.DANGER])
async def test_whoever_writes_at_night_is_answered_at_night(
    service: Service, kind: MessageKind
) -> None:
    at(service, "2026-03-08T02:00")
    message_id = await add_message(service, await add_client(service), kind)
    assert [parcel.id for parcel in await claim(service)] == [message_id]


async def test_a_second_check_in_waits_three_days(service: Service) -> None:
    enrolment = await add_client(service)
    sent = service.now() - timedelta(days=2)
    await add_message(
        service, enrolment, MessageKind.ROUTINE, status=MessageStatus.DELIVERED, sent_at=sent
    )
    second = await add_message(
        service, enrolment, MessageKind.ROUTINE, expires_at=service.now() + timedelta(days=3)
    )
    assert await claim(service) == []
    waiting = await message(service, second)
    assert waiting.not_before is not None
    assert waiting.not_before >= sent + timedelta(days=3)
    service.clock.travel_to(waiting.not_before)
    assert [parcel.id for parcel in await claim(service)] == [second]


@pytest.mark.parametrize(
    "before", [MessageStatus.SENDING, MessageStatus.SENT, MessageStatus.UNCERTAIN]
)
async def test_a_message_that_may_have_arrived_counts(
    service: Service, before: MessageStatus
) -> None:
    enrolment = await add_client(service)
    hour_ago = service.now() - timedelta(hours=1)
    await add_message(service, enrolment, MessageKind.ROUTINE, status=before, sent_at=hour_ago)
    await add_message(service, enrolment, MessageKind.ROUTINE)
    assert await claim(service) == []


@pytest.mark.parametrize(
    "before", [MessageStatus.EXPIRED, MessageStatus.CANCELLED, MessageStatus.FAILED]
)
async def test_a_message_that_never_arrived_does_not_count(
    service: Service, before: MessageStatus
) -> None:
    enrolment = await add_client(service)
    await add_message(service, enrolment, MessageKind.ROUTINE, status=before)
    await add_message(service, enrolment, MessageKind.ROUTINE)
    assert len(await claim(service)) == 1


async def test_two_check_ins_that_wait_together_do_not_go_out_together(service: Service) -> None:
    enrolment = await add_client(service)
    for _ in range(3):
        await add_message(
            service, enrolment, MessageKind.ROUTINE, expires_at=service.now() + timedelta(days=9)
        )
    sent = []
    for _ in range(12):
        sent += [service.now()] * len(await send(service))
        travel(service, timedelta(days=1))
    assert len(sent) == 3
    assert all(later - earlier >= timedelta(days=3) for earlier, later in pairwise(sent))


async def test_two_senders_do_not_send_two_check_ins_to_one_person(service: Service) -> None:
    enrolment = await add_client(service)
    for _ in range(4):
        await add_message(service, enrolment, MessageKind.ROUTINE)
    other = Database(service.database.url, durable=False)
    claimed = await asyncio.gather(
        *(outbox.claim(one, Channel.SMS, service.now(), 1) for one in (service.database, other))
    )
    await other.close()
    assert sum(map(len, claimed)) <= 1


async def test_no_more_than_three_of_our_own_accord_in_a_day(service: Service) -> None:
    enrolment = await add_client(service, standing=Standing.INVITED)
    for _ in range(6):
        await add_message(
            service,
            enrolment,
            MessageKind.INVITATION,
            expires_at=service.now() + timedelta(days=9),
        )
    assert len(await send(service)) == 3
    travel(service, timedelta(hours=2))
    assert await send(service) == []
    travel(service, timedelta(days=1))
    assert len(await send(service)) == 3


async def test_replies_are_not_counted(service: Service) -> None:
    enrolment = await add_client(service)
    for _ in range(6):
        await add_message(service, enrolment)
    assert len(await send(service)) == 6


async def test_a_message_that_was_changed_on_the_disk_holds_up_nobody_else(
    service: Service,
) -> None:
    first, second = [
        await add_message(service, await add_client(service, number)) for number in (1, 2)
    ]
    async with service.database.write() as session:
        await session.execute(
            text("UPDATE message SET text = :changed WHERE id = :first"),
            {"first": first, "changed": ring().encrypt("hallo", "another.place")},
        )
    (parcel,) = await claim(service)
    assert parcel.id == second
    async with service.database.read() as session:
        rows = await session.execute(
            select(Message.status, Message.error).where(Message.id == first)
        )
        assert rows.one() == (MessageStatus.FAILED, "unreadable")
