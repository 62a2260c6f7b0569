"""Forms that were tampered with, words that are more than words, and what somebody may when they
click."""

import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from aftercare import escalations, steering
from aftercare.lines import lead
from aftercare.service import Service
from conversations.words import OutcomeKind, Role, Topic
from staff.app import PAGES
from staff.attempts import MOST_FOR_ACCOUNT
from storage.models import Desk, Escalation, Municipality, Route, StaffMember
from tests.staff.everything import LIVE
from tests.staff.test_hostile import rows_of
from tests.staff.world import (
    FIELDS,
    PASSWORD,
    Staff,
    browser,
    call_of,
    checked_in,
    client,
    money_trouble,
    says,
    trouble_at_work,
)

HTML = '<b onmouseover="x">&amp;\'"</b>'


async def test_html_is_text_wherever_it_is_shown(service: Service, staff: Staff) -> None:
    """As a name, as words of a client, as a note, as a reason."""
    await lead(service, "velsen", "carla@example.org")
    reference = await client(service, HTML[:40])
    await checked_in(service, "0600000001", "3", "2", f"huur {HTML}")
    call = await call_of(service, reference)
    await escalations.resolve(service, call, staff.consultant, OutcomeKind.HELPED, HTML)
    until = service.now().date() + timedelta(days=9)
    await steering.pause(service, reference, staff.consultant, HTML, until)
    path = f"/deelnemers/{reference}"
    async with browser(service, staff.coach) as web:
        await web.post(f"{path}/noodinzage", data={"reason": HTML})
    shown = 0
    async with browser(service, staff.consultant) as web:
        pages = [
            await web.get(
                page.path.replace("{reference}", call if "hulp" in page.path else reference)
            )
            for page in PAGES
            if page.method == "GET" and page.path != LIVE
        ]
        pages.append(await web.post(f"{path}/gegevens/kopie", data={"vorm": "lezen"}))
        pages.append(await web.post("/deelnemers", data={"zoek": HTML}))
        pages.append(
            await web.post("/inschrijven", data=FIELDS | {"first_name": HTML, "number": ""})
        )
        for answer in pages:
            assert "<b onmouseover" not in answer.text
            assert 'onmouseover="x' not in answer.text
            shown += answer.text.count("&lt;b onmouseover=")
        file = await web.post(f"{path}/gegevens/kopie", data={"vorm": "json"})
        assert file.headers["content-type"] == "application/json"
        assert file.headers["x-content-type-options"] == "nosniff"
    assert shown >= 8


async def test_a_name_of_300_characters_is_told_how_long_it_may_be(
    service: Service, staff: Staff
) -> None:
    before = await rows_of(service)
    async with browser(service, staff.consultant) as web:
        answer = await web.post("/inschrijven", data=FIELDS | {"first_name": "A" * 300})
        assert answer.status_code == 422
        assert "A" * 300 in answer.text  # nothing is lost
    colleague = {"name": "N" * 300, "email": "n@example.org", "role": "beheerder"}
    async with browser(service, staff.manager) as web:
        answer = await web.post("/beheer/collegas", data=colleague | {"password": PASSWORD})
        assert answer.status_code == 422
    assert await rows_of(service) == before


@pytest.mark.parametrize(
    "tampered",
    [
        {"municipality": "heemskerk"},
        {"municipality": "atlantis"},
        {"municipality": ""},
        {"form": "gratis"},
        {"channel": "post"},
        {"channel": "phone"},
        {"language": "xx"},
        {"language": "../../etc/passwd"},
        {"exit_reason": "zomaar"},
        {"inkomensconsulent": "ZZZZZZZZ"},
        {"werkcoach": "ZZZZZZZZ"},
        {"number": "112"},
        {"number": "+1 202 555 0100 0000 0000"},
    ],
    ids=str,
)
async def test_a_form_that_was_tampered_with_enrols_nobody(
    service: Service, staff: Staff, tampered: Mapping[str, str]
) -> None:
    async with browser(service, staff.consultant) as web:
        answer = await web.post("/inschrijven", data={**FIELDS, **tampered})
    assert answer.status_code == 422
    assert (await rows_of(service))["client"] == 0


async def test_a_colleague_of_the_other_side_cannot_be_slipped_in(
    service: Service, staff: Staff
) -> None:
    for field, who in (("inkomensconsulent", staff.coach), ("werkcoach", staff.manager),
                       ("inkomensconsulent", staff.outsider)):  # fmt: skip
        async with browser(service, staff.consultant) as web:
            answer = await web.post("/inschrijven", data=FIELDS | {field: who.reference})
        assert answer.status_code == 422
    assert (await rows_of(service))["client"] == 0


