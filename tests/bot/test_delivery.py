"""From the outbox to providers that fail, on SQLite and PostgreSQL: what a person gets is each
message once, in order, in time, and nothing that may not be said any more."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import update

from aftercare import check_ins
from bot.house import House
from conversations.words import Channel, MessageStatus, Standing
from scheduler.ticks import Tick
from storage import outbox
from storage.models import Enrolment, Message
from tests.aftercare.people import opens, steps
from tests.bot.conftest import Here
from tests.bot.waiting import SOON
from tests.providers.faults import Fault
from tests.providers.telegram_people import TelegramUser
from tests.providers.twilio_people import Person
from tests.providers.twilio_webhooks import STUCK

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])


@pytest.fixture
async def invited_on_telegram(here: Here) -> TelegramUser:
    """Somebody who opened the link; the invitation waits in the outbox."""
    enrolled = await here.enrol_on_telegram()
    user = here.telegram_server.user("Bilal")
    await user.start()
    await opens(here.service, enrolled.link_token, chat=str(user.id))
    return user


@pytest.fixture
async def invited_by_sms(here: Here) -> Person:
    """Somebody whose invitation waits in the outbox, and Twilio tells nothing of itself."""
    here.twilio.outcome = STUCK
    return await here.enrol_by_sms()


async def pause(here: Here) -> float:
    """In how many seconds the last message goes again."""
    message = await here.last()
    assert message.status == "queued"
    assert message.not_before
    return (message.not_before - here.service.now()).total_seconds()


async def quiet(here: Here, **step: float) -> None:
    """Deliver until nothing waits any more."""
    for _ in range(200):
        await here.send()
        await here.twilio.settle(SOON)
        if not any(one.status in ("queued", "sending", "uncertain") for one in await here.outbox()):
            return
        here.pass_by(**step)
    raise AssertionError([(one.status, one.not_before) for one in await here.outbox()])


# Trying again.


async def test_what_is_refused_for_now_goes_again_after_growing_pauses(
    here: Here, invited_on_telegram: TelegramUser
) -> None:
    here.telegram_server.faults.script(*[Fault.SERVER_ERROR] * 4)
    pauses = []
    for _ in range(4):
        await here.send()
        pauses.append(await pause(here))
        here.pass_by(seconds=pauses[-1] - 1)
        await here.send()  # not yet
        here.pass_by(seconds=1)
    assert pauses == sorted(pauses)
    assert pauses[-1] >= 4 * pauses[0]
    await here.send()
    assert (await here.last()).status == "delivered"
    assert (await here.last()).attempts == 5
    assert len(invited_on_telegram.received) == 1


async def test_a_pause_is_never_longer_than_a_quarter_of_an_hour(
    here: Here, invited_on_telegram: TelegramUser
) -> None:
    here.telegram_server.faults.at_random(1.0, Fault.SERVER_ERROR)
    for _ in range(12):
        await here.send()
        last = await pause(here)
        here.pass_by(seconds=last)
    assert last == 900
    assert invited_on_telegram.received == []


async def test_a_message_is_given_up_at_its_end(
    here: Here, invited_on_telegram: TelegramUser
) -> None:
    here.telegram_server.faults.at_random(1.0, Fault.SERVER_ERROR)
    await here.send()
    end = (await here.last()).expires_at
    assert end is not None
    here.service.clock.travel_to(end)
    here.telegram_server.faults.clear()
    await here.send()
    assert (await here.last()).status == "expired"
    assert invited_on_telegram.received == []


async def test_a_check_in_that_never_got_out_has_expired(here: Here) -> None:
    await here.active_by_sms()
    here.service.clock.travel_to((await steps(here.service))["day-1"].due_at)
    await check_ins.ask_due(here.service)
    here.twilio.faults.at_random(1.0, Fault.TOO_MANY_REQUESTS)
    await here.send()
    here.pass_by(days=4)
    here.twilio.faults.clear()
    await here.send()
    assert (await here.last()).status == "expired"
    assert (await steps(here.service))["day-1"].status == "expired"
    assert len(here.twilio.sent) == 2


async def test_a_provider_that_says_how_long_to_wait_is_obeyed(
    here: Here, invited_on_telegram: TelegramUser
) -> None:
    here.telegram_server.faults.retry_after = 120
    here.telegram_server.faults.script(Fault.TOO_MANY_REQUESTS)
    await here.send()
    here.pass_by(seconds=119)
    await here.send()
    assert len(here.telegram_server.faults.seen) == 1
    here.pass_by(seconds=1)
    await here.send()
    assert len(invited_on_telegram.received) == 1


# In doubt.


@pytest.mark.parametrize(("fault", "got"), [(Fault.CLOSE_AFTER, 1), (Fault.RESET, 0)])
async def test_what_is_in_doubt_on_telegram_is_never_sent_again(
    here: Here, invited_on_telegram: TelegramUser, fault: Fault, got: int
) -> None:
    here.telegram_server.faults.script(fault)
    for _ in range(10):
        await here.send()
        here.pass_by(hours=3)
    assert len(here.telegram_server.faults.seen) == 1
    assert len(invited_on_telegram.received) == got
    assert (await here.last()).status == "uncertain"


async def test_what_is_in_doubt_by_sms_and_went_out_is_found(
    here: Here, invited_by_sms: Person
) -> None:
    here.twilio.faults.script(Fault.CLOSE_AFTER)
    await here.send()
    assert (await here.last()).status == "uncertain"
    here.pass_by(seconds=16)
    await here.send()
    message = await here.last()
    assert message.status == "sent"
    assert message.external_id == here.twilio.sent[0].id
    assert len(here.twilio.sent) == 1


async def test_what_is_in_doubt_by_sms_and_did_not_go_out_is_sent(
    here: Here, invited_by_sms: Person
) -> None:
    here.twilio.faults.script(Fault.RESET)
    await here.send()
    assert here.twilio.sent == []
    here.pass_by(seconds=16)
    await here.send()
    assert len(here.twilio.sent) == 1
    assert (await here.last()).status == "sent"


async def test_what_is_in_doubt_is_not_sent_again_before_it_could_be_looked_up(
    here: Here, invited_by_sms: Person
) -> None:
    here.twilio.faults.operations = None
    here.twilio.faults.script(Fault.CLOSE_AFTER, *[Fault.SERVER_ERROR] * 3)
    await here.send()
    for _ in range(3):
        here.pass_by(seconds=20)
        await here.send()
        assert (await here.last()).status == "uncertain"
    here.pass_by(seconds=20)
    await here.send()
    assert (await here.last()).status == "sent"
    assert len(here.twilio.sent) == 1


async def test_two_equal_messages_in_doubt_are_each_found(here: Here) -> None:
    amina = await here.active_by_sms()
    here.twilio.outcome = STUCK
    here.twilio.faults.script(Fault.CLOSE_AFTER, Fault.CLOSE_AFTER)
    for _ in range(2):
        await amina.send("ik wil niet meer leven")
        await here.send()
        here.pass_by(seconds=1)
    for _ in range(3):
        here.pass_by(seconds=20)
        await here.send()
    told = (await here.outbox())[-2:]
    assert {one.external_id for one in told} == {one.id for one in here.twilio.sent[-2:]}
    assert len(here.twilio.sent) == 4


async def test_what_a_dead_sender_had_in_hand_is_sent_by_sms_once(
    here: Here, invited_by_sms: Person
) -> None:
    assert await outbox.claim(here.service.database, Channel.SMS, here.service.now(), 10)
    await here.send()
    assert here.twilio.sent == []  # it may still be at work
    for _ in range(5):
        here.pass_by(seconds=60)
        await here.send()
    assert len(here.twilio.sent) == 1


async def test_what_a_dead_sender_had_in_hand_is_not_sent_on_telegram(
    here: Here, invited_on_telegram: TelegramUser
) -> None:
    assert await outbox.claim(here.service.database, Channel.TELEGRAM, here.service.now(), 10)
    for _ in range(5):
        here.pass_by(seconds=60)
        await here.send()
    assert (await here.last()).status == "uncertain"
    assert invited_on_telegram.received == []


# What may not be said any more.


async def test_nothing_but_the_confirmation_goes_to_somebody_who_stopped(here: Here) -> None:
    amina = await here.active_by_sms()
    await amina.send("hulp")
    await amina.send("ik wil geen berichten meer")
    await quiet(here, seconds=1)
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
    await quiet(here, seconds=1)
    assert len(here.twilio.sent) == 2 + 15


async def test_one_persons_messages_arrive_in_order(here: Here) -> None:
    amina = await here.active_by_sms()
    for text in ("hulp", "2", "nee"):
        await amina.send(text)
    await quiet(here, seconds=1)
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
    await quiet(here, seconds=4)
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
    await quiet(here, seconds=20)
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
