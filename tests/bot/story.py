"""The story of the house, played once for each database against somebody else's Telegram, Twilio
and mail host; killed with -9 at its worst moments. The tests of `test_serve.py` look at what came
of it."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from tests.bot.process import Nazorg
from tests.bot.waiting import SOON, until
from tests.postgres import tool
from tests.providers.faults import Fault
from tests.providers.smtp import Mail, SmtpServer
from tests.providers.telegram import TelegramServer
from tests.providers.telegram_people import Chat, TelegramUser
from tests.providers.twilio import TwilioServer
from tests.providers.twilio_people import Person

OURS = "+31612340000"
AMINA, BILAL, STRANGER = "+31612340001", 7_000_000_001, "+31612340009"
"""Invented numbers. The provider takes only numbers that exist in the numbering plan."""
AMINAS_WORDS = "ik kan de huur niet betalen"
BILALS_WORDS = "ik heb schulden bij de bank"
STRANGERS_WORDS = "verkoopt u ook tuinstoelen"
FORGED_WORDS = "dit heb ik nooit geschreven"
MORNING = datetime.fromisoformat("2026-03-02T10:00:00+01:00")
PASSWORD = "een lang wachtwoord"


@dataclass
class World:
    """The outside world, and the installation in it."""

    telegram: TelegramServer
    twilio: TwilioServer
    mail: SmtpServer
    nazorg: Nazorg


@asynccontextmanager
async def world(folder: Path, **settings: str) -> AsyncIterator[World]:
    """Telegram, Twilio and a mail host on the loopback, and an installation that knows them."""
    nazorg = Nazorg(folder)
    inbound = f"{nazorg.url}/webhooks/twilio/message"
    async with (
        TelegramServer(allow_loopback=True) as telegram,
        TwilioServer([OURS], inbound_url=inbound, allow_loopback=True) as twilio,
        SmtpServer() as mail,
    ):
        nazorg.settings |= {
            "NAZORG_TELEGRAM_TOKEN": telegram.token,
            "NAZORG_TELEGRAM_API_URL": telegram.url,
            "NAZORG_TWILIO_ACCOUNT_SID": twilio.account_sid,
            "NAZORG_TWILIO_AUTH_TOKEN": twilio.auth_token,
            "NAZORG_TWILIO_FROM": OURS,
            "NAZORG_TWILIO_API_URL": twilio.url,
            "NAZORG_PUBLIC_URL": nazorg.url,
            "NAZORG_MAIL_URL": f"mailto://127.0.0.1:{mail.port}",
            **settings,
        }
        try:
            yield World(telegram, twilio, mail, nazorg)
        finally:
            await nazorg.end()


@dataclass
class Story:
    """What came of it, from all sides."""

    amina: list[str] = field(default_factory=list)
    """What arrived on her phone from us, in order."""
    bilal: list[str] = field(default_factory=list)
    from_twilio: list[str] = field(default_factory=list)
    """What Twilio itself answered Amina."""
    accepted: list[tuple[str, str]] = field(default_factory=list)
    """All messages that the providers took from us: to whom, and the text."""
    invitations_before_consent: int = 0
    due: dict[str, datetime] = field(default_factory=dict)
    before_due: int = 0
    """How many messages the later of the two had right before the moment of the check-in."""
    escalations: list[dict[str, Any]] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)
    aminas_record: dict[str, Any] = field(default_factory=dict)
    bilals_record: dict[str, Any] = field(default_factory=dict)
    after_stop: int = 0
    """Messages of ours to Amina after her STOP."""
    stranger: list[list[str]] = field(default_factory=list)
    """The answers to each of the stranger's messages."""
    forged_status: int = 0
    at_rest: bytes = b""
    """All of the database as it lies on the disk, or as text."""
    log: str = ""
    alerts: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    link_token: str = ""


async def play(folder: Path, database_url: str | None) -> Story:
    """Play it. `database_url` None is SQLite in the data folder."""
    settings = {"NAZORG_DATABASE_URL": database_url} if database_url else {}
    async with world(folder, **settings) as here:
        story = Story()
        nazorg, twilio = here.nazorg, here.twilio
        amina, bilal = twilio.person(AMINA), here.telegram.user("Bilal", BILAL)
        amina_is, bilal_is = await _enrolment(here, story, amina)
        await _consent(here, story, amina, bilal)
        await _check_in(here, story)
        await _telling(here, story, amina, bilal)
        await _stopping(here, story, amina, bilal)
        story.aminas_record, story.bilals_record = await asyncio.gather(
            nazorg.json("show", amina_is), nazorg.json("show", bilal_is)
        )
        await nazorg.stop()
        story.amina = [one.text for one in amina.received if not one.by_twilio]
        story.from_twilio = [one.text for one in amina.received if one.by_twilio]
        story.bilal = [one.text for one in bilal.received]
        story.accepted = [(one.to, one.text) for one in (*twilio.sent, *here.telegram.sent)]
        story.mails = here.mail.messages
        story.alerts = twilio.alerts
        story.log = nazorg.log + "".join(nazorg.written)
        story.at_rest = await asyncio.to_thread(_at_rest, nazorg, database_url)
        story.secrets = [twilio.auth_token, here.telegram.token, PASSWORD, story.link_token]
        return story


