"""Notices to colleagues: their own mail and services, real ones over a socket; each comes to its
own end, and nobody makes this server send where it should not."""

import json
from collections.abc import AsyncIterator
from datetime import time, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select
from starlette.responses import Response

from aftercare import escalations, notice_addresses
from aftercare.absences import set_absence
from aftercare.lines import next_in_line
from aftercare.service import Refused, Service
from bot.notice_services import Services
from bot.notices import Mailer
from conversations.words import NoticeKind, OutcomeKind, Role
from scheduler.calendar import Hours, local_day
from staff.accounts import add_staff, mark_left
from storage.models import Notice, NoticeAddress, StaffMember
from storage.notices import MAIL
from tests.aftercare.people import active, all_of, calls, later, writes
from tests.bot.test_notices import PERSONAL, PUBLIC, in_need
from tests.providers.receiver import Receiver, receiving
from tests.providers.smtp import SmtpServer

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture
async def mail() -> AsyncIterator[SmtpServer]:
    """A mail host."""
    async with SmtpServer() as host:
        yield host


@pytest.fixture
async def ntfy() -> AsyncIterator[Receiver]:
    """A service of one's own."""
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
def mailer(service: Service, mail: SmtpServer, ntfy: Receiver) -> Mailer:
    """The mailer, which knows the mail host and may use the service."""
    services = Services({urlsplit(ntfy.url).netloc}, public=False)
    return Mailer(service, f"mailto://127.0.0.1:{mail.port}?from=n@example.org", PUBLIC, services)


@pytest.fixture
async def sanne(service: Service) -> StaffMember:
    """A consultant of Velsen."""
    return await add_staff(
        service,
        name="Sanne",
        email="sanne@example.org",
        role=Role.CONSULENT,
        password="een zin die niemand raadt",
        desks=["velsen"],
    )


async def _wants(
    service: Service,
    who: StaffMember,
    ntfy: Receiver | None,
    opens: time = time(8),
    closes: time = time(18),
    digest_at: time | None = None,
) -> str:
    kind, url = (MAIL, "") if ntfy is None else ("ntfy", f"ntfy://{urlsplit(ntfy.url).netloc}/nz")
    return await notice_addresses.add(
        service, who, kind, url, opens=opens, closes=closes, digest_at=digest_at
    )


async def _told(service: Service) -> list[Notice]:
    return [
        one
        for one in await all_of(service, select(Notice).order_by(Notice.id))
        if one.address_id is not None
    ]


async def test_a_colleague_is_told_beside_the_desk(
    service: Service, mailer: Mailer, mail: SmtpServer, ntfy: Receiver, sanne: StaffMember
) -> None:
    await _wants(service, sanne, ntfy)
    await _wants(service, sanne, None)
    reference = await in_need(service)
    assert await mailer.run() == 3
    to = sorted(one.rcpt_to[0] for one in mail.messages)
    assert to == ["nazorg@velsen.example.org", "sanne@example.org"]
    (call,) = ntfy.calls
    said = json.dumps(call.json, ensure_ascii=False)
    assert f"{PUBLIC}/hulpvragen/{reference}" in said
    for words in PERSONAL:
        assert words.casefold() not in said.casefold()
    assert await mailer.run() == 0


@pytest.mark.parametrize("why", ["left", "away"])
async def test_what_waits_for_somebody_who_is_not_there_any_more_ends(
    service: Service, mailer: Mailer, mail: SmtpServer, ntfy: Receiver, sanne: StaffMember, why: str
) -> None:
    await _wants(service, sanne, ntfy, digest_at=time(23, 59))
    await _wants(service, sanne, None, digest_at=time(23, 59))
    await in_need(service)
    await mailer.run()
    assert [one.rcpt_to for one in mail.messages] == [["nazorg@velsen.example.org"]]
    if why == "left":
        await mark_left(service, sanne.reference)
    else:
        today = local_day(service.now(), Hours())
        await set_absence(service, sanne, sanne, today, today + timedelta(days=9))
    later(service, days=1)
    await mailer.run()
    assert len(mail.messages) == 1  # not to the desk once more either
    assert ntfy.calls == []
    assert {one.status for one in await _told(service)} == {"cancelled"}


async def test_who_left_gets_no_mail_any_more(
    service: Service, mailer: Mailer, mail: SmtpServer, sanne: StaffMember
) -> None:
    await in_need(service)
    async with service.database.write() as session:
        (waiting,) = (await session.scalars(select(Notice))).all()
        waiting.staff_member_id = sanne.id
    await mark_left(service, sanne.reference)
    await mailer.run()
    assert [one.rcpt_to for one in mail.messages] == [["nazorg@velsen.example.org"]]


async def test_the_address_is_encrypted(
    service: Service, ntfy: Receiver, sanne: StaffMember
) -> None:
    await _wants(service, sanne, ntfy)
    async with service.database.read() as session:
        connection = await session.connection()
        rows = await connection.exec_driver_sql("SELECT url FROM notice_address")
        (kept,) = rows.one()
    assert b"ntfy" not in bytes(kept)


