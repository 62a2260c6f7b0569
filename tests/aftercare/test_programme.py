"""What the programme does besides the conversation: staff hear it, and rows remember it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from aftercare import lines, steering
from aftercare.escalations import contacted, resolve, take
from aftercare.service import Refused, Service
from aftercare.setup import IJMOND, set_up
from bot.house import House
from conversations.words import (
    CheckInStatus,
    EscalationStatus,
    MessageStatus,
    NoticeKind,
    OutcomeKind,
    Role,
    Standing,
    Topic,
)
from scheduler.calendar import Hours, deadline
from storage.database import Database
from storage.migrate import migrate
from storage.models import Client, Escalation, Message, Municipality, Outcome
from tests.aftercare.people import (
    active,
    all_of,
    calls,
    client,
    colleague,
    desk,
    house,
    messages,
    notices,
    said,
    steps,
    track,
    writes,
)

WHY = "besproken in het team"


# Month six.


async def ended(service: Service, *, premium: bool) -> str:
    """Somebody of a municipality with or without an exit premium, who still works at the end."""
    async with service.database.write() as session:
        await session.execute(update(Municipality).values(exit_premium=premium))
    built, _ = house(service)
    reference = await active(service)
    await built.travel(service.now() + timedelta(days=190))
    assert (await said(service))[-1] == "closing_question"
    await writes(service, "ja")
    await built.tick()
    return reference


@pytest.mark.parametrize("premium", [True, False])
async def test_where_there_is_an_exit_premium_the_consultant_is_reminded(
    service: Service, premium: bool
) -> None:
    reference = await ended(service, premium=premium)
    told = [one for one in await notices(service) if one.kind is NoticeKind.EXIT_PREMIUM]
    assert [await desk(service, one.desk_id) for one in told] == (["velsen"] if premium else [])
    assert (await track(service, reference)).works_at_end is True
    assert "premie" not in " ".join(one.text for one in await messages(service))


async def test_the_set_up_says_where_there_is_a_premium(service: Service, tmp_path: Path) -> None:
    places = await all_of(service, select(Municipality))
    assert {one.exit_premium for one in places} == {False}, "IJmond has none"
    wanted = tmp_path / "there.toml"
    text = IJMOND.read_text().replace('name = "Velsen"\n', 'name = "Velsen"\nexit_premium = true\n')
    wanted.write_text(text)
    elsewhere = Database(f"sqlite+aiosqlite:///{tmp_path / 'there.db'}", durable=False)
    await migrate(elsewhere)
    there = Service(elsewhere, service.clock)
    assert await set_up(there, wanted)
    found = await all_of(there, select(Municipality).where(Municipality.exit_premium))
    assert [one.slug for one in found] == ["velsen"]
    await elsewhere.close()


async def test_whoever_says_no_to_the_closing_question_is_helped_and_then_closed(
    service: Service,
) -> None:
    built, _ = house(service)
    reference = await active(service)
    await built.travel(service.now() + timedelta(days=190))
    await writes(service, "nee")
    kept = await track(service, reference)
    assert (kept.works_at_end, kept.job_lost_at) == (False, service.now())
    assert [one.topic for one in await calls(service)] == [Topic.JOB_LOST]
    await built.travel(service.now() + timedelta(days=10))
    assert (await said(service))[-1] == "closing_open"


# Afterwards: were you helped?


async def asked_for_help(service: Service, topic: str = "2") -> Escalation:
    await active(service)
    for text in ("hulp", topic, "nee"):
        await writes(service, text)
    return (await calls(service))[-1]


async def answers_and_is_asked(service: Service, built: House) -> None:
    """All well at work; and after that the question whether the contact was of help."""
    await built.travel(service.now() + timedelta(days=2))
    await writes(service, "1")
    await built.travel(service.now() + timedelta(days=4))
    assert (await said(service))[-1] == "helped"


async def test_the_client_is_asked_after_two_working_days(service: Service) -> None:
    call = await asked_for_help(service)
    sanne = await colleague(service)
    await contacted(service, call.reference, sanne)
    (call,) = await calls(service)
    assert call.ask_at
    assert call.ask_at.date() == date(2026, 3, 4)
    built, _ = house(service)
    await answers_and_is_asked(service, built)
    assert (await said(service)).count("helped") == 1


@pytest.mark.parametrize("outcome", [OutcomeKind.NOT_NEEDED, OutcomeKind.NOT_REACHED])
async def test_whoever_was_not_reached_or_needed_nothing_is_not_asked(
    service: Service, outcome: OutcomeKind
) -> None:
    call = await asked_for_help(service)
    await resolve(service, call.reference, await colleague(service), outcome)
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=20))
    assert "helped" not in await said(service)


async def test_danger_is_not_asked_about_by_message(service: Service) -> None:
    await active(service)
    await writes(service, "mijn man slaat mij")
    (call,) = await calls(service)
    sanne = await colleague(service)
    await contacted(service, call.reference, sanne)
    await resolve(service, call.reference, sanne, OutcomeKind.HELPED)
    reference = (await all_of(service, select(Client.reference)))[0]
    await steering.release(service, reference, sanne, WHY)
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=30))
    assert "helped" not in await said(service)


async def test_yes_resolves_the_call_with_an_outcome_by_whoever_had_it(service: Service) -> None:
    call = await asked_for_help(service)
    sanne = await colleague(service)
    await contacted(service, call.reference, sanne)
    built, _ = house(service)
    await answers_and_is_asked(service, built)
    await writes(service, "ja")
    (call,) = await calls(service)
    assert (call.status, call.helped, call.remind_at) == (EscalationStatus.RESOLVED, True, None)
    (outcome,) = await all_of(service, select(Outcome))
    assert (outcome.kind, outcome.staff_member_id) == (OutcomeKind.HELPED, sanne.id)


async def test_no_opens_it_anew_for_the_same_desk_with_a_deadline_of_one_working_day(
    service: Service,
) -> None:
    call = await asked_for_help(service)
    sanne = await colleague(service)
    lotte = await colleague(service, "Lotte Leiding")
    await lines.lead(service, "velsen", "lotte@example.org")
    await contacted(service, call.reference, sanne)
    built, mailbox = house(service)
    await answers_and_is_asked(service, built)
    await writes(service, "nee")
    await built.tick()
    old, new = await calls(service)
    assert (old.status, old.helped) == (EscalationStatus.RESOLVED, False)
    assert (new.status, new.again_of_id, new.desk_id) == ("open", old.id, old.desk_id)
    assert new.deadline == deadline(service.now(), 1, Hours())
    told = [one for one in await notices(service) if one.kind is NoticeKind.NOT_HELPED]
    assert [one.staff_member_id for one in told] == [lotte.id]
    assert mailbox.letters[-1][1].email == "lotte@example.org"
    (outcome,) = await all_of(service, select(Outcome))
    assert outcome.kind is OutcomeKind.NOT_HELPED


async def test_without_a_lead_the_desk_itself_hears_that_it_did_not_help(service: Service) -> None:
    call = await asked_for_help(service)
    await contacted(service, call.reference, await colleague(service))
    built, mailbox = house(service)
    await answers_and_is_asked(service, built)
    await writes(service, "nee")
    await built.tick()
    kinds = [(one.kind, one.email) for _, one in mailbox.letters]
    assert (NoticeKind.NOT_HELPED, "nazorg@velsen.example.org") in kinds


async def test_the_question_waits_for_whoever_is_in_the_middle_of_something(
    service: Service,
) -> None:
    call = await asked_for_help(service)
    await contacted(service, call.reference, await colleague(service))
    built, _ = house(service)
    (call,) = await calls(service)
    assert call.ask_at
    await built.travel(call.ask_at - timedelta(minutes=1))
    await writes(service, "hulp")
    await built.travel(service.now() + timedelta(hours=2))
    assert "helped" not in await said(service)


# Who leads a desk.


async def test_a_lead_must_work_at_the_desk(service: Service) -> None:
    await colleague(service, "Kees Test", Role.WERKCOACH, "ijmond-werkt")
    with pytest.raises(Refused):
        await lines.lead(service, "velsen", "kees@example.org")
    with pytest.raises(Refused):
        await lines.lead(service, "nowhere", "kees@example.org")


# Danger.


async def test_what_waits_to_be_sent_is_taken_back_after_danger(service: Service) -> None:
    built, _ = house(service)
    await active(service)
    await built.travel(service.now() + timedelta(days=1, hours=9))
    async with service.database.write() as session:
        await session.execute(
            update(Message)
            .where(Message.phrase == "check_in")
            .values(status=MessageStatus.QUEUED, sent_at=None)
        )
    await writes(service, "ik wil dood")
    asked = [one for one in await messages(service) if one.phrase == "check_in"]
    assert [one.status for one in asked] == [MessageStatus.CANCELLED]
    assert (await steps(service))["day-1"].status is CheckInStatus.SKIPPED


async def test_the_end_of_a_track_waits_for_the_release(service: Service) -> None:
    built, _ = house(service)
    sanne = await colleague(service)
    reference = await active(service)
    await built.travel(service.now() + timedelta(days=180))
    await writes(service, "ik wil dood")
    (call,) = await calls(service)
    await take(service, call.reference, sanne)
    await resolve(service, call.reference, sanne, OutcomeKind.HELPED)
    await built.travel(service.now() + timedelta(days=40))
    assert (await track(service, reference)).standing is Standing.ACTIVE
    assert "closing" not in await said(service)
    await steering.release(service, reference, sanne, WHY)
    await built.travel(service.now() + timedelta(days=20))
    assert (await track(service, reference)).standing is Standing.COMPLETED


async def test_nothing_is_said_of_a_change_while_routine_stands_still(service: Service) -> None:
    reference = await active(service)
    await writes(service, "ik wil dood")
    before = await said(service)
    sanne = await colleague(service)
    await steering.set_language(service, reference, sanne, WHY, "en")
    assert await said(service) == before
    assert (await client(service, reference)).language == "en"


async def test_a_track_that_is_not_held_is_not_released(service: Service) -> None:
    reference = await active(service)
    with pytest.raises(Refused):
        await steering.release(service, reference, await colleague(service), WHY)


# Urgent debts.


async def test_the_term_of_the_law_runs_from_the_moment_it_was_asked_for(service: Service) -> None:
    await active(service)
    await writes(service, "de deurwaarder staat voor de deur")
    (call,) = await calls(service)
    assert (call.applied_at, call.first_talk_by) == (None, None)
    await writes(service, "ja")
    (call,) = await calls(service)
    assert call.applied_at == service.now()
    assert call.first_talk_by == deadline(service.now(), 3, Hours())
    assert call.deadline == deadline(service.now(), 1, Hours())


async def test_a_call_that_turns_out_urgent_gets_the_nearer_deadline(service: Service) -> None:
    await active(service)
    for text in ("hulp", "2"):
        await writes(service, text)
    (call,) = await calls(service)
    assert call.deadline == deadline(service.now(), 2, Hours())
    await writes(service, "er komt een deurwaarder")
    (call,) = await calls(service)
    assert (call.urgency, call.deadline) == ("urgent", deadline(service.now(), 1, Hours()))
    assert call.remind_at == call.deadline
