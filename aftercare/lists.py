"""From the table of a list to people who can be enrolled, and for each bad row what to mend.

Nothing is looked up here: what is known of the house is given. The names of the columns are Dutch
or English, in any order; capitals, spaces and dashes do not count.
"""

import contextlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from babel import Locale

import locales
from aftercare import enrolment
from aftercare.enrolment import Application
from aftercare.people import mobile_number
from aftercare.service import N_, Refused
from aftercare.sheets import Cell, Table
from conversations.words import ExitReason, Form

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "first_name": ("Voornaam", "roepnaam", "first name"),
    "number": (
        "Mobiel nummer", "mobiel", "nummer", "telefoon", "telefoonnummer", "mobiele telefoon",
        "gsm", "06 nummer", "mobile number", "number", "phone",
    ),
    "municipality": ("Gemeente", "municipality"),
    "first_working_day": (
        "Eerste werkdag", "startdatum", "begindatum", "start werk", "datum in dienst",
        "first working day",
    ),
    "language": ("Taal", "taal van de berichten", "language"),
    "contract_end": (
        "Contract tot", "einde contract", "contract einde", "einddatum contract", "einddatum",
        "contract until", "contract end",
    ),
    "form": ("Afspraak", "vorm", "nazorg", "form", "agreed"),
    "exit_reason": ("Reden", "reden uitstroom", "uitstroomreden", "reason", "exit reason"),
    "werkcoach": ("Werkcoach", "coach"),
    "inkomensconsulent": ("Inkomensconsulent", "consulent"),
}  # fmt: skip
"""Of each field the names that its column may have; the first is ours."""

WHAT_IS_WRONG = "Wat is er mis"
"""The column that we add for whoever mends the list; not read."""

REQUIRED = ("first_name", "number", "first_working_day")

_FORMS: Mapping[str, str] = {
    **dict.fromkeys(("actief", "active", "ja"), Form.ACTIVE),
    **dict.fromkeys(("passief", "passive"), Form.PASSIVE),
    **dict.fromkeys(("afgewezen", "declined", "geen", "geen nazorg", "nee"), Form.DECLINED),
}
_REASONS: Mapping[str, str] = {
    **dict.fromkeys(("werk", "work", "baan"), ExitReason.WORK),
    **dict.fromkeys(("studie", "study", "opleiding"), ExitReason.STUDY),
    **dict.fromkeys(("anders", "overig", "andere reden", "other"), ExitReason.OTHER),
}
_DUTCH_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d\d)")
_EXCEL_DAY = re.compile(r"[345]\d{4}")
_EXCEL_BEGINS = date(1899, 12, 30)
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE)
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class House:
    """What a list is held against: the municipalities for which a colleague may enrol (slug by
    name), the colleagues to choose from (address by name and by address), and what counts where a
    cell is empty."""

    places: Mapping[str, str]
    werkcoaches: Mapping[str, str]
    consulenten: Mapping[str, str]
    today: date
    place: str | None = None
    werkcoach: str | None = None
    inkomensconsulent: str | None = None
    trial: bool = False


