"""Ticks over what is due: asked once, in time, not in between; silence has its consequence."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from aftercare import check_ins, effects
from aftercare.service import Service
from conversations.words import (
    Channel,
    CheckInStatus,
    Direction,
    MessageKind,
    MessageStatus,
    NoticeKind,
    Standing,
)
from scheduler.calendar import after_working_days, local_day
from scheduler.taper import SEND_WITHIN
from storage.database import Database
from storage.models import Municipality, Route
from tests.aftercare.people import (
    active,
    all_of,
    calls,
    client,
    house,
    invited,
    later,
    messages,
    notices,
    said,
    steps,
    track,
    writes,
)


async def to_first_step(service: Service) -> None:
    service.clock.travel_to((await steps(service))["day-1"].due_at)


async def test_a_check_in_is_asked_at_its_moment_and_not_before(service: Service) -> None:
    await active(service)
    await to_first_step(service)
    later(service, seconds=-1)
    assert await check_ins.ask_due(service) == 0
    later(service, seconds=1)
    assert await check_ins.ask_due(service) == 1
    row = (await steps(service))["day-1"]
    assert (row.status, row.asked_at) == (CheckInStatus.ASKED, service.now())


async def test_a_check_in_is_asked_once_by_however_many_workers(service: Service) -> None:
    for person in range(1, 6):
        await active(service, person)
    later(service, days=1, hours=10)
    other = Service(Database(service.database.url, durable=False), service.clock, trial=True)
    for _ in range(2):
        await asyncio.gather(*(check_ins.ask_due(one) for one in (service, other) * 3))
    await other.database.close()
    assert (await said(service)).count("check_in") == 5


async def test_a_tick_that_dies_halfway_asks_nobody_twice(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    await active(service, 1)
    await active(service, 2)
    later(service, days=1, hours=10)
    real, asked = effects.apply, 0

    async def dies(*arguments: Any, **more: Any) -> object:
        nonlocal asked
        asked += 1
        if asked == 2:
            raise OSError("killed")
        return await real(*arguments, **more)

    with monkeypatch.context() as patched:
        patched.setattr(effects, "apply", dies)
        with pytest.raises(OSError, match="killed"):
            await check_ins.ask_due(service)
    await check_ins.ask_due(service)
    assert (await said(service)).count("check_in") == 2


async def test_a_check_in_that_is_days_too_late_expires_unsaid(service: Service) -> None:
    await active(service)
    await to_first_step(service)
    service.clock.travel_to(service.now() + SEND_WITHIN)
    await check_ins.ask_due(service)
    assert (await steps(service))["day-1"].status is CheckInStatus.EXPIRED
    assert "check_in" not in await said(service)


async def test_a_message_that_cannot_go_out_takes_its_check_in_with_it(service: Service) -> None:
    reference = await active(service)
    built, _ = house(service)
    await built.tick()
    async with service.database.write() as session:
        (await session.merge(await client(service, reference))).channel_stopped = "blocked"
    await to_first_step(service)
    await built.tick()
    await built.travel(service.now() + timedelta(hours=1))
    out = [one for one in await messages(service, Direction.OUT) if one.phrase == "check_in"]
    assert [one.status for one in out] == [MessageStatus.CANCELLED]
    assert (await steps(service))["day-1"].status is CheckInStatus.EXPIRED


async def test_whoever_is_telling_is_not_interrupted_and_is_asked_later(
    service: Service,
) -> None:
    await active(service)
    await to_first_step(service)
    later(service, minutes=-5)
    await writes(service, "hulp")
    later(service, minutes=10)
    assert await check_ins.ask_due(service) == 0
    for text in ("2", "de huur"):
        await writes(service, text)
    assert await check_ins.ask_due(service) == 1


@pytest.mark.parametrize("instead", ["hulp", "huur", "ik wil dood", "blauw"])
async def test_a_check_in_that_is_left_for_something_else_still_ends(
    service: Service, instead: str
) -> None:
    """Rule 3: whatever the conversation goes on to, the step comes to an end."""
    built, _ = house(service)
    await active(service)
    await to_first_step(service)
    await built.tick()
    await writes(service, instead)
    await built.travel(service.now() + timedelta(days=6, hours=20))
    assert (await steps(service))["day-1"].status is CheckInStatus.EXPIRED


async def test_no_answer_to_a_check_in_is_reminded_of_once_and_expires_it(
    service: Service,
) -> None:
    built, _ = house(service)
    await active(service)
    await built.travel(service.now() + timedelta(days=8))
    assert (await steps(service))["day-1"].status is CheckInStatus.EXPIRED
    assert (await said(service))[2:] == ["check_in", "check_in_again"]


async def test_no_topic_within_a_day_is_brought_to_a_person_with_a_promise(
    service: Service,
) -> None:
    built, _ = house(service)
    await active(service)
    await writes(service, "hulp")
    await built.travel(service.now() + timedelta(hours=25))
    assert [one.topic for one in await calls(service)] == ["other"]
    assert (await said(service))[-1] == "passed_on"


async def test_no_own_words_within_half_an_hour_gets_the_promise(service: Service) -> None:
    built, _ = house(service)
    await active(service)
    for text in ("hulp", "2"):
        await writes(service, text)
    await built.travel(service.now() + timedelta(minutes=31))
    promise = [one for one in await messages(service, Direction.OUT) if one.phrase == "promise"]
    assert [one.status for one in promise] == [MessageStatus.DELIVERED]


async def test_what_silence_leads_to_does_not_wake_anybody(service: Service) -> None:
    """The client wrote at a quarter past eight in the evening, and then nothing more."""
    built, _ = house(service)
    await active(service)
    later(service, hours=9, minutes=15)
    for text in ("hulp", "2"):
        await writes(service, text)
    await built.travel(service.now() + timedelta(hours=22))
    (promise,) = [one for one in await messages(service, Direction.OUT) if one.phrase == "promise"]
    assert promise.sent_at
    assert 8 <= promise.sent_at.hour < 19  # in UTC, an hour behind


# The request for consent.


async def test_the_request_is_repeated_once_and_then_lapses_and_the_consultant_is_told(
    service: Service,
) -> None:
    reference = (await invited(service)).reference
    built, mailbox = house(service)
    asked = local_day(service.now(), (await all_of(service, select(Municipality)))[0].hours)
    await built.travel(service.now() + timedelta(days=21))
    out = await messages(service, Direction.OUT)
    assert [one.phrase for one in out] == ["invitation", "invitation_again"]
    assert {one.kind for one in out} == {MessageKind.INVITATION}
    assert out[1].at.date() == after_working_days(asked, 3)
    assert (await track(service, reference)).standing is Standing.LAPSED
    assert [letter.kind for _, letter in mailbox.letters] == [NoticeKind.INVITATION_LAPSED]
    assert mailbox.letters[0][0].date() == after_working_days(out[1].at.date(), 3)


async def test_whoever_says_yes_after_it_lapsed_begins_with_the_current_step(
    service: Service,
) -> None:
    reference = (await invited(service)).reference
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=25))
    await writes(service, "ja")
    assert (await track(service, reference)).standing is Standing.ACTIVE
    assert (await steps(service))["day-1"].status is CheckInStatus.SKIPPED


async def test_a_yes_to_an_invitation_of_long_ago_is_not_welcomed_and_closed_at_once(
    service: Service,
) -> None:
    await invited(service)
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=250))
    await writes(service, "ja")
    await built.tick()
    assert (await said(service))[-1] != "closing"


async def test_danger_before_consent_does_not_hasten_the_reminder(service: Service) -> None:
    await invited(service)
    built, _ = house(service)
    await built.tick()
    await writes(service, "ik wil dood")
    await built.travel(service.now() + timedelta(days=2))
    assert "invitation_again" not in await said(service)
    await built.travel(service.now() + timedelta(days=20))
    assert (await said(service)).count("invitation_again") == 1


# The end.


async def test_after_half_a_year_the_track_is_closed_with_a_last_word(service: Service) -> None:
    built, _ = house(service)
    reference = await active(service)
    await built.travel(service.now() + timedelta(days=200))
    assert (await said(service))[-1] == "closing"
    assert (await track(service, reference)).standing is Standing.COMPLETED
    assert (await track(service, reference)).ended_at
    before = await said(service)
    await built.travel(service.now() + timedelta(days=200))
    assert await said(service) == before


async def test_the_end_waits_for_somebody_who_is_telling(service: Service) -> None:
    built, _ = house(service)
    reference = await active(service)
    ends = timedelta(days=189, hours=20)
    await built.travel(service.now() + ends - timedelta(days=1))
    await writes(service, "hulp")
    ended = (await track(service, reference)).ends_at
    assert ended
    await built.travel(ended + timedelta(minutes=1))
    if (await track(service, reference)).standing is Standing.ACTIVE:
        await writes(service, "2")
    await built.travel(service.now() + timedelta(days=3))
    assert (await track(service, reference)).standing is Standing.COMPLETED
    assert len(await calls(service)) == 1
    assert any(one in ("promise", "passed_on") for one in await said(service))


async def test_after_a_lost_job_nothing_is_asked_any_more(service: Service) -> None:
    built, _ = house(service)
    await active(service)
    await built.travel(service.now() + timedelta(days=2))
    await writes(service, "4")
    await built.travel(service.now() + timedelta(days=170))
    assert (await said(service)).count("check_in") == 1


async def test_one_person_on_whom_the_program_fails_does_not_hold_up_the_others(
    service: Service,
) -> None:
    await active(service, 1, municipality="Uitgeest")
    await active(service, 2)
    await writes(service, "hulp", 1)
    await writes(service, "hulp", 2)
    async with service.database.write() as session:
        place = select(Municipality.id).where(Municipality.slug == "uitgeest")
        await session.execute(delete(Route).where(Route.municipality_id.in_(place)))
    later(service, hours=25)
    await check_ins.take_silence(service)
    assert len(await calls(service)) == 1
    assert "passed_on" in await said(service)
    assert not [one for one in await notices(service) if one.kind is NoticeKind.OVERDUE]


async def test_chats_and_sms_are_asked_by_the_same_plan(service: Service) -> None:
    await active(service, 1)
    await active(service, 2, channel=Channel.TELEGRAM)
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=2))
    out = [one for one in await messages(service, Direction.OUT) if one.phrase == "check_in"]
    assert {one.channel for one in out} == {Channel.SMS, Channel.TELEGRAM}
    assert {one.at.date() for one in out} == {out[0].at.date()}
