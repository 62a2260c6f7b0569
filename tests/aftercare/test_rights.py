"""To stop by telephone or at the desk is to stop."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from aftercare.rights import withdraw
from aftercare.service import Refused, Service
from conversations.words import (
    Channel,
    CheckInStatus,
    Direction,
    MessageStatus,
    Standing,
)
from storage.models import AuditEntry, Consent
from tests.aftercare.people import (
    active,
    all_of,
    calls,
    colleague,
    house,
    invited,
    messages,
    said,
    steps,
    track,
    writes,
)


async def test_withdrawing_at_the_desk_is_as_if_stop_had_been_sent(service: Service) -> None:
    reference = await active(service)
    sanne = await colleague(service)
    await withdraw(service, reference, sanne)
    assert (await track(service, reference)).standing is Standing.WITHDRAWN
    consents = await all_of(service, select(Consent))
    assert {one.withdrawn_at for one in consents} == {service.now()}
    assert {one.status for one in (await steps(service)).values()} == {CheckInStatus.CANCELLED}
    assert (await said(service))[-1] == "stopped"
    entries = await all_of(service, select(AuditEntry).where(AuditEntry.action == "withdraw"))
    assert [one.staff_member_id for one in entries] == [sanne.id]

    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=240))
    out = await messages(service, Direction.OUT)
    assert [(one.phrase, one.status) for one in out] == [
        ("invitation", MessageStatus.CANCELLED),
        ("welcome", MessageStatus.CANCELLED),
        ("stopped", MessageStatus.DELIVERED),
    ]


@pytest.mark.parametrize("texts", [("hulp",), ("hulp", "2"), ("hulp", "2", "huur"), ("blauw",)])
async def test_nothing_follows_on_what_was_being_told(
    service: Service, texts: tuple[str, ...]
) -> None:
    reference = await active(service)
    for text in texts:
        await writes(service, text)
    before = len(await calls(service))
    await withdraw(service, reference, await colleague(service))
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=30))
    assert (await said(service))[-1] == "stopped"
    assert len(await calls(service)) == before


async def test_whoever_was_only_invited_can_be_withdrawn(service: Service) -> None:
    reference = (await invited(service)).reference
    await withdraw(service, reference, await colleague(service))
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=30))
    delivered = [
        one.phrase
        for one in await messages(service, Direction.OUT)
        if one.status is MessageStatus.DELIVERED
    ]
    assert delivered == ["stopped"]
    await writes(service, "ja")
    assert (await track(service, reference)).standing is Standing.WITHDRAWN


async def test_whoever_never_answered_can_still_say_that_they_want_nothing(
    service: Service,
) -> None:
    reference = (await invited(service)).reference
    built, _ = house(service)
    await built.travel(service.now() + timedelta(days=30))
    assert (await track(service, reference)).standing is Standing.LAPSED
    await withdraw(service, reference, await colleague(service))
    assert (await track(service, reference)).standing is Standing.WITHDRAWN
    await built.travel(service.now() + timedelta(days=30))
    assert (await said(service))[-1] == "stopped"
    await writes(service, "ja")
    assert (await track(service, reference)).standing is Standing.WITHDRAWN


async def test_whoever_never_opened_the_link_cannot_be_told_and_the_link_is_void(
    service: Service,
) -> None:
    from tests.aftercare.people import opens

    enrolled = await invited(service, channel=Channel.TELEGRAM)
    await withdraw(service, enrolled.reference, await colleague(service))
    assert await messages(service) == []
    receipt = await opens(service, enrolled.link_token)
    assert receipt.received == "stranger"


async def test_what_has_ended_cannot_be_withdrawn_again(service: Service) -> None:
    reference = await active(service)
    sanne = await colleague(service)
    await withdraw(service, reference, sanne)
    with pytest.raises(Refused, match="already ended"):
        await withdraw(service, reference, sanne)
    with pytest.raises(Refused, match="NOBODY22"):
        await withdraw(service, "NOBODY22", sanne)
