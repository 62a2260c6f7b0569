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
class Taken:
    """The desk for one topic; None if nobody takes it. `general`: by the route of its side."""

    topic: Topic
    desk: Desk | None
    organisation: Organisation | None
    general: bool


async def show(visit: Visit) -> Response:
    """A table to look at. It is the same rule as `aftercare.routing.desk_for`, for all at once."""
    today = local_day(visit.words.now, Hours())
    async with visit.service.database.read() as session:
        places = await _table(session, today)
    return visit.page("routes.html", places=places, today=today)


async def _table(session: AsyncSession, today: date) -> list[tuple[Municipality, list[Taken]]]:
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
        taken = []
        for topic in Topic:
            general = Topic.WORK if side_of(topic) is Side.WORK else Topic.OTHER
            own = valid.get((place.id, topic))
            desk, organisation = own or valid.get((place.id, general)) or (None, None)
            taken.append(Taken(topic, desk, organisation, own is None))
        table.append((place, taken))
    return table
