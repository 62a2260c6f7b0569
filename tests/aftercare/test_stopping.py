"""STOP at every moment ends it; and half a year has its end without it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from aftercare.service import Service
from conversations.words import (
    CheckInStatus,
    Direction,
    EscalationStatus,
    MessageStatus,
    Standing,
)
from storage.models import (
    Consent,
    Escalation,
)
from tests.aftercare.people import (
    active,
    all_of,
    calls,
    house,
    invited,
    last,
    messages,
    said,
    steps,
    track,
    writes,
)

MOMENTS = {
    "before the request went out": (),
    "asked for consent": ("tick",),
    "after yes": ("ja",),
    "check-in asked": ("ja", "travel"),
    "answered": ("ja", "travel", "1"),
    "topic asked": ("ja", "travel", "3"),
    "own words asked": ("ja", "travel", "3", "2"),
    "promised": ("ja", "travel", "3", "2", "huur"),
    "puzzled": ("ja", "blauw"),
    "job lost": ("ja", "travel", "4"),
}


@pytest.mark.parametrize("happened", MOMENTS.values(), ids=MOMENTS.keys())
async def test_stop_at_any_moment_ends_it(service: Service, happened: tuple[str, ...]) -> None:
    built, _ = house(service)
    reference = (await invited(service)).reference
    for one in happened:
        match one:
            case "tick":
                await built.tick()
            case "travel":
                await built.travel(service.now() + timedelta(days=2))
            case text:
                await writes(service, text)
                await built.tick()
    standing = Standing.WITHDRAWN if "ja" in happened else Standing.DECLINED
    await writes(service, "STOP")
    assert (await track(service, reference)).standing is standing
    stopped = await last(service)
    assert stopped.phrase == "stopped"
    assert not await all_of(service, select(Consent).where(Consent.withdrawn_at.is_(None)))

    for text in ("ja", "3", "dank je"):
        await writes(service, text)
    await built.travel(service.now() + timedelta(days=240))
    after = [one for one in await messages(service, Direction.OUT) if one.id > stopped.id]
    assert after == []
    waiting = (MessageStatus.QUEUED, MessageStatus.SENDING)
    assert not [one for one in await messages(service, Direction.OUT) if one.status in waiting]
    left = {one.status for one in (await steps(service)).values()}
    assert left <= {CheckInStatus.CANCELLED, CheckInStatus.ANSWERED, CheckInStatus.EXPIRED}
    assert (await track(service, reference)).standing is standing


async def test_stop_does_not_drop_a_call_for_help(service: Service) -> None:
    await active(service)
    for text in ("hulp", "2", "STOP"):
        await writes(service, text)
    assert [one.status for one in await calls(service)] == [EscalationStatus.OPEN]


async def test_stop_keeps_the_safety_reply_that_is_on_its_way(service: Service) -> None:
    await active(service)
    await writes(service, "ik wil dood")
    await writes(service, "STOP")
    built, _ = house(service)
    await built.tick()
    out = {one.phrase: one.status for one in await messages(service, Direction.OUT)}
    assert out["danger_suicide"] is MessageStatus.DELIVERED
    assert out["stopped"] is MessageStatus.DELIVERED
    assert out["welcome"] is MessageStatus.CANCELLED


async def test_everything_of_half_a_year_has_its_end(service: Service) -> None:
    """Rule 3, for one who answers now and then and one who never does."""
    built, _ = house(service)
    await active(service, 1)
    await active(service, 2)
    began = service.now()
    for days in (2, 9, 60, 120, 240):
        await built.travel(began + timedelta(days=days))
        await writes(service, "1", 1)
    ends = {CheckInStatus.ANSWERED, CheckInStatus.EXPIRED, CheckInStatus.SKIPPED}
    assert {one.status for one in (await steps(service)).values()} <= ends
    final = {MessageStatus.DELIVERED, MessageStatus.CANCELLED, MessageStatus.EXPIRED}
    await built.tick()
    assert {one.status for one in await messages(service, Direction.OUT)} <= final
    assert (await said(service)).count("closing") == 2


async def test_no_two_calls_have_one_reference(service: Service) -> None:
    for person in range(1, 6):
        await active(service, person)
        await writes(service, "hulp", person)
        await writes(service, "2", person)
    references = await all_of(service, select(Escalation.reference))
    assert len(set(references)) == 5
