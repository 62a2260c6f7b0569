"""Another number or channel: the old address hears nothing more, the new one is asked first."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from aftercare.reaching import reach
from aftercare.service import Refused, Service
from conversations.words import (
    ChangeKind,
    Channel,
    CheckInStatus,
    Direction,
    MessageStatus,
    Standing,
)
from storage.models import AuditEntry, CheckIn, Consent, PlanChange
from tests.aftercare.people import (
    active,
    all_of,
    client,
    colleague,
    house,
    invited,
    last,
    messages,
    number,
    opens,
    presses,
    said,
    track,
    writes,
)

WHY = "nieuwe telefoon, gebeld"


async def test_a_new_number_is_asked_before_anything_else_is_said(service: Service) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    assert await reach(service, reference, sanne, WHY, Channel.SMS, "06 00 00 00 07") is None
    assert (await track(service, reference)).standing is Standing.INVITED
    consents = await all_of(service, select(Consent))
    assert {one.withdrawn_at for one in consents} == {service.now()}
    assert (await last(service)).phrase == "invitation"
    waiting = [one for one in await messages(service, Direction.OUT)
               if one.status is MessageStatus.QUEUED]  # fmt: skip
    assert [one.phrase for one in waiting] == ["invitation"]
    (change,) = await all_of(service, select(PlanChange))
    assert (change.kind, change.reason, change.staff_member_id) == (
        ChangeKind.CHANNEL, WHY, sanne.id,
    )  # fmt: skip
    (entry,) = await all_of(service, select(AuditEntry).where(AuditEntry.action == "reach"))
    assert entry.detail == "channel"
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=2))
    assert "check_in" not in await said(service)
    assert (await writes(service, "ja", 1)).received == "stranger"
    await writes(service, "ja", 7)
    assert (await track(service, reference)).standing is Standing.ACTIVE
    planned = await all_of(service, select(CheckIn).where(CheckIn.status == CheckInStatus.PLANNED))
    assert {one.plan_version for one in planned} == {2}
    current = await all_of(service, select(Consent).where(Consent.withdrawn_at.is_(None)))
    assert len(current) == 2


async def test_a_new_address_that_does_not_answer_lapses(service: Service) -> None:
    reference = await active(service)
    await reach(service, reference, await colleague(service), WHY, Channel.SMS, number(7))
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=30))
    assert (await track(service, reference)).standing is Standing.LAPSED
    assert "check_in" not in await said(service)


async def test_a_typo_in_the_number_of_an_invitation_is_mended(service: Service) -> None:
    reference = (await invited(service)).reference
    await reach(service, reference, await colleague(service), WHY, Channel.SMS, number(8))
    await writes(service, "ja", 8)
    assert (await track(service, reference)).standing is Standing.ACTIVE
    assert (await client(service, reference)).number == number(8)


async def test_from_sms_to_telegram_and_back(service: Service) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    token = await reach(service, reference, sanne, WHY, Channel.TELEGRAM, number())
    assert token
    assert (await writes(service, "hulp")).received == "answered", "the number is still theirs"
    await opens(service, token, chat="77")
    question = (await last(service)).buttons
    assert question
    await presses(service, int(str(question[0][1]).split(":")[0]), "yes", chat="77")
    assert (await track(service, reference)).standing is Standing.ACTIVE
    assert await reach(service, reference, sanne, WHY, Channel.SMS, number()) is None
    assert (await client(service, reference)).chat is None
    assert (await track(service, reference)).standing is Standing.INVITED


async def test_a_number_only_for_calling_is_written_down(service: Service) -> None:
    reference = await active(service, channel=Channel.TELEGRAM, number=None)
    before = await said(service)
    sanne = await colleague(service)
    assert await reach(service, reference, sanne, WHY, Channel.TELEGRAM, number(9)) is None
    assert (await client(service, reference)).number == number(9)
    assert (await track(service, reference)).standing is Standing.ACTIVE
    assert await said(service) == before


async def test_who_shared_the_old_number_keep_it(service: Service) -> None:
    sanne = await colleague(service)
    first = await active(service)
    second = (await invited(service, first_name="Bilal", shares_phone=True)).reference
    third = (await invited(service, first_name="Chloe", shares_phone=True)).reference
    await reach(service, first, sanne, WHY, Channel.SMS, number(7))
    left, heir, other = [await client(service, one) for one in (first, second, third)]
    assert (left.shares_phone, left.phone_of_id) == (False, None)
    assert (heir.shares_phone, heir.phone_of_id, heir.number_hash is not None) == (True, None, True)
    assert other.phone_of_id == heir.id
    await reach(service, third, sanne, WHY, Channel.SMS, number(8))
    assert (await client(service, second)).shares_phone is False
    await writes(service, "ja")
    assert (await track(service, second)).standing is Standing.ACTIVE


async def test_what_cannot_be_is_refused(service: Service) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    await active(service, 2, first_name="Bilal")
    for channel, written, field in (
        (Channel.SMS, "", "number"),
        (Channel.SMS, "0251 12 34 56", "number"),
        (Channel.SMS, number(), "number"),
        (Channel.SMS, number(2), "number"),
    ):
        with pytest.raises(Refused) as refused:
            await reach(service, reference, sanne, WHY, channel, written)
        assert refused.value.field == field, written
    with pytest.raises(Refused) as refused:
        await reach(service, reference, sanne, " ", Channel.SMS, number(7))
    assert refused.value.field == "reason"
    await writes(service, "ik wil dood")
    with pytest.raises(Refused, match="Nothing may be sent"):
        await reach(service, reference, sanne, WHY, Channel.SMS, number(7))
    await writes(service, "stop")
    with pytest.raises(Refused, match="does not run"):
        await reach(service, reference, sanne, WHY, Channel.SMS, number(7))
    assert (await client(service, reference)).number == number()
