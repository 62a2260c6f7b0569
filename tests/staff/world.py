"""People for the console's tests: colleagues on both sides, and clients in every phase."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import httpx2
import pyotp
from sqlalchemy import select, update
from starlette.applications import Starlette

from aftercare.check_ins import ask_due
from aftercare.enrolment import Application, enrol
from aftercare.inbox import Inbound, receive
from aftercare.service import Service
from conversations.turns import Text
from conversations.words import Channel, Direction, Form, MessageStatus, Role
from staff.accounts import add_staff
from staff.app import console
from staff.outside import Outside
from staff.provider import Provider
from staff.sign_in import open_session
from staff.theme import Theme
from staff.visit import MailLink
from storage.models import (
    CheckIn,
    Client,
    Enrolment,
    Escalation,
    Message,
    SecondFactor,
    StaffMember,
)

PASSWORD = "een zin die niemand raadt"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What the authenticator app of whoever has `set_up_second_step` behind them holds."""
BASE = "http://console.test"
_ids = count()


@dataclass(frozen=True)
class Staff:
    """The colleagues: on both sides, in the same municipality and in another one."""

    coach: StaffMember
    other_coach: StaffMember
    consultant: StaffMember
    outsider: StaffMember
    manager: StaffMember


async def hire(service: Service) -> Staff:
    """A werkcoach (all four municipalities), two consultants (Velsen, Heemskerk), a manager."""
    return Staff(
        coach=await _add(service, "Wouter de Testcoach", Role.WERKCOACH),
        other_coach=await _add(service, "Willeke de Testcoach", Role.WERKCOACH),
        consultant=await _add(service, "Carla de Proef", Role.CONSULENT, "velsen"),
        outsider=await _add(service, "Henk Elders", Role.CONSULENT, "heemskerk"),
        manager=await _add(service, "Bea Heer", Role.BEHEERDER),
    )


async def researcher(service: Service) -> StaffMember:
    """Somebody who sees figures only."""
    return await _add(service, "Ria Zoekster", Role.ONDERZOEKER)


async def _add(service: Service, name: str, role: Role, *desks: str) -> StaffMember:
    email = f"{name.split()[0].lower()}@example.org"
    return await add_staff(
        service, name=name, email=email, role=role, password=PASSWORD, desks=desks
    )


async def client(
    service: Service,
    name: str = "Amina",
    number: str = "0600000001",
    municipality: str = "velsen",
    started: int = 6,
    **more: object,
) -> str:
    """Somebody enrolled who began to work `started` days ago; the reference."""
    today = service.now().date()
    application = Application(
        first_name=name,
        municipality=municipality,
        first_working_day=today - timedelta(days=started),
        number=number,
        **more,  # type: ignore[arg-type]
    )
    return (await enrol(service, application)).reference


async def says(service: Service, number: str, *texts: str) -> None:
    """The client writes by SMS; what we had to say before has arrived."""
    for text in texts:
        await delivered(service)
        sender = "+31" + number.removeprefix("0")
        await receive(service, Inbound(Channel.SMS, sender, f"in-{next(_ids)}", Text(text)))
    await delivered(service)


async def delivered(service: Service) -> None:
    """Everything that waited has arrived."""
    async with service.database.write() as session:
        await session.execute(
            update(Message)
            .where(Message.direction == Direction.OUT, Message.status == MessageStatus.QUEUED)
            .values(status=MessageStatus.DELIVERED, sent_at=service.now())
        )


async def checked_in(service: Service, number: str, *texts: str) -> None:
    """Consent, the first check-in, and what the client answers to it."""
    await says(service, number, "JA")
    async with service.database.write() as session:
        first = await session.scalar(
            select(CheckIn)
            .join(Enrolment, Enrolment.id == CheckIn.enrolment_id)
            .join(Client, Client.id == Enrolment.client_id)
            .where(CheckIn.asked_at.is_(None), CheckIn.status == "planned")
            .order_by(CheckIn.id.desc(), CheckIn.due_at)
        )
        assert first is not None
        plan = (
            await session.scalars(
                select(CheckIn)
                .where(CheckIn.enrolment_id == first.enrolment_id, CheckIn.status == "planned")
                .order_by(CheckIn.due_at)
            )
        ).all()
        plan[0].due_at = service.now()
    await ask_due(service)
    await says(service, number, *texts)


