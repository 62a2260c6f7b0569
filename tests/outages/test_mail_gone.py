"""A mail host that is gone for a day: notices wait and go out after, danger first; and an
installation that never mails, where they come to an end too."""

from collections import Counter
from datetime import timedelta

import pytest

from aftercare.service import Service
from bot.house import House
from bot.notices import Mailer
from conversations.words import NoticeKind, NoticeStatus
from tests.aftercare.people import active, calls, later, notices, writes
from tests.providers.smtp import SmtpServer

pytestmark = [
    pytest.mark.parametrize("database_kind", ["sqlite"]),
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),
]

PUBLIC = "https://nazorg.example.org"


async def in_need(service: Service, person: int, *texts: str) -> None:
    """Somebody who takes part writes this."""
    await active(service, person)
    for text in texts:
        await writes(service, text, person)


async def pass_by(house: House, hours: float) -> None:
    """Time passes, and the mailer tries."""
    end = house.service.now() + timedelta(hours=hours)
    while house.service.now() < end:
        await house.tick()
        later(house.service, minutes=10)


async def test_after_a_day_without_a_mail_host_all_goes_out_danger_first(service: Service) -> None:
    house = House(service)
    async with SmtpServer() as host:
        house.mail = Mailer(service, f"mailto://127.0.0.1:{host.port}", PUBLIC).run
        await host.stop()
        await in_need(service, 1, "hulp", "2", "de huur")
        await in_need(service, 2, "hulp", "4", "ik slaap slecht")
        await in_need(service, 3, "ik wil niet meer leven")
        await pass_by(house, 24)
        assert host.messages == []
        waiting = await notices(service)
        assert {one.status for one in waiting} == {NoticeStatus.QUEUED}
        assert Counter(one.kind for one in waiting)[NoticeKind.DANGER] <= 2, "not 96 times the same"
        assert max(one.attempts for one in waiting) <= 24 * 12 + 10, "pauses, and no busy loop"
        await host.start()
        await pass_by(house, 1)
        kinds = [mail.subject for mail in host.messages]
        assert kinds[0] == "Nazorg: er is misschien iemand in gevaar"
        assert {one.status for one in await notices(service)} == {NoticeStatus.SENT}
        told = {call.reference for call in await calls(service)}
        assert all(any(one in mail.text for mail in host.messages) for one in told)


async def test_danger_is_mailed_within_five_minutes_of_the_hosts_return(service: Service) -> None:
    house = House(service)
    async with SmtpServer() as host:
        house.mail = Mailer(service, f"mailto://127.0.0.1:{host.port}", PUBLIC).run
        await host.stop()
        await in_need(service, 1, "ik wil niet meer leven")
        await pass_by(house, 24)
        await host.start()
        for _ in range(5):
            later(service, minutes=1)
            await house.tick()
        assert len(host.messages) >= 1


async def test_where_no_mail_is_set_notices_end_and_are_not_due(service: Service) -> None:
    house = House(service)
    await in_need(service, 1, "hulp", "2", "de huur")
    (notice,) = await notices(service)
    await house.tick()
    due = await house.next_due()
    assert due is None or due > service.now(), "what nobody mails is not due"
    await house.travel(service.now() + timedelta(days=7, minutes=1))
    assert (await notices(service))[0].id == notice.id
    assert (await notices(service))[0].status is NoticeStatus.FAILED
    await house.travel(service.now() + timedelta(days=2))
    assert (await calls(service))[0].status == "open"
    assert {one.status for one in await notices(service)} == {
        NoticeStatus.QUEUED, NoticeStatus.FAILED,
    }, "the call itself stands, and is told of again"  # fmt: skip
