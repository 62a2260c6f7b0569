"""The whole story: enrolled, asked, not good, money, own words, promise, notice, taken, resolved,
read back; the job that is lost; STOP at every moment."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from aftercare.escalations import contacted, resolve, take
from aftercare.service import Service
from conversations.words import (
    Answer,
    Channel,
    CheckInStatus,
    Direction,
    EscalationStatus,
    MessageStatus,
    NoticeKind,
    OutcomeKind,
    Role,
    Side,
    Topic,
    Urgency,
)
from storage.models import (
    AuditEntry,
    Instrument,
    InstrumentUse,
    Message,
    Outcome,
)
from tests.aftercare.people import (
    active,
    all_of,
    calls,
    colleague,
    desk,
    house,
    invited,
    last,
    later,
    messages,
    notices,
    presses,
    said,
    steps,
    track,
    writes,
)


async def test_the_whole_story_by_sms(service: Service) -> None:
    sanne = await colleague(service, "Sanne Voorbeeld", Role.CONSULENT, "velsen")
    built, mailbox = house(service)
    await invited(service, inkomensconsulent="sanne@example.org")
    await built.tick()
    await writes(service, "JA")
    await built.travel(service.now() + timedelta(days=1, hours=12))

    assert (await said(service))[-1] == "check_in"
    asked = await last(service)
    assert asked.status is MessageStatus.DELIVERED
    assert asked.text.splitlines()[1:] == [
        "1 goed",
        "2 gaat wel",
        "3 niet goed",
        "4 ik werk niet meer",
    ]
    assert (await steps(service))["day-1"].status is CheckInStatus.ASKED

    await writes(service, "3")
    assert "2 geld of schulden" in (await last(service)).text
    assert (await steps(service))["day-1"].answer is Answer.NOT_GOOD
    await built.tick()
    await writes(service, "2")
    (call,) = await calls(service)
    assert (call.topic, call.urgency, call.status) == (Topic.MONEY, Urgency.NORMAL, "open")
    assert await desk(service, call.desk_id) == "velsen"
    await writes(service, "Ik kan de huur niet betalen")
    promise = await last(service)
    assert promise.phrase == "promise"
    assert "Sanne Voorbeeld" in promise.text
    assert "donderdag 5 maart" in promise.text  # the second working day after Tuesday

    await built.tick()
    (_, letter) = mailbox.letters[0]
    assert (letter.kind, letter.escalation) == (NoticeKind.HELP_ASKED, call.reference)
    assert letter.email == "nazorg@velsen.example.org"

    later(service, hours=13)
    await take(service, call.reference, sanne)
    await contacted(service, call.reference, sanne)
    await resolve(
        service,
        call.reference,
        sanne,
        OutcomeKind.HELPED,
        "aangemeld",
        ["debt-help", "coach-contact"],
    )
    (call,) = await calls(service)
    assert (call.status, call.owner_id) == (EscalationStatus.RESOLVED, sanne.id)
    assert call.taken_at == call.contacted_at == call.resolved_at == service.now()
    (outcome,) = await all_of(service, select(Outcome))
    assert (outcome.kind, outcome.note) == (OutcomeKind.HELPED, "aangemeld")
    used = await all_of(
        service, select(Instrument.slug).join(InstrumentUse).order_by(Instrument.slug)
    )
    assert used == ["coach-contact", "debt-help"]
    actions = await all_of(service, select(AuditEntry.action).order_by(AuditEntry.id))
    assert actions == ["enrol", "take", "contacted", "resolve"]

    conversation = [
        (one.direction, one.text.splitlines()[0][:24]) for one in await messages(service)
    ]
    assert conversation == [
        (Direction.OUT, "Hoi Amina, gefeliciteerd"),
        (Direction.IN, "JA"),
        (Direction.OUT, "Fijn, Amina! De komende "),
        (Direction.OUT, "Hoi Amina, hoe gaat het "),
        (Direction.IN, "3"),
        (Direction.OUT, "Wat vervelend. Waar gaat"),
        (Direction.IN, "2"),
        (Direction.OUT, "Wil je er iets over vert"),
        (Direction.IN, "Ik kan de huur niet beta"),
        (Direction.OUT, "Dank je. Sanne Voorbeeld"),
    ]
    told = [one for one in await messages(service, Direction.IN) if "huur" in one.text]
    assert (told[0].side, told[0].escalation_id) == (Side.MUNICIPALITY, call.id)


async def test_the_same_story_by_telegram_with_buttons(service: Service) -> None:
    built, _ = house(service)
    await active(service, channel=Channel.TELEGRAM)
    await built.travel(service.now() + timedelta(days=2))
    asked = await last(service)
    assert asked.buttons
    assert [label for label, _ in asked.buttons] == [
        "goed",
        "gaat wel",
        "niet goed",
        "ik werk niet meer",
    ]
    assert "\n" not in asked.text
    await presses(service, 2, "not_good")
    await presses(service, 3, "money")
    await presses(service, 4, "no")
    assert (await said(service))[-4:] == ["check_in", "what_about", "own_words", "promise"]
    assert len(await calls(service)) == 1


async def test_without_a_person_of_ones_own_the_promise_names_the_desk(service: Service) -> None:
    await active(service)
    for text in ("hulp", "2", "nee"):
        await writes(service, text)
    assert "Een inkomensconsulent van gemeente Velsen" in (await last(service)).text
    assert "woensdag 4 maart" in (await last(service)).text


async def test_a_colleague_who_left_is_not_promised(service: Service) -> None:
    sanne = await colleague(service)
    await active(service, inkomensconsulent="sanne@example.org")
    async with service.database.write() as session:
        gone = await session.merge(sanne)
        gone.left_at = service.now()
    for text in ("hulp", "2", "nee"):
        await writes(service, text)
    assert "Sanne" not in (await last(service)).text


async def test_the_work_coach_does_not_get_what_is_said_about_debts(service: Service) -> None:
    await active(service)
    for text in ("hulp", "1", "ruzie met mijn baas", "hulp", "2", "huurschuld"):
        await writes(service, text)
    sides = {one.text: one.side for one in await messages(service, Direction.IN)}
    assert sides["ruzie met mijn baas"] is Side.WORK
    assert sides["huurschuld"] is Side.MUNICIPALITY
    assert [await desk(service, one.desk_id) for one in await calls(service)] == [
        "ijmond-werkt",
        "velsen",
    ]


async def test_asking_twice_about_one_thing_is_one_call_and_the_desk_hears_it(
    service: Service,
) -> None:
    await active(service)
    for text in ("hulp", "2", "huur", "hulp", "2", "en ook de energierekening"):
        await writes(service, text)
    (call,) = await calls(service)
    assert [one.escalation_id for one in await notices(service)] == [call.id, call.id]
    linked = select(Message.text).where(Message.escalation_id == call.id)
    assert [one for one in await all_of(service, linked) if len(one) > 1] == [
        "huur",
        "en ook de energierekening",
    ]


async def test_a_lost_job_goes_to_the_work_coach_at_once_and_the_consultant_hears_it(
    service: Service,
) -> None:
    await colleague(service, "Kees Test", Role.WERKCOACH, "ijmond-werkt")
    built, _ = house(service)
    reference = await active(service, werkcoach="kees@example.org")
    await built.travel(service.now() + timedelta(days=2))
    await writes(service, "4")
    (call,) = await calls(service)
    assert (call.topic, call.urgency) == (Topic.JOB_LOST, Urgency.URGENT)
    assert await desk(service, call.desk_id) == "ijmond-werkt"
    reply, facts = (await messages(service, Direction.OUT))[-2:]
    assert (reply.phrase, facts.phrase) == ("job_lost", "job_lost_facts")
    assert "Kees Test" in reply.text
    assert "UWV" in facts.text
    told = {(one.kind, await desk(service, one.desk_id)) for one in await notices(service)}
    assert told == {
        (NoticeKind.URGENT_HELP_ASKED, "ijmond-werkt"),
        (NoticeKind.JOB_LOST, "velsen"),
    }
    left = {one.status for step, one in (await steps(service)).items() if step != "day-1"}
    assert left == {CheckInStatus.CANCELLED}
    assert (await track(service, reference)).job_lost_at == service.now()


async def test_a_bad_answer_of_last_week_is_still_a_call_for_help(service: Service) -> None:
    built, _ = house(service)
    await active(service)
    await built.travel(service.now() + timedelta(days=8, hours=1))
    assert (await steps(service))["day-1"].status is CheckInStatus.EXPIRED
    await writes(service, "3")
    await built.tick()
    await writes(service, "2")
    row = (await steps(service))["day-1"]
    assert (row.status, row.answer) == (CheckInStatus.EXPIRED, Answer.NOT_GOOD)
    assert len(await calls(service)) == 1


async def test_danger_is_told_at_once_and_linked(service: Service) -> None:
    await active(service)
    await writes(service, "ik wil dood")
    reply = await last(service)
    assert reply.phrase == "danger_suicide"
    assert "113" in reply.text
    (call,) = await calls(service)
    assert (call.topic, call.urgency) == (Topic.DANGER, Urgency.DANGER)
    assert call.remind_at == service.now() + timedelta(minutes=15)
    (notice,) = await notices(service)
    assert (notice.kind, notice.not_before) == (NoticeKind.DANGER, service.now())
    words = [one for one in await messages(service, Direction.IN) if "dood" in one.text]
    assert (words[0].escalation_id, words[0].side) == (call.id, Side.MUNICIPALITY)


@pytest.mark.parametrize("before", ["invited", "declined", "withdrawn", "lapsed", "completed"])
async def test_danger_is_answered_at_every_standing(service: Service, before: str) -> None:
    built, _ = house(service)
    await invited(service)
    match before:
        case "declined":
            await writes(service, "nee")
        case "withdrawn":
            await writes(service, "ja")
            await writes(service, "stop")
        case "lapsed":
            await built.travel(service.now() + timedelta(days=15))
        case "completed":
            await writes(service, "ja")
            await built.travel(service.now() + timedelta(days=200))
    await writes(service, "mijn man slaat mij")
    assert len(await calls(service)) == 1
    await built.tick()
    reply = await last(service)
    assert (reply.phrase, reply.status) == ("danger_violence", MessageStatus.DELIVERED)