async def call_of(service: Service, reference: str) -> str:
    """The reference of the client's newest call for help."""
    async with service.database.read() as session:
        found = await session.scalar(
            select(Escalation.reference)
            .join(Client, Client.id == Escalation.client_id)
            .where(Client.reference == reference)
            .order_by(Escalation.id.desc())
        )
    assert found is not None
    return found


async def money_trouble(service: Service, name: str = "Amina", number: str = "0600000001") -> str:
    """Somebody in Velsen who cannot pay the rent, in words for the municipality only."""
    reference = await client(service, name, number)
    await checked_in(service, number, "3", "2", "Ik kan de huur niet betalen deze maand")
    return reference


async def trouble_at_work(service: Service, name: str = "Bilal", number: str = "0600000002") -> str:
    """Somebody in Velsen with a conflict at work, in words for the werkcoach only."""
    reference = await client(service, name, number)
    await checked_in(service, number, "3", "1", "Mijn baas schreeuwt elke dag")
    return reference


def app(
    service: Service,
    *,
    telegram: str | None = "NazorgProefBot",
    public_url: str | None = None,
    wake: Callable[[], object] = lambda: None,
    mail_link: MailLink | None = None,
    provider: Provider | None = None,
    outside: Outside | None = None,
    theme: Theme | None = None,
) -> Starlette:
    """The console alone."""
    return Starlette(
        routes=console(
            service,
            public_url=public_url,
            secure=False,
            telegram_name=lambda: telegram,
            wake=lambda: (wake(), None)[1],
            mail_link=mail_link,
            provider=provider,
            outside=outside,
            theme=theme,
        )
    )


async def set_up_second_step(service: Service, who: StaffMember) -> None:
    """As when the colleague had set up an authenticator app a while ago."""
    async with service.database.write() as session:
        session.add(
            SecondFactor(
                staff_member_id=who.id, secret=SECRET, last_counter=0, created_at=service.now()
            )
        )


def code(service: Service, secret: str = SECRET, later: int = 0) -> str:
    """What the app shows now, or `later` codes on."""
    return pyotp.TOTP(secret).at(service.now() + timedelta(seconds=30 * later))


async def takes(_to: str) -> bool:
    """A mail host that takes everything."""
    return True


@asynccontextmanager
async def browser(
    service: Service,
    who: StaffMember | None = None,
    *,
    telegram: str | None = "NazorgProefBot",
    public_url: str | None = None,
    wake: Callable[[], object] = lambda: None,
    mail_link: MailLink | None = None,
    provider: Provider | None = None,
    outside: Outside | None = None,
    theme: Theme | None = None,
) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody at the console, signed in or not."""
    cookies = {"nazorg": await open_session(service, who.id)} if who else {}
    asgi = app(
        service,
        telegram=telegram,
        public_url=public_url,
        wake=wake,
        mail_link=mail_link,
        provider=provider,
        outside=outside,
        theme=theme,
    )
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(asgi),
        base_url=BASE,
        cookies=cookies,
        headers={"Accept-Language": "nl", "Sec-Fetch-Site": "same-origin"},
    ) as client:
        yield client


FIELDS = {
    "first_name": "Daan",
    "municipality": "velsen",
    "language": "nl",
    "form": Form.ACTIVE.value,
    "channel": Channel.SMS.value,
    "number": "06 00 00 00 09",
    "first_working_day": date(2026, 2, 26).isoformat(),
    "exit_reason": "work",
    "contract_end": "",
    "werkcoach": "",
    "inkomensconsulent": "",
}
