"""How the Twilio server calls webhooks: signed, in any order, repeated, and what it does itself."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from starlette.responses import Response
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from .conftest import OURS, SERVICE, THEIRS
from .receiver import Call, Receiver, receiving
from .twilio import AUTH_TOKEN, TwilioServer
from .twilio_webhooks import Outcome, failed

PUBLIC = "https://nazorg.example"


@pytest_asyncio.fixture
async def ours(twilio: TwilioServer) -> AsyncIterator[Receiver]:
    """Our service, known to Twilio by its public address."""
    async with receiving() as ours:
        twilio.deliver_to = ours.url
        twilio.inbound_url = f"{PUBLIC}/sms/inbound"
        yield ours


def genuine(call: Call) -> bool:
    signature = call.headers["X-Twilio-Signature"]
    validator = RequestValidator(AUTH_TOKEN)
    return bool(validator.validate(f"{PUBLIC}{call.path}", call.form, signature))


def statuses(ours: Receiver) -> list[str]:
    return [call.form["MessageStatus"] for call in ours.calls]


async def send(client: Any, body: str = "Hoe gaat het?") -> Any:
    callback = f"{PUBLIC}/sms/status"
    return await client.messages.create_async(
        to=THEIRS, from_=OURS, body=body, status_callback=callback
    )


# Status callbacks.


async def test_callbacks_follow_the_message_signed(
    twilio: TwilioServer, client: Any, ours: Receiver
) -> None:
    message = await send(client)
    await twilio.settle()
    assert statuses(ours) == ["sent", "delivered"]
    assert all(genuine(call) for call in ours.calls)
    assert ours.calls[0].path == "/sms/status"
    assert ours.calls[0].form["MessageSid"] == message.sid
    assert "RawDlrDoneDate" in ours.calls[1].form


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome(reversed=True), ["delivered", "sent"]),
        (Outcome(repeat=2), ["sent", "sent", "delivered", "delivered"]),
        (Outcome(repeat=0), []),
        (Outcome(delay=0.02), ["sent", "delivered"]),
        (failed(30008), ["failed"]),
        (Outcome(("sent",)), ["sent"]),
    ],
)
async def test_callbacks_come_as_ordered(
    twilio: TwilioServer, client: Any, ours: Receiver, outcome: Outcome, expected: list[str]
) -> None:
    twilio.outcome = outcome
    await send(client)
    await twilio.settle()
    assert statuses(ours) == expected
    if outcome.error_code:
        assert ours.calls[-1].form["ErrorCode"] == str(outcome.error_code)


async def test_a_failing_callback_is_not_repeated(
    twilio: TwilioServer, client: Any, ours: Receiver
) -> None:
    ours.answers.append(Response(status_code=500))
    await send(client)
    await twilio.settle()
    assert statuses(ours) == ["sent", "delivered"]
    assert twilio.alerts == [f"11200 HTTP retrieval failure: {PUBLIC}/sms/status 500"]


# Inbound.


async def test_an_incoming_message_is_posted_signed(twilio: TwilioServer, ours: Receiver) -> None:
    answer = await twilio.person(THEIRS).send("Het gaat goed 👍")
    (call,) = ours.calls
    assert genuine(call)
    form = call.form
    assert (form["From"], form["To"], form["Body"]) == (THEIRS, OURS, "Het gaat goed 👍")
    assert form["MessageSid"] == form["SmsSid"] == answer.sid
    assert (form["SmsStatus"], form["NumMedia"], form["NumSegments"]) == ("received", "0", "1")
    assert form["FromCity"] == ""
    assert (answer.status, answer.replies) == (200, [])


async def test_the_same_message_can_come_again(twilio: TwilioServer, ours: Receiver) -> None:
    answer = await twilio.person(THEIRS).send("hoi")
    await twilio.resend(answer.sid)
    assert [call.form["MessageSid"] for call in ours.calls] == [answer.sid] * 2
    tokens = {call.headers["I-Twilio-Idempotency-Token"] for call in ours.calls}
    assert len(tokens) == 2


async def test_a_forged_call_has_a_wrong_signature(twilio: TwilioServer, ours: Receiver) -> None:
    ours.answers.append(Response(status_code=403))
    answer = await twilio.person(THEIRS).send_forged("STOP")
    assert answer.status == 403
    assert not genuine(ours.calls[0])
    assert not twilio.opted_out


async def test_a_picture_comes_with_its_address(twilio: TwilioServer, ours: Receiver) -> None:
    answer = await twilio.person(THEIRS).send("", media=2)
    form = ours.calls[0].form
    assert (form["NumMedia"], form["MediaContentType1"]) == ("2", "image/jpeg")
    assert "MediaUrl1" in form
    assert answer.sid.startswith("MM")


async def test_twiml_is_sent_to_the_person(twilio: TwilioServer, ours: Receiver) -> None:
    twiml = MessagingResponse()
    twiml.message("Dank je")
    twiml.message().body("En tot later")
    ours.answers.append(Response(str(twiml), media_type="text/xml"))
    answer = await twilio.person(THEIRS).send("hoi")
    assert answer.replies == ["Dank je", "En tot later"]
    assert [m.text for m in twilio.person(THEIRS).received] == answer.replies


async def test_an_answer_in_plain_text_is_sent_as_it_stands(
    twilio: TwilioServer, ours: Receiver
) -> None:
    ours.answers.append(Response("ok", media_type="text/plain"))
    assert (await twilio.person(THEIRS).send("hoi")).replies == ["ok"]


@pytest.mark.parametrize(
    ("body", "kind", "alert"),
    [
        ("{}", "application/json", "12300"),
        ("<Resp", "text/xml", "12100"),
        ("<a/>", "text/xml", "12200"),
    ],
)
async def test_an_answer_that_is_not_twiml_raises_an_alert(
    twilio: TwilioServer, ours: Receiver, body: str, kind: str, alert: str
) -> None:
    ours.answers.append(Response(body, media_type=kind))
    assert (await twilio.person(THEIRS).send("hoi")).replies == []
    assert twilio.alerts[0].startswith(alert)


async def test_a_webhook_that_is_down_raises_an_alert(twilio: TwilioServer) -> None:
    twilio.inbound_url = "http://127.0.0.1:1/sms"
    answer = await twilio.person(THEIRS).send("hoi")
    assert answer.status == 0
    assert twilio.alerts == ["11205 HTTP connection failure: http://127.0.0.1:1/sms"]


# Opting out.


@pytest.mark.parametrize("word", ["STOP", "stop ", "StopAll", "UNSUBSCRIBE", "CANCEL", "END",
                                  "QUIT", "REVOKE", "OPTOUT"])  # fmt: skip
async def test_a_stop_word_is_handled_by_twilio_and_still_arrives(
    twilio: TwilioServer, client: Any, ours: Receiver, word: str
) -> None:
    person = twilio.person(THEIRS)
    await person.send(word)
    await person.send(word)
    assert [call.form["Body"] for call in ours.calls] == [word, word]
    assert "OptOutType" not in ours.calls[0].form
    assert [m.by_twilio for m in person.received] == [True]
    with pytest.raises(TwilioRestException) as refusal:
        await send(client)
    assert (refusal.value.status, refusal.value.code) == (400, 21610)


@pytest.mark.parametrize("text", ["STOP 12345", "Stop. Dank je", "ik wil stoppen"])
async def test_a_stop_word_among_others_is_not_seen(
    twilio: TwilioServer, ours: Receiver, text: str
) -> None:
    await twilio.person(THEIRS).send(text)
    assert not twilio.opted_out


@pytest.mark.parametrize("word", ["START", "yes", "UNSTOP"])
async def test_start_opts_in_again(
    twilio: TwilioServer, client: Any, ours: Receiver, word: str
) -> None:
    person = twilio.person(THEIRS)
    await person.send("STOP")
    await person.send(word)
    await send(client)
    await twilio.settle()
    assert [m.by_twilio for m in person.received] == [True, True, False]


async def test_an_answer_to_someone_opted_out_is_not_sent(
    twilio: TwilioServer, ours: Receiver
) -> None:
    twiml = MessagingResponse()
    twiml.message("Jammer!")
    ours.answers.append(Response(str(twiml), media_type="text/xml"))
    await twilio.person(THEIRS).send("STOP")
    assert [m.by_twilio for m in twilio.person(THEIRS).received] == [True]


async def test_advanced_opt_out_names_the_kind_and_knows_our_words() -> None:
    async with (
        receiving() as ours,
        TwilioServer(
            [], services={SERVICE: [OURS]}, inbound_url=f"{ours.url}/sms", advanced_opt_out=True
        ) as twilio,
    ):
        twilio.extra_stop_words = frozenset({"AFMELDEN"})
        person = twilio.person(THEIRS)
        for text in ("afmelden", "START", "HELP", "hoi"):
            await person.send(text)
        kinds = [call.form.get("OptOutType") for call in ours.calls]
        assert kinds == ["STOP", "START", "HELP", None]
        assert {call.form["MessagingServiceSid"] for call in ours.calls} == {SERVICE}
        assert len(await person.wait(3)) == 3
