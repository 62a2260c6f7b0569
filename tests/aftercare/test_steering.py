"""A colleague changes the plan, with a reason."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from aftercare import steering
from aftercare.service import Refused, Service
from conversations.words import (
    ChangeKind,
    CheckInStatus,
    Form,
    MessageKind,
    Role,
    Standing,
)
from storage.models import AuditEntry, PlanChange, StaffMember
from tests.aftercare.people import (
    MONDAY,
    active,
    all_of,
    client,
    colleague,
    house,
    invited,
    last,
    said,
    steps,
    track,
    writes,
)

Deed = Callable[[Service, str, StaffMember, str], Awaitable[object]]


def deed(what: Callable[..., Awaitable[object]], *more: object) -> Deed:
    """A change, with all but who, for whom and why filled in."""

    async def do(service: Service, reference: str, by: StaffMember, reason: str) -> object:
        return await what(service, reference, by, reason, *more)

    return do


PAST = MONDAY - timedelta(days=1)
WHY = "gebeld, is met vakantie"

DEEDS: dict[str, Deed] = {
    "pause": deed(steering.pause, date(2026, 4, 10)),
    "skip": deed(steering.skip, "day-8"),
    "move": deed(steering.move, "day-8", date(2026, 3, 18)),
    "add": deed(steering.add, date(2026, 4, 7)),
    "form": deed(steering.set_form, Form.PASSIVE),
    "language": deed(steering.set_language, "en"),
    "extend": deed(steering.extend, date(2026, 12, 1)),
    "contact": deed(steering.set_contact, Role.CONSULENT, "sanne@example.org"),
}


@pytest.mark.parametrize("change", DEEDS.values(), ids=DEEDS)
async def test_every_change_is_kept_with_its_reason_and_who_made_it(
    service: Service, change: Deed
) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    await change(service, reference, sanne, f"  {WHY} ")
    (kept,) = await all_of(service, select(PlanChange))
    assert (kept.reason, kept.staff_member_id, kept.at) == (WHY, sanne.id, service.now())
    entries = await all_of(service, select(AuditEntry).where(AuditEntry.action == "plan"))
    assert [one.staff_member_id for one in entries] == [sanne.id]
    assert WHY not in (entries[0].detail or ""), "the audit holds no content"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
@pytest.mark.parametrize("change", DEEDS.values(), ids=DEEDS)
async def test_nothing_is_changed_without_a_reason(
    service: Service, change: Deed, reason: str
) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    before = {step: one.due_at for step, one in (await steps(service)).items()}
    with pytest.raises(Refused) as refused:
        await change(service, reference, sanne, reason)
    assert refused.value.field == "reason"
    assert {step: one.due_at for step, one in (await steps(service)).items()} == before
    assert await all_of(service, select(PlanChange)) == []


@pytest.mark.parametrize("change", DEEDS.values(), ids=DEEDS)
async def test_a_track_that_does_not_run_is_not_changed(service: Service, change: Deed) -> None:
    sanne = await colleague(service)
    asked = await invited(service)
    with pytest.raises(Refused):
        await change(service, asked.reference, sanne, WHY)
    await writes(service, "ja")
    await writes(service, "stop")
    with pytest.raises(Refused):
        await change(service, asked.reference, sanne, WHY)
    with pytest.raises(Refused):
        await change(service, "NOBODYXX", sanne, WHY)


WRONG: dict[str, Deed] = {
    "until": deed(steering.pause, PAST),
    "until, too long": deed(steering.pause, date(2026, 8, 1)),
    "step": deed(steering.skip, "day-9"),
    "step, the closing": deed(steering.skip, "closing"),
    "to": deed(steering.move, "day-8", PAST),
    "to, too far": deed(steering.move, "day-8", date(2027, 6, 1)),
    "on": deed(steering.add, PAST),
    "form": deed(steering.set_form, Form.ACTIVE),
    "form, declined": deed(steering.set_form, Form.DECLINED),
    "language": deed(steering.set_language, "xx"),
    "until, sooner": deed(steering.extend, date(2026, 6, 1)),
    "until, beyond a year": deed(steering.extend, date(2027, 3, 3)),
    "inkomensconsulent": deed(steering.set_contact, Role.CONSULENT, "nobody"),
    "werkcoach": deed(steering.set_contact, Role.WERKCOACH, "sanne@example.org"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_cannot_be_is_refused_with_the_field_to_mend(
    service: Service, name: str
) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    with pytest.raises(Refused) as refused:
        await WRONG[name](service, reference, sanne, WHY)
    assert refused.value.field == name.partition(",")[0]
    assert await all_of(service, select(PlanChange)) == []


async def test_a_day_has_one_extra_check_in(service: Service) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    await steering.add(service, reference, sanne, WHY, date(2026, 4, 7))
    with pytest.raises(Refused):
        await steering.add(service, reference, sanne, WHY, date(2026, 4, 7))


async def test_of_what_a_pause_covers_the_last_step_waits_for_its_end(service: Service) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    moment = await steering.pause(service, reference, sanne, WHY, date(2026, 3, 31))
    plan = await steps(service)
    assert [plan[step].status for step in ("day-1", "day-8")] == [CheckInStatus.SKIPPED] * 2
    assert plan["day-22"].due_at == moment
    await steering.pause(service, reference, sanne, WHY, date(2026, 4, 17))
    assert (await steps(service))["day-22"].status is CheckInStatus.SKIPPED  # day 50 is near


async def test_moving_the_closing_moves_the_end(service: Service) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    moment = await steering.move(service, reference, sanne, WHY, "closing", date(2026, 10, 1))
    ends = (await track(service, reference)).ends_at
    assert ends
    assert moment + timedelta(days=5) < ends < moment + timedelta(days=9)
    assert (await track(service, reference)).standing is Standing.ACTIVE


async def test_what_the_client_must_know_is_said_at_an_allowed_moment(service: Service) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    service.clock.travel_to(service.now() + timedelta(hours=13))  # midnight
    await steering.set_language(service, reference, sanne, WHY, "en")
    message = await last(service)
    assert (message.phrase, message.kind) == ("language_set", MessageKind.ROUTINE)
    assert message.text == "From now on I write to you in English."
    assert message.not_before
    assert message.not_before > service.now() + timedelta(hours=7)
    assert (await client(service, reference)).language == "en"


async def test_pause_skip_move_and_add_are_between_colleagues(service: Service) -> None:
    """They follow on a talk with the client, who need not be told again."""
    sanne = await colleague(service)
    reference = await active(service)
    before = await said(service)
    for name in ("skip", "move", "add", "pause"):
        if name == "move":
            continue
        await DEEDS[name](service, reference, sanne, WHY)
    assert await said(service) == before
    kinds = [one.kind for one in await all_of(service, select(PlanChange))]
    assert kinds == [ChangeKind.SKIPPED, ChangeKind.ADDED, ChangeKind.PAUSED]


async def test_an_extended_track_is_asked_on_and_closed_at_its_new_end(service: Service) -> None:
    sanne = await colleague(service)
    built, _ = house(service)
    reference = await active(service)
    await steering.extend(service, reference, sanne, WHY, date(2027, 2, 28))
    await built.travel(service.now() + timedelta(days=330))
    plan = await steps(service)
    assert {plan[f"day-{day}"].status for day in (243, 304)} == {CheckInStatus.EXPIRED}
    assert (await track(service, reference)).standing is Standing.ACTIVE
    await built.travel(service.now() + timedelta(days=60))
    assert (await track(service, reference)).standing is Standing.COMPLETED
    assert (await said(service)).count("closing_question") == 2  # asked, and reminded of


async def test_turned_passive_and_back_the_plan_begins_with_what_is_to_come(
    service: Service,
) -> None:
    sanne = await colleague(service)
    built, _ = house(service)
    reference = await active(service)
    await steering.set_form(service, reference, sanne, WHY, Form.PASSIVE)
    assert {one.status for one in (await steps(service)).values()} == {CheckInStatus.CANCELLED}
    await built.travel(service.now() + timedelta(days=30))
    assert "check_in" not in await said(service)
    await steering.set_form(service, reference, sanne, WHY, Form.ACTIVE)
    plan = await steps(service)
    assert plan["day-8"].status is CheckInStatus.SKIPPED
    assert plan["day-50"].status is CheckInStatus.PLANNED