async def _enrolment(here: World, story: Story, amina: Person) -> tuple[str, str]:
    """On the command line, while the service runs. It dies while Twilio takes the invitation."""
    nazorg = here.nazorg
    await nazorg.start(MORNING)
    await nazorg.json(
        *("staff", "add", "--name", "Sanne Voorbeeld", "--email", "sanne@velsen.example.org"),
        *("--role", "consulent", "--desk", "velsen", "--password", PASSWORD),
    )
    here.twilio.faults.script(Fault.HANG_AFTER)
    first, second = await asyncio.gather(
        nazorg.json(
            *("enrol", "--first-name", "Amina", "--number", "06 12 34 00 01"),
            *("--municipality", "Velsen", "--first-working-day", "2026-03-02"),
            *("--inkomensconsulent", "sanne@velsen.example.org"),
        ),
        nazorg.json(
            *("enrol", "--first-name", "Bilal", "--channel", "telegram"),
            *("--municipality", "Beverwijk", "--first-working-day", "2026-03-02"),
        ),
    )
    for name, enrolled in (("Amina", first), ("Bilal", second)):
        story.due[name] = datetime.fromisoformat(enrolled["plan"][0]["due_at"])
    story.link_token = second["telegram_link"].partition("start=")[2]
    await amina.wait(1, SOON)
    await nazorg.kill()
    await nazorg.start(MORNING + timedelta(minutes=2))
    return first["client"], second["client"]


async def _consent(here: World, story: Story, amina: Person, bilal: TelegramUser) -> None:
    """Yes from both; it dies while Twilio does not take the welcome, and Telegram does."""
    await bilal.start(story.link_token)
    await bilal.wait(1, SOON)
    story.invitations_before_consent = len(here.twilio.sent) + len(here.telegram.sent)
    here.twilio.faults.script(Fault.HANG_BEFORE)
    here.telegram.faults.script(Fault.HANG_AFTER)
    await asyncio.gather(amina.send("Ja graag!"), bilal.press("ja"))
    await bilal.wait(2, SOON)
    await until(lambda: len(here.twilio.faults.seen) >= 2)
    await here.nazorg.kill()
    await here.nazorg.start(MORNING + timedelta(minutes=4))
    await amina.wait(2, SOON)


async def _check_in(here: World, story: Story) -> None:
    """The clock is set right before the later of the two moments, and goes on by itself."""
    await here.nazorg.kill()
    first: Person | Chat = here.twilio.person(AMINA)
    last: Person | Chat = here.telegram.chats[BILAL]
    if story.due["Amina"] > story.due["Bilal"]:
        first, last = last, first
    await here.nazorg.start(max(story.due.values()) - timedelta(seconds=5))
    await first.wait(3, SOON)
    story.before_due = len(last.received)
    await last.wait(3, SOON)


async def _telling(here: World, story: Story, amina: Person, bilal: TelegramUser) -> None:
    """Three, money, own words. It dies right after it took Amina's answer."""
    await amina.send("3")
    await here.nazorg.kill()
    await bilal.press("niet goed")  # nobody is there: Telegram keeps it
    await here.nazorg.start(max(story.due.values()) + timedelta(minutes=2))
    await asyncio.gather(amina.wait(4, SOON), bilal.wait(4, SOON))
    await asyncio.gather(amina.send("2"), bilal.press("geld of schulden"))
    await asyncio.gather(amina.wait(5, SOON), bilal.wait(5, SOON))
    await asyncio.gather(amina.send(AMINAS_WORDS), bilal.send(BILALS_WORDS))
    await asyncio.gather(amina.wait(6, SOON), bilal.wait(6, SOON), here.mail.wait(2, SOON))
    story.escalations = await here.nazorg.json("escalations")


async def _stopping(here: World, story: Story, amina: Person, bilal: TelegramUser) -> None:
    """STOP, which Twilio answers itself and Telegram does not; and people we do not know."""
    before = len(here.twilio.sent)
    await amina.send("STOP")
    await bilal.send("stop")
    await bilal.wait(7, SOON)
    await amina.send("hallo?")
    await here.mail.wait(3, SOON)  # somebody must read what came after the STOP
    story.after_stop = len(here.twilio.sent) - before
    stranger = here.twilio.person(STRANGER)
    story.stranger = [(await stranger.send(STRANGERS_WORDS)).replies for _ in range(2)]
    story.forged_status = (await amina.send_forged(FORGED_WORDS)).status
    await here.twilio.settle(SOON)


def _at_rest(nazorg: Nazorg, database_url: str | None) -> bytes:
    files = b"".join(file.read_bytes() for file in nazorg.data.rglob("*") if file.is_file())
    if database_url is None:
        return files
    url = make_url(database_url)
    dump = subprocess.run(
        [
            *(tool("pg_dump"), "--host", str(url.query["host"]), "--username", url.username or ""),
            *("--data-only", "--inserts", url.database or ""),
        ],
        capture_output=True,
        check=True,
    )
    return files + dump.stdout
