"""What people write by SMS: signed webhooks, behind a proxy with another address than ours; and the
wish to stop, which Twilio partly answers itself."""

from datetime import timedelta
from urllib.parse import urlencode

import httpx
import pytest

from conversations.words import Standing
from tests.bot.house import OURS, PUBLIC, SERVICE, Here
from tests.bot.waiting import SOON
from tests.providers.twilio_people import Person
from tests.providers.twilio_webhooks import (
    Outcome,
    signed_headers,
)


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
