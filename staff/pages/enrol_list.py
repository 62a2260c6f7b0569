"""`/inschrijven/lijst`: many people at once, from a list that somebody made in a spreadsheet.

Nothing is enrolled until the list is confirmed. What it holds stays with us: the page shows of it
what must be mended, and a few of the others to recognise it by.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from aftercare import list_enrolment, sheets
from aftercare.lists import COLUMNS, WHAT_IS_WRONG, House, List, read_list
from aftercare.service import Refused
from conversations.words import Role, RowStatus
from scheduler.calendar import Hours, local_day
from staff.access import Hidden, owns_list
from staff.pages.enrol import Choices, choices_for
from staff.uploads import TooLarge, uploaded
from staff.visit import Visit
from storage.models import EnrolmentList, EnrolmentRow, StaffMember

SHOWN = 50
"""Bad rows on the page; all of them are in the file to download."""

_GOOD_SHOWN = 10
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXAMPLE = {
    "first_name": "Amina",
    "number": "06 12 34 56 78",
    "first_working_day": "2-3-2026",
    "language": "Nederlands",
    "contract_end": "1-9-2026",
    "form": "actief",
    "exit_reason": "werk",
}


@dataclass(frozen=True)
class Shown:
    """A row on the page: its number in the sheet, its cells, and what must be mended where."""

    number: int
    cells: Sequence[str]
    problems: Sequence[tuple[str, str]]


async def show(visit: Visit) -> Response:
    """Choose a file; what it must hold; an example."""
    return await _form(visit)


async def upload(visit: Visit) -> Response:
    """Read and keep the list; or say what is wrong with the file."""
    try:
        content = await uploaded(visit.request, "file", sheets.LARGEST_FILE)
        async with visit.service.database.read() as session:
            choices = await choices_for(session, visit.viewer)
        found = await asyncio.to_thread(_read, content, _house(visit, choices))
    except Refused as refused:
        status = 413 if isinstance(refused, TooLarge) else 422
        return await _form(visit, status, {"file": visit.words.refusal(refused)})
    places = {place.slug: place.id for place in choices.places}
    reference = await list_enrolment.keep(visit.service, found, places, visit.staff_member)
    return visit.go(f"/inschrijven/lijst/{reference}")


async def example(visit: Visit) -> Response:
    """An empty list with one row to see how it is meant."""
    async with visit.service.database.read() as session:
        choices = await choices_for(session, visit.viewer)
    own = visit.staff_member.email
    values = _EXAMPLE | {
        "municipality": choices.places[0].name if choices.places else "",
        _own_field(visit): own,
    }
    header = [names[0] for names in COLUMNS.values()]
    return _download(header, [[values.get(each, "") for each in COLUMNS]], "lijst-voorbeeld")


async def look(visit: Visit) -> Response:
    """What would happen; then how far it is; then how it ended."""
    return await _look(visit)


async def confirm(visit: Visit) -> Response:
    """Enrol the good rows. Twice is once."""
    async with visit.service.database.read() as session:
        await _own(session, visit)
    reference = visit.reference()
    try:
        await list_enrolment.confirm(
            visit.service, reference, visit.staff_member, visit.viewer.municipalities
        )
    except Refused as refused:
        return await _look(visit, 409, visit.words.refusal(refused))
    visit.console.wake()
    return visit.go(f"/inschrijven/lijst/{reference}")


async def bad_rows(visit: Visit) -> Response:
    """The bad rows as they were, each with what must be mended, to be sent again."""
    async with visit.service.database.read() as session:
        kept = await _own(session, visit)
        rows = await _rows(session, visit, kept, RowStatus.BAD)
    header, _ = json.loads(kept.header)
    header = [name for name in header if name != WHAT_IS_WRONG]
    lines = [
        [
            *(row.cells[index] if index < len(row.cells) else "" for index in range(len(header))),
            " ".join(f"{column}: {text}" if column else text for column, text in row.problems),
        ]
        for row in rows
    ]
    return _download([*header, WHAT_IS_WRONG], lines, "lijst-nog-te-verbeteren")


async def _look(visit: Visit, status: int = 200, error: str | None = None) -> Response:
    async with visit.service.database.read() as session:
        kept = await _own(session, visit)
        found = await session.execute(
            select(EnrolmentRow.status, func.count())
            .where(EnrolmentRow.list_id == kept.id)
            .group_by(EnrolmentRow.status)
        )
        counts = Counter({row.status: row[1] for row in found})
        bad = await _rows(session, visit, kept, RowStatus.BAD, SHOWN)
        good = await _rows(session, visit, kept, RowStatus.READY, _GOOD_SHOWN)
    header, unused = json.loads(kept.header)
    return visit.page(
        "enrol_list_look.html",
        status,
        kept=kept,
        header=header,
        unused=unused,
        ready=counts[RowStatus.READY],
        bad=counts[RowStatus.BAD],
        enrolled=counts[RowStatus.ENROLLED],
        total=counts.total(),
        bad_rows=bad,
        good_rows=good if kept.confirmed_at is None else [],
        until=kept.due_at,
        error=error,
    )


async def _form(
    visit: Visit, status: int = 200, errors: Mapping[str, str] | None = None
) -> Response:
    async with visit.service.database.read() as session:
        choices = await choices_for(session, visit.viewer)
        running = await session.scalar(
            select(EnrolmentList.reference)
            .where(owns_list(visit.viewer))
            .order_by(EnrolmentList.id.desc())
            .limit(1)
        )
    return visit.page(
        "enrol_list.html",
        status,
        errors=errors or {},
        columns=[(each, names[0]) for each, names in COLUMNS.items()],
        own_field=_own_field(visit),
        places=[place.name for place in choices.places],
        running=running,
        most=sheets.MOST_ROWS,
    )


async def _own(session: AsyncSession, visit: Visit) -> EnrolmentList:
    """The list in the address, if it is one's own. Raises `Hidden`."""
    kept = await session.scalar(
        select(EnrolmentList).where(
            EnrolmentList.reference == visit.reference(), owns_list(visit.viewer)
        )
    )
    if kept is None:
        raise Hidden
    return kept


