"""From the outbox to providers that fail, on SQLite and PostgreSQL: each message once, in time or
not at all."""

import pytest

from aftercare import check_ins
from conversations.words import Channel
from storage import outbox
from tests.aftercare.people import steps
from tests.bot.house import Here
from tests.providers.faults import Fault
from tests.providers.telegram_people import TelegramUser
from tests.providers.twilio_people import Person
from tests.providers.twilio_webhooks import STUCK

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])


async def pause(here: Here) -> float:
    """In how many seconds the last message goes again."""
    message = await here.last()
    assert message.status == "queued"
    assert message.not_before
    return (message.not_before - here.service.now()).total_seconds()


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
