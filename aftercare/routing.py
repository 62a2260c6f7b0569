"""Municipality and topic -> desk, as data. A call for help ends at one desk (rule 6)."""

from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from aftercare.service import N_, Refused
from conversations.topics import side_of
from conversations.words import Side, Topic
from storage.models import Desk, Route


async def desk_for(session: AsyncSession, municipality_id: int, topic: Topic, day: date) -> Desk:
    """The desk that takes `topic` on `day`.

    A topic without a route of its own goes where the rest of its side goes: what is work's to
    the desk for work, all else to the desk for `OTHER`.
    """
    general = Topic.WORK if side_of(topic) is Side.WORK else Topic.OTHER
    rows = await session.execute(
        select(Route.topic, Desk)
        .join(Desk, Desk.id == Route.desk_id)
        .where(
            Route.municipality_id == municipality_id,
            Route.topic.in_({topic, general}),
            Route.valid_from <= day,
        )
        .order_by(Route.valid_from.desc())  # the newest counts
    )
    found = rows.all()
    taken_by = next((desk for of, desk in found if of is topic), None) or next(
        (desk for _, desk in found), None
    )
    if taken_by is None:
        raise Refused(N_("No desk takes this topic. Ask the administrator to add a route."))
    return taken_by


async def desk_of_side(session: AsyncSession, municipality_id: int, side: Side, day: date) -> Desk:
    """The desk to tell about a client when there is no call for help."""
    topic = Topic.WORK if side is Side.WORK else Topic.OTHER
    return await desk_for(session, municipality_id, topic, day)


def takes_for(municipality_id: int, day: date) -> ColumnElement[bool]:
    """The desks that take something for the municipality on `day`: only these may get a call of
    its people."""
    newer = aliased(Route)
    superseded = exists().where(
        newer.municipality_id == Route.municipality_id,
        newer.topic == Route.topic,
        newer.valid_from > Route.valid_from,
        newer.valid_from <= day,
    )
    return exists().where(
        Route.desk_id == Desk.id,
        Route.municipality_id == municipality_id,
        Route.valid_from <= day,
        ~superseded,
    )
