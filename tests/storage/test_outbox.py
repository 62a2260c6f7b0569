"""What waits to be sent: who may send it, when, how often, and what became of it."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.service import Service
from conversations.words import Channel, MessageKind, MessageStatus, Standing
from storage import outbox
from storage.database import Database
from storage.models import Client
from storage.outbox import LEASE, Parcel, Settled
from tests.storage.rows import add_client, add_message, message, set_standing, status

SENDABLE = {
    Standing.INVITED: {MessageKind.INVITATION, MessageKind.REPLY, MessageKind.DANGER},
    Standing.LAPSED: {MessageKind.INVITATION, MessageKind.REPLY, MessageKind.DANGER},
    Standing.ACTIVE: {MessageKind.ROUTINE, MessageKind.REPLY, MessageKind.DANGER},
    Standing.COMPLETED: {MessageKind.ROUTINE, MessageKind.REPLY, MessageKind.DANGER},
    Standing.DECLINED: {MessageKind.CONFIRMATION, MessageKind.DANGER},
    Standing.WITHDRAWN: {MessageKind.CONFIRMATION, MessageKind.DANGER},
}


async def claim(service: Service, limit: int = 50, channel: Channel = Channel.SMS) -> list[Parcel]:
    return await outbox.claim(service.database, channel, service.now(), limit)


def travel(service: Service, by: timedelta) -> None:
    service.clock.travel_to(service.now() + by)


def at(service: Service, text: str) -> None:
    service.clock.travel_to(datetime.fromisoformat(text).replace(tzinfo=UTC))


async def test_a_claimed_message_says_what_goes_where(service: Service) -> None:
    enrolment = await add_client(service, 7)
    message_id = await add_message(service, enrolment, text="Hoi Amina")
    (parcel,) = await claim(service)
    assert (parcel.id, parcel.address, parcel.text) == (message_id, "+31600000007", "Hoi Amina")
    assert parcel.attempts == 1
    assert await status(service, message_id) is MessageStatus.SENDING


async def test_a_message_is_claimed_once_by_however_many_senders(service: Service) -> None:
    enrolments = [await add_client(service, number) for number in range(1, 11)]
    queued = [await add_message(service, one) for one in enrolments for _ in range(2)]
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
    assert [parcel.id for parcel in await claim(service)] == queued


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
        sent += [service.now()] * len(await claim(service))
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
    first = await claim(service)
    assert len(first) <= 3
    travel(service, timedelta(hours=2))
    assert await claim(service) == []
    travel(service, timedelta(days=1))
    assert len(await claim(service)) <= 3


async def test_replies_are_not_counted(service: Service) -> None:
    enrolment = await add_client(service)
    for _ in range(6):
        await add_message(service, enrolment)
    assert len(await claim(service)) == 6


# What became of it.


async def test_sent_and_then_delivered(service: Service) -> None:
    message_id = await add_message(service, await add_client(service))
    await claim(service)
    travel(service, timedelta(seconds=2))
    settled = Settled(message_id, MessageStatus.SENT, "SM1")
    await outbox.settle(service.database, [settled], service.now())
    sent = await message(service, message_id)
    assert (sent.status, sent.external_id) == (MessageStatus.SENT, "SM1")
    assert sent.sent_at == service.now()
    assert await claim(service) == []
    await report(service, message_id, MessageStatus.DELIVERED)
    assert await status(service, message_id) is MessageStatus.DELIVERED


async def test_what_was_put_back_goes_again_at_its_moment_and_counts_its_attempts(
    service: Service,
) -> None:
    message_id = await add_message(service, await add_client(service))
    await claim(service)
    again = service.now() + timedelta(seconds=30)
    settled = Settled(message_id, MessageStatus.QUEUED, error="twilio 20429", again_at=again)
    await outbox.settle(service.database, [settled], service.now())
    assert await claim(service) == []
    service.clock.travel_to(again)
    (parcel,) = await claim(service)
    assert parcel.attempts == 2


async def test_a_callback_that_came_first_is_not_undone(service: Service) -> None:
    message_id = await add_message(service, await add_client(service))
    await claim(service)
    await report(service, message_id, MessageStatus.DELIVERED)
    late = Settled(message_id, MessageStatus.QUEUED, error="time-out", again_at=service.now())
    await outbox.settle(service.database, [late], service.now())
    assert await status(service, message_id) is MessageStatus.DELIVERED
    assert await claim(service) == []


async def test_a_callback_about_a_message_that_was_not_sent_changes_nothing(
    service: Service,
) -> None:
    enrolment = await add_client(service)
    for before in (MessageStatus.QUEUED, MessageStatus.CANCELLED, MessageStatus.EXPIRED):
        message_id = await add_message(service, enrolment, status=before)
        assert await report(service, message_id, MessageStatus.DELIVERED) is None
        assert await status(service, message_id) is before
    assert await report(service, 999_999, MessageStatus.DELIVERED) is None


async def test_when_a_sender_dies_its_messages_are_in_doubt_and_not_sent_again(
    service: Service,
) -> None:
    message_id = await add_message(service, await add_client(service))
    await claim(service)
    travel(service, LEASE - timedelta(seconds=1))
    assert await doubt(service) == 0
    travel(service, timedelta(seconds=1))
    assert await doubt(service) == 1
    assert await status(service, message_id) is MessageStatus.UNCERTAIN
    assert await claim(service) == []
    assert await doubt(service) == 0


async def test_a_message_in_doubt_is_looked_up_by_what_is_not_yet_known(service: Service) -> None:
    enrolment = await add_client(service, 5)
    earlier = await add_message(service, enrolment)
    await claim(service)
    settled = Settled(earlier, MessageStatus.SENT, "SM-earlier")
    await outbox.settle(service.database, [settled], service.now())
    message_id = await add_message(service, enrolment, text="Hoi")
    claimed_at = service.now()
    await claim(service)
    travel(service, LEASE)
    await doubt(service)
    ((parcel, known),) = await outbox.uncertain(service.database, Channel.SMS, 10)
    assert (parcel.id, parcel.address, parcel.text) == (message_id, "+31600000005", "Hoi")
    assert parcel.claimed_at == claimed_at
    assert known == {"SM-earlier"}
    found = Settled(message_id, MessageStatus.SENT, "SM-found")
    await outbox.settle(service.database, [found], service.now())
    assert await status(service, message_id) is MessageStatus.SENT


async def test_a_sender_that_was_only_slow_still_has_the_last_word(service: Service) -> None:
    message_id = await add_message(service, await add_client(service))
    await claim(service)
    travel(service, LEASE)
    await doubt(service)
    slow = Settled(message_id, MessageStatus.SENT, "SM1")
    await outbox.settle(service.database, [slow], service.now())
    assert await status(service, message_id) is MessageStatus.SENT


async def test_at_the_start_of_the_only_sender_what_is_in_hand_is_in_doubt(
    service: Service,
) -> None:
    enrolment = await add_client(service)
    in_hand = await add_message(service, enrolment)
    await claim(service)
    waiting = await add_message(service, enrolment)
    await outbox.orphaned(service.database)
    assert await status(service, in_hand) is MessageStatus.UNCERTAIN
    assert await status(service, waiting) is MessageStatus.QUEUED


_numbers = count(1)
REPORTS = [MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.FAILED]
FINAL = {MessageStatus.DELIVERED, MessageStatus.FAILED}
RANK = {
    MessageStatus.SENDING: 0,
    MessageStatus.UNCERTAIN: 0,
    MessageStatus.SENT: 1,
    MessageStatus.DELIVERED: 2,
    MessageStatus.FAILED: 2,
}


@given(
    happenings=st.lists(
        st.sampled_from([*REPORTS, "settled", "in doubt", "lease over"]), min_size=1, max_size=8
    )
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
async def test_whatever_the_order_of_callbacks_a_status_only_moves_forward(
    service: Service, happenings: list[MessageStatus | str]
) -> None:
    message_id = await add_message(service, await add_client(service, next(_numbers)))
    await claim(service)
    seen = [await status(service, message_id)]
    for one in happenings:
        match one:
            case MessageStatus():
                await report(service, message_id, one)
            case "settled":
                await settle(service, message_id, MessageStatus.SENT)
            case "in doubt":
                await settle(service, message_id, MessageStatus.UNCERTAIN)
            case "lease over":
                travel(service, LEASE)
                await doubt(service)
        seen.append(await status(service, message_id))
    for before, after in pairwise(seen):
        assert RANK[after] >= RANK[before], seen
        assert after is before or before not in FINAL, "a final status is final"
    reports = [one for one in happenings if one in FINAL]
    if reports:
        assert seen[-1] is reports[0], "the first final word stands"


async def report(service: Service, message_id: int, to: MessageStatus) -> int | None:
    error = "twilio 30003" if to is MessageStatus.FAILED else None
    async with service.database.write() as session:
        return await outbox.reported(session, message_id, to, f"SM{message_id}", error, service.now())


async def doubt(service: Service) -> int:
    return await outbox.doubt(service.database, Channel.SMS, service.now())


async def settle(service: Service, message_id: int, to: MessageStatus) -> None:
    external_id = f"SM{message_id}" if to is MessageStatus.SENT else None
    settled = Settled(message_id, to, external_id)
    await outbox.settle(service.database, [settled], service.now())
