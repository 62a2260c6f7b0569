"""SMS, through twilio-python and signed webhooks, against a Twilio that refuses what the real one
does. Our public address is not where we listen: a proxy stands in between."""

import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from aftercare.service import Service
from bot.channels import DeliveryError, Doubt
from bot.channels.sms import Sms
from conversations import words
from conversations.words import MessageKind, Standing
from storage.outbox import Parcel
from tests.bot.conftest import OURS, PUBLIC, SERVICE, Here, house_on
from tests.bot.waiting import SOON
from tests.providers.faults import Fault
from tests.providers.twilio_people import Person
from tests.providers.twilio_webhooks import (
    DELIVERED,
    STUCK,
    Outcome,
    failed,
    signed_headers,
    undelivered,
)

THEIRS = "+31612340001"
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
async def by_service(service: Service) -> AsyncIterator[Here]:
    """The house, sending through a Messaging Service."""
    async with house_on(service, sender=SERVICE) as here:
        yield here


@pytest.fixture
async def amina(here: Here) -> Person:
    """Somebody who takes part."""
    return await here.active_by_sms()


def parcel(address: str = THEIRS, text: str = "Hoi", **changes: Any) -> Parcel:
    """A message on its way out."""
    usual = Parcel(
        id=1,
        client_id=1,
        channel=words.Channel.SMS,
        address=address,
        text=text,
        buttons=(),
        kind=MessageKind.REPLY,
        attempts=1,
        claimed_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    return replace(usual, **changes)


async def refused(channel: Sms, sent: Parcel) -> DeliveryError:
    """How sending fails."""
    with pytest.raises(DeliveryError) as caught:
        await channel.send(sent)
    assert sent.address not in str(caught.value)
    return caught.value


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


# What comes in.


async def test_yes_by_sms_starts_the_track(here: Here, amina: Person) -> None:
    assert (await here.track()).standing is Standing.ACTIVE
    assert amina.received[-1].text.startswith("Fijn, Amina!")


async def test_the_same_sms_three_times_is_one_row_and_one_answer(
    here: Here, amina: Person
) -> None:
    answer = await amina.send("hulp")
    for _ in range(2):
        assert (await here.twilio.resend(answer.sid)).status == 200
    await here.send()
    assert (await here.inbox()).count("hulp") == 1
    assert len(await amina.wait(3, SOON)) == 3


async def test_a_forged_sms_is_refused_and_nothing_is_kept(here: Here, amina: Person) -> None:
    before = await here.inbox()
    assert (await amina.send_forged("stop")).status == 403
    assert await here.inbox() == before
    assert (await here.track()).standing is Standing.ACTIVE


async def test_a_signature_over_another_address_is_refused(here: Here, amina: Person) -> None:
    form = {"From": amina.number, "MessageSid": "SM" + "a" * 32, "Body": "hulp"}
    local = f"{here.twilio.deliver_to}/webhooks/twilio/message"
    assert await _post(here, form, signed_over=local) == 403
    assert "hulp" not in await here.inbox()


async def test_the_signature_counts_whatever_host_the_proxy_names(
    here: Here, amina: Person
) -> None:
    form = {"From": amina.number, "MessageSid": "SM" + "a" * 32, "Body": "hulp"}
    assert await _post(here, form, signed_over=f"{PUBLIC}/webhooks/twilio/message") == 200
    assert (await here.inbox())[-1] == "hulp"


async def test_a_changed_text_is_refused(here: Here, amina: Person) -> None:
    form = {"From": amina.number, "MessageSid": "SM" + "a" * 32, "Body": "hulp"}
    url = f"{PUBLIC}/webhooks/twilio/message"
    assert await _post(here, form | {"Body": "stop"}, signed_over=url, signed_form=form) == 403


async def test_a_call_without_a_sender_is_refused(here: Here) -> None:
    url = f"{PUBLIC}/webhooks/twilio/message"
    assert await _post(here, {"Body": "hulp"}, signed_over=url) == 400


async def test_a_call_that_is_too_large_is_refused(here: Here, amina: Person) -> None:
    form = {"From": amina.number, "MessageSid": "SM" + "a" * 32, "Body": "x" * 70_000}
    assert await _post(here, form, signed_over=f"{PUBLIC}/webhooks/twilio/message") == 403


async def test_a_picture_is_answered_and_not_kept(here: Here, amina: Person) -> None:
    await amina.send("", media=1)
    await here.send()
    assert "wil je het typen" in (await amina.wait(3, SOON))[-1].text.casefold()
    assert (await here.inbox())[-1] == "[bijlage]"


async def test_words_beside_a_picture_count(here: Here, amina: Person) -> None:
    await amina.send("ik wil niet meer leven", media=1)
    await here.send()
    assert "113" in (await amina.wait(3, SOON))[-1].text


async def test_the_longest_message_is_kept_whole(here: Here, amina: Person) -> None:
    text = ("mijn verhaal is lang " * 200)[:4000].strip()
    await amina.send(text)
    assert (await here.inbox())[-1] == text


async def test_a_stranger_is_answered_once_a_day_and_nothing_is_kept(here: Here) -> None:
    stranger = here.twilio.person("+31612345678")
    first, second = await stranger.send("hallo"), await stranger.send("is daar iemand")
    assert len(first.replies) == 1
    assert second.replies == []
    assert await here.inbox() == []
    here.service.clock.travel_to(here.service.now() + timedelta(days=1))
    third = await stranger.send("hallo?")
    assert len(third.replies) == 1
    assert await here.strangers() == 1


async def test_a_stranger_who_says_stop_is_left_to_twilio(here: Here) -> None:
    stranger = here.twilio.person("+31612345678")
    assert (await stranger.send("STOP")).replies == []
    assert [one.by_twilio for one in stranger.received] == [True]


# Stopping.


@pytest.mark.parametrize(
    "word", ["STOP", "stop", " Stop ", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT",
             "REVOKE", "OPTOUT"],
)  # fmt: skip
async def test_a_stop_that_twilio_answers_is_not_answered_by_us(
    here: Here, amina: Person, word: str
) -> None:
    before = len(await here.outbox())
    assert (await amina.send(word)).replies == []
    await here.send()
    assert len(await here.outbox()) == before
    assert (await here.track()).standing is Standing.WITHDRAWN
    assert [one.by_twilio for one in amina.received[2:]] == [True]


@pytest.mark.parametrize("word", ["stoppen", "Stop aub", "ik wil geen berichten meer"])
async def test_a_stop_that_twilio_does_not_know_is_answered_by_us(
    here: Here, amina: Person, word: str
) -> None:
    await amina.send(word)
    await here.send()
    assert (await amina.wait(3, SOON))[-1].text.startswith("Je bent gestopt.")
    assert (await here.track()).standing is Standing.WITHDRAWN
    assert not any(one.by_twilio for one in amina.received)


async def test_a_stop_word_set_at_twilio_is_not_answered_by_us(here: Here, amina: Person) -> None:
    here.twilio.advanced_opt_out = True
    here.twilio.extra_stop_words = frozenset({"HOU OP"})
    await amina.send("hou op")
    await here.send()
    assert (await here.track()).standing is Standing.WITHDRAWN
    assert [one.by_twilio for one in amina.received[2:]] == [True]


async def test_start_at_twilio_does_not_undo_a_withdrawal(here: Here, amina: Person) -> None:
    await amina.send("STOP")
    await amina.send("START")
    await here.send()
    assert (await here.track()).standing is Standing.WITHDRAWN
    assert not [one for one in amina.received[2:] if not one.by_twilio]


async def test_an_opt_out_that_we_never_heard_of_stops_the_channel_and_tells_the_desk(
    here: Here,
) -> None:
    amina = await here.enrol_by_sms()
    here.twilio.opted_out.add((OURS, amina.number))
    await here.send()
    assert (await here.last()).status == "failed"
    assert (await here.client()).channel_stopped == "twilio 21610"
    assert await here.notices() == ["channel_stopped"]


async def test_an_opt_out_told_by_callback_stops_the_channel_and_tells_the_desk_once(
    by_service: Here,
) -> None:
    here = by_service
    amina = await here.enrol_by_sms()
    here.twilio.outcome = Outcome(repeat=3)
    here.twilio.opted_out.add((SERVICE, amina.number))
    await here.send()
    await here.eventually("failed")
    await here.twilio.settle(SOON)
    assert (await here.client()).channel_stopped == "twilio 21610"
    assert await here.notices() == ["channel_stopped"]


# What Twilio tells afterwards.


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


async def _post(
    here: Here,
    form: dict[str, str],
    *,
    signed_over: str,
    signed_form: dict[str, str] | None = None,
) -> int:
    """Call the webhook for messages where it listens, past the proxy."""
    headers = signed_headers(signed_over, signed_form or form, here.twilio.auth_token)
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(
            f"{here.twilio.deliver_to}/webhooks/twilio/message",
            content=urlencode(form).encode(),
            headers=headers,
        )
        return answer.status_code