async def test_a_service_that_is_broken_holds_up_nobody(
    service: Service, mailer: Mailer, mail: SmtpServer, ntfy: Receiver, sanne: StaffMember
) -> None:
    await _wants(service, sanne, ntfy)
    await in_need(service)
    ntfy.answers.extend(Response(status_code=500) for _ in range(9))
    assert await mailer.run() == 1
    (waiting,) = await _told(service)
    assert waiting.status == "queued"
    assert waiting.not_before > service.now()
    ntfy.answers.clear()
    later(service, minutes=5)
    assert await mailer.run() == 1
    assert (await _told(service))[0].status == "sent"
    assert len(mail.messages) == 1


async def test_what_a_service_never_takes_has_failed_after_a_week(
    service: Service, mailer: Mailer, ntfy: Receiver, sanne: StaffMember
) -> None:
    await _wants(service, sanne, ntfy)
    await in_need(service)
    ntfy.answers.append(Response(status_code=500))
    await mailer.run()
    later(service, days=8)
    await mailer.run()
    assert [one.status for one in await _told(service)] == ["failed"]


async def test_a_service_is_told_also_without_a_mail_host(
    service: Service, ntfy: Receiver, sanne: StaffMember
) -> None:
    await _wants(service, sanne, ntfy)
    await _wants(service, sanne, None)
    await in_need(service)
    services = Services({urlsplit(ntfy.url).netloc}, public=False)
    assert await Mailer(service, "", PUBLIC, services).run() == 1
    assert len(ntfy.calls) == 1


async def test_a_digest_comes_once_a_day_and_danger_at_once(
    service: Service, mailer: Mailer, mail: SmtpServer, ntfy: Receiver, sanne: StaffMember
) -> None:
    await _wants(service, sanne, ntfy, digest_at=time(8, 30))
    await in_need(service)
    await active(service, 8)
    await writes(service, "hulp", 8)
    await writes(service, "3", 8)
    await mailer.run()
    assert ntfy.calls == []
    await writes(service, "ik wil niet meer leven", 8)
    await mailer.run()
    assert len(ntfy.calls) == 1
    later(service, hours=22)
    await mailer.run()
    assert len(ntfy.calls) == 2
    said = json.dumps(ntfy.calls[1].json, ensure_ascii=False)
    assert "2 meldingen" in said
    assert f"{PUBLIC}/werkvoorraad" in said


async def test_own_hours_hold_what_is_not_danger(
    service: Service, mailer: Mailer, mail: SmtpServer, ntfy: Receiver, sanne: StaffMember
) -> None:
    await _wants(service, sanne, ntfy, opens=time(13), closes=time(17))
    await in_need(service)
    await mailer.run()
    assert ntfy.calls == []
    (waiting,) = await _told(service)
    assert waiting.not_before == service.now() + timedelta(hours=2)
    later(service, hours=2)
    await mailer.run()
    assert len(ntfy.calls) == 1


async def test_what_was_resolved_or_ended_meanwhile_is_not_told(
    service: Service, mailer: Mailer, mail: SmtpServer, ntfy: Receiver, sanne: StaffMember
) -> None:
    await _wants(service, sanne, ntfy, digest_at=time(8, 30))
    gone = await _wants(service, sanne, ntfy)
    reference = await in_need(service)
    ntfy.answers.append(Response(status_code=500))
    await mailer.run()
    await notice_addresses.end(service, sanne, gone)
    await escalations.resolve(service, reference, sanne, OutcomeKind.HELPED)
    later(service, days=1)
    await mailer.run()
    assert len(ntfy.calls) == 1
    assert {one.status for one in await _told(service)} == {"cancelled"}


async def test_an_outsider_and_who_left_are_not_told(
    service: Service, mailer: Mailer, mail: SmtpServer, ntfy: Receiver, sanne: StaffMember
) -> None:
    henk = await add_staff(
        service,
        name="Henk",
        email="henk@example.org",
        role=Role.CONSULENT,
        password="een zin die niemand raadt",
        desks=["heemskerk"],
    )
    await _wants(service, henk, ntfy)
    await _wants(service, sanne, ntfy)
    async with service.database.write() as session:
        (await session.get_one(StaffMember, sanne.id)).left_at = service.now()
    await in_need(service)
    await mailer.run()
    assert ntfy.calls == []


async def test_who_is_next_in_line_does_not_depend_on_addresses(
    service: Service, mailer: Mailer, mail: SmtpServer, ntfy: Receiver, sanne: StaffMember
) -> None:
    for _ in range(3):
        await _wants(service, sanne, ntfy)
    await active(service, 7)
    await writes(service, "ik wil niet meer leven", 7)
    await mailer.run()
    (call,) = await calls(service)
    async with service.database.read() as session:
        assert await next_in_line(session, call, service.now().date()) == sanne.id
    kinds = {one.kind for one in await _told(service)}
    assert kinds == {NoticeKind.DANGER}


async def test_somebody_has_a_few_addresses_at_most(
    service: Service, ntfy: Receiver, sanne: StaffMember
) -> None:
    for _ in range(notice_addresses.MOST):
        await _wants(service, sanne, ntfy)
    with pytest.raises(Refused):
        await _wants(service, sanne, ntfy)
    assert len(await all_of(service, select(NoticeAddress))) == notice_addresses.MOST
