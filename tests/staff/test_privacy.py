"""The tables of `docs/privacy.md`, tried against the console: every role and a stranger, at every
page, and every kind of data on all pages together."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import select, update

from aftercare import escalations, steering
from aftercare.emergency_reads import read_along
from aftercare.service import Service
from conversations.words import (
    Direction,
    MessageKind,
    MessageStatus,
    OutcomeKind,
    Role,
    Side,
    Topic,
)
from staff.accounts import add_staff, set_lead
from staff.app import PAGES, Page
from staff.sign_in import open_session
from storage.models import (
    Absence,
    Client,
    EmergencyRead,
    Enrolment,
    Escalation,
    Message,
    NoticeAddress,
    StaffMember,
    StaffSession,
)
from tests.staff.test_access import share
from tests.staff.world import PASSWORD, Staff, browser, call_of, checked_in, money_trouble

ROOT = Path(__file__).parents[2]
PRIVACY = (ROOT / "docs" / "privacy.md").read_text()

Rows = Mapping[str, Mapping[str, str]]


@cache
def table(name: str) -> Rows:
    """A table of the document, by row and column."""
    text = PRIVACY.split(f"<!-- {name} -->")[1].split("<!-- einde -->")[0]
    lines = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in text.strip().splitlines()
    ]
    head, _, *rows = lines
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


@dataclass(frozen=True)
class World:
    """Amina of Velsen, who said something to both sides and in danger, with her two calls for
    help; and everybody who may look, by the column of the tables."""

    people: Mapping[str, StaffMember | None]
    addresses: Mapping[str, str]
    staff: Staff


SAID = {
    "woorden die van geen kant zijn": (None, None, "hartelijk dank voor alles"),
    "woorden voor de werkkant": (Side.WORK, None, "de chef scheldt mij uit"),
    "woorden voor de gemeente": (Side.MUNICIPALITY, None, "de deurwaarder stond hier"),
    "woorden over gevaar": (Side.MUNICIPALITY, None, "ik ben bang om naar huis te gaan"),
    "ons vaste antwoord bij gevaar": (None, MessageKind.DANGER, "bel Veilig Thuis meteen"),
}
NOTE = "afspraak met de bewindvoerder gemaakt"
CHANGE = "zit deze weken bij de rechtbank"
READ = "hoorde aan de telefoon dat het thuis niet veilig is"


async def world_of(service: Service, staff: Staff) -> World:
    reference = await money_trouble(service)
    money = await call_of(service, reference)
    await checked_in(service, "0600000001", "3", "1", "Mijn baas schreeuwt elke dag")
    work = await call_of(service, reference)
    await _say(service, reference)
    reason, until = CHANGE, service.now().date().replace(day=25)
    await steering.pause(service, reference, staff.consultant, reason, until)
    used = ["debt-help"]
    await escalations.resolve(service, money, staff.consultant, OutcomeKind.HELPED, NOTE, used)
    leads = {
        "teamleider werkcoaches": (Role.WERKCOACH, "ijmond-werkt"),
        "teamleider consulenten": (Role.CONSULENT, "velsen"),
    }
    people: dict[str, StaffMember | None] = {
        "werkcoach": staff.coach,
        "consulent": staff.consultant,
        "elders": staff.outsider,
        "beheerder": staff.manager,
        "onderzoeker": await _hire(service, "onderzoeker", Role.ONDERZOEKER),
        "vreemde": None,
    }
    for name, (role, desk) in leads.items():
        people[name] = lead = await _hire(service, name, role, desk)
        await set_lead(service, lead.reference, desk, leads=True)
    emergency = await _emergency(service, reference, staff.other_coach)
    leaving = await _hire(service, "vertrekker", Role.BEHEERDER)
    return World(
        people,
        {
            "/deelnemers/{reference}": reference,
            "/hulpvragen/{reference}": money,
            "/noodinzage/{reference}": emergency,
            "/beheer/collegas/{reference}": leaving.reference,
            "/inschrijven/lijst/{reference}": await _list(service, staff.coach),
            "/terugblik/steekproef/{reference}": await _review(service, people, staff),
            "/terugblik/bericht/{number}": await _number(service),
            "/werkvoorraad/afwezig/{reference}": "",
            "/ik/meldingen/{reference}": await _notices(service, staff.coach),
            "/ik/apparaten/{reference}": await _device(service, staff.coach),
            "work": work,
        },
        staff,
    )


async def _hire(service: Service, name: str, role: Role, *desks: str) -> StaffMember:
    email = f"{name.replace(' ', '.')}@example.org"
    return await add_staff(
        service, name=name, email=email, role=role, password=PASSWORD, desks=desks
    )


async def _say(service: Service, reference: str) -> None:
    async with service.database.write() as session:
        enrolment = await session.scalar(
            select(Enrolment).join(Client).where(Client.reference == reference)
        )
        assert enrolment
        for number, (side, kind, text) in enumerate(SAID.values()):
            session.add(
                Message(
                    client_id=enrolment.client_id,
                    enrolment_id=enrolment.id,
                    direction=Direction.OUT if kind else Direction.IN,
                    channel="sms",
                    external_id=f"privacy-{number}",
                    text=text,
                    side=side,
                    kind=kind,
                    at=service.now(),
                    status=MessageStatus.SENT if kind else MessageStatus.HANDLED,
                )
            )


async def _emergency(service: Service, reference: str, by: StaffMember) -> str:
    async with service.database.read() as session:
        ids = (
            await session.scalars(
                select(Enrolment.id).join(Client).where(Client.reference == reference)
            )
        ).all()
    await read_along(service, reference, by, Side.MUNICIPALITY, ids, READ)
    async with service.database.read() as session:
        found: str | None = await session.scalar(select(EmergencyRead.reference))
    assert found
    return found


async def _list(service: Service, by: StaffMember) -> str:
    """A list of people that this colleague sent, not confirmed yet."""
    rows = "Voornaam;Mobiel nummer;Eerste werkdag;Gemeente\r\nBilal;0600000077;2-3-2026;Velsen"
    async with browser(service, by) as web:
        answer = await web.post("/inschrijven/lijst", files={"file": ("l.csv", rows.encode())})
    return answer.headers["location"].rpartition("/")[2]


async def _device(service: Service, of: StaffMember) -> str:
    """A browser in which this colleague is signed in."""
    await open_session(service, of.id)
    async with service.database.read() as session:
        rows = await session.scalars(
            select(StaffSession.reference).where(StaffSession.staff_member_id == of.id)
        )
        return rows.all()[-1]


async def _review(service: Service, people: Mapping[str, StaffMember | None], staff: Staff) -> str:
    """A review of today's messages by the two of the municipality."""
    lead = people["teamleider consulenten"]
    assert lead
    day = service.now().date().isoformat()
    form = {"since": day, "until": day, "size": "5"}
    async with browser(service, lead) as web:
        pair = {"first": staff.consultant.reference, "second": lead.reference}
        answer = await web.post("/terugblik/steekproef", data=form | pair)
    return answer.headers["location"].partition("?")[0].rpartition("/")[2]