async def test_another_desks_call_stays_as_it_was(service: Service, staff: Staff) -> None:
    calls = {
        staff.coach: await call_of(service, await money_trouble(service)),
        staff.consultant: await call_of(service, await trouble_at_work(service)),
        staff.outsider: await call_of(service, await money_trouble(service, "Dunya", "0600000003")),
    }
    for who, call in calls.items():
        async with browser(service, who) as web:
            for step in ("oppakken", "contact", "afronden"):
                answer = await web.post(f"/hulpvragen/{call}/{step}", data={"outcome": "helped"})
                assert answer.status_code == 404
    async with service.database.read() as session:
        states = await session.scalars(select(Escalation.status).distinct())
    assert states.all() == ["open"]


@pytest.mark.parametrize("outcome", ["", "not_helped", "HELPED", "geholpen", "resolved"])
async def test_an_outcome_that_there_is_not_resolves_nothing(
    service: Service, staff: Staff, outcome: str
) -> None:
    call = await call_of(service, await money_trouble(service))
    fields = {"outcome": outcome, "note": "wat ik schreef"}
    async with browser(service, staff.consultant) as web:
        answer = await web.post(f"/hulpvragen/{call}/afronden", data=fields)
    assert answer.status_code == 422
    assert "wat ik schreef" in answer.text
    assert (await rows_of(service))["outcome"] == 0


@pytest.mark.parametrize("role", ["", "admin", "BEHEERDER", "lead", "werkcoach "])
async def test_a_role_that_there_is_not_hires_nobody(
    service: Service, staff: Staff, role: str
) -> None:
    before = await rows_of(service)
    fields = {"name": "Nora", "email": "nora@example.org", "password": PASSWORD, "role": role}
    async with browser(service, staff.manager) as web:
        answer = await web.post("/beheer/collegas", data=fields | {"desks": "velsen"})
    assert answer.status_code == 422
    assert await rows_of(service) == before


async def test_what_somebody_may_is_decided_at_each_click(service: Service, staff: Staff) -> None:
    """Dismissed or in another role with the page still open: the next click decides."""
    call = await call_of(service, await money_trouble(service))
    before = await rows_of(service)
    async with browser(service, staff.consultant) as web:
        assert (await web.get(f"/hulpvragen/{call}")).status_code == 200
        async with service.database.write() as session:
            member = await session.get_one(StaffMember, staff.consultant.id)
            member.role = Role.ONDERZOEKER
        assert (await web.post(f"/hulpvragen/{call}/oppakken")).status_code == 404
        assert (await web.get("/cijfers")).status_code == 200
        async with service.database.write() as session:
            member = await session.get_one(StaffMember, staff.consultant.id)
            member.role, member.left_at = Role.CONSULENT, service.now()
        answer = await web.post(f"/hulpvragen/{call}/oppakken")
        assert answer.headers["location"].startswith("/inloggen")
    assert await rows_of(service) == before


async def test_brute_force_waits_in_plain_words(service: Service, staff: Staff) -> None:
    async with browser(service) as web:
        for _ in range(MOST_FOR_ACCOUNT):
            wrong = await web.post(
                "/inloggen", data={"email": "carla@example.org", "password": "x"}
            )
            assert wrong.status_code == 422
        fields = {"email": "carla@example.org", "password": PASSWORD}
        answer = await web.post("/inloggen", data=fields)
        assert answer.status_code == 429
        assert "Wacht 15 minuten" in answer.text
        assert "nazorg" not in answer.headers.get("set-cookie", "")


@pytest.fixture
def _elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's clock is set to the other side of the world."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_elsewhere")
async def test_a_machine_in_another_zone_shows_our_days_and_hours(
    service: Service, staff: Staff
) -> None:
    reference = await money_trouble(service)
    async with browser(service, staff.consultant) as web:
        assert "11:00" in (await web.get(f"/deelnemers/{reference}")).text  # 10:00 UTC
    service.clock.travel_to(datetime(2026, 3, 3, 22, 30, tzinfo=UTC))  # 23:30 on the third here
    async with service.database.write() as session:
        velsen = await session.scalar(select(Municipality.id).where(Municipality.slug == "velsen"))
        desk = await session.scalar(select(Desk.id).where(Desk.slug == "heemskerk"))
        assert velsen
        assert desk
        tomorrow = datetime(2026, 3, 4, tzinfo=UTC).date()
        for topic in (Topic.OTHER,):
            route = Route(municipality_id=velsen, topic=topic, desk_id=desk, valid_from=tomorrow)
            session.add(route)
    async with browser(service, staff.outsider) as web:
        assert (await web.get(f"/deelnemers/{reference}")).status_code == 404
    service.clock.travel_to(datetime(2026, 3, 3, 23, 30, tzinfo=UTC))
    async with browser(service, staff.outsider) as web:
        assert (await web.get(f"/deelnemers/{reference}")).status_code == 200


async def test_words_of_a_client_in_any_script_are_shown(service: Service, staff: Staff) -> None:
    reference = await client(service)
    odd = "\x00\u202eomgekeerd\u202c \ud83d \U0001f9d1 \ufffd"
    await says(service, "0600000001", "JA", odd)
    async with browser(service, staff.consultant) as web:
        answer = await web.get(f"/deelnemers/{reference}")
    assert answer.status_code == 200
    assert "omgekeerd" in answer.text
