"""Enrolment at the exit interview: what is taken, what is refused and by which field."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from aftercare.enrolment import AlreadyEnrolled, enrol
from aftercare.people import mobile_number
from aftercare.service import Refused, Service
from conversations.words import (
    CheckInStatus,
    ExitReason,
    Form,
    MessageKind,
    MessageStatus,
    Purpose,
    Role,
    Standing,
)
from scheduler.taper import DAYS
from storage.models import AuditEntry, Client, Consent, Enrolment
from tests.aftercare.people import (
    MONDAY,
    active,
    all_of,
    application,
    calls,
    client,
    colleague,
    house,
    invited,
    last,
    later,
    messages,
    said,
    steps,
    track,
    writes,
)


@pytest.mark.parametrize(
    "written",
    [
        "06 00 12 34 56",
        "06-00123456",
        "0600123456",
        "+31600123456",
        "0031 600123456",
        "+31 (0)6 00 12 34 56",
        "(06) 00.12.34.56",
        " 06 00123456 ",
    ],
)
def test_a_dutch_mobile_number_is_taken_however_it_is_written(written: str) -> None:
    assert mobile_number(written, trial=True) == "+31600123456"


BAD = {
    "no name": ({"first_name": ""}, "first_name"),
    "only spaces": ({"first_name": "   "}, "first_name"),
    "300 letters": ({"first_name": "A" * 300}, "first_name"),
    "control characters": ({"first_name": "Am\x00ina"}, "first_name"),
    "unknown municipality": ({"municipality": "Amsterdam"}, "municipality"),
    "no municipality": ({"municipality": ""}, "municipality"),
    "two years ago": ({"first_working_day": MONDAY - timedelta(days=730)}, "first_working_day"),
    "half a year and a day": (
        {"first_working_day": MONDAY - timedelta(days=183)},
        "first_working_day",
    ),
    "next year": ({"first_working_day": MONDAY + timedelta(days=365)}, "first_working_day"),
    "the first day there is": ({"first_working_day": date.min}, "first_working_day"),
    "the last day there is": ({"first_working_day": date.max}, "first_working_day"),
    "contract over before it began": (
        {"contract_end": MONDAY - timedelta(days=1)},
        "contract_end",
    ),
    "unknown language": ({"language": "xx"}, "language"),
    "no number for SMS": ({"number": None}, "number"),
    "not a number": ({"number": "geen"}, "number"),
    "landline": ({"number": "020 123 45 67"}, "number"),
    "foreign": ({"number": "+32 470 12 34 56"}, "number"),
    "premium": ({"number": "0900 0101"}, "number"),
    "freephone": ({"number": "0800 2000"}, "number"),
    "emergency": ({"number": "112"}, "number"),
    "too short": ({"number": "06 12 34"}, "number"),
    "too long": ({"number": "06 00 12 34 56 78"}, "number"),
    "unknown werkcoach": ({"werkcoach": "nobody@example.org"}, "werkcoach"),
    "unknown consulent": ({"inkomensconsulent": "Niemand"}, "inkomensconsulent"),
}


@pytest.mark.parametrize(("changes", "field"), BAD.values(), ids=BAD.keys())
async def test_bad_input_is_refused_by_its_field_and_leaves_nothing(
    service: Service, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        await enrol(service, application(**changes))
    assert refused.value.field == field
    assert str(refused.value).endswith(".")
    for table in (Client, Enrolment, AuditEntry):
        assert not await all_of(service, select(table))
    assert not await messages(service)


async def test_outside_trials_numbers_that_nobody_has_are_refused(service: Service) -> None:
    real = Service(service.database, service.clock)
    with pytest.raises(Refused) as refused:
        await enrol(real, application())
    assert refused.value.field == "number"


async def test_an_existing_number_is_refused_and_no_text_says_whose_it_is(service: Service) -> None:
    first = await invited(service)
    with pytest.raises(AlreadyEnrolled) as refused:
        await enrol(service, application(number="0031 6 00 00 00 01", first_name="Bram"))
    assert refused.value.field == "number"
    assert refused.value.reference == first.reference
    assert first.reference not in str(refused.value)
    assert (await client(service, first.reference)).first_name == "Amina"


async def test_the_same_number_enrolled_twice_at_once_is_enrolled_once(service: Service) -> None:
    results = await asyncio.gather(
        *(enrol(service, application()) for _ in range(4)), return_exceptions=True
    )
    refused = [one for one in results if isinstance(one, BaseException)]
    assert len(refused) == 3
    assert all(isinstance(one, Refused) and one.field == "number" for one in refused)
    assert len(await all_of(service, select(Enrolment))) == 1
    assert await said(service) == ["invitation"]


async def test_a_colleague_of_the_other_role_is_refused(service: Service) -> None:
    await colleague(service, "Sanne Voorbeeld", Role.CONSULENT)
    with pytest.raises(Refused) as refused:
        await enrol(service, application(werkcoach="sanne@example.org"))
    assert refused.value.field == "werkcoach"


async def test_colleagues_are_found_by_address_or_name(service: Service) -> None:
    sanne = await colleague(service, "Sanne Voorbeeld", Role.CONSULENT)
    kees = await colleague(service, "Kees Test", Role.WERKCOACH, "ijmond-werkt")
    enrolled = await invited(
        service, werkcoach="KEES@example.org ", inkomensconsulent="sanne voorbeeld"
    )
    made = await track(service, enrolled.reference)
    assert (made.werkcoach_id, made.consulent_id) == (kees.id, sanne.id)


async def test_two_colleagues_of_one_name_are_not_guessed_between(service: Service) -> None:
    await colleague(service, "Sanne Voorbeeld")
    async with service.database.write() as session:
        from storage.encryption import ring
        from storage.models import StaffMember

        session.add(
            StaffMember(
                name="Sanne Voorbeeld",
                email="sanne2@example.org",
                email_hash=ring().look_up("email", "sanne2@example.org"),
                role=Role.CONSULENT,
                password_hash="-",
                created_at=service.now(),
            )
        )
    with pytest.raises(Refused):
        await enrol(service, application(inkomensconsulent="Sanne Voorbeeld"))


async def test_the_request_for_consent_is_queued_and_nothing_else(service: Service) -> None:
    enrolled = await invited(service)
    assert enrolled.standing is Standing.INVITED
    request = await last(service)
    assert await said(service) == ["invitation"]
    assert (request.kind, request.status) == (MessageKind.INVITATION, MessageStatus.QUEUED)
    assert request.not_before == enrolled.invitation_at
    assert "Amina" in request.text
    assert "Velsen" in request.text
    assert await steps(service) == {}


async def test_whoever_is_enrolled_at_night_is_asked_in_the_morning(service: Service) -> None:
    later(service, hours=12)
    enrolled = await invited(service)
    assert enrolled.invitation_at
    assert enrolled.invitation_at.astimezone().hour >= 8
    assert enrolled.invitation_at.date() == date(2026, 3, 3)


async def test_yes_is_kept_with_its_wording_moment_and_message(service: Service) -> None:
    await active(service)
    consents = await all_of(service, select(Consent))
    assert {one.purpose for one in consents} == {Purpose.CONTACT, Purpose.RECORD}
    (yes,) = [one for one in await messages(service) if one.text == "ja"]
    for one in consents:
        assert one.given_at == service.now()
        assert one.message_id == yes.id
        assert one.wording.endswith("/nl")
        assert one.withdrawn_at is None


async def test_yes_makes_the_plan(service: Service) -> None:
    await active(service)
    planned = await steps(service)
    assert list(planned) == [*(f"day-{day}" for day in DAYS), "closing"]
    assert {one.status for one in planned.values()} == {CheckInStatus.PLANNED}


async def test_whoever_declines_is_registered_without_a_number_and_never_contacted(
    service: Service,
) -> None:
    enrolled = await invited(service, form=Form.DECLINED)
    assert (enrolled.standing, enrolled.plan) == (Standing.DECLINED, None)
    kept = await client(service, enrolled.reference)
    assert (kept.number, kept.number_hash, kept.chat) == (None, None, None)
    built, mailbox = house(service)
    await built.travel(service.now() + timedelta(days=240))
    assert await messages(service) == []
    assert mailbox.letters == []


async def test_whoever_takes_the_initiative_gets_no_steps_and_only_the_last_word(
    service: Service,
) -> None:
    enrolled = await invited(service, form=Form.PASSIVE)
    assert enrolled.plan is None
    await writes(service, "ja")
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=240))
    assert await steps(service) == {}
    assert await said(service) == ["invitation", "welcome_passive", "closing"]
    assert (await track(service, enrolled.reference)).standing is Standing.COMPLETED


async def test_whoever_takes_the_initiative_is_heard(service: Service) -> None:
    await active(service, form=Form.PASSIVE)
    await writes(service, "hulp")
    await writes(service, "2")
    assert len(await calls(service)) == 1


async def test_a_late_enrolment_says_what_it_skipped(service: Service) -> None:
    enrolled = await invited(service, first_working_day=MONDAY - timedelta(days=30))
    assert enrolled.plan
    assert enrolled.plan.skipped == ("day-1", "day-8")
    await writes(service, "ja")
    planned = await steps(service)
    assert [one.status for one in planned.values()] == [
        CheckInStatus.SKIPPED,
        CheckInStatus.SKIPPED,
        *[CheckInStatus.PLANNED] * 5,  # with the closing question
    ]


async def test_the_plan_counts_from_the_day_of_consent_on(service: Service) -> None:
    """A yes that comes three weeks later does not bring two check-ins at once."""
    await invited(service)
    later(service, days=20)
    await writes(service, "ja")
    planned = await steps(service)
    assert planned["day-1"].status is CheckInStatus.SKIPPED
    assert all(
        one.due_at > service.now()
        for one in planned.values()
        if one.status is CheckInStatus.PLANNED
    )


# Again, after the end.


async def test_after_the_end_the_same_person_can_be_enrolled_again(service: Service) -> None:
    first = await active(service)
    await writes(service, "STOP")
    later(service, days=100)
    again = await invited(
        service,
        first_name="Amina B",
        first_working_day=service.now().date(),
        exit_reason=ExitReason.STUDY,
    )
    assert again.reference == first
    assert (await client(service, first)).first_name == "Amina B"
    tracks = await all_of(service, select(Enrolment).order_by(Enrolment.id))
    assert [one.standing for one in tracks] == [Standing.WITHDRAWN, Standing.INVITED]
    await writes(service, "ja")
    active_consents = await all_of(service, select(Consent).where(Consent.withdrawn_at.is_(None)))
    assert {one.enrolment_id for one in active_consents} == {tracks[1].id}


async def test_a_new_track_opens_a_closed_address_again(service: Service) -> None:
    reference = await active(service)
    await writes(service, "STOP")
    async with service.database.write() as session:
        stopped = await session.scalar(select(Client).where(Client.reference == reference))
        assert stopped
        stopped.channel_stopped = "twilio 30005"
    await invited(service)
    assert (await client(service, reference)).channel_stopped is None


async def test_danger_after_the_end_leaves_no_loose_end_in_a_new_track(service: Service) -> None:
    await active(service)
    await writes(service, "STOP")
    await writes(service, "ik wil dood")
    await invited(service)
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=2))
    silent = select(func.count()).select_from(Enrolment)
    assert await all_of(service, silent.where(Enrolment.silent_at <= service.now())) == [0]
