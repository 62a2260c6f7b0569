"""What the channels report afterwards, in whatever order, and however late."""

from datetime import timedelta

import pytest

from aftercare.contact import AGAIN_AFTER, close_channel, report
from aftercare.service import Service
from conversations.words import (
    Answer,
    Channel,
    CheckInStatus,
    Direction,
    MessageStatus,
    NoticeKind,
    Standing,
)
from storage import outbox
from storage.models import Message
from storage.outbox import Settled
from tests.aftercare.people import (
    active,
    client,
    invited,
    later,
    messages,
    notices,
    said,
    steps,
    track,
    writes,
)


async def sent_check_in(service: Service) -> Message:
    """A client who was asked how it goes, by a message of which nothing more is known."""
    from aftercare import check_ins

    await active(service)
    await send(service)
    service.clock.travel_to((await steps(service))["day-1"].due_at)
    await check_ins.ask_due(service)
    await send(service)
    (asked,) = [one for one in await out(service) if one.phrase == "check_in"]
    assert asked.status is MessageStatus.SENT
    return asked


async def send(service: Service) -> list[int]:
    """Send what may go, as a channel that hears more later does."""
    ids: list[int] = []
    while parcels := await outbox.claim(service.database, Channel.SMS, service.now(), 50):
        settled = [Settled(one.id, MessageStatus.SENT, f"SM{one.id}") for one in parcels]
        await outbox.settle(service.database, settled, service.now())
        ids += [one.id for one in parcels]
    return ids


async def out(service: Service) -> list[Message]:
    return list(await messages(service, Direction.OUT))


async def fails(
    service: Service, message: Message, *, closed: bool = False, tries: int = 0
) -> None:
    await report(
        service,
        message.id,
        MessageStatus.FAILED,
        f"SM{message.id}",
        "twilio 30003",
        closed,
        tries,
    )


async def test_a_check_in_that_did_not_arrive_was_not_asked(service: Service) -> None:
    asked = await sent_check_in(service)
    await fails(service, asked)
    assert (await steps(service))["day-1"].status is CheckInStatus.EXPIRED


async def test_a_telephone_that_was_off_gets_it_once_more_later(service: Service) -> None:
    asked = await sent_check_in(service)
    await fails(service, asked, tries=1)
    assert (await steps(service))["day-1"].status is CheckInStatus.ASKED
    assert await send(service) == []
    service.clock.travel_to(service.now() + AGAIN_AFTER + timedelta(hours=14))
    (again,) = await send(service)
    second = (await out(service))[-1]
    assert (second.id, second.text) == (again, asked.text)
    await fails(service, second, tries=1)
    later(service, days=1)
    assert await send(service) == []
    assert (await steps(service))["day-1"].status is CheckInStatus.EXPIRED


async def test_what_is_reported_twice_is_sent_again_once(service: Service) -> None:
    asked = await sent_check_in(service)
    for _ in range(3):
        await fails(service, asked, tries=1)
    assert len([one for one in await out(service) if one.phrase == "check_in"]) == 2


async def test_a_late_failure_does_not_take_back_an_answer(service: Service) -> None:
    """Rule 4: the client answered without having got the message; that is an answer."""
    asked = await sent_check_in(service)
    await writes(service, "1")
    await fails(service, asked, tries=1)
    row = (await steps(service))["day-1"]
    assert (row.status, row.answer) == (CheckInStatus.ANSWERED, Answer.GOOD)
    later(service, hours=16)
    assert "check_in" not in {one.phrase for one in await new_after(service, asked)}


async def new_after(service: Service, asked: Message) -> list[Message]:
    """What was really sent after that message."""
    ids = await send(service)
    return [one for one in await out(service) if one.id in ids and one.id > asked.id]


async def test_a_late_failure_does_not_reopen_a_step_after_a_withdrawal(
    service: Service,
) -> None:
    asked = await sent_check_in(service)
    await writes(service, "STOP")
    ended = (await steps(service))["day-1"].status
    await fails(service, asked, tries=1)
    assert (await steps(service))["day-1"].status is ended
    later(service, hours=16)
    assert {one.phrase for one in await new_after(service, asked)} == {"stopped"}


async def test_a_number_that_takes_nothing_any_more_is_told_to_the_consultant_once(
    service: Service,
) -> None:
    asked = await sent_check_in(service)
    await fails(service, asked, closed=True)
    await fails(service, asked, closed=True)
    assert [one.kind for one in await notices(service)] == [NoticeKind.CHANNEL_STOPPED]


@pytest.mark.parametrize("standing", [Standing.DECLINED, Standing.WITHDRAWN])
async def test_after_the_end_nobody_needs_to_hear_that_a_number_is_closed(
    service: Service, standing: Standing
) -> None:
    reference = (await invited(service)).reference
    if standing is Standing.WITHDRAWN:
        await writes(service, "ja")
    await writes(service, "STOP")
    assert (await track(service, reference)).standing is standing
    await close_channel(service, (await client(service, reference)).id, "twilio 21610")
    assert await notices(service) == []


async def test_delivered_and_then_failed_stays_delivered(service: Service) -> None:
    asked = await sent_check_in(service)
    await report(service, asked.id, MessageStatus.DELIVERED, f"SM{asked.id}", None, False)
    await fails(service, asked, closed=True, tries=1)
    assert (await steps(service))["day-1"].status is CheckInStatus.ASKED
    assert await notices(service) == []
    assert (await said(service)).count("check_in") == 1