async def _number(service: Service) -> str:
    """The number of a message that is for the municipality."""
    async with service.database.read() as session:
        rows = await session.scalars(
            select(Message.id).where(
                Message.direction == Direction.IN,
                Message.side == Side.MUNICIPALITY,
                Message.label.is_not(None),
            )
        )
        return str(rows.all()[0])


async def _absence(service: Service, of: StaffMember) -> str:
    """That this colleague will be away, written down by themselves."""
    form = {"who": of.reference, "from": "2027-01-04", "until": "2027-01-08"}
    async with browser(service, of) as web:
        await web.post("/werkvoorraad/afwezig", data=form)
    async with service.database.read() as session:
        rows = await session.scalars(select(Absence.reference).order_by(Absence.id.desc()))
        return rows.all()[0]


async def _notices(service: Service, of: StaffMember) -> str:
    """Where this colleague gets notices besides."""
    async with service.database.write() as session:
        address = NoticeAddress(
            staff_member_id=of.id,
            kind="mail",
            url=of.email,
            opens=time(8),
            closes=time(20),
            created_at=service.now(),
        )
        session.add(address)
        await session.flush()
        return address.reference


async def _hold(service: Service) -> None:
    """Danger keeps the tracks still."""
    async with service.database.write() as session:
        await session.execute(update(Enrolment).values(held_at=service.now()))
        await session.execute(update(Escalation).values(topic=Topic.DANGER))


LIVE, SOON = "/werkvoorraad/live", 2.0
"""The page that goes on for ever, and how many seconds of it are enough."""

OTHERS = {
    "{kind}": "json",
    "{language}": "nl",
    "{token}": "nobody-has-this-one",
    "{place}": "1",
    "{slug}": "velsen",
}


def address_of(page: Page, world: World) -> str:
    path = page.path
    for pattern, reference in world.addresses.items():
        if path.startswith(pattern):
            path = path.replace("{reference}", reference, 1).replace("{number}", reference)
    for name, value in OTHERS.items():
        path = path.replace(name, value)
    assert "{" not in path, f"{path}: say in this test what its {{...}} stands for"
    return path


def name_of(page: Page) -> str:
    return f"{page.method} {page.path}"


def test_each_page_is_in_the_table_and_nothing_else() -> None:
    pages, documented = {name_of(page) for page in PAGES}, set(table("paginas"))
    assert sorted(pages - documented) == [], "put these pages into the table of docs/privacy.md"
    assert sorted(documented - pages) == [], "these pages of docs/privacy.md are no more"


