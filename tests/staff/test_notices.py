"""Where a colleague wants notices, through the page; and the texts with what they cost."""

import pytest
from sqlalchemy import select

from aftercare.service import N_, Refused, Service
from staff.outside import Outside
from storage.models import AuditEntry, NoticeAddress
from storage.notices import spread
from tests.staff.world import Staff, browser, checked_in, client

FIELDS = {
    "where": "service",
    "url": "tgram://geheim/1",
    "when": "at_once",
    "opens": "08:00",
    "closes": "18:00",
    "digest_at": "08:30",
}


class _Services:
    """Stands where the channels would: takes what begins with tgram, and what it is told to."""

    def __init__(self, *, takes: bool = True) -> None:
        self.takes = takes
        self.knocked: list[str] = []
        self.outside = Outside(mail=self._knock, service_of=self._name, knock=self._knock)

    def _name(self, url: str) -> str:
        if not url.startswith("tgram://"):
            raise Refused(N_("This service cannot be used here."), "url")
        return "Telegram"

    async def _knock(self, where: str) -> bool:
        self.knocked.append(where)
        return self.takes


async def _references(service: Service) -> list[str]:
    async with service.database.read() as session:
        return list(await session.scalars(select(NoticeAddress.reference)))


async def test_a_service_is_added_tested_and_stopped(service: Service, staff: Staff) -> None:
    services = _Services()
    async with browser(service, staff.consultant, outside=services.outside) as web:
        assert "alleen het adres van je team" in (await web.get("/ik/meldingen")).text
        assert (await web.post("/ik/meldingen", data=FIELDS)).status_code == 303
        page = (await web.get("/ik/meldingen")).text
        assert "Telegram<span" in page
        assert "geheim" not in page
        (reference,) = await _references(service)
        answer = await web.post(f"/ik/meldingen/{reference}/proef")
        assert answer.headers["location"] == "/ik/meldingen?gelukt=knocked"
        assert services.knocked == ["tgram://geheim/1"]
        services.takes = False
        answer = await web.post(f"/ik/meldingen/{reference}/proef")
        assert answer.status_code == 502
        assert "nam de proef niet aan" in answer.text
        assert (await web.post(f"/ik/meldingen/{reference}/weg")).status_code == 303
        assert "Telegram<span" not in (await web.get("/ik/meldingen")).text
    async with service.database.read() as session:
        details = (await session.scalars(select(AuditEntry.detail))).all()
    assert not any("geheim" in (detail or "") for detail in details)


async def test_what_a_desk_was_told_stands_there_once_for_all_who_hear_it(
    service: Service, staff: Staff
) -> None:
    services = _Services()
    async with browser(service, staff.consultant, outside=services.outside) as web:
        assert 'href="/ik/meldingen"' in (await web.get("/ik")).text
        await web.post("/ik/meldingen", data=FIELDS)
        reference = await client(service)
        await checked_in(service, "0600000001", "4")
        assert await spread(service.database, service.now())
        page = (await web.get("/deelnemers")).text
    assert page.count(f'href="/deelnemers/{reference}">Amina</a>: werkt niet meer') == 1


async def test_ones_own_mail_once_a_day(service: Service, staff: Staff) -> None:
    services = _Services()
    fields = FIELDS | {"where": "mail", "when": "digest", "url": ""}
    async with browser(service, staff.consultant, outside=services.outside) as web:
        assert (await web.post("/ik/meldingen", data=fields)).status_code == 303
        assert "eens per dag, om 08:30" in (await web.get("/ik/meldingen")).text
        (reference,) = await _references(service)
        await web.post(f"/ik/meldingen/{reference}/proef")
        assert services.knocked == ["carla@example.org"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "json://127.0.0.1"}, "url"),
        ({"url": ""}, "url"),
        ({"opens": "19:00"}, "closes"),
        ({"opens": "vroeg"}, "opens"),
        ({"when": "digest", "digest_at": ""}, "digest_at"),
    ],
)
async def test_what_cannot_be_is_refused(
    service: Service, staff: Staff, change: dict[str, str], field: str
) -> None:
    async with browser(service, staff.consultant, outside=_Services().outside) as web:
        answer = await web.post("/ik/meldingen", data=FIELDS | change)
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.text
    assert await _references(service) == []


async def test_without_a_mail_host_nobody_chooses_mail(service: Service, staff: Staff) -> None:
    async with browser(service, staff.consultant) as web:
        answer = await web.post("/ik/meldingen", data=FIELDS | {"where": "mail"})
        assert answer.status_code == 422
        answer = await web.post("/ik/meldingen", data=FIELDS)
        assert answer.status_code == 422


async def test_another_colleagues_address_does_not_exist(service: Service, staff: Staff) -> None:
    services = _Services()
    async with browser(service, staff.consultant, outside=services.outside) as web:
        await web.post("/ik/meldingen", data=FIELDS)
    (reference,) = await _references(service)
    for who in (staff.coach, staff.outsider):
        async with browser(service, who, outside=services.outside) as web:
            for what in ("proef", "weg"):
                assert (await web.post(f"/ik/meldingen/{reference}/{what}")).status_code == 404
    assert services.knocked == []


async def test_texts_are_shown_with_their_cost(service: Service, staff: Staff) -> None:
    async with browser(service, staff.manager) as web:
        page = (await web.get("/beheer/teksten")).text
        assert "Hoe gaat het" in page
        assert "€" not in page
        for wrong in ("veel", "-1", "2", "NaN", "1e400", "", "9" * 40):
            answer = await web.post("/beheer/teksten/prijs", data={"price": wrong})
            assert answer.status_code == 422
        answer = await web.post("/beheer/teksten/prijs", data={"price": "0,075"})
        assert answer.status_code == 303
        page = (await web.get("/beheer/teksten?taal=ar")).text
        assert "€ 0,15" in page
        assert 'dir="rtl"' in page
        assert len(page.encode()) < 100_000
        assert "Hoe gaat het" in (await web.get("/beheer/teksten?taal=xx")).text
