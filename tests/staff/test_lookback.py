"""Looking back: what is counted, for whom, and what is not shown."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import event, update

from aftercare import escalations
from aftercare.service import Service
from conversations.words import OutcomeKind
from staff.tallies import LEFT_OUT, LESS, parts, shares
from storage.models import Desk, Municipality, StaffMember
from tests.staff.world import (
    Staff,
    browser,
    call_of,
    client,
    money_trouble,
    researcher,
    says,
    trouble_at_work,
)


async def _page(service: Service, who: StaffMember, path: str = "/terugblik") -> str:
    async with browser(service, who) as web:
        answer = await web.get(path)
        assert answer.status_code == 200
        return answer.text


async def _rows(service: Service, who: StaffMember, query: str = "") -> dict[tuple[str, str], str]:
    """The file: table and label to number."""
    async with browser(service, who) as web:
        answer = await web.get("/terugblik/cijfers.csv" + query)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    return {(table, label): number for table, label, number, _ in lines[1:]}


async def test_calls_and_conversations_of_a_period_are_counted(
    service: Service, staff: Staff
) -> None:
    call = await call_of(service, await money_trouble(service))
    await trouble_at_work(service)
    service.clock.travel_to(service.now() + timedelta(hours=3))
    await escalations.contacted(service, call, staff.consultant)
    await escalations.resolve(
        service, call, staff.consultant, OutcomeKind.HELPED, "", ["debt-help"]
    )
    rows = await _rows(service, staff.consultant)
    assert rows["In één oogopslag", "gesprekken"] == "2"
    assert rows["In één oogopslag", "hulpvragen"] == "2"
    assert rows["In één oogopslag", "op tijd contact na een hulpvraag"] == "100%"
    assert rows["In één oogopslag", "de helft had contact binnen"] == "3 werkuren"
    assert rows["Hulpvragen per onderwerp (hulpvragen)", "geld of schulden"] == "1"
    assert rows["Hoe hulpvragen afliepen (hulpvragen)", "Geholpen"] == "1"
    assert rows["Ingezette instrumenten (keren)", "schuldhulpverlening"] == "1"
    yesterday = (service.now() - timedelta(days=1)).date()
    before = await _rows(service, staff.consultant, f"?van=2026-02-01&tot={yesterday}")
    assert before["In één oogopslag", "hulpvragen"] == "0"


async def test_the_days_of_a_municipality_of_its_own_are_counted(
    service: Service, staff: Staff
) -> None:
    async with service.database.write() as session:
        await session.execute(update(Municipality).values(taper=[10, 30, 100]))
    await money_trouble(service)
    rows = await _rows(service, staff.consultant)
    steps = {label for table, label in rows if "check-in" in table.lower()}
    assert steps == {"dag 10"}


async def test_what_the_other_sides_calls_are_about_is_one_group(
    service: Service, staff: Staff
) -> None:
    await money_trouble(service)
    page = await _page(service, staff.coach)
    assert "voor de gemeente" in page.lower()
    assert "geld of schulden" not in page.lower()
    assert "Amina" not in page
    outsider = await _page(service, staff.outsider)
    assert "Velsen" not in outsider


async def test_a_researcher_sees_no_persons_and_no_small_numbers(
    service: Service, staff: Staff
) -> None:
    for number in range(1, 7):
        await client(service, f"Naam{number}", f"060000000{number}")
        await says(service, f"060000000{number}", "JA")
    reference = await money_trouble(service, "Amina", "0600000009")
    who = await researcher(service)
    page = await _page(service, who)
    assert "Amina" not in page
    assert reference not in page
    assert "Stil" not in page.split("<main")[1].split("nazorg-figures")[1]
    rows = await _rows(service, who)
    assert rows["Gesprekken per gemeente (gesprekken)", "Velsen"] == "7"
    assert rows["In één oogopslag", "hulpvragen"] == LESS
    assert rows["Hulpvragen per onderwerp (hulpvragen)", "geld of schulden"] == LESS
    assert "/terugblik" in page
    figures = await _page(service, who, "/cijfers")
    assert "Geld" not in figures
    assert "<td>&lt; 5</td>" in figures
    assert "huur" not in page
    async with browser(service, who) as web:
        for path in ("/terugblik/steekproef", "/terugblik/verbeteringen", "/terugblik/bericht/1"):
            assert (await web.get(path)).status_code == 404


def test_one_small_number_does_not_follow_from_the_others() -> None:
    rows = shares([("a", 40), ("b", 6), ("c", 2)], bare=False)
    assert [(row.number, row.share) for row in rows] == [("40", 83), (LEFT_OUT, None), (LESS, None)]
    bare = shares([("a", 40), ("b", 6), ("c", 2)], bare=True)
    assert [row.number for row in bare] == ["40", "6", "2"]
    assert parts([("a", 1, 20), ("b", 19, 20), ("c", 10, 20)], bare=False)[0].share is None
    assert [one.share for one in parts([("b", 19, 20), ("c", 10, 20)], bare=False)] == [None, 50]


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("van=morgen&tot=2026-01-01", "Vul twee dagen in"),
        ("van=2026-02-01", "Vul twee dagen in"),
        ("van=2026-02-01&tot=2026-01-01", "De laatste dag"),
        ("van=2024-01-01&tot=2026-01-01", "hoogstens een jaar"),
        ("van=0001-01-01&tot=9999-12-31", "De laatste dag"),
    ],
)
async def test_a_period_that_cannot_be_is_refused(
    service: Service, staff: Staff, query: str, complaint: str
) -> None:
    async with browser(service, staff.coach) as web:
        answer = await web.get(f"/terugblik?{query}")
    assert answer.status_code == 422
    assert complaint in answer.text


async def test_a_page_asks_the_database_a_dozen_times_at_most(
    service: Service, staff: Staff
) -> None:
    await money_trouble(service)
    asked: list[str] = []

    def count(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    engine = service.database.engine.sync_engine
    async with browser(service, staff.consultant) as web:
        event.listen(engine, "before_cursor_execute", count)
        assert (await web.get("/terugblik")).status_code == 200
        event.remove(engine, "before_cursor_execute", count)
    assert len(asked) <= 12, asked


async def test_a_formula_stays_text_in_the_file(service: Service, staff: Staff) -> None:
    async with service.database.write() as session:
        await session.execute(update(Desk).values(name='=HYPERLINK("http://x")'))
    await money_trouble(service)
    rows = await _rows(service, staff.consultant)
    assert rows["Hulpvragen per team (hulpvragen)", '\'=HYPERLINK("http://x")'] == "1"
