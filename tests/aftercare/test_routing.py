"""Municipality and topic -> desk, as data: most recent first, with a way out for what is new."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from aftercare.routing import desk_for
from aftercare.service import Refused, Service
from aftercare.setup import set_up
from conversations.topics import side_of
from conversations.words import Side, Topic
from storage.models import Desk, Instrument, Municipality, Route
from tests.aftercare.people import all_of

TODAY = date(2026, 3, 2)


async def place(service: Service, slug: str = "velsen") -> int:
    (found,) = await all_of(service, select(Municipality.id).where(Municipality.slug == slug))
    return found


async def taken_by(service: Service, topic: Topic, slug: str = "velsen", day: date = TODAY) -> str:
    municipality = await place(service, slug)
    async with service.database.read() as session:
        return (await desk_for(session, municipality, topic, day)).slug


async def route(service: Service, topic: Topic, desk: str, valid_from: date) -> None:
    municipality = await place(service)
    async with service.database.write() as session:
        found = (await session.scalars(select(Desk).where(Desk.slug == desk))).one()
        session.add(
            Route(
                municipality_id=municipality,
                topic=topic,
                desk_id=found.id,
                valid_from=valid_from,
            )
        )


@pytest.mark.parametrize("slug", ["beverwijk", "heemskerk", "uitgeest", "velsen"])
@pytest.mark.parametrize("topic", list(Topic))
async def test_every_topic_has_a_desk_of_its_side_in_every_municipality(
    service: Service, slug: str, topic: Topic
) -> None:
    expected = "ijmond-werkt" if side_of(topic) is Side.WORK else slug
    assert await taken_by(service, topic, slug) == expected


async def test_the_newest_valid_route_wins(service: Service) -> None:
    await route(service, Topic.OTHER, "beverwijk", date(2026, 1, 1))
    await route(service, Topic.OTHER, "heemskerk", date(2026, 2, 1))
    assert await taken_by(service, Topic.MONEY) == "heemskerk"
    assert await taken_by(service, Topic.MONEY, day=date(2026, 1, 15)) == "beverwijk"
    assert await taken_by(service, Topic.MONEY, day=date(2025, 12, 31)) == "velsen"


async def test_a_route_of_next_month_does_not_count_yet(service: Service) -> None:
    await route(service, Topic.MONEY, "beverwijk", date(2026, 4, 1))
    assert await taken_by(service, Topic.MONEY) == "velsen"
    assert await taken_by(service, Topic.MONEY, day=date(2026, 4, 1)) == "beverwijk"


async def test_a_topics_own_route_wins_from_a_newer_general_one(service: Service) -> None:
    await route(service, Topic.MONEY, "beverwijk", date(2025, 1, 1))
    await route(service, Topic.OTHER, "heemskerk", date(2026, 2, 1))
    assert await taken_by(service, Topic.MONEY) == "beverwijk"
    assert await taken_by(service, Topic.HOME) == "heemskerk"


async def test_another_municipalitys_route_changes_nothing(service: Service) -> None:
    await route(service, Topic.MONEY, "beverwijk", date(2026, 1, 1))
    assert await taken_by(service, Topic.MONEY, "uitgeest") == "uitgeest"


async def test_debts_never_fall_back_to_the_desk_for_work(service: Service) -> None:
    municipality = await place(service)
    async with service.database.write() as session:
        await session.execute(
            delete(Route).where(Route.municipality_id == municipality, Route.topic == Topic.OTHER)
        )
    with pytest.raises(Refused, match="administrator"):
        await taken_by(service, Topic.MONEY)
    assert await taken_by(service, Topic.JOB_LOST) == "ijmond-werkt"


async def test_setting_up_twice_changes_nothing(service: Service) -> None:
    before = await all_of(service, select(Route.id))
    assert await set_up(service) is False
    assert await all_of(service, select(Route.id)) == before
    assert len(await all_of(service, select(Instrument.slug))) >= 10
