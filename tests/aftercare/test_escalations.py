"""What a desk does with a call for help, and what happens when nobody does."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from aftercare.escalations import contacted, remind, resolve, take
from aftercare.service import Refused, Service
from conversations.words import (
    EscalationStatus,
    NoticeKind,
    NoticeStatus,
    OutcomeKind,
    Role,
)
from scheduler.calendar import Hours, deadline
from storage.database import Database
from storage.models import AuditEntry, Escalation, InstrumentUse, Outcome, StaffMember
from tests.aftercare.people import (
    active,
    all_of,
    calls,
    client,
    colleague,
    house,
    last,
    later,
    notices,
    writes,
)

HOURS = Hours()


async def asked(service: Service, person: int = 1, *texts: str) -> Escalation:
    """A client asks for help about money, or writes what is given. Returns the newest call."""
    await active(service, person)
    for text in texts or ("hulp", "2", "de huur"):
        await writes(service, text, person)
    return (await calls(service))[-1]


async def now_of(service: Service, call: Escalation) -> Escalation:
    (found,) = await all_of(service, select(Escalation).where(Escalation.id == call.id))
    return found


async def test_contact_is_promised_within_two_working_days(service: Service) -> None:
    call = await asked(service)
    assert call.deadline == deadline(service.now(), 2, HOURS)
    assert call.remind_at == call.deadline


@pytest.mark.parametrize("text", ["ik ben ontslagen", "ik wil dood"])
async def test_what_is_urgent_is_promised_within_one(service: Service, text: str) -> None:
    built, _ = house(service)
    await active(service)
    await built.travel(service.now() + timedelta(days=1, hours=11))
    await writes(service, text)
    (call,) = await calls(service)
    assert call.deadline == deadline(service.now(), 1, HOURS)


async def test_of_two_colleagues_who_take_a_call_one_has_it(service: Service) -> None:
    call = await asked(service)
    staff = [await colleague(service, name) for name in ("Sanne A", "Bram B", "Cem C", "Dana D")]
    other = Service(Database(service.database.url, durable=False), service.clock, trial=True)
    results = await asyncio.gather(
        *(
            take(where, call.reference, one)
            for where, one in zip((service, other) * 2, staff, strict=True)
        ),
        return_exceptions=True,
    )
    await other.database.close()
    refused = [one for one in results if one is not None]
    assert len(refused) == 3
    winner = staff[results.index(None)]
    for one in refused:
        assert isinstance(one, Refused)
        assert winner.name in str(one)
    kept = await now_of(service, call)
    assert (kept.owner_id, kept.status) == (winner.id, EscalationStatus.TAKEN)
    taken = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "take")
    assert await all_of(service, taken) == [1]


async def test_pressing_take_twice_is_taking_once(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    await take(service, call.reference, sanne)
    at = (await now_of(service, call)).taken_at
    later(service, minutes=5)
    await take(service, call.reference, sanne)
    assert (await now_of(service, call)).taken_at == at


async def test_whoever_calls_first_owns_it(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    await contacted(service, call.reference, sanne)
    kept = await now_of(service, call)
    assert (kept.owner_id, kept.status) == (sanne.id, EscalationStatus.CONTACTED)
    assert kept.taken_at == kept.contacted_at == service.now()


async def test_a_step_is_not_taken_back_or_twice(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    bram = await colleague(service, "Bram B")
    await contacted(service, call.reference, sanne)
    for step in (take, contacted):
        with pytest.raises(Refused):
            await step(service, call.reference, bram)
    await resolve(service, call.reference, sanne, OutcomeKind.HELPED)
    for step in (take, contacted):
        with pytest.raises(Refused):
            await step(service, call.reference, bram)
    with pytest.raises(Refused):
        await resolve(service, call.reference, bram, OutcomeKind.REFERRED)
    (outcome,) = await all_of(service, select(Outcome))
    assert (outcome.kind, outcome.staff_member_id) == (OutcomeKind.HELPED, sanne.id)
    assert (await now_of(service, call)).owner_id == sanne.id


async def test_two_who_resolve_at_once_leave_one_outcome(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    results = await asyncio.gather(
        *(resolve(service, call.reference, sanne, kind) for kind in OutcomeKind),
        return_exceptions=True,
    )
    assert len([one for one in results if one is None]) == 1
    assert len(await all_of(service, select(Outcome))) == 1


@pytest.mark.parametrize("step", [take, contacted])
async def test_a_call_that_does_not_exist_is_refused(service: Service, step: object) -> None:
    sanne = await colleague(service)
    with pytest.raises(Refused, match="NOBODY22"):
        await (take if step is take else contacted)(service, "NOBODY22", sanne)


async def test_an_unknown_instrument_is_refused_and_nothing_is_closed(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    with pytest.raises(Refused) as refused:
        await resolve(
            service, call.reference, sanne, OutcomeKind.HELPED, "", ["debt-help", "magic"]
        )
    assert refused.value.field == "instruments"
    assert (await now_of(service, call)).status is EscalationStatus.OPEN
    assert not await all_of(service, select(InstrumentUse))


@pytest.mark.parametrize("outcome", list(OutcomeKind))
async def test_whoever_was_not_reached_was_not_contacted(
    service: Service, outcome: OutcomeKind
) -> None:
    call = await asked(service)
    await resolve(service, call.reference, await colleague(service), outcome)
    kept = await now_of(service, call)
    assert (kept.contacted_at is None) is (outcome is OutcomeKind.NOT_REACHED)
    assert kept.remind_at is None


async def test_a_resolved_call_is_not_reopened_but_asked_anew(service: Service) -> None:
    call = await asked(service)
    await resolve(service, call.reference, await colleague(service), OutcomeKind.HELPED)
    for text in ("hulp", "2", "nog steeds de huur"):
        await writes(service, text)
    assert [one.status for one in await calls(service)] == ["resolved", "open"]


async def test_whoever_has_it_in_hand_is_promised(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    await take(service, call.reference, sanne)
    for text in ("hulp", "2", "nee"):
        await writes(service, text)
    assert "Sanne Voorbeeld" in (await last(service)).text


async def test_a_promise_made_after_the_deadline_names_a_day_to_come(service: Service) -> None:
    await asked(service)
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=5))
    for text in ("hulp", "2", "nee"):
        await writes(service, text)
    assert "maandag 9 maart" in (await last(service)).text  # it is Saturday the seventh


# Nobody does anything.


async def kinds(service: Service) -> list[NoticeKind]:
    return [one.kind for one in await notices(service)]


async def test_an_overdue_call_is_told_each_working_day_until_somebody_calls(
    service: Service,
) -> None:
    call = await asked(service)
    built, mailbox = house(service)
    await built.travel(call.deadline - timedelta(seconds=1))
    assert await kinds(service) == [NoticeKind.HELP_ASKED]
    await built.travel(service.now() + timedelta(days=7, minutes=1))
    overdue = [at for at, letter in mailbox.letters if letter.kind is NoticeKind.OVERDUE]
    days = [at.strftime("%a") for at in overdue]
    assert days == ["Wed", "Thu", "Fri", "Mon", "Tue", "Wed"]
    await contacted(service, call.reference, await colleague(service))
    before = len(mailbox.letters)
    await built.travel(service.now() + timedelta(days=7))
    after = [letter.kind for _, letter in mailbox.letters[before:]]
    assert after in ([], [NoticeKind.QUIET])


async def test_a_call_taken_but_forgotten_is_still_reminded_of(service: Service) -> None:
    call = await asked(service)
    await take(service, call.reference, await colleague(service))
    built, _ = house(service)
    await built.travel(call.deadline + timedelta(minutes=1))
    assert (await kinds(service))[-1] is NoticeKind.OVERDUE


async def test_a_call_that_was_contacted_but_never_closed_is_asked_about(
    service: Service,
) -> None:
    call = await asked(service)
    await contacted(service, call.reference, await colleague(service))
    built, mailbox = house(service)
    await built.travel(service.now() + timedelta(days=30))
    assert NoticeKind.NOT_CLOSED in [letter.kind for _, letter in mailbox.letters]


async def test_danger_is_repeated_every_quarter_until_somebody_takes_it(
    service: Service,
) -> None:
    call = await asked(service, 1, "ik wil dood")
    built, mailbox = house(service)
    await built.travel(service.now() + timedelta(minutes=50))
    danger = [at for at, letter in mailbox.letters if letter.kind is NoticeKind.DANGER]
    assert len(danger) == 4
    await take(service, call.reference, await colleague(service))
    await built.travel(service.now() + timedelta(minutes=50))
    assert len(mailbox.letters) == 4
    await built.travel(call.deadline + timedelta(minutes=1))
    assert mailbox.letters[-1][1].kind is NoticeKind.OVERDUE, "taken is not yet contacted"


async def test_danger_that_nobody_takes_is_never_forgotten(service: Service) -> None:
    await asked(service, 1, "ik wil dood")
    built, mailbox = house(service)
    await built.travel(service.now() + timedelta(days=9))
    first_day = service.now() - timedelta(days=8)
    late = [at for at, letter in mailbox.letters if at > first_day]
    assert len(late) >= 4, "at least each working day"
    assert service.now() - late[-1] < timedelta(days=4)


async def test_danger_again_while_a_call_about_it_is_in_hand_is_repeated_again(
    service: Service,
) -> None:
    call = await asked(service, 1, "ik wil dood")
    sanne = await colleague(service)
    await take(service, call.reference, sanne)
    await contacted(service, call.reference, sanne)
    later(service, days=1)
    await writes(service, "ik wil dood, nog steeds")
    built, mailbox = house(service)
    await built.travel(service.now() + timedelta(minutes=40))
    danger = [at for at, letter in mailbox.letters if letter.kind is NoticeKind.DANGER]
    assert len(danger) >= 3


async def test_one_reminder_at_a_time_however_many_workers(service: Service) -> None:
    call = await asked(service)
    service.clock.travel_to(call.deadline)
    other = Service(Database(service.database.url, durable=False), service.clock, trial=True)
    await asyncio.gather(*(remind(one) for one in (service, other) * 3))
    await other.database.close()
    assert (await kinds(service)).count(NoticeKind.OVERDUE) == 1


# What staff are told.


async def test_a_notice_names_no_person_and_no_subject(service: Service) -> None:
    await asked(service)
    built, mailbox = house(service)
    await built.tick()
    ((_, letter),) = mailbox.letters
    for secret in ("Amina", "+316", "money", "geld", "huur"):
        assert secret not in repr(letter)


async def test_a_notice_of_a_call_that_is_resolved_meanwhile_is_not_mailed(
    service: Service,
) -> None:
    call = await asked(service)
    await resolve(service, call.reference, await colleague(service), OutcomeKind.HELPED)
    built, mailbox = house(service)
    await built.tick()
    assert mailbox.letters == []
    assert [one.status for one in await notices(service)] == [NoticeStatus.CANCELLED]


async def test_reading_and_doing_leaves_an_entry_for_each_step(service: Service) -> None:
    call = await asked(service)
    sanne = await colleague(service)
    await take(service, call.reference, sanne)
    await contacted(service, call.reference, sanne)
    await resolve(service, call.reference, sanne, OutcomeKind.HELPED)
    entries = await all_of(service, select(AuditEntry).where(AuditEntry.detail == call.reference))
    assert [one.action for one in entries] == ["take", "contacted", "resolve"]
    person = await all_of(service, select(Escalation.client_id))
    assert {(one.staff_member_id, one.client_id) for one in entries} == {(sanne.id, person[0])}
    assert await client(service, (await active(service, 2)))
    assert await all_of(service, select(StaffMember.id)) == [sanne.id]
    assert sanne.role is Role.CONSULENT
