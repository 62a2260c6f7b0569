"""A colleague is away: what happens to their calls, their notices and their name."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from aftercare.absences import end_absence, move_due, set_absence
from aftercare.escalations import contacted, take
from aftercare.handing import Receiver, hand_over
from aftercare.service import Refused, Service
from conversations.words import EscalationStatus, HandingKind, NoticeKind
from scheduler.calendar import Hours, local_day
from storage.models import Desk, DeskMember, Enrolment, Handing, StaffMember
from storage.notices import claim_notices
from tests.aftercare.people import (
    active,
    all_of,
    calls,
    colleague,
    house,
    last,
    messages,
    notices,
    writes,
)
from tests.aftercare.test_escalations import asked, now_of

DAY = timedelta(days=1)


async def _two(service: Service) -> list[StaffMember]:
    return [await colleague(service, one) for one in ("Sanne A", "Bram B")]


async def test_on_the_first_day_calls_go_back_to_the_desk(service: Service) -> None:
    call = await asked(service)
    sanne, bram = await _two(service)
    await take(service, call.reference, sanne)
    today = local_day(service.now(), Hours())
    await set_absence(service, sanne, sanne, today + DAY, today + 5 * DAY, bram)
    assert (await now_of(service, call)).owner_id == sanne.id
    built, _ = house(service)
    await built.travel(service.now() + timedelta(hours=14))  # past midnight
    kept = await now_of(service, call)
    assert (kept.status, kept.owner_id, kept.deadline) == (
        EscalationStatus.OPEN,
        None,
        call.deadline,
    )
    (line,) = await all_of(service, select(Handing).where(Handing.kind == HandingKind.ABSENT))
    assert (line.from_id, line.by_id) == (sanne.id, None)
    told = [one for one in await notices(service) if one.kind is NoticeKind.GIVEN_BACK]
    assert {one.staff_member_id for one in told} == {None, bram.id}
    assert (await last(service)).phrase != "passed_on"  # nobody has it yet, so nobody is named


async def test_a_stand_in_of_another_desk_is_not_told_of_what_they_cannot_open(
    service: Service,
) -> None:
    call = await asked(service)
    sanne, bram = await _two(service)
    async with service.database.write() as session:
        heemskerk = await session.scalar(select(Desk.id).where(Desk.slug == "heemskerk"))
        assert heemskerk is not None
        session.add(DeskMember(staff_member_id=sanne.id, desk_id=heemskerk))
        await session.execute(
            update(DeskMember)
            .where(DeskMember.staff_member_id == bram.id)
            .values(desk_id=heemskerk)
        )
    await take(service, call.reference, sanne)
    today = local_day(service.now(), Hours())
    await set_absence(service, sanne, sanne, today, today + DAY, bram)
    told = [one for one in await notices(service) if one.kind is NoticeKind.GIVEN_BACK]
    assert [one.staff_member_id for one in told] == [None]


async def test_what_begins_today_moves_at_once_and_comes_back(service: Service) -> None:
    one = await asked(service)
    other = await asked(service, 2)
    sanne, bram = await _two(service)
    for call in (one, other):
        await take(service, call.reference, sanne)
    today = local_day(service.now(), Hours())
    await set_absence(service, sanne, sanne, today, today + DAY)
    assert [call.owner_id for call in await calls(service)] == [None, None]
    await take(service, one.reference, bram)
    built, _ = house(service)
    await built.travel(service.now() + 2 * DAY)
    assert [call.owner_id for call in await calls(service)] == [bram.id, sanne.id]


async def test_who_comes_back_earlier_gets_back_what_nobody_took(service: Service) -> None:
    call = await asked(service)
    sanne, _ = await _two(service)
    await take(service, call.reference, sanne)
    today = local_day(service.now(), Hours())
    absence = await set_absence(service, sanne, sanne, today, today + 9 * DAY)
    await end_absence(service, absence.reference, sanne)
    assert (await now_of(service, call)).owner_id == sanne.id
    with pytest.raises(Refused, match="ended already"):
        await end_absence(service, absence.reference, sanne)
    await set_absence(service, sanne, sanne, today, today)  # and may be away again


async def test_what_somebody_was_in_touch_about_stays(service: Service) -> None:
    call = await asked(service)
    sanne, bram = await _two(service)
    await contacted(service, call.reference, sanne)
    today = local_day(service.now(), Hours())
    await set_absence(service, sanne, sanne, today, today + DAY)
    assert (await now_of(service, call)).owner_id == sanne.id
    to = Receiver("velsen", bram.reference)  # but anybody may go on with it
    await hand_over(service, call.reference, bram, to, "Sanne is er niet", sanne.reference)
    assert (await now_of(service, call)).owner_id == bram.id


async def test_nobody_is_promised_who_is_not_there(service: Service) -> None:
    sanne, bram = await _two(service)
    await active(service, inkomensconsulent="Sanne A")
    today = local_day(service.now(), Hours())
    absence = await set_absence(service, sanne, sanne, today, today + DAY, bram)
    for text in ("hulp", "2", "de huur"):
        await writes(service, text)
    assert "Bram B" in (await last(service)).text
    await end_absence(service, absence.reference, sanne)
    await set_absence(service, sanne, sanne, today, today + DAY)
    for text in ("hulp", "4", "ik slaap slecht"):
        await writes(service, text)
    text = (await last(service)).text
    assert "Sanne" not in text
    assert "Bram" not in text
    assert "gemeente Velsen" in text
    assert (await all_of(service, select(Enrolment.consulent_id))) == [sanne.id]  # still theirs
    assert await messages(service)


async def test_their_notices_go_to_the_desk(service: Service) -> None:
    call = await asked(service)
    sanne, bram = await _two(service)
    await take(service, call.reference, sanne)
    to = Receiver("velsen", bram.reference)
    await hand_over(service, call.reference, sanne, to, "jij weer", sanne.reference)
    today = local_day(service.now(), Hours())
    await set_absence(service, bram, bram, today, today + DAY)
    letters = await claim_notices(service.database, service.now(), 50)
    assert letters
    assert "bram@example.org" not in {one.email for one in letters}
    with pytest.raises(Refused, match="is away"):
        await hand_over(service, call.reference, sanne, to, "jij weer", None)


async def test_days_that_cannot_be(service: Service) -> None:
    sanne, bram = await _two(service)
    today = local_day(service.now(), Hours())
    for first, until in (
        (today + DAY, today),
        (today - 3 * DAY, today - DAY),
        (today, today + 400 * DAY),
    ):
        with pytest.raises(Refused):
            await set_absence(service, sanne, sanne, first, until)
    with pytest.raises(Refused, match="same team"):
        await set_absence(service, sanne, sanne, today, today, sanne)
    results = await asyncio.gather(
        *(set_absence(service, bram, sanne, today, today + DAY) for _ in range(2)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Refused) for one in results) == 1


async def test_an_absence_that_nobody_saw_pass_changes_nothing(service: Service) -> None:
    call = await asked(service)
    sanne, _ = await _two(service)
    await take(service, call.reference, sanne)
    today = local_day(service.now(), Hours())
    await set_absence(service, sanne, sanne, today + DAY, today + DAY)
    service.clock.travel_to(service.now() + 5 * DAY)  # nothing ran
    assert await move_due(service) == 1
    assert await move_due(service) == 0
    assert (await now_of(service, call)).owner_id == sanne.id
