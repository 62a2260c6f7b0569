"""The way of a message in: kept once, answered once, whatever repeats, races or breaks."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from aftercare import inbox
from aftercare.inbox import Inbound, Received
from aftercare.service import Service
from conversations.phrases import Phrase
from conversations.turns import Attachment, Text
from conversations.words import (
    Channel,
    Direction,
    MessageStatus,
    NoticeKind,
    Side,
)
from storage.database import Database
from storage.models import Stranger
from tests.aftercare.people import (
    active,
    all_of,
    brings,
    calls,
    desk,
    house,
    invited,
    last,
    later,
    messages,
    notices,
    number,
    rows_in_all_tables,
    said,
    track,
    writes,
)

STRANGER = "+31600999999"


# Once.


async def test_the_same_update_three_times_is_one_row_and_one_answer(service: Service) -> None:
    await active(service)
    before = len(await messages(service))
    received = [await writes(service, "hulp", external_id="SM1") for _ in range(3)]
    assert [one.received for one in received] == [
        Received.ANSWERED,
        Received.REPEATED,
        Received.REPEATED,
    ]
    assert len(await messages(service)) == before + 2
    assert (await said(service))[-1] == "what_about_call"


async def test_the_same_update_many_times_at_once_is_one_row_and_one_answer(
    service: Service,
) -> None:
    await active(service)
    before = len(await messages(service))
    other = Service(Database(service.database.url, durable=False), service.clock, trial=True)
    inbound = Inbound(Channel.SMS, number(), "SM1", Text("hulp"))
    received = await asyncio.gather(
        *(inbox.receive(one, inbound) for one in (service, other) for _ in range(4))
    )
    await other.database.close()
    assert sorted(one.received for one in received) == ["answered", *["repeated"] * 7]
    assert len(await messages(service)) == before + 2


async def test_the_same_id_on_another_channel_is_another_message(service: Service) -> None:
    await active(service, 1)
    await active(service, 2, channel=Channel.TELEGRAM)
    await brings(service, Text("hulp"), number(1), external_id="7")
    receipt = await brings(service, Text("hulp"), "2", Channel.TELEGRAM, external_id="7")
    assert receipt.received is Received.ANSWERED


async def test_two_answers_at_once_are_taken_one_after_the_other(service: Service) -> None:
    reference = await active(service)
    other = Service(Database(service.database.url, durable=False), service.clock, trial=True)
    await asyncio.gather(
        *(
            inbox.receive(where, Inbound(Channel.SMS, number(), f"two-{n}", Text("hulp")))
            for n, where in enumerate((service, other) * 4)
        )
    )
    await other.database.close()
    asked = [one for one in await said(service) if one == "what_about_call"]
    assert len(asked) == 8
    state = (await track(service, reference)).dialogue
    assert state["question"] == 1 + 8, "no answer overwrote another's state"


async def test_two_answers_to_a_check_in_at_once_leave_the_graver(service: Service) -> None:
    await active(service)
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=2))
    await asyncio.gather(writes(service, "1"), writes(service, "3"))
    await built.tick()
    await writes(service, "2")
    assert [one.topic for one in await calls(service)] == ["money"]


# Strangers.


async def test_a_stranger_gets_one_fixed_answer_a_day(service: Service) -> None:
    await active(service)
    first = await brings(service, Text("hallo, wie is dit?"), STRANGER)
    second = await brings(service, Text("hallo?"), STRANGER)
    assert (first.received, first.answer) == (Received.STRANGER, Phrase.STRANGER)
    assert (second.received, second.answer) == (Received.STRANGER, None)
    later(service, days=1)
    assert (await brings(service, Text("hallo?"), STRANGER)).answer is Phrase.STRANGER


async def test_nothing_of_a_stranger_is_in_any_table(service: Service) -> None:
    await active(service)
    before = await rows_in_all_tables(service)
    await brings(service, Text("ik ben Piet en ik heb schulden"), STRANGER)
    await brings(service, Attachment(), STRANGER)
    after = await rows_in_all_tables(service)
    assert after.pop("stranger") == before.pop("stranger") + 1
    assert after == before
    (kept,) = await all_of(service, select(Stranger))
    assert STRANGER.encode() not in kept.digest
    later(service, days=1)
    await brings(service, Text("hallo"), "+31600888888")
    (kept,) = await all_of(service, select(Stranger))
    assert kept.day == service.now().date(), "yesterday's is gone"


async def test_a_strangers_hash_means_nothing_the_next_day(service: Service) -> None:
    await brings(service, Text("hallo"), STRANGER)
    (first,) = await all_of(service, select(Stranger.digest))
    later(service, days=1)
    await brings(service, Text("hallo"), STRANGER)
    (second,) = await all_of(service, select(Stranger.digest))
    assert first != second


async def test_a_stranger_who_sends_much_at_once_gets_one_answer(service: Service) -> None:
    other = Service(Database(service.database.url, durable=False), service.clock, trial=True)
    receipts = await asyncio.gather(
        *(
            inbox.receive(where, Inbound(Channel.SMS, STRANGER, f"s{n}", Text("hallo")))
            for n, where in enumerate((service, other) * 3)
        )
    )
    await other.database.close()
    assert [one.received for one in receipts] == [Received.STRANGER] * 6
    assert len([one for one in receipts if one.answer]) == 1


async def test_whoever_declined_at_the_interview_is_a_stranger(service: Service) -> None:
    from conversations.words import Form

    await invited(service, form=Form.DECLINED)
    assert (await writes(service, "hallo")).received is Received.STRANGER


# What was not asked for.


async def test_unexpected_text_is_answered_once_and_kept(service: Service) -> None:
    await active(service)
    await writes(service, "blauw met witte strepen")
    assert (await said(service))[-1] == "unclear"
    kept = [one for one in await messages(service, Direction.IN) if "blauw" in one.text]
    assert [one.status for one in kept] == [MessageStatus.HANDLED]
    assert kept[0].side is Side.MUNICIPALITY


async def test_a_photo_is_answered_and_not_kept(service: Service) -> None:
    await active(service)
    await brings(service, Attachment(), number())
    assert (await said(service))[-1] == "please_type"
    assert (await messages(service, Direction.IN))[-1].text == "[bijlage]"


async def test_four_thousand_characters_are_kept_whole(service: Service) -> None:
    await active(service)
    text = "ik kan de rekening niet betalen " * 125
    await writes(service, "hulp")
    await writes(service, "2")
    await writes(service, text)
    (kept,) = [one for one in await messages(service, Direction.IN) if len(one.text) > 100]
    assert kept.text == text
    assert kept.escalation_id == (await calls(service))[0].id


@pytest.mark.parametrize(
    "text", ["", "\x00", "\ud83d\ude00" * 20, "\u202e1", "ja\x00", "\ud800 hallo"]
)
async def test_odd_characters_are_kept_and_answered(service: Service, text: str) -> None:
    await active(service)
    before = len(await said(service))
    receipt = await writes(service, text)
    assert receipt.received is Received.ANSWERED
    assert len(await said(service)) == before + 1


async def test_an_answer_goes_back_over_the_channel_it_came_by(service: Service) -> None:
    await active(service, channel=Channel.TELEGRAM)
    await writes(service, "hulp")
    answer = await last(service)
    assert answer.channel is Channel.SMS
    assert "1 werk" in answer.text


async def test_an_answer_at_night_goes_out_at_night(service: Service) -> None:
    await active(service)
    later(service, hours=14)
    await writes(service, "hulp")
    assert (await last(service)).not_before == service.now()


async def test_whoever_writes_after_refusing_gets_no_answer_but_a_reader_once(
    service: Service,
) -> None:
    await invited(service)
    await writes(service, "nee")
    phrases = await said(service)
    await writes(service, "of toch, wie zijn jullie?")
    await writes(service, "hallo?")
    assert await said(service) == phrases
    (notice,) = await notices(service)
    assert notice.kind is NoticeKind.WROTE_AFTER_END
    assert await desk(service, notice.desk_id) == "velsen"


async def test_whoever_writes_again_long_after_the_end_is_heard_again(service: Service) -> None:
    """Rule 6: the call of the first letter is resolved; the second letter needs one of its own."""
    await active(service)
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=200))
    for turn in (1, 2):
        await writes(service, f"ik heb toch hulp nodig, {turn}")
        assert len([one for one in await calls(service) if one.status == "open"]) == 1
        assert (await said(service))[-1] == "passed_on"
        await resolve_all(service)
        later(service, days=30)


async def test_words_for_a_call_that_was_resolved_meanwhile_are_heard(service: Service) -> None:
    """Rule 6: "it is not solved at all" must not disappear."""
    await active(service)
    for text in ("hulp", "2", "de huur"):
        await writes(service, text)
    await resolve_all(service)
    before = len(await said(service))
    await writes(service, "maar het is helemaal niet opgelost")
    assert len([one for one in await calls(service) if one.status == "open"]) == 1
    assert len(await said(service)) == before + 1


async def test_unexpected_text_weeks_later_is_not_met_with_silence(service: Service) -> None:
    await active(service)
    for text in ("blauw", "groen", "geel"):
        await writes(service, text)
    assert [one.topic for one in await calls(service)] == ["other"]
    await resolve_all(service)
    later(service, days=5)
    before = len(await said(service))
    await writes(service, "ik krijg een brief die ik niet begrijp")
    assert len(await said(service)) == before + 1


async def resolve_all(service: Service) -> None:
    from aftercare.escalations import resolve
    from conversations.words import OutcomeKind
    from storage.models import StaffMember
    from tests.aftercare.people import colleague

    found = await all_of(service, select(StaffMember))
    sanne = found[0] if found else await colleague(service)
    for call in await calls(service):
        if call.status != "resolved":
            await resolve(service, call.reference, sanne, OutcomeKind.HELPED)
