"""`/beheer/routes`: who takes what, per municipality and topic; and what a message would do."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

import locales
from aftercare import management
from aftercare.calls import working_days
from aftercare.routing import desk_for
from aftercare.service import N_, Refused
from conversations.hearing import Heard, hear
from conversations.topics import side_of
from conversations.words import Side, Topic, Urgency
from scheduler.calendar import Hours, deadline, local_day
from staff.visit import Form, Visit
from storage.models import Desk, Municipality, Organisation, Route

LONGEST_SAMPLE = 500


@dataclass(frozen=True)
class Takes:
    """A desk and the topics it takes in one municipality; None for those that nobody takes."""

    desk: Desk | None
    organisation: Organisation | None
    topics: list[Topic]


@dataclass(frozen=True)
class Goes:
    """Where a sample message about `topic` would go, and by when there must be contact."""

    topic: Topic
    desk: Desk | None
    urgency: Urgency
    by: datetime


async def show(visit: Visit) -> Response:
    """A table to look at, and the forms."""
    return await _page(visit)


async def change(visit: Visit) -> Response:
    """Another desk for a topic, from a day on."""
    form = await visit.form()
    try:
        topic, valid_from = _topic(form.one("topic")), _day(form.one("valid_from"))
        await management.change_route(
            visit.service,
            form.one("place"),
            topic,
            form.one("desk"),
            valid_from,
            visit.staff_member,
        )
    except Refused as refused:
        return await _page(visit, 422, {refused.field or "": visit.words.refusal(refused)}, form)
    return visit.go("/beheer/routes?gelukt=route")


async def sample(visit: Visit) -> Response:
    """What a message would do. It is stored nowhere, and nothing is sent."""
    form = await visit.form()
    text = form.one("sample")[:LONGEST_SAMPLE]
    if not text:
        return await _page(visit, 422, {"sample": visit.words.say(N_("Write a sentence."))}, form)
    heard = await asyncio.to_thread(hear, text, locales.HOUSE)
    async with visit.service.database.read() as session:
        place = await session.scalar(
            select(Municipality).where(Municipality.slug == form.one("sample_place"))
        )
        if place is None:
            error = {"sample_place": visit.words.say(N_("Choose a municipality."))}
            return await _page(visit, 422, error, form)
        goes = await _goes(session, place, heard, visit.words.now)
    return await _page(visit, form=form, heard=heard, goes=goes, place_name=place.name)


async def table(session: AsyncSession, today: date) -> list[tuple[Municipality, list[Takes]]]:
    """By municipality who takes what. It is the same rule as `aftercare.routing.desk_for`, for all
    at once."""
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
    found = []
    towns = select(Municipality).where(Municipality.closed_at.is_(None))
    for place in await session.scalars(towns.order_by(Municipality.name)):
        by_desk: dict[int, Takes] = {}
        for topic in Topic:
            general = Topic.WORK if side_of(topic) is Side.WORK else Topic.OTHER
            desk, organisation = (
                valid.get((place.id, topic)) or valid.get((place.id, general)) or (None, None)
            )
            takes = by_desk.setdefault(desk.id if desk else 0, Takes(desk, organisation, []))
            takes.topics.append(topic)
        found.append((place, list(by_desk.values())))
    return found


async def _page(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
    **heard: object,
) -> Response:
    today = local_day(visit.words.now, Hours())
    async with visit.service.database.read() as session:
        places = await table(session, today)
        desks = await session.scalars(
            select(Desk).where(Desk.closed_at.is_(None)).order_by(Desk.side.desc(), Desk.name)
        )
        choices = [(one.slug, f"{one.name} ({visit.words.label(one.side)})") for one in desks]
        history = (
            await session.execute(
                select(Route, Desk.name, Municipality.id)
                .join(Desk, Desk.id == Route.desk_id)
                .join(Municipality, Municipality.id == Route.municipality_id)
                .order_by(Route.valid_from.desc(), Route.topic)
            )
        ).all()
    return visit.page(
        "routes.html",
        status,
        places=places,
        today=today,
        history=history,
        coming={place_id for route, _, place_id in history if route.valid_from > today},
        place_choices=[(place.slug, place.name) for place, _ in places],
        desk_choices=choices,
        topic_choices=[(topic, visit.words.label(topic)) for topic in Topic],
        errors=errors or {},
        form=form or Form({"valid_from": (today.isoformat(),)}),
        **{"heard": None, "goes": [], "place_name": ""} | heard,
    )


async def _goes(
    session: AsyncSession, place: Municipality, heard: Heard, now: datetime
) -> list[Goes]:
    if heard.danger:
        topics: tuple[Topic, ...] = (Topic.DANGER,)
    else:
        topics = heard.topics or heard.likely or ((Topic.OTHER,) if heard.person else ())
    urgency = Urgency.DANGER if heard.danger else Urgency.URGENT if heard.urgent else Urgency.NORMAL
    found = []
    for topic in topics:
        desk: Desk | None = None
        with suppress(Refused):
            desk = await desk_for(session, place.id, topic, local_day(now, place.hours))
        by = deadline(now, working_days(place, urgency), place.hours)
        found.append(Goes(topic, desk, urgency, by))
    return found


def _topic(written: str) -> Topic:
    try:
        return Topic(written)
    except ValueError:
        raise Refused(N_("Choose a topic."), "topic") from None


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(N_("Fill in a day."), "valid_from") from None