@dataclass(frozen=True)
class Problem:
    """What must be mended: in which column, and a msgid with its parameters."""

    column: str
    text: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One row: its number in the sheet, its cells as they were, and what can be made of it."""

    number: int
    cells: tuple[str, ...]
    application: Application | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class List:
    """A list that was read: its header, the columns that are not used, and the rows."""

    header: tuple[str, ...]
    unused: tuple[str, ...]
    lines: tuple[Line, ...]


def read_list(table: Table, house: House) -> List:
    """Every row of `table`, checked. Raises `Refused` when the columns are not those of a list."""
    places = _columns(table.header, house)
    unused = tuple(
        name
        for index, name in enumerate(table.header)
        if name and index not in places.values() and name != WHAT_IS_WRONG
    )
    lines: list[Line] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, cells in table.rows:
        row = _Row(table.header, places, cells)
        application = _application(row, house)
        if application:
            before = seen.setdefault(_same(application), number)
            if before != number:
                row.wrong(
                    "number", N_("The same as row {row}. Take one of the two out."), row=str(before)
                )
        written = tuple(written_as(cell) for cell in cells)
        lines.append(Line(number, written, None if row.problems else application,
                          tuple(row.problems)))  # fmt: skip
    return List(table.header, unused, tuple(lines))


def read_day(written: Cell) -> date | None:
    """A day as spreadsheets and browsers keep it, or as Dutch people write it."""
    if isinstance(written, date):
        return written
    with contextlib.suppress(ValueError):
        return date.fromisoformat(written)
    with contextlib.suppress(ValueError, OverflowError):
        if found := _DUTCH_DAY.fullmatch(written):
            year = int(found[3])
            return date(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
        if _EXCEL_DAY.fullmatch(written):
            return _EXCEL_BEGINS + timedelta(days=int(written))
    return None


def written_as(cell: Cell) -> str:
    """A cell as Dutch people write it."""
    return cell if isinstance(cell, str) else f"{cell.day}-{cell.month}-{cell.year}"


def _columns(header: Sequence[str], house: House) -> dict[str, int]:
    """By field, where its column is."""
    names = {_key(name): each for each, known in COLUMNS.items() for name in (each, *known)}
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        each = names.get(_key(name))
        if each and each in found:
            raise Refused(
                N_("Two columns mean the same: {first} and {second}. Take one of them out."),
                "file",
                first=header[found[each]],
                second=name,
            )
        if each:
            found[each] = index
    required = REQUIRED if house.place else (*REQUIRED, "municipality")
    missing = [COLUMNS[each][0] for each in required if each not in found]
    if len(missing) == len(required):
        raise Refused(
            N_("No column has a name that we know. The first row must hold: {columns}."),
            "file",
            columns=", ".join(missing),
        )
    if missing:
        raise Refused(
            N_("These columns are missing: {columns}. Add them in the first row."),
            "file",
            columns=", ".join(missing),
        )
    return found


class _Row:
    """The cells of one row by field, and what is wrong with them."""

    def __init__(
        self, header: Sequence[str], places: Mapping[str, int], cells: Sequence[Cell]
    ) -> None:
        self._header, self._places, self._cells = header, places, cells
        self.problems: list[Problem] = []

    def cell(self, each: str) -> Cell:
        index = self._places.get(each, len(self._cells))
        return self._cells[index] if index < len(self._cells) else ""

    def text(self, each: str) -> str:
        return written_as(self.cell(each))

    def wrong(self, each: str, text: str, **params: str) -> None:
        index = self._places.get(each)
        column = COLUMNS[each][0] if index is None else self._header[index]
        self.problems.append(Problem(column, text, params))

    def ask(self, act: Callable[[], object], each: str) -> None:
        """Do what may be refused."""
        try:
            act()
        except Refused as refused:
            self.wrong(refused.field or each, refused.text, **refused.params)

    def choose(
        self, each: str, choices: Mapping[str, str], default: str | None, text: str
    ) -> str | None:
        written = " ".join(self.text(each).split())
        if not written:
            return default
        chosen = choices.get(written.casefold())
        if chosen is None:
            self.wrong(each, text, written=written)
        return chosen


def _application(row: _Row, house: House) -> Application | None:
    name = row.text("first_name")
    if name.startswith(_FORMULA):
        row.wrong("first_name", N_("This is a formula. Type the name itself."))
    else:
        row.ask(lambda: enrolment.first_name(name), "first_name")
    form = row.choose(
        "form", _FORMS, Form.ACTIVE,
        N_("We do not know “{written}”. Write: actief, passief or afgewezen."),
    )  # fmt: skip
    number = _number(row, house) if form != Form.DECLINED else None
    place = row.choose(
        "municipality", house.places, house.place,
        N_("You cannot enrol for “{written}”. Look at how the municipality is written."),
    )  # fmt: skip
    if not place and not row.text("municipality"):
        row.wrong("municipality", N_("Fill in the municipality."))
    first = _day(row, "first_working_day")
    end = _day(row, "contract_end") if row.cell("contract_end") else None
    if first:
        day = first
        row.ask(lambda: enrolment.check_days(day, end, house.today), "first_working_day")
    language = row.choose(
        "language", _languages(), locales.HOUSE,
        N_("We do not write in “{written}”. Leave it empty for Dutch."),
    )  # fmt: skip
    reason = row.choose(
        "exit_reason", _REASONS, ExitReason.WORK,
        N_("We do not know “{written}”. Write: werk, studie or anders."),
    )  # fmt: skip
    nobody = N_("There is no colleague “{written}” here. Give the e-mail address.")
    werkcoach = row.choose("werkcoach", house.werkcoaches, house.werkcoach, nobody)
    consulent = row.choose("inkomensconsulent", house.consulenten, house.inkomensconsulent, nobody)
    if row.problems or not (first and form and place and language and reason):
        return None
    return Application(
        first_name=name,
        municipality=place,
        first_working_day=first,
        number=number,
        language=language,
        form=Form(form),
        exit_reason=ExitReason(reason),
        contract_end=end,
        werkcoach=werkcoach,
        inkomensconsulent=consulent,
    )


def _number(row: _Row, house: House) -> str | None:
    written = row.text("number")
    if not written:
        row.wrong("number", N_("For SMS a mobile number is needed."))
    elif _ROUNDED.fullmatch(written):
        row.wrong(
            "number",
            N_("Excel has rounded this number off. Make the column “Text”, and type it again."),
        )
    else:
        try:
            return mobile_number(written, trial=house.trial)
        except Refused as refused:
            row.wrong("number", refused.text, **refused.params)
    return None


def _day(row: _Row, each: str) -> date | None:
    found = read_day(row.cell(each))
    if found is None:
        row.wrong(each, N_("Fill in a day, as 31-12-2026."))
    return found


def _same(application: Application) -> tuple[object, ...]:
    """What two rows for the same person have in common."""
    if application.number:
        return (application.number,)
    name = " ".join(application.first_name.split()).casefold()
    return name, application.municipality, application.first_working_day


@cache
def _languages() -> dict[str, str]:
    """By code, own name and Dutch name."""
    found: dict[str, str] = {}
    for code in locales.languages():
        names = (code, locales.own_name(code), Locale.parse(code).get_display_name(locales.HOUSE))
        found |= {name.casefold(): code for name in names if name}
    return found


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