async def _rows(
    session: AsyncSession,
    visit: Visit,
    kept: EnrolmentList,
    status: RowStatus,
    most: int | None = None,
) -> list[Shown]:
    rows = await session.execute(
        select(EnrolmentRow.number, EnrolmentRow.content, EnrolmentRow.problems)
        .where(EnrolmentRow.list_id == kept.id, EnrolmentRow.status == status)
        .order_by(EnrolmentRow.number)
        .limit(most)
    )
    return [
        Shown(
            number,
            json.loads(content or "{}").get("cells", []),
            [
                (column, visit.words.refusal(Refused(text, column, **params)))
                for column, text, params in json.loads(problems or "[]")
            ],
        )
        for number, content, problems in rows
    ]


def _read(content: bytes, house: House) -> List:
    return read_list(sheets.read_table(content), house)


def _house(visit: Visit, choices: Choices) -> House:
    places = {name: one.slug for one in choices.places for name in (one.slug, one.name.casefold())}
    own = {_own_field(visit): visit.staff_member.email}
    return House(
        places=places,
        werkcoaches=_by_name(choices.werkcoaches),
        consulenten=_by_name(choices.consulenten),
        today=local_day(visit.service.now(), Hours()),
        place=choices.places[0].slug if len(choices.places) == 1 else None,
        werkcoach=own.get("werkcoach"),
        inkomensconsulent=own.get("inkomensconsulent"),
        trial=visit.service.trial,
    )


def _by_name(colleagues: Sequence[StaffMember]) -> dict[str, str]:
    """Addresses by themselves and by name; a name that two have says nothing."""
    names = Counter(one.name.casefold() for one in colleagues)
    found = {one.name.casefold(): one.email for one in colleagues if names[one.name.casefold()] < 2}
    return found | {one.email.casefold(): one.email for one in colleagues}


def _own_field(visit: Visit) -> str:
    return "werkcoach" if visit.viewer.role is Role.WERKCOACH else "inkomensconsulent"


def _download(header: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> Response:
    return Response(
        sheets.write_table(header, rows),
        media_type=_XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}.xlsx"'},
    )
