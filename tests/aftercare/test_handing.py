"""A call for help comes into other hands: given back, handed over, or to the other side."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from aftercare.calls import DANGER_AGAIN
from aftercare.escalations import contacted, take
from aftercare.handing import Receiver, give_back, hand_over
from aftercare.lines import lead
from aftercare.service import Refused, Service
from conversations.words import (
    EscalationStatus,
    HandingKind,
    MessageKind,
    NoticeKind,
    OutcomeKind,
    Role,
    Topic,
)
from scheduler.calendar import Hours, deadline
from storage.models import Escalation, Handing, Note, Outcome
from tests.aftercare.people import (
    all_of,
    calls,
    colleague,
    desk,
    last,
    later,
    notices,
    writes,
)
from tests.aftercare.test_escalations import asked, now_of

HOURS = Hours()


async def _history(service: Service) -> list[tuple[HandingKind, int | None, int | None]]:
    rows = await all_of(service, select(Handing).order_by(Handing.id))
    return [(one.kind, one.from_id, one.to_id) for one in rows]


async def test_a_call_that_is_given_back_waits_for_the_desk_again(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    await take(service, call.reference, sanne)
    await give_back(service, call.reference, sanne, " ik ken hem zelf ")
    kept = await now_of(service, call)
    assert (kept.status, kept.owner_id, kept.taken_at) == (EscalationStatus.OPEN, None, None)
    assert kept.deadline == call.deadline  # what was promised stays promised
    assert (await notices(service))[-1].kind is NoticeKind.GIVEN_BACK
    assert await _history(service) == [
        (HandingKind.TAKEN, None, sanne.id),
        (HandingKind.GIVEN_BACK, sanne.id, None),
    ]
    (line,) = await all_of(service, select(Handing).where(Handing.kind == HandingKind.GIVEN_BACK))
    assert line.reason == "ik ken hem zelf"
    await take(service, call.reference, sanne)
    assert (await now_of(service, call)).owner_id == sanne.id


async def test_only_who_has_it_or_the_lead_gives_back_and_says_why(service: Service) -> None:
    call = await asked(service)
    sanne, bram, lena = [await colleague(service, one) for one in ("Sanne A", "Bram B", "Lena C")]
    await lead(service, "velsen", "lena@example.org")
    await take(service, call.reference, sanne)
    with pytest.raises(Refused, match="Sanne A has this call"):
        await give_back(service, call.reference, bram, "waarom niet")
    with pytest.raises(Refused, match="Write down why"):
        await give_back(service, call.reference, sanne, "  ")
    with pytest.raises(Refused, match="at most"):
        await give_back(service, call.reference, sanne, "x" * 1001)
    await give_back(service, call.reference, lena, "Sanne is ziek")
    assert (await now_of(service, call)).owner_id is None


async def test_after_a_contact_the_next_hands_get_time_of_their_own(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    await contacted(service, call.reference, sanne)
    first = service.now()
    later(service, days=3)
    await give_back(service, call.reference, sanne, "vakantie")
    kept = await now_of(service, call)
    assert kept.deadline == deadline(service.now(), 2, HOURS)
    assert (kept.contacted_at, kept.ask_at) == (first, None)
    (line,) = await all_of(service, select(Handing).where(Handing.kind == HandingKind.GIVEN_BACK))
    assert line.deadline == call.deadline
    await contacted(service, call.reference, sanne)
    assert (await now_of(service, call)).contacted_at == first  # the first contact counts


async def test_danger_that_is_given_back_is_pressed_anew(service: Service) -> None:
    call = await asked(service, 1, "ik wil dood")
    sanne = await colleague(service)
    await take(service, call.reference, sanne)
    before = len(await notices(service))
    await give_back(service, call.reference, sanne, "ik moet weg")
    (told,) = (await notices(service))[before:]
    assert told.kind is NoticeKind.DANGER
    assert (await now_of(service, call)).remind_at == service.now() + DANGER_AGAIN


async def test_a_named_colleague_gets_it_and_the_client_hears_who(service: Service) -> None:
    call = await asked(service)
    sanne, bram = [await colleague(service, one) for one in ("Sanne A", "Bram B")]
    await take(service, call.reference, sanne)
    to = Receiver("velsen", bram.reference)
    await hand_over(service, call.reference, sanne, to, "belt morgen", sanne.reference)
    kept = await now_of(service, call)
    assert (kept.status, kept.owner_id) == (EscalationStatus.TAKEN, bram.id)
    assert kept.deadline == call.deadline
    told = await last(service)
    assert "Bram B" in told.text
    assert "woensdag 4 maart" in told.text
    assert told.kind is MessageKind.STAFF
    notice = (await notices(service))[-1]
    assert (notice.kind, notice.staff_member_id) == (NoticeKind.HANDED_OVER, bram.id)


async def test_a_deadline_that_has_passed_begins_anew_with_the_next_hands(
    service: Service,
) -> None:
    call = await asked(service)
    sanne, bram = [await colleague(service, one) for one in ("Sanne A", "Bram B")]
    await take(service, call.reference, sanne)
    later(service, days=4)
    to = Receiver("velsen", bram.reference)
    await hand_over(service, call.reference, sanne, to, "lukt niet", sanne.reference)
    assert (await now_of(service, call)).deadline == deadline(service.now(), 2, HOURS)


async def test_of_two_who_hand_over_at_once_one_is_told_who_has_it(service: Service) -> None:
    call = await asked(service)
    sanne, bram, cem = [await colleague(service, one) for one in ("Sanne A", "Bram B", "Cem C")]
    await take(service, call.reference, sanne)
    results = await asyncio.gather(
        *(
            hand_over(
                service, call.reference, sanne,
                Receiver("velsen", one.reference), "neem over", sanne.reference,
            )
            for one in (bram, cem)
        ),
        return_exceptions=True,
    )  # fmt: skip
    (refused,) = [one for one in results if isinstance(one, Refused)]
    kept = await now_of(service, call)
    winner = bram if kept.owner_id == bram.id else cem
    assert str(refused).startswith(winner.name)


async def test_who_is_not_of_the_desk_left_or_has_it_gets_nothing(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    coach = await colleague(service, "Wim Coach", Role.WERKCOACH, "ijmond-werkt")
    await take(service, call.reference, sanne)
    for to in (
        Receiver("velsen", coach.reference),
        Receiver("velsen", sanne.reference),
        Receiver("velsen"),
        Receiver("bestaat-niet"),
    ):
        with pytest.raises(Refused):
            await hand_over(service, call.reference, sanne, to, "neem over", sanne.reference)
    assert (await now_of(service, call)).owner_id == sanne.id


async def test_a_desk_of_another_municipality_gets_nothing(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    henk = await colleague(service, "Henk Elders", desk="heemskerk")
    for to in (Receiver("heemskerk"), Receiver("heemskerk", henk.reference)):
        with pytest.raises(Refused, match="Choose who takes it over"):
            await hand_over(service, call.reference, sanne, to, "kijk even mee", None)
    assert await desk(service, (await now_of(service, call)).desk_id) == "velsen"


async def test_the_other_side_gets_a_call_of_its_own_with_the_summary(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    coach = await colleague(service, "Wim Coach", Role.WERKCOACH, "ijmond-werkt")
    await take(service, call.reference, sanne)
    later(service, hours=20)
    to = Receiver("ijmond-werkt", coach.reference, Topic.WORK)
    with pytest.raises(Refused, match="tick the box"):
        await hand_over(service, call.reference, sanne, to, "contract loopt af", sanne.reference)
    to = Receiver("ijmond-werkt", coach.reference, Topic.WORK, client_knows=True)
    await hand_over(service, call.reference, sanne, to, "contract loopt af", sanne.reference)
    before, after = await calls(service)
    assert (before.status, before.ask_at) == (EscalationStatus.RESOLVED, None)
    (outcome,) = await all_of(service, select(Outcome))
    assert (outcome.escalation_id, outcome.kind) == (before.id, OutcomeKind.REFERRED)
    assert (after.topic, after.owner_id) == (Topic.WORK, coach.id)
    assert await desk(service, after.desk_id) == "ijmond-werkt"
    assert after.deadline == before.deadline  # the promise moves along
    (note,) = await all_of(service, select(Note))
    assert (note.escalation_id, note.text) == (after.id, "contract loopt af")
    assert "Wim Coach" in (await last(service)).text


@pytest.mark.parametrize(
    "to",
    [
        Receiver("ijmond-werkt", None, Topic.MONEY, client_knows=True),
        Receiver("ijmond-werkt", None, None, client_knows=True),
    ],
)
async def test_nothing_goes_to_a_desk_that_it_is_not_for(service: Service, to: Receiver) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    with pytest.raises(Refused):
        await hand_over(service, call.reference, sanne, to, "kijk even", None)
    assert len(await calls(service)) == 1


async def test_danger_stays_with_its_side(service: Service) -> None:
    call = await asked(service, 1, "ik wil dood")
    sanne = await colleague(service)
    to = Receiver("ijmond-werkt", None, Topic.WORK, client_knows=True)
    with pytest.raises(Refused, match="danger stays"):
        await hand_over(service, call.reference, sanne, to, "gaat over werk", None)
    assert (await now_of(service, call)).status is EscalationStatus.OPEN


async def test_whoever_stopped_hears_nothing_but_the_call_moves(service: Service) -> None:
    call = await asked(service)
    sanne, bram = [await colleague(service, one) for one in ("Sanne A", "Bram B")]
    await writes(service, "STOP")
    said = (await last(service)).id
    to = Receiver("velsen", bram.reference)
    await hand_over(service, call.reference, sanne, to, "neem over", None)
    assert (await now_of(service, call)).owner_id == bram.id
    assert (await last(service)).id == said


async def test_the_deadline_of_a_call_is_never_put_off_by_handing_it_around(
    service: Service,
) -> None:
    call = await asked(service)
    sanne, bram = [await colleague(service, one) for one in ("Sanne A", "Bram B")]
    hands: list[tuple[str | None, str]] = [
        (None, sanne.reference),
        (sanne.reference, bram.reference),
        (bram.reference, sanne.reference),
    ]
    for seen, to in hands:
        later(service, hours=5)
        await hand_over(service, call.reference, sanne, Receiver("velsen", to), "jij", seen)
    assert (await now_of(service, call)).deadline == call.deadline
    assert service.now() - call.opened_at == timedelta(hours=15)
    (found,) = await all_of(service, select(Escalation.reference))
    assert found == call.reference
