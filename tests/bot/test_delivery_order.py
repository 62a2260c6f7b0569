"""What goes first, and what may not go any more, on SQLite and PostgreSQL; also with two senders at
once."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.house import House
from conversations.words import MessageStatus, Standing
from scheduler.ticks import Tick
from storage.models import Enrolment, Message
from tests.bot.house import Here
from tests.providers.faults import Fault
from tests.providers.telegram_people import TelegramUser

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])


# What may not be said any more.


async def test_nothing_but_the_confirmation_goes_to_somebody_who_stopped(here: Here) -> None:
    amina = await here.active_by_sms()
    await amina.send("hulp")
    await amina.send("ik wil geen berichten meer")
    await here.quiet(seconds=1)
    assert [one.text[:16] for one in amina.received[2:]] == ["Je bent gestopt."]


async def test_consent_is_looked_at_right_before_sending(here: Here) -> None:
    amina = await here.active_by_sms()
    await amina.send("hulp")
    async with here.service.database.write() as session:  # as a colleague would, a moment later
        await session.execute(update(Enrolment).values(standing=Standing.WITHDRAWN))
    await here.send()
    assert (await here.last()).status == "cancelled"
    assert len(amina.received) == 2


async def test_what_is_in_doubt_is_not_sent_again_to_somebody_who_stopped(here: Here) -> None:
    amina = await here.active_by_sms()
    here.twilio.faults.script(Fault.RESET)
    await amina.send("hulp")
    await here.send()
    await amina.send("STOP")
    for _ in range(3):
        here.pass_by(seconds=20)
        await here.send()
    assert (await here.last()).status == "cancelled"
    assert [one for one in amina.received[2:] if not one.by_twilio] == []


async def test_a_blocked_bot_says_nothing_more_and_the_desk_hears_once(
    here: Here, invited_on_telegram: TelegramUser
) -> None:
    invited_on_telegram.block()
    await here.send()
    assert (await here.last()).status == "failed"
    assert (await here.client()).channel_stopped
    async with here.service.database.write() as session:  # one more that was already waiting
        session.add(_again(await here.last()))
    here.pass_by(seconds=2)
    await here.send()
    assert (await here.last()).status == "cancelled"
    assert await here.notices() == ["channel_stopped"]


# What goes first.


async def test_replies_go_before_what_we_say_of_our_own_accord(here: Here) -> None:
    amina = await here.active_by_sms()
    here.pass_by(seconds=5)
    for person in range(2, 16):
        await here.enrol_by_sms(person)
    await amina.send("hulp")
    await here.send()
    assert amina.number in [one.to for one in here.twilio.sent[2:]]
    assert len(here.twilio.sent) < 2 + 15  # Twilio takes so many a second, so the rest waits
    await here.quiet(seconds=1)
    assert len(here.twilio.sent) == 2 + 15


async def test_one_persons_messages_arrive_in_order(here: Here) -> None:
    amina = await here.active_by_sms()
    for text in ("hulp", "2", "nee"):
        await amina.send(text)
    await here.quiet(seconds=1)
    assert [one.text for one in amina.received] == [one.text for one in await here.outbox()]
    assert len(amina.received) == 5


@pytest.mark.parametrize("fault", [Fault.TOO_MANY_REQUESTS, Fault.RESET])
async def test_a_message_that_must_wait_is_not_overtaken_by_the_next(
    here: Here, fault: Fault
) -> None:
    amina = await here.active_by_sms()
    here.twilio.faults.script(fault)
    for text in ("hulp", "2"):
        await amina.send(text)
    await here.quiet(seconds=4)
    assert [one.text for one in amina.received] == [one.text for one in await here.outbox()]
    assert len(amina.received) == 4


async def test_the_safety_reply_does_not_wait_behind_another(here: Here) -> None:
    amina = await here.active_by_sms()
    here.twilio.faults.script(Fault.TOO_MANY_REQUESTS)
    await amina.send("hulp")
    await here.send()
    await amina.send("ik wil niet meer leven")
    here.pass_by(seconds=1)
    await here.send()
    assert "113" in amina.received[-1].text


# Side by side.


async def test_two_senders_send_each_message_once(here: Here) -> None:
    people = [await here.enrol_by_sms(person) for person in range(1, 11)]
    other = House(here.service)
    other.connect(here.sms)
    for _ in range(3):
        await asyncio.gather(here.send(), *(tick.run() for tick in _outboxes(other)))
        here.pass_by(seconds=1)
    assert Counter(one.to for one in here.twilio.sent) == {one.number: 1 for one in people}


SEED = 1  # brings all kinds of faults


async def test_under_random_faults_everybody_gets_everything_once(here: Here) -> None:
    people = [await here.enrol_by_sms(person) for person in range(1, 13)]
    kinds = (Fault.RESET, Fault.CLOSE_AFTER, Fault.SERVER_ERROR, Fault.TOO_MANY_REQUESTS)
    here.twilio.faults.at_random(0.5, *kinds, seed=SEED)
    await here.quiet(seconds=20)
    assert Counter(one.to for one in here.twilio.sent) == {one.number: 1 for one in people}
    assert {one.status for one in await here.outbox()} <= {"sent", "delivered"}
    assert {fault for _, fault in here.twilio.faults.seen} >= set(kinds)


def _outboxes(house: House) -> list[Tick]:
    return [tick for name, tick in house.ticks().items() if name.startswith("outbox")]


def _again(message: Message) -> Message:
    """Another message to the same person."""
    return Message(
        client_id=message.client_id,
        enrolment_id=message.enrolment_id,
        direction=message.direction,
        channel=message.channel,
        text="nog een",
        at=message.at,
        status=MessageStatus.QUEUED,
        kind=message.kind,
        phrase=message.phrase,
        rank=message.rank,
        not_before=message.at,
        expires_at=message.at + timedelta(days=1),
        attempts=0,
    )
