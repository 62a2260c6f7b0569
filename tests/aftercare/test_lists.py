"""Lists of people: what a spreadsheet makes of a file, and what is wrong with a row."""

import dataclasses
import io
import random
import zipfile
from datetime import date

import pytest

from aftercare.lists import WHAT_IS_WRONG, House, List, read_day, read_list
from aftercare.service import Refused
from aftercare.sheets import LARGEST_FILE, MOST_ROWS, read_table, write_table
from conversations.words import ExitReason, Form

HEADER = "Voornaam;Mobiel nummer;Eerste werkdag"
HOUSE = House(
    places={"velsen": "velsen", "beverwijk": "beverwijk"},
    werkcoaches={
        "wouter de test": "wouter@example.org",
        "wouter@example.org": "wouter@example.org",
    },
    consulenten={},
    today=date(2026, 3, 2),
    place="velsen",
    inkomensconsulent="carla@example.org",
    trial=True,
)


def _read(content: str | bytes) -> List:
    raw = content.encode() if isinstance(content, str) else content
    return read_list(read_table(raw), HOUSE)


def _one(header: str, row: str) -> tuple[list[str], List]:
    found = _read(f"{header}\n{row}\n")
    (line,) = found.lines
    return [f"{one.column}: {one.text.format(**one.params)}" for one in line.problems], found


def _refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        _read(content)
    assert refused.value.field == "file"
    return str(refused.value)


