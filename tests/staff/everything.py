"""A world in which each page of the console has something to show, and who may see it there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path

from sqlalchemy import select

from aftercare import escalations, steering
from aftercare.emergency_reads import read_along
from aftercare.service import Service
from conversations.words import Direction, MessageKind, MessageStatus, OutcomeKind, Role, Side
from staff.accounts import add_staff, set_lead
from staff.app import Page
from staff.sign_in import open_session
from storage.models import (
    Client,
    EmergencyRead,
    Enrolment,
    Message,
    NoticeAddress,
    StaffMember,
    StaffSession,
)
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


async def build(service: Service, staff: Staff) -> World:
    """Everybody and everything."""
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


LIVE = "/werkvoorraad/live"
"""The page that goes on for ever."""

OTHERS = {
    "{kind}": "json",
    "{language}": "nl",
    "{token}": "nobody-has-this-one",
    "{place}": "1",
    "{slug}": "velsen",
}


def address_of(page: Page, world: World) -> str:
    """Where this page is, with the references of this world in it."""
    path = page.path
    for pattern, reference in world.addresses.items():
        if path.startswith(pattern):
            path = path.replace("{reference}", reference, 1).replace("{number}", reference)
    for name, value in OTHERS.items():
        path = path.replace(name, value)
    assert "{" not in path, f"{path}: say in this module what its {{...}} stands for"
    return path


def page_name(page: Page) -> str:
    """As the table of the document names it."""
    return f"{page.method} {page.path}"
