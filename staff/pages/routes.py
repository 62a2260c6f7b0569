"""`/beheer/routes`: who takes what, per municipality and topic."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from conversations.topics import side_of
from conversations.words import Side, Topic
from scheduler.calendar import Hours, local_day
from staff.visit import Visit
from storage.models import Desk, Municipality, Organisation, Route


@dataclass(frozen=True)
class Takes:
    """A desk and the topics it takes in one municipality; None for those that nobody takes."""

    desk: Desk | None
    organisation: Organisation | None
    topics: list[Topic]


async def show(visit: Visit) -> Response:
    """A table to look at. It is the same rule as `aftercare.routing.desk_for`, for all at once."""
    today = local_day(visit.words.now, Hours())
    async with visit.service.database.read() as session:
        places = await _table(session, today)
    return visit.page("routes.html", places=places, today=today)


async def _table(session: AsyncSession, today: date) -> list[tuple[Municipality, list[Takes]]]:
    rows = await session.execute(
        select(Route, Desk, Organisation)
        .join(Desk, Desk.id == Route.desk_id)
        .join(Organisation, Organisation.id == Desk.organisation_id)
        .where(Route.valid_from <= today)
        .order_by(Route.valid_from)
    )
    valid = {  # the newest comes last and stays
        (route.municipality_id, route.topic): (desk, organisation)
        for route, desk, organisation in rows
    }
    table = []
    for place in await session.scalars(select(Municipality).order_by(Municipality.name)):
        by_desk: dict[int, Takes] = {}
        for topic in Topic:
            general = Topic.WORK if side_of(topic) is Side.WORK else Topic.OTHER
            desk, organisation = (
                valid.get((place.id, topic)) or valid.get((place.id, general)) or (None, None)
            )
            takes = by_desk.setdefault(desk.id if desk else 0, Takes(desk, organisation, []))
            takes.topics.append(topic)
        table.append((place, list(by_desk.values())))
    return table
