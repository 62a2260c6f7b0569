"""A provider that is gone for an hour or for days: patience, then all that is still in time."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.missed import missed
from conversations.turns import Text
from conversations.words import CheckInStatus, MessageStatus
from scheduler.calendar import Hours, is_allowed
from storage.allowed import OWN_ACCORD
from storage.models import CheckIn
from tests.aftercare.people import all_of, brings
from tests.bot.house import Here
from tests.bot.waiting import SOON
from tests.providers.faults import Fault
from tests.providers.twilio_people import Person

EVENING = datetime(2026, 3, 3, 18, 20, tzinfo=UTC)
"""Twenty past seven, a day after everybody began: some were asked, some will be until eight."""
PEOPLE = 6
STEP = 10.0
"""Seconds between two looks into the outbox; in earnest it is one."""


pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize("database_kind", ["sqlite"]),
]


async def an_hour(here: Here, hours: float = 1.0, step: float = STEP) -> None:
    """Time passes, and everything ticks."""
    for _ in range(int(hours * 3600 / step)):
        await here.house.tick()
        await here.send()
        here.pass_by(seconds=step)


async def everybody(here: Here) -> list[Person]:
    """People who take part, on the evening of their first check-in."""
    people = [await here.active_by_sms(person) for person in range(1, PEOPLE + 1)]
    await here.house.travel(EVENING)
    await here.quiet(seconds=10)
    return people


async def write_twice(here: Here) -> None:
    """Everybody asks for help, and says about what. Replies go at any hour, in this order."""
    for person in range(1, PEOPLE + 1):
        for text in ("hulp", "2"):
            await writes_by_sms(here, text, person)


async def writes_by_sms(here: Here, text: str, person: int) -> None:
    """Somebody writes. Twilio can still call us: it is its own side that is broken."""
    await brings(here.service, Text(text), f"+3161234{person:04}")


def nothing_at_night(here: Here, kinds: dict[str, str]) -> None:
    """What we sent of our own accord came in allowed hours only."""
    for one in here.twilio.sent:
        if kinds[one.text] in OWN_ACCORD:
            assert is_allowed(one.when, Hours()), one


async def kinds_of(here: Here) -> dict[str, str]:
    """By text, of what kind a message is."""
    return {one.text: str(one.kind) for one in await here.outbox()}


@pytest.mark.parametrize("how", ["refuses connections", "answers 500"])
async def test_an_hour_without_the_provider_is_waited_out_and_made_good(
    here: Here, how: str
) -> None:
    people = await everybody(here)
    before = {one.number: len(one.received) for one in people}
    await write_twice(here)
    if how == "refuses connections":
        await here.twilio.stop()
    else:
        here.twilio.faults.operations = frozenset({"create", "list"})
        here.twilio.faults.at_random(1.0, Fault.SERVER_ERROR)
    calls = len(here.twilio.faults.seen)
    await an_hour(here)
    waiting = [one for one in await here.outbox() if one.status in ("queued", "uncertain")]
    assert waiting
    assert max(one.attempts for one in waiting) <= 12, "pauses grow"
    assert len(here.twilio.faults.seen) - calls <= 60, "no busy loop"
    if how == "refuses connections":
        await here.twilio.start()
    else:
        here.twilio.faults.clear()
    await an_hour(here, 0.5)
    await here.twilio.settle(SOON)
    for person in people:
        words = [one.text[:20] for one in person.received[before[person.number] :]]
        assert words[:2] == ["Goed dat je het vraa", "Wil je er iets over "], "in order"
    assert set(Counter((one.to, one.text) for one in here.twilio.sent).values()) == {1}
    await here.house.travel(EVENING + timedelta(days=2))
    nothing_at_night(here, await kinds_of(here))
    assert await missed(here.service) == []


async def test_what_went_stale_expires_and_is_listed(here: Here) -> None:
    await everybody(here)
    await here.house.travel(EVENING + timedelta(days=5))
    sent = len(here.twilio.sent)
    await write_twice(here)
    await here.twilio.stop()
    for _ in range(6 * 24 // 8):  # the next check-in comes due on the way
        await here.house.travel(here.service.now() + timedelta(hours=8))
        await here.send()
    await here.twilio.start()
    await here.house.travel(here.service.now() + timedelta(hours=1))
    ends = Counter(one.status for one in await here.outbox())
    assert ends[MessageStatus.EXPIRED] >= 2 * PEOPLE
    assert not ends[MessageStatus.QUEUED]
    late = here.twilio.sent[sent:]
    assert all(one.when < here.service.now() for one in late)
    assert not [one for one in late if one.text.startswith("Goed dat je het")], "too late"
    steps = await all_of(here.service, select(CheckIn).where(CheckIn.step == "day-8"))
    assert {one.status for one in steps} <= {CheckInStatus.EXPIRED, CheckInStatus.PLANNED}
    assert {one.step for one in await missed(here.service) if one.step} == {"day-8"}