def _excel(sheet: str, **parts: bytes) -> bytes:
    """The workbook that we write ourselves, with another sheet."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_table(["a"], []))) as whole,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as other,
    ):
        for name in whole.namelist():
            xml = whole.read(name)
            if name.endswith("sheet1.xml"):
                start, end = xml.index(b"<sheetData>"), xml.index(b"</sheetData>")
                xml = xml[:start] + b"<sheetData>" + sheet.encode() + xml[end:]
            other.writestr(name, xml)
        for name, content in parts.items():
            other.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_however_it_was_saved(delimiter: str, encoding: str) -> None:
    rows = [
        ["EERSTE-WERKDAG", "voornaam ", "06 nummer", "Taal", "Contract tot", "Afspraak", "Reden",
         "Coach", "Gemeente"],
        ["2-3-2026", "Zoë", "+31 6 00000001", "Turks", "1/9/2026", "Passief", "STUDIE",
         "Wouter de Test", "Beverwijk"],
    ]  # fmt: skip
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (line,) = _read(text.encode(encoding)).lines
    application = line.application
    assert application
    assert (application.first_name, application.number) == ("Zoë", "+31600000001")
    assert application.first_working_day == date(2026, 3, 2)
    assert application.contract_end == date(2026, 9, 1)
    assert (application.language, application.municipality) == ("tr", "beverwijk")
    assert (application.form, application.exit_reason) == (Form.PASSIVE, ExitReason.STUDY)
    assert application.werkcoach == "wouter@example.org"
    assert application.inkomensconsulent == "carla@example.org"  # empty: the colleague's own
    assert line.number == 2


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("31600000001", "+31600000001"),
        ("600000001", "+31600000001"),
        ("06-00 00 00 01", "+31600000001"),
        ("0031600000001", "+31600000001"),
        ("6,12346E+10", "Excel has rounded"),
        ("6.12346e+10", "Excel has rounded"),
        ("0251 123456", "not a mobile number"),
        ("=1+1", "not a telephone number"),
        ("+32 470 12 34 56", "Only Dutch"),
        ("", "a mobile number is needed"),
    ],
)
def test_numbers_as_excel_leaves_them(written: str, read: str) -> None:
    problems, found = _one(HEADER, f"Amina;{written};2-3-2026")
    application = found.lines[0].application
    if read.startswith("+"):
        assert application
        assert application.number == read
    else:
        assert application is None
        assert problems[0].startswith("Mobiel nummer: ")
        assert read in problems[0]


def test_every_mistake_of_a_row_is_named_with_its_column() -> None:
    problems, found = _one(
        "Voornaam;Mobiel;Startdatum;Gemeente;Taal;Afspraak;Reden;Werkcoach;Einde contract",
        "=HYPERLINK(1);12;31-02-2026;Parijs;Klingon;soms;zomaar;Niemand;morgen",
    )
    assert found.lines[0].application is None
    columns = [one.split(":")[0] for one in problems]
    assert columns == [
        "Voornaam", "Afspraak", "Mobiel", "Gemeente", "Startdatum", "Einde contract", "Taal",
        "Reden", "Werkcoach",
    ]  # fmt: skip
    assert "“Parijs”" in problems[3]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (f"{'a' * 300};0600000001;2-3-2026", "at most 40 letters"),
        ("Amina;0600000001;2-3-2025", "more than half a year ago"),
        ("Amina;0600000001;2-9-2026", "more than three months ahead"),
        (";0600000001;2-3-2026", "Fill in a first name"),
    ],
)
def test_a_row_is_held_to_what_enrolling_asks(row: str, says: str) -> None:
    problems, _ = _one(HEADER, row)
    assert len(problems) == 1
    assert says in problems[0]


def test_whoever_declined_needs_no_number() -> None:
    problems, found = _one(HEADER + ";Nazorg", "Amina;;2-3-2026;afgewezen")
    assert problems == []
    assert found.lines[0].application
    assert found.lines[0].application.number is None


def test_the_same_person_twice_in_a_list_is_said_at_the_second() -> None:
    rows = ["Amina;0600000001;2-3-2026", "Bilal;0600000002;2-3-2026", "Amina;600000001;2-3-2026"]
    found = _read("\n".join([HEADER, *rows]))
    assert [bool(line.application) for line in found.lines] == [True, True, False]
    (problem,) = found.lines[2].problems
    assert problem.text.format(**problem.params).startswith("The same as row 2.")


def test_columns_that_we_do_not_know_are_named_and_left_alone() -> None:
    _, found = _one(f"{HEADER};BSN;{WHAT_IS_WRONG}", "Amina;0600000001;2-3-2026;123;niets")
    assert found.unused == ("BSN",)
    assert found.lines[0].application


def test_who_enrols_for_more_municipalities_says_for_which() -> None:
    house = dataclasses.replace(HOUSE, place=None)
    content = f"{HEADER}\nAmina;0600000001;2-3-2026"
    with pytest.raises(Refused, match="columns are missing: Gemeente"):
        read_list(read_table(content.encode()), house)
    content = f"{HEADER};Gemeente\nAmina;0600000001;2-3-2026\nBo;0600000002;2-3-2026;velsen"
    first, second = read_list(read_table(content.encode()), house).lines
    assert [one.text for one in first.problems] == ["Fill in the municipality."]
    assert second.application


def test_empty_rows_do_not_count_and_keep_their_place() -> None:
    found = _read(f"\n;;\n{HEADER}\n;;;\n\nAmina;0600000001;2-3-2026\n;;\n")
    assert [line.number for line in found.lines] == [6]
    assert [line.number for line in _read(f"sep=;\n{HEADER}\nA;0600000001;2-3-2026").lines] == [3]


def test_an_excel_file_is_read_with_its_own_days_and_numbers() -> None:
    sheet = (
        '<row><c t="inlineStr"><is><t>Voornaam</t></is></c><c t="inlineStr"><is><t>Nummer</t></is>'
        '</c><c t="inlineStr"><is><t>Eerste werkdag</t></is></c></row>'
        '<row><c t="str"><f>1+1</f><v>Amina</v></c><c><v>31600000001</v></c><c><v>46083</v></c>'
        "</row>"
    )
    (line,) = _read(_excel(sheet)).lines
    assert line.application
    assert line.application.first_name == "Amina"  # what Excel left beside the formula
    assert line.application.number == "+31600000001"
    assert line.application.first_working_day == date(2026, 3, 2)


def test_what_we_write_is_text_and_comes_back_as_it_was() -> None:
    cells = ["=1+1", "+31 6 00000001", "0600000001", "<b>&\x07", "@SUM(A1)", "-2"]
    content = write_table(["a", "b", "c", "d", "e", "f"], [cells])
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count('t="inlineStr"') == 12
    ((number, back),) = read_table(content).rows
    assert number == 2
    assert list(back) == ["=1+1", "+31 6 00000001", "0600000001", "<b>&", "@SUM(A1)", "-2"]


def test_each_file_that_is_no_list_is_told_why() -> None:
    rows = "".join(f"A{index};06{index:08};2-3-2026\n" for index in range(50_000))
    assert "50000 people" in _refusal(f"{HEADER}\n{rows}".encode())
    assert str(MOST_ROWS) in _refusal(f"{HEADER}\n{rows}".encode())
    assert "is empty" in _refusal(b"")
    assert "is empty" in _refusal(b"\xef\xbb\xbf\r\n;;\r\n")
    assert "and no people" in _refusal(HEADER.encode())
    assert "No column has a name" in _refusal(b"x;y\n1;2\n")
    missing = _refusal(b"Voornaam;Nummer\nA;0600000001\n")
    assert missing == "These columns are missing: Eerste werkdag. Add them in the first row."
    assert "Two columns mean the same: Mobiel and GSM" in _refusal(b"Voornaam;Mobiel;GSM\n1;2;3\n")
    assert "5 MB" in _refusal(b"x" * (LARGEST_FILE + 1))
    picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))
    assert "is not a list" in _refusal(picture)
    old_office = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)
    assert "old Excel" in _refusal(old_office)
    assert "has a password" in _refusal(old_office + "EncryptedPackage".encode("utf-16-le"))


def test_a_zip_that_is_no_list_or_a_trap_is_refused() -> None:
    word = io.BytesIO()
    with zipfile.ZipFile(word, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert "is not a list" in _refusal(word.getvalue())
    assert "is not a list" in _refusal(write_table(["a"], [])[:200])
    bomb = _excel("", bomb=b"\0" * (61 * 1024 * 1024))
    assert len(bomb) < LARGEST_FILE
    assert "too large when it is unpacked" in _refusal(bomb)
    far = '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "too large when it is unpacked" in _refusal(_excel(far))
    entity = _excel("", **{"xl/trap.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'})
    assert "too large when it is unpacked" in _refusal(entity)


def test_a_damaged_file_is_read_or_refused_and_nothing_else() -> None:
    whole = write_table(["Voornaam", "Mobiel", "Eerste werkdag"], [["A", "0600000001", "2-3-2026"]])
    chance = random.Random(1)
    refused = 0
    for _ in range(600):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 5)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read_table(bytes(damaged))
        except Refused:
            refused += 1
    assert refused > 100


@pytest.mark.parametrize(
    ("written", "read"),
    [("31-12-2026", date(2026, 12, 31)), ("1/3/26", date(2026, 3, 1)), ("46083", date(2026, 3, 2)),
     ("2026-03-02", date(2026, 3, 2)), ("12/31/2026", None), ("maart", None), ("46083.5", None)],
)  # fmt: skip
def test_days_as_spreadsheets_keep_them(written: str, read: date | None) -> None:
    assert read_day(written) == read
