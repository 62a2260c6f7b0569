"""`/metrics`: counts and ages for Prometheus, for whoever is near, and of nobody in particular."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from aftercare import check_ins
from aftercare.service import Service
from bot.house import House
from conversations.words import Channel, Direction, MessageStatus
from scheduler.clock import Clock
from storage.database import Database
from storage.facts import LAST_BACKUP, remember
from storage.models import Message
from tests.aftercare.people import active, invited, later, writes
from tests.aftercare.people import house as house_of
from tests.storage.rows import add_client, add_message

Figures = dict[tuple[str, ...], float]
"""By name and the values of the labels."""


async def ask(
    house: House, client: str = "127.0.0.1", headers: dict[str, str] | None = None
) -> httpx.Response:
    """Ask as somebody at the address `client`."""
    app = Starlette(routes=[*house.health_routes()])
    transport = httpx.ASGITransport(app=app, client=(client, 4321))
    async with httpx.AsyncClient(transport=transport, base_url="http://nazorg") as http:
        return await http.get("/metrics", headers=headers)


async def figures(service: Service) -> Figures:
    """What Prometheus would have read."""
    answer = await ask(House(service))
    assert answer.status_code == 200
    return {
        (sample.name.removeprefix("nazorg_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_messages_are_counted_by_channel_and_state(service: Service) -> None:
    now = service.now()
    one, two = await add_client(service, 1), await add_client(service, 2)
    await add_message(service, one, not_before=now - timedelta(minutes=5))
    await add_message(service, one, not_before=now - timedelta(minutes=2))
    await add_message(service, two, not_before=now + timedelta(hours=2))
    await add_message(
        service, two, channel=Channel.TELEGRAM, status=MessageStatus.UNCERTAIN,
        not_before=now - timedelta(hours=1),
    )  # fmt: skip
    found = await figures(service)
    assert found["messages_waiting", "sms", "due"] == 2
    assert found["messages_oldest_seconds", "sms", "due"] == 300
    assert found["messages_waiting", "sms", "later"] == 1
    assert found["messages_waiting", "telegram", "uncertain"] == 1
    assert found["messages_oldest_seconds", "telegram", "uncertain"] == 3600


async def test_a_week_is_counted_and_what_came_before_is_not(service: Service) -> None:
    client = await add_client(service)
    for days, count in ((30, 3), (8, 2), (6, 4), (0, 1)):
        for _ in range(count):
            at = service.now() - timedelta(days=days)
            await add_message(service, client, status=MessageStatus.FAILED, sent_at=at)
    async with service.database.write() as session:
        session.add(
            Message(
                client_id=client.client_id, enrolment_id=client.id, direction=Direction.IN,
                channel=Channel.SMS, text="?", at=service.now(), status=MessageStatus.SET_ASIDE,
            )
        )  # fmt: skip
    found = await figures(service)
    assert found["messages_of_week", "sms", "out", "failed"] == 5
    assert found["messages_of_week", "sms", "in", "set_aside"] == 1


async def test_check_ins_are_due_then_overdue_then_missed(service: Service) -> None:
    house, _ = house_of(service)
    await active(service)
    await house.tick()
    due = await house.next_due()
    assert due
    assert (await figures(service))["check_ins_due",] == 0
    service.clock.travel_to(due + timedelta(minutes=20))
    found = await figures(service)
    assert (found["check_ins_due",], found["check_ins_overdue",]) == (1, 1)
    assert found["check_ins_oldest_due_seconds",] == 1200
    await check_ins.ask_due(service)
    later(service, days=3.5)
    await house.tick()  # the question waited for too long
    found = await figures(service)
    assert (found["check_ins_due",], found["check_ins_missed_of_week",]) == (0, 1)


async def test_danger_that_nobody_took_is_seen(service: Service) -> None:
    await active(service)
    assert (await figures(service))["escalations_danger_untaken",] == 0
    await writes(service, "ik wil niet meer leven")
    later(service, minutes=30)
    found = await figures(service)
    assert found["escalations_danger_untaken",] == 1
    assert found["escalations_danger_oldest_seconds",] == 1800
    assert found["escalations", "open"] == 1
    assert found["escalations_overdue",] == 0
    assert found["notices_waiting",] == 1
    assert found["notices_oldest_seconds",] == 1800
    later(service, days=4)
    assert (await figures(service))["escalations_overdue",] == 1


async def test_the_age_of_the_last_backup_is_told_once_there_is_one(service: Service) -> None:
    assert ("backup_age_seconds",) not in await figures(service)
    await remember(service.database, LAST_BACKUP, (service.now() - timedelta(hours=1)).isoformat())
    assert (await figures(service))["backup_age_seconds",] == 3600


async def test_every_tick_tells_its_age(service: Service) -> None:
    house, _ = house_of(service)
    house.start()
    try:
        await house.tick()
        ages = {
            sample.labels["tick"]
            for family in text_string_to_metric_families((await ask(house)).text)
            for sample in family.samples
            if sample.name == "nazorg_tick_age_seconds"
        }
    finally:
        await house.close()
    assert ages == set(house.ticks())


async def test_nothing_tells_of_whom(service: Service) -> None:
    reference = await active(service)
    await invited(service, 2)
    await writes(service, "schulden")
    answer = await ask(House(service))
    written = re.sub(r"(?m)^#.*$", "", answer.text)
    for personal in (reference, "Amina", "velsen", "Velsen", "600000001", "schulden", "money"):
        assert personal not in written
    labels = set(re.findall(r'(\w+)="', written))
    assert labels <= {"channel", "state", "direction", "status", "tick", "version"}


async def test_the_week_begins_at_the_right_message_wherever_it_lies(service: Service) -> None:
    client = await add_client(service)
    moments = [service.now() + timedelta(hours=hours) for hours in (0, 1, 1, 40, 41, 90)]
    for moment in moments:
        await add_message(service, client, sent_at=moment, status=MessageStatus.SENT)
    for hours in (0, 0.5, 1, 2, 40.5, 89, 90, 91):
        week = timedelta(days=7)
        service.clock.travel_to(moments[0] + week + timedelta(hours=hours))
        expected = sum(moment >= service.now() - week for moment in moments)
        found = (await figures(service)).get(("messages_of_week", "sms", "out", "sent"), 0)
        assert found == expected


@pytest.fixture
async def without_database() -> AsyncIterator[Service]:
    """The use cases on a database that is not there."""
    gone = Database("postgresql+psycopg://nobody@127.0.0.1:1/nazorg")
    yield Service(gone, Clock())
    await gone.close()


async def test_a_database_that_is_gone_is_told_too(without_database: Service) -> None:
    assert (await figures(without_database))["database_up",] == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3", "192.168.1.9", "fd00::7"])
async def test_somebody_near_is_answered(without_database: Service, address: str) -> None:
    assert (await ask(House(without_database), address)).status_code == 200


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "100.20.30.40", "2a00:1450::1", "::ffff:8.8.8.8", "not an address"]
)
async def test_a_stranger_finds_nothing(without_database: Service, address: str) -> None:
    answer = await ask(House(without_database), address)
    assert (answer.status_code, answer.text) == (404, "Not Found")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
async def test_who_comes_through_the_proxy_finds_nothing(
    without_database: Service, header: str
) -> None:
    """The proxy itself is near; whoever it asks for need not be."""
    answer = await ask(House(without_database), headers={header: "127.0.0.1"})
    assert answer.status_code == 404