@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("page", PAGES, ids=name_of)
async def test_each_page_is_for_whom_the_table_says(
    service: Service, staff: Staff, page: Page
) -> None:
    world = await world_of(service, staff)
    expected = table("groepen")[table("paginas")[name_of(page)]["groep"]]
    assert set(expected) == set(world.people)
    fields = {"zoek": world.addresses["/deelnemers/{reference}"]}
    found = {}
    for column, who in world.people.items():
        if "{reference}" in page.path and page.path.startswith("/werkvoorraad/afwezig/"):
            away = await _absence(service, staff.coach)
            world = replace(world, addresses={**world.addresses, page.path: away})
        if page.path.endswith("/vrijgeven"):  # there is only something to release while it is held
            await _hold(service)
        async with browser(service, who) as web:
            body = {"data": fields} if page.method == "POST" else {}
            asked = web.request(page.method, address_of(page, world), **body)  # type: ignore[arg-type]
            try:
                answer = await asyncio.wait_for(asked, SOON if page.path == LIVE else None)
            except TimeoutError:  # it has no end, for whom it is
                found[column] = "ja"
                continue
        onward = answer.headers.get("location", "")
        turned_away = answer.status_code == 303 and onward.startswith("/inloggen") and who is None
        turned_away = turned_away and page.path != "/uitloggen"
        assert answer.status_code != 500  # 502: a mail host or service that is not there
        found[column] = "nee" if answer.status_code in (403, 404) or turned_away else "ja"
        if found[column] == "nee":
            assert "Amina" not in answer.text
    assert found == expected


MARKS: Mapping[str, str] = {
    "naam": "Amina",
    "telefoonnummer": "06 00 00 00 01",
    "plan en antwoorden op check-ins": "day-22",
    "toestemmingen": "Contactmomenten bewaren",
    "wie het gesprek las": "las het gesprek",
    **{name: text for name, (_, _, text) in SAID.items()},
    "dat er een hulpvraag voor de gemeente is": r"Hulpvraag voor de gemeente|Geld of schulden</a>",
    "onderwerp van een hulpvraag voor de gemeente": "Geld of schulden</a>",
    "notitie bij een hulpvraag voor de gemeente": NOTE,
    "instrument bij een hulpvraag voor de gemeente": r"Ingezet: schuldhulpverlening",
    "dat er een hulpvraag voor de werkcoach is": r"Hulpvraag voor de werkcoach|Werk</a>",
    "onderwerp van een hulpvraag voor de werkcoach": "Werk</a>",
    "reden van een wijziging door de gemeente": CHANGE,
    "reden van een noodinzage door de werkcoach": READ,
}
"""By what each kind of data is known on a page."""


async def _all_pages(service: Service, world: World, who: StaffMember | None) -> str:
    """Everything that this person gets to see, with the copy of what is kept."""
    client = world.addresses["/deelnemers/{reference}"]
    async with browser(service, who) as web:
        gets = [page for page in PAGES if page.method == "GET" and page.path != LIVE]
        seen = [(await web.get(address_of(page, world))).text for page in gets]
        seen.append((await web.get(f"/hulpvragen/{world.addresses['work']}")).text)
        for form in ("lezen", "json"):
            path = f"/deelnemers/{client}/gegevens/kopie"
            seen.append((await web.post(path, data={"vorm": form})).text)
    return "\n".join(seen)


@pytest.mark.parametrize("column", next(iter(table("gegevens").values())))
async def test_each_kind_of_data_is_for_whom_the_table_says(
    service: Service, staff: Staff, column: str
) -> None:
    world = await world_of(service, staff)
    assert set(MARKS) == set(table("gegevens"))
    who = {"gedeeld": staff.coach, "in nood": staff.other_coach}.get(column)
    if column == "gedeeld":
        await share(service, world.addresses["/deelnemers/{reference}"])
    await _all_pages(service, world, staff.consultant)  # somebody read the conversation before
    seen = await _all_pages(service, world, who or world.people[column])
    found = {name: "ja" if re.search(mark, seen) else "nee" for name, mark in MARKS.items()}
    assert found == {name: row[column] for name, row in table("gegevens").items()}


def test_no_document_speaks_of_a_column_that_is_not_tried() -> None:
    data, groups = table("gegevens"), table("groepen")
    assert set(next(iter(data.values()))) > {"werkcoach", "consulent", "beheerder", "onderzoeker"}
    assert {row["groep"] for row in table("paginas").values()} == set(groups)
    for rows in (data, groups):
        assert {cell for row in rows.values() for cell in row.values()} == {"ja", "nee"}


def test_whoever_shows_words_writes_down_that_they_are_read() -> None:
    """`staff.conversation.note_reading` is the only way to the words of a conversation."""
    shows = re.compile(r"\bconversation\.read\(|\brights\.copy_of\(|\bMessage\.text\b")
    # The invitation that a colleague has just made, which nobody has said anything to yet.
    # And what pages open by a function that their first line is written down for.
    own = {"conversation.py", "access.py", "enrol.py", "meanings.py"}
    silent = [
        path.name
        for path in sorted((ROOT / "staff").rglob("*.py"))
        if path.name not in own
        and shows.search(path.read_text())
        and "note_reading(" not in path.read_text()
    ]
    assert silent == []
