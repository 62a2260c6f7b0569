"""`/beheer/gemeenten`: municipalities with their hours and programme, and what that would plan."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from starlette.responses import Response

from aftercare import management, setup
from aftercare.configuration import PlaceSet, check_place
from aftercare.service import N_, Refused
from scheduler import steps, taper
from scheduler.calendar import local_day
from staff.access import Hidden
from staff.visit import Form, Visit
from storage.models import Municipality

_SPREAD = 0.5
"""The made-up person's place in the evening: in its middle."""
_TIMES = ("opens", "closes", "evening_from", "evening_until")


@dataclass(frozen=True)
class Planned:
    """A contact of the made-up person."""

    step: str
    due: datetime


async def show(visit: Visit) -> Response:
    """All municipalities, and the form for a new one."""
    return await _list(visit)


async def add(visit: Visit) -> Response:
    """A new municipality, with the usual hours and programme."""
    form = await visit.form()
    try:
        wanted = PlaceSet("", " ".join(form.one("name").split()))
        slug = await management.save_place(visit.service, wanted, visit.staff_member)
    except Refused as refused:
        errors = {refused.field or "": visit.words.refusal(refused)}
        return await _list(visit, 422, errors, form)
    return visit.go(f"/beheer/gemeenten/{slug}?gelukt=saved")


async def show_one(visit: Visit) -> Response:
    """One municipality, to change."""
    place = await _place(visit)
    return _page(visit, place, _form(place))


async def change(visit: Visit) -> Response:
    """Other values; or, asked so, only what they would plan."""
    place, form = await _place(visit), await visit.form()
    try:
        wanted = _wanted(form, place.slug)
        check_place(wanted)
        if form.one("doe") == "bekijken":
            return _page(visit, place, form, planned=_plan(visit, wanted))
        await management.save_place(visit.service, wanted, visit.staff_member)
    except Refused as refused:
        errors = {refused.field or "": visit.words.refusal(refused)}
        return _page(visit, place, form, 422, errors)
    return visit.go(f"/beheer/gemeenten/{place.slug}?gelukt=saved")


async def close(visit: Visit) -> Response:
    """Nobody is enrolled there any more; or again."""
    place, form = await _place(visit), await visit.form()
    try:
        if form.one("doe") == "openen":
            await management.reopen(visit.service, Municipality, place.slug, visit.staff_member)
        else:
            await management.close_place(visit.service, place.slug, visit.staff_member)
    except Refused as refused:
        return _page(visit, place, _form(place), 409, {"": visit.words.refusal(refused)})
    return visit.go(f"/beheer/gemeenten/{place.slug}?gelukt=saved")


async def _place(visit: Visit) -> PlaceSet:
    async with visit.service.database.read() as session:
        found = await session.scalar(
            select(Municipality).where(Municipality.slug == visit.request.path_params["slug"])
        )
    if found is None:
        raise Hidden
    return setup.place_set(found)


async def _list(
    visit: Visit,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    form: Form | None = None,
) -> Response:
    async with visit.service.database.read() as session:
        rows = await session.scalars(select(Municipality).order_by(Municipality.name))
        places = [setup.place_set(one) for one in rows]
    return visit.page(
        "management/places.html", status, places=places, errors=errors or {}, form=form or Form({})
    )


def _page(
    visit: Visit,
    place: PlaceSet,
    form: Form,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    planned: list[Planned] | None = None,
) -> Response:
    return visit.page(
        "management/place.html",
        status,
        place=place,
        form=form,
        errors=errors or {},
        planned=planned if planned is not None else _plan(visit, place),
        is_preview=planned is not None,
        usual=", ".join(map(str, taper.DAYS)),
    )


def _form(place: PlaceSet) -> Form:
    written = {
        "name": place.name,
        "zone": place.zone,
        **{name: f"{getattr(place, name):%H:%M}" for name in _TIMES},
        "exit_premium": "ja" if place.exit_premium else "",
        "contact_within": str(place.contact_within),
        "taper": ", ".join(map(str, place.taper)),
        "free_days": "\n".join(map(str, place.free_days)),
    }
    return Form({name: (value,) for name, value in written.items()})


def _wanted(form: Form, slug: str) -> PlaceSet:
    return PlaceSet(
        slug=slug,
        name=" ".join(form.one("name").split()),
        zone=form.one("zone"),
        opens=_time(form, "opens"),
        closes=_time(form, "closes"),
        evening_from=_time(form, "evening_from"),
        evening_until=_time(form, "evening_until"),
        exit_premium=form.one("exit_premium") == "ja",
        contact_within=_number(form.one("contact_within"), "contact_within"),
        taper=tuple(_number(one, "taper") for one in _parts(form.one("taper"))),
        free_days=tuple(sorted({_day(one) for one in _parts(form.one("free_days"))})),
    )


def _parts(written: str) -> list[str]:
    return [one for one in re.split(r"[\s,;]+", written) if one]


def _time(form: Form, name: str) -> time:
    try:
        return time.fromisoformat(form.one(name)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise Refused(N_("Write a time like 09:00."), name) from None


def _number(written: str, field: str) -> int:
    if not written.isascii() or not written.isdigit() or len(written) > 4:
        raise Refused(N_("Write whole numbers, like 8."), field)
    return int(written)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Refused(N_("Write each day like 2026-07-13."), "free_days") from None


def _plan(visit: Visit, place: PlaceSet) -> list[Planned]:
    """The plan of somebody who begins to work tomorrow."""
    now = visit.words.now
    first = local_day(now, place.hours) + timedelta(days=1)
    plan = taper.plan(first, now, place.hours, _SPREAD, place.taper)
    return [
        *(Planned(one.step, one.due) for one in plan.contacts),
        Planned(steps.CLOSING, plan.ends),
    ]
