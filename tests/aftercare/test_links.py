"""A deep link is the door to a Telegram track: for one person, once."""

import asyncio
from datetime import timedelta

import pytest

from aftercare import check_ins, inbox
from aftercare.enrolment import new_link
from aftercare.inbox import Inbound, Received
from aftercare.service import Refused, Service
from conversations.phrases import Phrase
from conversations.turns import Hello, Text
from conversations.words import (
    Channel,
    Standing,
)
from storage.database import Database
from tests.aftercare.people import (
    active,
    brings,
    client,
    house,
    invited,
    last,
    later,
    messages,
    number,
    opens,
    presses,
    rows_in_all_tables,
    said,
    track,
    writes,
)


async def test_a_telegram_track_is_a_link_and_asks_only_when_it_is_opened(
    service: Service,
) -> None:
    enrolled = await invited(service, channel=Channel.TELEGRAM, number=None)
    assert enrolled.link_token
    assert len(enrolled.link_token) <= 64
    assert set(enrolled.link_token) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    )
    assert await messages(service) == []
    await opens(service, enrolled.link_token)
    assert await said(service) == ["invitation"]
    assert (await last(service)).buttons == [["ja", "1:yes"], ["nee", "1:no"]]
    await presses(service, 1, "yes")
    assert (await track(service, enrolled.reference)).standing is Standing.ACTIVE


async def test_the_token_of_a_link_is_kept_nowhere(service: Service) -> None:
    enrolled = await invited(service, channel=Channel.TELEGRAM)
    kept = await track(service, enrolled.reference)
    assert kept.link_hash
    assert enrolled.link_token
    assert enrolled.link_token.encode() not in kept.link_hash


async def test_a_new_link_voids_the_old_one(service: Service) -> None:
    enrolled = await invited(service, channel=Channel.TELEGRAM)
    fresh = await new_link(service, enrolled.reference)
    await opens(service, enrolled.link_token, chat="1")
    assert await messages(service) == []
    await opens(service, fresh, chat="2")
    assert await said(service) == ["invitation"]


async def test_a_new_link_is_refused_to_whoever_needs_none(service: Service) -> None:
    by_sms = await invited(service)
    with pytest.raises(Refused):
        await new_link(service, by_sms.reference)
    reference = await active(service, 2, channel=Channel.TELEGRAM)
    with pytest.raises(Refused):
        await new_link(service, reference)
    with pytest.raises(Refused):
        await new_link(service, "NOBODY22")


async def test_a_link_that_is_never_opened_lapses_without_a_message(service: Service) -> None:
    enrolled = await invited(service, channel=Channel.TELEGRAM)
    built, mailbox = house(service)
    await built.travel(service.now() + timedelta(days=21))
    assert await messages(service) == []
    assert (await track(service, enrolled.reference)).standing is Standing.LAPSED
    assert [letter.kind for _, letter in mailbox.letters] == ["invitation_lapsed"]


async def test_a_number_is_searched_by_its_hash_and_never_by_itself(service: Service) -> None:
    enrolled = await invited(service)
    kept = await client(service, enrolled.reference)
    assert kept.number == number()
    assert kept.number_hash
    assert number().encode() not in kept.number_hash


# Who opens it.


@pytest.mark.parametrize("token", ["forged", "", "x" * 64, "'; DROP TABLE client; --"])
async def test_a_forged_link_leads_nowhere_and_leaves_nothing(service: Service, token: str) -> None:
    await invited(service, channel=Channel.TELEGRAM)
    before = await rows_in_all_tables(service)
    receipt = await opens(service, token or None, chat="99")
    assert receipt.received is Received.STRANGER
    assert receipt.answer is (Phrase.LINK_SPENT if token else Phrase.STRANGER)
    after = await rows_in_all_tables(service)
    assert after | {"stranger": 0} == before | {"stranger": 0}


async def test_a_link_is_used_once(service: Service) -> None:
    enrolled = await invited(service, channel=Channel.TELEGRAM)
    await opens(service, enrolled.link_token, chat="1")
    receipt = await opens(service, enrolled.link_token, chat="2")
    assert (receipt.received, receipt.answer) == (Received.STRANGER, Phrase.LINK_SPENT)
    assert (await client(service, enrolled.reference)).chat == "1"


async def test_of_two_who_open_a_link_at_once_one_gets_in(service: Service) -> None:
    enrolled = await invited(service, channel=Channel.TELEGRAM)
    other = Service(Database(service.database.url, durable=False), service.clock, trial=True)
    receipts = await asyncio.gather(
        *(
            inbox.receive(
                where,
                Inbound(Channel.TELEGRAM, f"{n}", f"o{n}", Hello(), link=enrolled.link_token),
            )
            for n, where in enumerate((service, other) * 3, start=1)
        )
    )
    await other.database.close()
    inside = [n for n, one in enumerate(receipts, 1) if one.received is Received.ANSWERED]
    assert len(inside) == 1
    assert (await client(service, enrolled.reference)).chat == str(inside[0])


async def test_the_owner_who_opens_the_link_again_is_asked_again(service: Service) -> None:
    enrolled = await invited(service, channel=Channel.TELEGRAM)
    await opens(service, enrolled.link_token)
    receipt = await opens(service, enrolled.link_token)
    assert receipt.received is Received.ANSWERED
    assert await said(service) == ["invitation", "invitation"]


async def test_a_chat_with_a_running_track_does_not_become_somebody_else(
    service: Service,
) -> None:
    first = await active(service, 1, channel=Channel.TELEGRAM)
    second = await invited(service, 2, channel=Channel.TELEGRAM)
    await opens(service, second.link_token, chat="1")
    assert (await client(service, first)).chat == "1"
    assert (await client(service, second.reference)).chat is None
    assert (await track(service, second.reference)).standing is Standing.INVITED


async def test_a_chat_of_an_ended_track_may_begin_a_new_one(service: Service) -> None:
    first = await active(service, 1, channel=Channel.TELEGRAM)
    await brings(service, Text("STOP"), "1", Channel.TELEGRAM)
    second = await invited(service, 2, channel=Channel.TELEGRAM)
    await opens(service, second.link_token, chat="1")
    assert (await client(service, first)).chat is None
    assert (await client(service, second.reference)).chat == "1"


async def test_whoever_said_yes_by_sms_without_opening_the_link_is_heard_there(
    service: Service,
) -> None:
    enrolled = await invited(service, channel=Channel.TELEGRAM)
    await writes(service, "ja")
    assert (await client(service, enrolled.reference)).channel is Channel.SMS
    await writes(service, "hulp")
    await writes(service, "2")
    assert (await said(service))[-1] == "own_words"
    later(service, minutes=31)
    await check_ins.take_silence(service)
    assert (await last(service)).phrase == "promise", "who will be in touch, and by when (rule 7)"
    assert (await last(service)).channel is Channel.SMS


async def test_in_a_second_track_the_chat_of_the_first_goes_on_without_the_link(
    service: Service,
) -> None:
    enrolled = await invited(service, channel=Channel.TELEGRAM)
    await opens(service, enrolled.link_token)
    await presses(service, 1, "no")
    await invited(service, channel=Channel.TELEGRAM)
    await writes(service, "ja")
    await writes(service, "hulp")
    await writes(service, "2")
    later(service, minutes=31)
    await check_ins.take_silence(service)
    assert ((await last(service)).phrase, (await last(service)).channel) == ("promise", "telegram")
