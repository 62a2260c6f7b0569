"""Who fell behind the plan, since when and why; by reference, never by name."""

import json
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import delete, update

from aftercare import check_ins, contact
from aftercare.service import Service
from bot.house import House
from bot.missed import Missed, missed
from conversations.words import Channel, MessageStatus
from storage import outbox
from storage.models import CheckIn
from storage.outbox import Settled
from tests.aftercare.people import active, house, invited, later, track, writes


async def started(service: Service) -> tuple[House, str]:
    """The house, and somebody in it who is at the moment of the first check-in."""
    built, _ = house(service)
    reference = await active(service)
    await built.tick()
    due = await built.next_due()
    assert due
    service.clock.travel_to(due)
    return built, reference


def only(found: list[Missed]) -> Missed:
    """The one line that there is."""
    (line,) = found
    return line


async def test_whoever_got_everything_is_not_listed(service: Service) -> None:
    built, _ = await started(service)
    for _ in range(3):
        await built.travel(service.now() + timedelta(days=7))
        await writes(service, "1")
        await built.tick()
        assert await missed(service) == []


async def test_an_overdue_step_is_listed_with_its_moment(service: Service) -> None:
    _, reference = await started(service)
    due = service.now()
    assert await missed(service) == []
    later(service, hours=2)
    line = only(await missed(service))
    assert (line.client, line.step, line.since) == (reference, "day-1", due)
    assert line.municipality == "Velsen"
    assert "does a worker run" in line.why


async def test_a_step_that_nobody_asked_in_time_stays_listed(service: Service) -> None:
    built, reference = await started(service)
    due = service.now()
    later(service, days=4)
    await built.tick()
    line = only(await missed(service))
    assert (line.client, line.step, line.since) == (reference, "day-1", due)
    assert "expired before it was asked" in line.why
    await built.travel(service.now() + timedelta(days=6))
    await writes(service, "1")
    assert [one.step for one in await missed(service)] == ["day-1"]


async def test_a_question_that_did_not_get_out_is_listed(service: Service) -> None:
    built, _ = await started(service)
    await check_ins.ask_due(service)
    later(service, hours=2)
    assert "waits to be sent" in only(await missed(service)).why
    later(service, days=4)
    await outbox.expire(service.database, service.now())
    (line,) = [one for one in await missed(service) if one.step]
    assert line.why == "could not be sent in time"
    await built.tick()
    assert only(await missed(service)).step == "day-1"


async def test_a_question_that_was_refused_says_why(service: Service) -> None:
    await started(service)
    await check_ins.ask_due(service)
    parcels = await outbox.claim(service.database, Channel.SMS, service.now(), 10)
    settled = [Settled(parcels[0].id, MessageStatus.FAILED, error="twilio 30007")]
    await outbox.settle(service.database, settled, service.now())
    later(service, hours=2)
    assert only(await missed(service)).why == "was refused: twilio 30007"


async def test_a_question_in_doubt_is_listed_until_it_is_answered(service: Service) -> None:
    await started(service)
    await check_ins.ask_due(service)
    parcels = await outbox.claim(service.database, Channel.SMS, service.now(), 10)
    settled = [Settled(parcels[0].id, MessageStatus.UNCERTAIN)]
    await outbox.settle(service.database, settled, service.now())
    later(service, hours=2)
    assert "may not have arrived" in only(await missed(service)).why
    await writes(service, "1")
    assert await missed(service) == []


async def test_whoever_cannot_be_reached_is_listed_since_the_desk_was_told(
    service: Service,
) -> None:
    built, reference = await started(service)
    await built.tick()
    stopped_at = service.now()
    subject = await track(service, reference)
    await contact.close_channel(service, subject.client_id, "twilio 21610")
    later(service, days=1)
    line = only(await missed(service))
    assert (line.client, line.step, line.since) == (reference, None, stopped_at)
    assert line.why == "cannot be reached by sms: twilio 21610"


async def test_whoever_is_telling_waits_for_a_reason(service: Service) -> None:
    built, _ = await started(service)
    await built.tick()
    await writes(service, "3")  # and then: what is it about?
    async with service.database.write() as session:
        await session.execute(
            update(CheckIn).where(CheckIn.step == "day-8").values(due_at=service.now())
        )
    later(service, hours=2)
    assert "still telling" in only(await missed(service)).why


async def test_a_question_that_nobody_took_up_is_listed(service: Service) -> None:
    built, reference = await started(service)
    await built.tick()
    subject = await track(service, reference)
    assert subject.silent_at
    service.clock.travel_to(subject.silent_at + timedelta(hours=2))
    found = [one for one in await missed(service) if one.step is None]
    assert only(found).since == subject.silent_at


async def test_a_track_without_any_plan_is_listed(service: Service) -> None:
    await active(service)
    async with service.database.write() as session:
        await session.execute(delete(CheckIn))
    assert only(await missed(service)).why == "has no plan"


async def test_whoever_did_not_say_yes_or_has_stopped_is_not_behind(service: Service) -> None:
    await started(service)
    await invited(service, 2)
    await writes(service, "stop")
    later(service, days=5)
    assert await missed(service) == []


async def test_no_name_no_number_and_no_word_is_told(service: Service) -> None:
    _, reference = await started(service)
    await writes(service, "de huur")
    later(service, days=2)
    told = json.dumps([asdict(one) for one in await missed(service)], default=str)
    assert reference in told
    for personal in ("Amina", "0000001", "huur"):
        assert personal not in told


async def test_the_longest_wait_comes_first(service: Service) -> None:
    await active(service, 1)
    await active(service, 2, municipality="Beverwijk")
    later(service, days=30)
    found = await missed(service)
    assert len({one.client for one in found}) == 2
    moments = [one.since for one in found if one.since]
    assert moments == sorted(moments)
