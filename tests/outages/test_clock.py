"""A clock that jumps, and the nights on which wall time does: nothing twice, nothing at night."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select, text

from aftercare.service import Service
from bot.house import House
from bot.missed import missed
from conversations.words import Channel, CheckInStatus, MessageKind, MessageStatus, NoticeKind
from scheduler.calendar import Hours, is_allowed
from scheduler.clock import Clock
from storage import outbox
from storage.models import CheckIn, Notice
from tests.aftercare.people import all_of, notices, steps, writes
from tests.bot.house import Here
from tests.bot.waiting import SOON, until
from tests.providers.twilio_people import Person, ReceivedSms

HERE = ZoneInfo("Europe/Amsterdam")
NIGHT = datetime(2026, 3, 3, 21, 0, tzinfo=UTC)
PEOPLE = 3

pytestmark = pytest.mark.slow


async def everybody(here: Here, **changes: object) -> None:
    """Some people take part."""
    for person in range(1, PEOPLE + 1):
        await here.active_by_sms(person, **changes)


def sent_once(here: Here) -> None:
    """Each message came to Twilio at most once."""
    counted = Counter((one.to, one.text, one.when.date()) for one in here.twilio.sent)
    assert set(counted.values()) <= {1}


async def only_in_allowed_hours(here: Here) -> None:
    """What we sent of our own accord."""
    replies = {one.text for one in await here.outbox() if one.kind is MessageKind.REPLY}
    for one in here.twilio.sent:
        assert one.text in replies or is_allowed(one.when, Hours()), one.when.astimezone(HERE)


# The machine's clock jumps.


async def test_a_day_ahead_into_the_night_sends_nothing_twice_and_nothing_at_night(
    here: Here,
) -> None:
    await everybody(here)
    before = len(here.twilio.sent)
    here.service.clock.travel_to(NIGHT)  # past the evening of the first check-in
    await here.house.tick()
    await here.quiet(minutes=10)
    sent_once(here)
    await only_in_allowed_hours(here)
    asked = await all_of(here.service, select(CheckIn).where(CheckIn.step == "day-1"))
    assert {one.status for one in asked} == {CheckInStatus.ASKED}
    assert len(here.twilio.sent) == before + PEOPLE, "asked the next morning"
    assert await missed(here.service) == []


async def test_a_message_in_hand_during_a_jump_ahead_is_sent_once(here: Here) -> None:
    await everybody(here)
    here.service.clock.travel_to((await steps(here.service))["day-1"].due_at)
    await writes(here.service, "hulp", 1)
    await here.house.tick()
    taken = len(here.twilio.sent)
    here.twilio.faults.slowness = 0.5
    await here.enrol_by_sms(9)
    sending = asyncio.create_task(here.send())
    await until(lambda: len(here.twilio.sent) > taken)
    here.pass_by(days=1)  # all leases have run out, and its sender lives
    await sending
    here.twilio.faults.slowness = 0
    await here.quiet(seconds=30)
    sent_once(here)
    assert not any(one.status == MessageStatus.UNCERTAIN for one in await here.outbox())


async def test_an_hour_back_sends_nothing_twice_and_holds_up_no_answer(here: Here) -> None:
    await everybody(here)
    due = (await steps(here.service))["day-1"].due_at
    await here.house.travel(due + timedelta(hours=1))
    await here.quiet(seconds=10)
    before = len(here.twilio.sent)
    here.pass_by(hours=-1)
    await here.house.tick()
    await here.send()
    assert len(here.twilio.sent) == before, "nothing again"
    await here.twilio.person("+31612340001").send("hulp")
    await here.send()
    assert len(here.twilio.sent) == before + 1, "an answer, though the last one left in an hour"
    await here.house.travel(due + timedelta(days=1))
    sent_once(here)
    await only_in_allowed_hours(here)
    assert await missed(here.service) == []


async def test_a_lease_survives_a_jump_back_until_its_sender_is_done(here: Here) -> None:
    await here.enrol_by_sms(1)
    (parcel,) = await outbox.claim(here.service.database, Channel.SMS, here.service.now(), 10)
    here.pass_by(hours=-1)
    assert not await outbox.claim(here.service.database, Channel.SMS, here.service.now(), 10)
    assert await outbox.doubt(here.service.database, Channel.SMS, here.service.now()) == 0
    here.service.clock.travel_to(parcel.claimed_at + outbox.LEASE)
    assert await outbox.doubt(here.service.database, Channel.SMS, here.service.now()) == 1


async def test_danger_is_told_again_after_a_jump_in_either_direction(here: Here) -> None:
    await here.active_by_sms(1)
    await here.twilio.person("+31612340001").send("ik wil niet meer leven")
    here.pass_by(days=1)
    await here.house.tick()
    here.pass_by(hours=-1)
    await here.house.tick()
    here.pass_by(days=4)
    await here.house.tick()
    kinds = [one.kind for one in await notices(here.service)]
    assert set(kinds) == {NoticeKind.DANGER}
    waiting = await all_of(here.service, select(Notice).where(Notice.status == "queued"))
    assert all(one.not_before <= here.service.now() for one in waiting)


# Summer time begins and ends: at night, on a Sunday.

SPRING, AUTUMN, NEXT_AUTUMN = date(2027, 3, 28), date(2026, 10, 25), date(2027, 10, 31)


BEFORE = (1, 3, 8, 9, 22)
"""So many days before the change people begin to work: a step falls on the change itself, on the
day before it, or two lie on either side of it."""


@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("change", [SPRING, AUTUMN, NEXT_AUTUMN])
async def test_steps_around_the_change_come_once_at_their_own_time_of_the_evening(
    here: Here, change: date
) -> None:
    begin = change - timedelta(days=23)
    here.service.clock.travel_to(datetime.combine(begin, time(10), HERE))
    phones = {
        before: await here.active_by_sms(before, first_working_day=change - timedelta(days=before))
        for before in BEFORE
    }
    end = datetime.combine(change + timedelta(days=12), time(12), HERE).astimezone(UTC)
    answered: Counter[int] = Counter()
    while here.service.now() < end:
        await here.house.travel(min(end, here.service.now() + timedelta(hours=12)))
        await here.quiet(seconds=10)
        for before, phone in phones.items():
            if len(_asked(phone)) > answered[before]:
                answered[before] += 1
                await phone.send("1")
    sent_once(here)
    await only_in_allowed_hours(here)
    assert await missed(here.service) == []
    for step in await all_of(here.service, select(CheckIn)):
        assert time(17) <= step.due_at.astimezone(HERE).time() < time(20)
        if step.due_at < end:
            assert step.status is CheckInStatus.ANSWERED
            assert step.asked_at
            assert step.asked_at - step.due_at < timedelta(minutes=1)
        else:
            assert step.status is CheckInStatus.PLANNED
    for phone in phones.values():
        moments = [one.at.astimezone(HERE) for one in _asked(phone)]
        assert len({moment.date() for moment in moments}) == len(moments)
        assert _apart(moments) < 60, "the same time of the evening by the wall, before and after"
    both_sides = [one.at.astimezone(HERE) for one in _asked(phones[22])]
    assert both_sides[0].utcoffset() != both_sides[-1].utcoffset()


def _asked(phone: Person) -> list[ReceivedSms]:
    return [one for one in phone.received if "hoe gaat het" in one.text]


def _apart(moments: list[datetime]) -> float:
    """Seconds between the earliest and the latest time of day."""
    times = [one.hour * 3600 + one.minute * 60 + one.second for one in moments]
    return max(times) - min(times)


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        (date(2027, 3, 27), date(2027, 3, 30)),  # Easter Monday comes after
        (date(2026, 10, 24), date(2026, 10, 26)),
        (date(2027, 10, 30), date(2027, 11, 1)),
    ],
)
async def test_what_is_held_over_the_night_of_the_change_waits_for_nine_by_the_wall_clock(
    here: Here, evening: date, morning: date
) -> None:
    here.service.clock.travel_to(datetime.combine(evening, time(20, 31), HERE))
    phone = await here.enrol_by_sms(1, first_working_day=evening)
    opens = datetime.combine(morning, time(9), HERE)
    await here.house.travel(opens - timedelta(seconds=1))
    assert phone.received == []
    await here.house.travel(opens.replace(hour=17))
    await here.twilio.settle(SOON)
    (one,) = phone.received
    assert opens <= one.at < opens.replace(hour=17)


@pytest.mark.parametrize("database_kind", ["postgresql"])
@pytest.mark.parametrize("minutes", [-3, 3])
async def test_machines_that_disagree_go_by_the_clock_of_the_database(
    service: Service, minutes: int
) -> None:
    """Else one takes a message that another has in hand for left behind, and sends it again."""
    async with service.database.read() as session:
        shared: datetime = (await session.scalars(text("SELECT now()"))).one()
    with time_machine.travel(shared + timedelta(minutes=minutes), tick=True):
        here = Service(service.database, Clock(), trial=True)
        await House(here).keep_time()
        assert abs(here.now() - shared) < timedelta(minutes=1)
