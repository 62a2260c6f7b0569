"""A colleague writes to the client through the bot, and the answer comes back to the call."""

from datetime import timedelta

import pytest

from aftercare.escalations import resolve, take
from aftercare.moving import subject_of
from aftercare.service import Refused, Service
from aftercare.writing import draft, send
from conversations.words import (
    Direction,
    MessageKind,
    MessageStatus,
    NoticeKind,
    OutcomeKind,
    Side,
)
from scheduler.calendar import Hours, is_allowed
from storage.models import Escalation, StaffMember
from tests.aftercare.people import calls, colleague, house, last, messages, notices, writes
from tests.aftercare.test_escalations import asked


async def _taken(service: Service) -> tuple[Escalation, StaffMember]:
    call = await asked(service)
    sanne = await colleague(service)
    await take(service, call.reference, sanne)
    built, _ = house(service)
    await built.tick()  # what the bot had to say has gone
    return call, sanne


async def test_the_client_reads_who_writes(service: Service) -> None:
    call, sanne = await _taken(service)
    async with service.database.read() as session:
        subject = await subject_of(session, call)
        ready = await draft(service, session, call, subject, sanne, " Kan het\n\n om 10 uur? ")
    assert ready.text.startswith("Sanne Voorbeeld")
    assert "gemeente Velsen" in ready.text
    assert ready.text.endswith("Kan het\n\nom 10 uur?")
    assert (ready.segments, ready.at, ready.language) == (1, service.now(), "nl")
    assert (await last(service)).kind is not MessageKind.STAFF  # a draft is nothing yet
    await send(service, call.reference, sanne, "Kan het om 10 uur?")
    message = await last(service)
    assert (message.kind, message.side) == (MessageKind.STAFF, Side.MUNICIPALITY)
    assert message.escalation_id == call.id
    built, _ = house(service)
    await built.tick()
    assert (await last(service)).status is MessageStatus.DELIVERED


@pytest.mark.parametrize("text", ["", "   ", "x" * 301, "stil\x07", "a\u202eb"])
async def test_what_nobody_can_read_is_refused(service: Service, text: str) -> None:
    call, sanne = await _taken(service)
    before = (await last(service)).id
    with pytest.raises(Refused):
        await send(service, call.reference, sanne, text)
    assert (await last(service)).id == before


async def test_at_night_it_waits_for_the_morning(service: Service) -> None:
    call, sanne = await _taken(service)
    service.clock.travel_to(service.now() + timedelta(hours=11))
    at = await send(service, call.reference, sanne, "Ik bel morgen")
    assert at - service.now() == timedelta(hours=11)  # nine in the morning
    assert is_allowed(at, Hours())
    built, _ = house(service)
    await built.tick()
    assert (await last(service)).status is MessageStatus.QUEUED
    await built.travel(at + timedelta(minutes=1))
    assert (await last(service)).status is MessageStatus.DELIVERED


async def test_the_same_twice_goes_once(service: Service) -> None:
    call, sanne = await _taken(service)
    await send(service, call.reference, sanne, "Ik bel zo")
    with pytest.raises(Refused, match="on its way"):
        await send(service, call.reference, sanne, "Ik bel  zo")
    assert sum(one.kind is MessageKind.STAFF for one in await messages(service)) == 1


async def test_the_answer_belongs_to_the_call_and_the_colleague_hears_it(service: Service) -> None:
    call, sanne = await _taken(service)
    await send(service, call.reference, sanne, "Kan het om 10 uur?")
    built, _ = house(service)
    await built.tick()
    for answer in ("ja", "liever om 11 uur"):
        await writes(service, answer)
    heard = [one for one in await messages(service, Direction.IN) if one.text in ("ja",)][-1:]
    heard += [one for one in await messages(service, Direction.IN) if "11 uur" in one.text]
    assert [(one.escalation_id, one.side) for one in heard] == [(call.id, Side.MUNICIPALITY)] * 2
    told = [one for one in await notices(service) if one.kind is NoticeKind.ANSWERED]
    assert [one.staff_member_id for one in told] == [sanne.id]  # once, not for every word


async def test_it_answers_the_colleague_and_not_a_question_that_ran(service: Service) -> None:
    call, sanne = await _taken(service)
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=8))  # meanwhile a check-in was asked
    await send(service, call.reference, sanne, "Is de huur nu betaald?")
    await built.tick()
    await writes(service, "nee")
    answer = (await messages(service, Direction.IN))[-1]
    assert answer.escalation_id == call.id
    assert (await last(service)).kind is MessageKind.STAFF  # the bot puts nothing in between


async def test_three_a_day_and_no_more(service: Service) -> None:
    call, sanne = await _taken(service)
    built, _ = house(service)
    for text in ("een", "twee", "drie", "vier"):
        service.clock.travel_to(service.now() + timedelta(minutes=5))
        await send(service, call.reference, sanne, text)
        await built.tick()
    sent = [one for one in await messages(service) if one.kind is MessageKind.STAFF]
    assert [one.status for one in sent] == [MessageStatus.DELIVERED] * 3 + [MessageStatus.QUEUED]
    assert sent[3].not_before
    assert sent[3].not_before >= service.now() + timedelta(hours=23)


async def test_it_does_not_push_a_check_in_away(service: Service) -> None:
    call, sanne = await _taken(service)
    built, _ = house(service)
    await resolve(service, call.reference, sanne, OutcomeKind.NOT_NEEDED)
    await writes(service, "hulp")
    await writes(service, "2")
    await writes(service, "nee")
    again = (await calls(service))[-1]
    await built.travel(service.now() + timedelta(days=6, hours=2))
    await send(service, again.reference, sanne, "Ik ben er morgen weer")
    await built.travel(service.now() + timedelta(days=1))
    asked_after = [one for one in await messages(service) if one.phrase == "check_in"]
    assert asked_after
    assert asked_after[-1].status is MessageStatus.DELIVERED


async def test_nothing_goes_to_whoever_stopped(service: Service) -> None:
    call, sanne = await _taken(service)
    service.clock.travel_to(service.now() + timedelta(hours=11))
    await send(service, call.reference, sanne, "Ik bel morgen")
    await writes(service, "STOP")
    waiting = [one for one in await messages(service) if one.kind is MessageKind.STAFF]
    assert [one.status for one in waiting] == [MessageStatus.CANCELLED]
    with pytest.raises(Refused, match="wants no messages"):
        await send(service, call.reference, sanne, "Toch nog iets")


async def test_nothing_is_written_about_a_call_that_is_resolved(service: Service) -> None:
    call, sanne = await _taken(service)
    await resolve(service, call.reference, sanne, OutcomeKind.HELPED)
    with pytest.raises(Refused, match="already resolved"):
        await send(service, call.reference, sanne, "Nog iets")
