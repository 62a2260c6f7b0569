"""What became of a message that was claimed: settled, in doubt, reported later."""

from datetime import timedelta
from itertools import count, pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.service import Service
from conversations.words import Channel, MessageStatus
from storage import outbox, reports
from storage.outbox import LEASE, Settled
from tests.storage.rows import add_client, add_message, message, status
from tests.storage.senders import claim, travel


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
        return await reports.reported(
            session, message_id, to, f"SM{message_id}", error, service.now()
        )


async def doubt(service: Service) -> int:
    return await outbox.doubt(service.database, Channel.SMS, service.now())


async def settle(service: Service, message_id: int, to: MessageStatus) -> None:
    external_id = f"SM{message_id}" if to is MessageStatus.SENT else None
    settled = Settled(message_id, to, external_id)
    await outbox.settle(service.database, [settled], service.now())
