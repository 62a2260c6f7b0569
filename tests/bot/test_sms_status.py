"""What Twilio tells afterwards of a message, early, late, twice, in the wrong order or never."""

from dataclasses import replace
from datetime import timedelta

import pytest

from aftercare.service import Service
from tests.bot.house import PUBLIC, Here, house_on
from tests.bot.waiting import SOON
from tests.providers.faults import Fault
from tests.providers.twilio_webhooks import (
    DELIVERED,
    STUCK,
    Outcome,
    failed,
    undelivered,
)

NO_CALLBACK = Outcome(repeat=0)


async def test_a_callback_tells_that_a_message_arrived(here: Here) -> None:
    await here.enrol_by_sms()
    await here.send()
    message = await here.eventually("delivered")
    assert message.external_id == here.twilio.sent[0].id


@pytest.mark.parametrize(
    "outcome", [Outcome(repeat=3), Outcome(reversed=True), Outcome(reversed=True, repeat=2)]
)
async def test_repeated_and_reversed_callbacks_change_nothing(here: Here, outcome: Outcome) -> None:
    here.twilio.outcome = outcome
    await here.enrol_by_sms()
    await here.send()
    await here.eventually("delivered")
    await here.twilio.settle(SOON)
    assert (await here.last()).status == "delivered"
    assert here.twilio.alerts == []


@pytest.mark.usefixtures("impatient")
async def test_a_callback_before_the_answer_is_not_undone_by_it(service: Service) -> None:
    async with house_on(service) as here:
        here.twilio.faults.script(Fault.HANG_AFTER)
        await here.enrol_by_sms()
        await here.send()  # gives up after the callbacks have come
        assert (await here.last()).status == "delivered"
        service.clock.travel_to(service.now() + timedelta(minutes=5))
        await here.send()
        assert len(here.twilio.sent) == 1


@pytest.mark.parametrize("code", [30004, 30005, 30006])
async def test_a_number_that_turns_out_bad_stops_the_channel(here: Here, code: int) -> None:
    here.twilio.outcome = undelivered(code)
    await here.enrol_by_sms()
    await here.send()
    message = await here.eventually("failed")
    await here.twilio.settle(SOON)
    assert message.error == f"twilio {code}"
    assert (await here.client()).channel_stopped == f"twilio {code}"


@pytest.mark.parametrize("code", [30007, 30036])
async def test_a_message_that_did_not_arrive_does_not_stop_the_channel(
    here: Here, code: int
) -> None:
    here.twilio.outcome = failed(code)
    await here.enrol_by_sms()
    await here.send()
    await here.eventually("failed")
    await here.twilio.settle(SOON)
    assert (await here.client()).channel_stopped is None
    assert await here.notices() == []


@pytest.mark.parametrize("code", [30003, 30008])
async def test_a_phone_that_was_off_gets_the_message_later(here: Here, code: int) -> None:
    here.twilio.outcome = undelivered(code)
    amina = await here.enrol_by_sms()
    await here.send()
    await here.twilio.settle(SOON)
    assert [one.status for one in await here.outbox()] == ["failed", "queued"]
    here.twilio.outcome = DELIVERED
    here.pass_by(hours=3)
    await here.send()
    await here.eventually("delivered")
    await here.twilio.settle(SOON)
    assert len(amina.received) == 1
    assert (await here.client()).channel_stopped is None


async def test_a_phone_that_twilio_knows_nothing_of_is_tried_again_once(here: Here) -> None:
    here.twilio.outcome = undelivered(30008)
    await here.enrol_by_sms()
    for _ in range(5):
        await here.send()
        await here.twilio.settle(SOON)
        here.pass_by(hours=3)
    assert len(here.twilio.sent) == 2
    assert {one.status for one in await here.outbox()} == {"failed"}


async def test_a_late_failure_does_not_undo_an_arrival(here: Here) -> None:
    await here.enrol_by_sms()
    await here.send()
    message = await here.eventually("delivered")
    assert await _status(here, message.id, "undelivered", ErrorCode="30005") == 204
    assert (await here.last()).status == "delivered"
    assert (await here.client()).channel_stopped is None


async def test_what_twilio_told_while_nobody_was_here_is_asked(here: Here) -> None:
    here.twilio.outcome = NO_CALLBACK
    await here.enrol_by_sms()
    await here.send()
    await here.twilio.settle(SOON)
    assert (await here.last()).status == "sent"
    await here.house.ticks()["fates"].run()
    assert (await here.last()).status == "sent", "not before an hour has gone by"
    here.pass_by(hours=1)
    await here.house.ticks()["fates"].run()
    assert (await here.last()).status == "delivered"


async def test_a_bad_number_is_found_out_without_a_callback(here: Here) -> None:
    here.twilio.outcome = replace(undelivered(30005), repeat=0)
    await here.enrol_by_sms()
    await here.send()
    await here.twilio.settle(SOON)
    here.pass_by(hours=1)
    await here.house.tick()
    assert (await here.outbox())[0].status == "failed"
    assert (await here.client()).channel_stopped == "twilio 30005"


async def test_a_message_of_which_nobody_ever_hears_is_not_asked_about_for_ever(here: Here) -> None:
    here.twilio.outcome = STUCK
    await here.enrol_by_sms()
    await here.send()
    for _ in range(20):
        here.pass_by(hours=6)
        await here.house.ticks()["fates"].run()
    message = (await here.outbox())[0]
    assert (message.status, message.fate_at) == ("sent", None)


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.RESET])
async def test_a_twilio_that_cannot_tell_is_asked_later(here: Here, fault: Fault) -> None:
    here.twilio.outcome = NO_CALLBACK
    await here.enrol_by_sms()
    await here.send()
    await here.twilio.settle(SOON)
    here.pass_by(hours=1)
    here.twilio.faults.operations = None
    here.twilio.faults.script(fault)
    await here.house.ticks()["fates"].run()
    assert (await here.last()).status == "sent"
    here.pass_by(hours=6)
    await here.house.ticks()["fates"].run()
    assert (await here.last()).status == "delivered"


async def test_a_forged_callback_is_refused(here: Here) -> None:
    here.twilio.outcome = STUCK
    await here.enrol_by_sms()
    await here.send()
    message = await here.last()
    assert await _status(here, message.id, "undelivered", forged=True, ErrorCode="30005") == 403
    assert (await here.last()).status == "sent"


@pytest.mark.parametrize("named", ["999999", "", "abc", "-1", "9" * 30])
async def test_a_callback_about_no_message_of_ours_changes_nothing(here: Here, named: str) -> None:
    assert await _status(here, named, "delivered") == 204


@pytest.mark.parametrize("status", ["queued", "sending", "accepted", "read", ""])
async def test_a_status_that_says_nothing_changes_nothing(here: Here, status: str) -> None:
    here.twilio.outcome = STUCK
    await here.enrol_by_sms()
    await here.send()
    message = await here.last()
    assert await _status(here, message.id, status) == 204
    assert (await here.last()).status == "sent"


async def _status(
    here: Here, message: object, status: str, *, forged: bool = False, **more: str
) -> int:
    """A status callback, as Twilio writes it."""
    form = {"MessageSid": "SM" + "b" * 32, "MessageStatus": status, **more}
    url = f"{PUBLIC}/webhooks/twilio/status?message={message}"
    answer = await here.twilio.call(url, form, forged=forged)
    assert answer is not None
    return answer.status_code
