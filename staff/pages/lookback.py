"""`/terugblik`: how a period went. Colleagues see their own municipalities, a researcher the
figures of all, without persons."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from aftercare.service import N_
from conversations.topics import side_of
from conversations.words import Channel, Side, Topic
from evaluation.lookback import LookBack, Period, is_silent, look_back, percentile
from scheduler.calendar import WORKING_DAY, Hours, local_day
from staff.access import Viewer, sees_enrolment
from staff.export import safe
from staff.tallies import LEAST_SHOWN, LEFT_OUT, Table, parts, shares, shown
from staff.visit import Form, Visit
from staff.wording import Words
from storage.models import Client, Desk, Enrolment, Municipality

LONGEST = 366
"""Days; the period bounds what must be read."""

_PRESETS = (30, 91, 365)
_MOST_SILENT = 50
Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Names:
    """What municipalities and desks are called, by id."""

    places: dict[int, str]
    desks: dict[int, str]


@dataclass(frozen=True)
class Tile:
    """A figure at the top."""

    label: str
    number: str
    more: str = ""


async def show(visit: Visit) -> Response:
    """The figures of the period that was asked for."""
    period, errors = _period(visit)
    found, names = await _found(visit, period)
    viewer, today = visit.viewer, _today(visit)
    silent: list[tuple[str, str, str]] = []
    if viewer.side:
        async with visit.service.database.read() as session:
            silent = await _silent(session, viewer)
    ours = viewer.municipalities if viewer.side else frozenset(names.places)
    return visit.page(
        "lookback.html",
        422 if errors else 200,
        places=[name for place, name in names.places.items() if place in ours],
        period=period,
        form=_filled(period),
        errors=errors,
        presets=[(days, today - timedelta(days=days - 1), today) for days in _PRESETS],
        tiles=_tiles(visit.words, found, bare=bool(viewer.side)),
        tables=_tables(visit.words, viewer, found, names),
        silent=silent,
        least=LEAST_SHOWN,
    )


async def download(visit: Visit) -> Response:
    """The same as a file for a spreadsheet."""
    period, _ = _period(visit)
    found, names = await _found(visit, period)
    say = visit.words.say
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n")
    lines.writerow(map(say, (N_("Table"), N_("What"), N_("Number"), N_("Share (%)"))))
    for tile in _tiles(visit.words, found, bare=bool(visit.viewer.side)):
        lines.writerow(map(safe, (say(N_("At a glance")), tile.label, tile.number, tile.more)))
    for table in _tables(visit.words, visit.viewer, found, names):
        for row in table.rows:
            share = "" if row.share is None else str(row.share)
            cells = (f"{table.title} ({table.unit})", row.label, row.number, share)
            lines.writerow(map(safe, cells))
    name = f"terugblik-{period.since}-{period.until}.csv"
    return Response(
        written.getvalue().encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _found(visit: Visit, period: Period) -> tuple[LookBack, Names]:
    viewer = visit.viewer
    async with visit.service.database.read() as session:
        ours = viewer.municipalities if viewer.side else None
        found = await look_back(session, ours, period, visit.words.now)
        places = await session.execute(
            select(Municipality.id, Municipality.name).order_by(Municipality.name)
        )
        desks = await session.execute(select(Desk.id, Desk.name).order_by(Desk.name))
        return found, Names(dict(places.all()), dict(desks.all()))


async def _silent(session: AsyncSession, viewer: Viewer) -> list[tuple[str, str, str]]:
    """Reference, first name and municipality of those who do not answer."""
    rows = await session.execute(
        select(Client.reference, Client.first_name, Municipality.name)
        .join(Enrolment, Enrolment.client_id == Client.id)
        .join(Municipality, Municipality.id == Enrolment.municipality_id)
        .where(sees_enrolment(viewer), is_silent())
        .order_by(Enrolment.id.desc())
        .limit(_MOST_SILENT)
    )
    return list(rows.all())


def _tiles(words: Words, found: LookBack, *, bare: bool) -> list[Tile]:
    say = words.say
    due, in_time = (sum(getattr(one, name) for one in found.asked) for name in ("due", "in_time"))
    (timely,) = parts([("", in_time, due)], bare=bare)
    waits = found.waits if bare or len(found.waits) >= LEAST_SHOWN else []
    return [
        Tile(say(N_("conversations")), shown(sum(t.people for t in found.talked), bare=bare)),
        Tile(say(N_("messages from participants")),
             shown(sum(t.messages for t in found.talked), bare=bare)),
        Tile(say(N_("calls for help")), shown(sum(a.calls for a in found.asked), bare=bare)),
        Tile(say(N_("contacted in time")),
             LEFT_OUT if timely.share is None else f"{timely.share}%", timely.number),
        Tile(say(N_("half had contact within")), _working_time(words, percentile(waits, 0.5))),
        Tile(say(N_("nine in ten had contact within")),
             _working_time(words, percentile(waits, 0.9))),
        Tile(say(N_("silent now")), shown(found.silent, bare=bare)),
    ]  # fmt: skip


def _working_time(words: Words, hours: float | None) -> str:
    if hours is None:
        return LEFT_OUT
    if hours < 2 * WORKING_DAY:
        return words.say(N_("{number} working hours"), number=words.decimal(hours))
    return words.say(N_("{number} working days"), number=words.decimal(hours / WORKING_DAY))


def _tables(words: Words, viewer: Viewer, found: LookBack, names: Names) -> list[Table]:
    say, bare = words.say, bool(viewer.side)
    people, calls = say(N_("conversations")), say(N_("calls for help"))

    def talked(title: str, by: Callable[[Kind], str], kinds: Iterable[tuple[Kind, int]]) -> Table:
        return Table(title, people, shares(_sums(by, kinds), bare=bare))

    def asked(title: str, by: Callable[[Kind], str], kinds: Iterable[tuple[Kind, int]]) -> Table:
        return Table(title, calls, shares(_sums(by, kinds), bare=bare))

    place, desk = names.places.__getitem__, names.desks.__getitem__
    channel: Callable[[Channel], str] = words.label
    helped = [
        (say(N_("yes, helped")), sum(one.helped for one in found.asked)),
        (say(N_("no, not helped")), sum(one.not_helped for one in found.asked)),
    ]
    return [
        talked(say(N_("Conversations by municipality")), place,
               ((one.municipality_id, one.people) for one in found.talked)),
        talked(say(N_("Conversations by channel")), channel,
               ((one.channel, one.people) for one in found.talked)),
        talked(say(N_("Conversations by language")), words.language_name,
               ((one.language, one.people) for one in found.talked)),
        asked(say(N_("Calls for help by topic")), lambda topic: _topic(words, viewer, topic),
              ((one.topic, one.calls) for one in found.asked)),
        asked(say(N_("Calls for help by desk")), desk,
              ((one.desk_id, one.calls) for one in found.asked)),
        asked(say(N_("Calls for help by municipality")), place,
              ((one.municipality_id, one.calls) for one in found.asked)),
        asked(say(N_("Calls for help by channel")), channel,
              ((one.channel, one.calls) for one in found.asked)),
        asked(say(N_("Calls for help by language")), words.language_name,
              ((one.language, one.calls) for one in found.asked)),
        Table(say(N_("Check-ins answered by step")), say(N_("answered / asked")),
              parts(((words.step(f"day-{one.day}"), one.answered, one.asked)
                     for one in found.steps if one.asked), bare=bare)),
        Table(say(N_("How it ended")), calls,
              shares(((words.label(kind), count) for kind, count in found.outcomes.items()),
                     bare=bare)),
        Table(say(N_("“Are you helped?”")), say(N_("answers")), shares(helped, bare=bare)),
        Table(say(N_("Instruments used")), say(N_("times")),
              shares(found.instruments.items(), bare=bare)),
    ]  # fmt: skip


def _sums(by: Callable[[Kind], str], kinds: Iterable[tuple[Kind, int]]) -> list[tuple[str, int]]:
    """How many of each label, the most first."""
    counts: Counter[str] = Counter()
    for kind, count in kinds:
        counts[by(kind)] += count
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _topic(words: Words, viewer: Viewer, topic: Topic) -> str:
    """What the other side's calls are about is theirs: here they are one group (rule 8)."""
    side = side_of(topic)
    if viewer.side in (None, side):
        return words.label(topic)
    own = {Side.WORK: N_("for the werkcoach"), Side.MUNICIPALITY: N_("for the municipality")}
    return words.say(own[side])


def _period(visit: Visit) -> tuple[Period, dict[str, str]]:
    """The period in the address, the last month without one; and what is wrong with it."""
    asked, today = visit.request.query_params, _today(visit)
    usual = Period(today - timedelta(days=_PRESETS[0] - 1), today)
    if "van" not in asked and "tot" not in asked:
        return usual, {}
    try:
        since, until = date.fromisoformat(asked["van"]), date.fromisoformat(asked["tot"])
    except (KeyError, ValueError):
        return usual, {"van": visit.words.say(N_("Fill in two days, like 2026-03-31."))}
    if not date(2020, 1, 1) <= since <= until <= date(2200, 1, 1):
        return usual, {"tot": visit.words.say(N_("The last day must be after the first."))}
    if (until - since).days >= LONGEST:
        return usual, {"van": visit.words.say(N_("Choose at most a year at once."))}
    return Period(since, until), {}


def _filled(period: Period) -> Form:
    return Form({"van": (period.since.isoformat(),), "tot": (period.until.isoformat(),)})


def _today(visit: Visit) -> date:
    return local_day(visit.words.now, Hours())
