"""SMS, through twilio-python and signed webhooks, against a Twilio that refuses what the real one
does. Our public address is not where we listen: a proxy stands in between."""

import socket
from datetime import timedelta

import pytest

from aftercare.service import Service
from bot.channels import DeliveryError, Doubt
from tests.bot.house import OURS, SERVICE, Here, house_on
from tests.bot.parcels import THEIRS, refused
from tests.bot.parcels import sms as parcel
from tests.providers.faults import Fault

# Sending.


async def test_a_message_arrives_from_our_number(here: Here) -> None:
    sent = await here.sms.send(parcel())
    (message,) = here.twilio.person(THEIRS).received or await here.twilio.person(THEIRS).wait(1)
    assert (message.text, message.from_, message.sid) == ("Hoi", OURS, sent.external_id)
    assert not sent.arrived


async def test_a_messaging_service_can_send(by_service: Here) -> None:
    sent = await by_service.sms.send(parcel())
    assert by_service.twilio.store.all[sent.external_id].messaging_service_sid == SERVICE


@pytest.mark.parametrize("left", [timedelta(seconds=1), timedelta(days=30)])
async def test_twilio_takes_how_long_a_message_is_worth_sending(
    here: Here, left: timedelta
) -> None:
    await here.sms.send(parcel(expires_at=here.service.now() + left))
    assert len(here.twilio.sent) == 1


@pytest.mark.parametrize("code", [21211, 21614, 21610])
async def test_a_number_that_takes_no_sms_closes_the_channel(here: Here, code: int) -> None:
    here.twilio.refusals[THEIRS] = code
    error = await refused(here.sms, parcel())
    assert error.closes_channel
    assert error.code == f"twilio {code}"


async def test_a_landline_closes_the_channel(here: Here) -> None:
    here.twilio.refusals[THEIRS] = 21635
    assert (await refused(here.sms, parcel())).closes_channel


async def test_a_number_outside_the_numbering_plan_closes_the_channel(here: Here) -> None:
    assert (await refused(here.sms, parcel("+31600000001"))).closes_channel


@pytest.mark.parametrize("text", ["", "x" * 1601])
async def test_a_text_that_twilio_never_takes_is_not_tried_again(here: Here, text: str) -> None:
    error = await refused(here.sms, parcel(text=text))
    assert error.permanent
    assert not error.closes_channel


@pytest.mark.parametrize("code", [21611, 30001])
async def test_a_full_queue_is_tried_again(here: Here, code: int) -> None:
    here.twilio.refusals[THEIRS] = code
    error = await refused(here.sms, parcel())
    assert not error.permanent
    assert error.retry_after
    assert error.doubt is Doubt.NOT_SENT


async def test_too_many_requests_are_tried_again(here: Here) -> None:
    here.twilio.faults.script(Fault.TOO_MANY_REQUESTS)
    error = await refused(here.sms, parcel())
    assert not error.permanent
    assert error.retry_after
    assert error.doubt is Doubt.NOT_SENT


async def test_an_error_at_twilio_leaves_a_doubt(here: Here) -> None:
    here.twilio.faults.script(Fault.SERVER_ERROR)
    error = await refused(here.sms, parcel())
    assert not error.permanent
    assert error.doubt is Doubt.UNKNOWN


async def test_a_wrong_auth_token_fails_no_message_for_good(here: Here) -> None:
    here.twilio.auth_token = "changed-in-the-console"
    error = await refused(here.sms, parcel())
    assert not error.permanent
    assert (error.retry_after or 0) >= 60


async def test_a_wrong_sender_fails_no_message_for_good(here: Here) -> None:
    here.twilio.numbers.clear()  # a mistake in our settings, not of the person
    error = await refused(here.sms, parcel())
    assert not error.closes_channel
    assert not error.permanent


@pytest.mark.parametrize(
    "fault", [Fault.RESET, Fault.CLOSE_AFTER, Fault.HANG_BEFORE, Fault.HANG_AFTER]
)
@pytest.mark.usefixtures("impatient")
async def test_a_connection_that_breaks_leaves_a_doubt(service: Service, fault: Fault) -> None:
    async with house_on(service) as here:
        here.twilio.faults.script(fault)
        error = await refused(here.sms, parcel())
    assert not error.permanent
    assert error.doubt is Doubt.UNKNOWN


async def test_where_nobody_listens_nothing_was_sent(here: Here) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    here.sms._client.api.base_url = f"http://127.0.0.1:{port}"
    error = await refused(here.sms, parcel())
    assert not error.permanent
    assert error.doubt is Doubt.NOT_SENT


# Looking up.


async def test_a_look_up_finds_what_was_sent(here: Here) -> None:
    here.twilio.faults.script(Fault.CLOSE_AFTER)
    await refused(here.sms, parcel())
    found = await here.sms.look_up(parcel(), frozenset())
    assert found == here.twilio.sent[0].id


async def test_a_look_up_finds_nothing_where_nothing_was_sent(here: Here) -> None:
    here.twilio.faults.script(Fault.RESET)
    await refused(here.sms, parcel())
    assert await here.sms.look_up(parcel(), frozenset()) is None


async def test_a_look_up_does_not_take_last_months_equal_message_for_todays(here: Here) -> None:
    last_month = await here.sms.send(parcel())
    here.twilio.faults.script(Fault.RESET)
    await refused(here.sms, parcel())
    assert await here.sms.look_up(parcel(), frozenset({last_month.external_id})) is None
    here.twilio.faults.script(Fault.CLOSE_AFTER)
    await refused(here.sms, parcel())
    found = await here.sms.look_up(parcel(), frozenset({last_month.external_id}))
    assert found == here.twilio.sent[-1].id


async def test_a_look_up_does_not_take_a_message_to_somebody_else(here: Here) -> None:
    await here.sms.send(parcel("+31612340002"))
    assert await here.sms.look_up(parcel(), frozenset()) is None


async def test_a_look_up_that_fails_says_so(here: Here) -> None:
    here.twilio.faults.operations = None
    for fault in (Fault.SERVER_ERROR, Fault.RESET, Fault.TOO_MANY_REQUESTS, Fault.FORBIDDEN):
        here.twilio.faults.script(fault)
        with pytest.raises(DeliveryError):
            await here.sms.look_up(parcel(), frozenset())
