"""From a file that somebody made in a spreadsheet to a table of cells; nothing is calculated.

CSV as Excel writes it here (semicolons, Windows-1252) and as others do, and XLSX. Of a formula
only the value counts that Excel left beside it.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from aftercare.service import N_, Refused

LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 60

Cell = str | date

_UNPACKED = 60 * 1024 * 1024
_MOST_CELLS = 4_000_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
_ZIP, _OLD_OFFICE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PLACE = re.compile(rb"""\sr\s*=\s*["']\s*([A-Za-z]{0,3})(\d*)\s*["']""")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SEPARATOR = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OPEN = "http://schemas.openxmlformats.org"
_MAIN = f"{_OPEN}/spreadsheetml/2006/main"
_RELATED = f"{_OPEN}/officeDocument/2006/relationships"
_RELATIONS = f"{_OPEN}/package/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TEXT_CELL = '<c s="1" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'
_AROUND = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_OPEN}/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}">'
        '<sheets><sheet name="Lijst" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="rId1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATED}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (  # number format 49 is "Text"
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/>'
        '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>'
    ),
}
"""What has to be around the sheet for a spreadsheet to open it."""

_NO_LIST = N_("This file is not a list. Save it in Excel as XLSX or CSV, and choose it again.")
_EMPTY = N_("The list is empty. The first row holds the names of the columns, then a row a person.")


@dataclass(frozen=True)
class Table:
    """The header, and the rows that hold something with their number in the sheet."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def read_table(content: bytes) -> Table:
    """The table in a file. Raises `Refused` with what is wrong with the file as a whole."""
    if len(content) > LARGEST_FILE:
        raise Refused(N_("The file is larger than 5 MB. Make it into smaller lists."), "file")
    if content.startswith(_OLD_OFFICE):
        if _LOCKED in content:
            raise _locked()
        raise Refused(
            N_("This is a file of an old Excel. Save it as XLSX or CSV, and choose it again."),
            "file",
        )
    rows = _of_excel(content) if content.startswith(_ZIP) else _of_csv(content)
    return _table(rows)


def write_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An XLSX in which every cell is a text: no formula in it is calculated, and a spreadsheet
    takes no zero off a number."""
    lines = "".join(
        "<row>" + "".join(_TEXT_CELL.format(_xml(cell)) for cell in row) + "</row>"
        for row in (header, *rows)
    )
    columns = f'<cols><col min="1" max="{MOST_COLUMNS}" width="18" style="1"/></cols>'
    sheet = f"{columns}<sheetData>{lines}</sheetData>"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, xml in _AROUND.items():
            packed.writestr(name, _XML + xml)
        packed.writestr(
            "xl/worksheets/sheet1.xml", f'{_XML}<worksheet xmlns="{_MAIN}">{sheet}</worksheet>'
        )
    return written.getvalue()


def _table(rows: Iterable[list[Cell]]) -> Table:
    found: list[tuple[int, tuple[Cell, ...]]] = []
    count = 0
    for number, row in enumerate(rows, start=1):
        cells = tuple(row)
        while cells and not cells[-1]:
            cells = cells[:-1]
        if not cells:
            continue
        count += 1
        if len(cells) > MOST_COLUMNS:
            raise Refused(_NO_LIST, "file")
        if count <= MOST_ROWS + 1:
            found.append((number, cells))
    if not found:
        raise Refused(_EMPTY, "file")
    if count == 1:
        raise Refused(
            N_("The list has the names of the columns, and no people. Add a row for each person."),
            "file",
        )
    if count > MOST_ROWS + 1:
        raise Refused(
            N_("The list has {count} people. At most {most} fit in one: make it into more lists."),
            "file",
            count=str(count - 1),
            most=str(MOST_ROWS),
        )
    header = tuple(one if isinstance(one, str) else one.isoformat() for one in found[0][1])
    return Table(header, tuple(found[1:]))


def _of_csv(content: bytes) -> Iterator[list[Cell]]:
    text = _text(content)
    if said := _SEPARATOR.match(text):
        delimiter, text = said[1], text[said.end() :]
        yield []  # Excel counts the line that says it
    else:
        first = next((line for line in text.splitlines() if line.strip()), "")
        delimiter = max(";,\t", key=lambda one: len(next(csv.reader([first], delimiter=one))))
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [" ".join(cell.split()) for cell in row]
    except csv.Error:
        raise Refused(_NO_LIST, "file") from None


def _text(content: bytes) -> str:
    """As UTF-8, as UTF-16 with its mark, or else as Windows writes here."""
    if not content.strip():
        raise Refused(_EMPTY, "file")
    try:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if _NO_TEXT.search(text):
        raise Refused(_NO_LIST, "file")
    return text


def _of_excel(content: bytes) -> list[list[Cell]]:
    _guard(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [
                one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible
            ]
            if not names:
                raise Refused(_EMPTY, "file")
            sheet = book.get_sheet_by_name(names[0])
            rows = sheet.to_python(skip_empty_area=False)
    except PasswordError:
        raise _locked() from None
    except (CalamineError, OSError, ValueError):
        raise Refused(_NO_LIST, "file") from None
    return [[_cell(one) for one in row] for row in rows]


def _guard(content: bytes) -> None:
    """Refuse what would grow when it is unpacked: by its size, or by one cell far away."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if not any(one.filename == "xl/workbook.xml" for one in parts):
                raise Refused(_NO_LIST, "file")
            left = _UNPACKED
            for part in parts:
                with packed.open(part) as opened:  # what it says of its own size may be a lie
                    xml = opened.read(left + 1)
                left -= len(xml)
                if left < 0 or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
                    raise _too_large()
                _guard_sheet(xml)  # of any name: the workbook says where its sheets are
    except _BROKEN:
        raise Refused(_NO_LIST, "file") from None


def _guard_sheet(xml: bytes) -> None:
    wide = high = 1
    for letters, digits in _PLACE.findall(xml):
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - ord("A") + 1
        wide, high = max(wide, column), max(high, int(digits[:9] or 0))
    if wide * high > _MOST_CELLS:  # an empty table of that size would take all memory
        raise _too_large()


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()) if value is not None else ""


def _locked() -> Refused:
    return Refused(
        N_("This file has a password. Take it off in Excel, and choose the file again."), "file"
    )


def _too_large() -> Refused:
    return Refused(
        N_("This file is too large when it is unpacked. Copy the list into a new, empty file."),
        "file",
    )


def _xml(text: str) -> str:
    return escape(_NO_TEXT.sub("", text))
