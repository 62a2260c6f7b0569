"""Who sees what: for each kind of data an owner, a colleague and an outsider (rule 8)."""

from datetime import date

import pytest
from sqlalchemy import func, select

from aftercare import escalations
from aftercare.service import Service
from conversations.words import MessageStatus, OutcomeKind, Purpose, Role, Side, Topic
from staff.app import ANYBODY, PAGES, Page
from staff.sign_in import open_session
from storage.models import (
    AuditEntry,
    Client,
    Consent,
    Desk,
    Enrolment,
    Escalation,
    Message,
    Municipality,
    Route,
    StaffMember,
    StaffSession,
)
from tests.staff.world import (
    Staff,
    browser,
    call_of,
    checked_in,
    client,
    money_trouble,
    researcher,
    says,
    trouble_at_work,
)

RENT = "Ik kan de huur niet betalen deze maand"
BOSS = "Mijn baas schreeuwt elke dag"
DESPAIR = "ik zie het niet meer zitten, ik wil dood"


async def _get(service: Service, who: StaffMember | None, path: str) -> tuple[int, str]:
    async with browser(service, who) as web:
        answer = await web.get(path)
        return answer.status_code, answer.text


async def _post(service: Service, who: StaffMember | None, path: str, **fields: str) -> int:
    async with browser(service, who) as web:
        return (await web.post(path, data=fields)).status_code


async def share(service: Service, reference: str) -> None:
    async with service.database.write() as session:
        enrolment = await session.scalar(
            select(Enrolment).join(Client).where(Client.reference == reference)
        )
        assert enrolment
        session.add(
            Consent(
                enrolment_id=enrolment.id,
                purpose=Purpose.SHARE,
                wording="test",
                given_at=service.now(),
            )
        )


async def test_words_about_money_are_for_the_municipality_only(
    service: Service, staff: Staff
) -> None:
    path = f"/deelnemers/{await money_trouble(service)}"
    status, owner = await _get(service, staff.consultant, path)
    assert status == 200
    assert RENT in owner
    assert "Geld of schulden" in owner
    status, colleague = await _get(service, staff.coach, path)
    assert status == 200
    assert "Amina" in colleague
    assert RENT not in colleague
    assert "geld" not in colleague.lower().replace("2 geld of schulden", "")  # but in the menu
    assert "Hulpvraag voor de gemeente" in colleague
    status, outsider = await _get(service, staff.outsider, path)
    assert status == 404
    assert "Amina" not in outsider


async def test_words_about_work_are_for_the_coaches_only(service: Service, staff: Staff) -> None:
    path = f"/deelnemers/{await trouble_at_work(service)}"
    assert BOSS in (await _get(service, staff.coach, path))[1]
    assert BOSS in (await _get(service, staff.other_coach, path))[1]
    status, colleague = await _get(service, staff.consultant, path)
    assert status == 200
    assert BOSS not in colleague
    assert "Hulpvraag voor de werkcoach" in colleague
    assert (await _get(service, staff.outsider, path))[0] == 404


async def test_the_reply_to_danger_is_as_private_as_what_it_answers(
    service: Service, staff: Staff
) -> None:
    reference = await client(service)
    await says(service, "0600000001", "JA", DESPAIR)
    _, owner = await _get(service, staff.consultant, f"/deelnemers/{reference}")
    assert DESPAIR in owner
    assert "113" in owner
    assert "gevaar" in owner
    _, colleague = await _get(service, staff.coach, f"/deelnemers/{reference}")
    assert DESPAIR not in colleague
    assert "113" not in colleague
    assert "gevaar" not in colleague
    assert "spoed" not in colleague


async def test_a_client_may_share_the_words_and_take_that_back(
    service: Service, staff: Staff
) -> None:
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    await share(service, reference)
    assert RENT in (await _get(service, staff.coach, f"/deelnemers/{reference}"))[1]
    status, page = await _get(service, staff.coach, f"/hulpvragen/{call}")
    assert status == 200
    assert "Oppakken" not in page  # to read is not to handle
    async with service.database.write() as session:
        consent = await session.scalar(select(Consent).where(Consent.purpose == Purpose.SHARE))
        assert consent
        consent.withdrawn_at = service.now()
    assert RENT not in (await _get(service, staff.coach, f"/deelnemers/{reference}"))[1]
    assert (await _get(service, staff.coach, f"/hulpvragen/{call}"))[0] == 404


async def test_a_call_is_opened_and_handled_by_its_desk_only(
    service: Service, staff: Staff
) -> None:
    call = await call_of(service, await money_trouble(service))
    for who in (staff.coach, staff.outsider, staff.manager):
        assert (await _get(service, who, f"/hulpvragen/{call}"))[0] == 404
        for step in ("oppakken", "contact", "afronden"):
            path = f"/hulpvragen/{call}/{step}"
            assert await _post(service, who, path, outcome="helped") == 404
    async with service.database.read() as session:
        assert (await session.scalars(select(Escalation.owner_id))).all() == [None]
    assert (await _get(service, staff.consultant, f"/hulpvragen/{call}"))[0] == 200
    assert await _post(service, staff.consultant, f"/hulpvragen/{call}/oppakken") == 303


async def test_a_note_and_instruments_stay_on_their_side(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    await escalations.resolve(
        service, call, staff.consultant, OutcomeKind.HELPED, "regeling getroffen", ["debt-help"]
    )
    _, owner = await _get(service, staff.consultant, f"/hulpvragen/{call}")
    assert "regeling getroffen" in owner
    _, colleague = await _get(service, staff.coach, f"/deelnemers/{reference}")
    assert "schuldhulpverlening" not in colleague
    assert "geholpen" not in colleague.lower()
    assert "Afgerond" in colleague


async def test_the_queue_holds_only_the_own_desks_calls(service: Service, staff: Staff) -> None:
    await money_trouble(service)
    await trouble_at_work(service)
    _, municipality = await _get(service, staff.consultant, "/werkvoorraad")
    assert "Amina" in municipality
    assert "Bilal" not in municipality
    _, work = await _get(service, staff.coach, "/werkvoorraad")
    assert "Bilal" in work
    assert "Amina" not in work
    _, outsider = await _get(service, staff.outsider, "/werkvoorraad")
    assert "Niemand wacht op hulp" in outsider


async def test_a_message_that_failed_is_shown_as_such(service: Service, staff: Staff) -> None:
    reference = await client(service)
    await says(service, "0600000001", "JA")
    async with service.database.write() as session:
        message = await session.scalar(
            select(Message).where(Message.direction == "in").order_by(Message.id.desc())
        )
        assert message
        message.status, message.side = MessageStatus.SET_ASIDE, Side.MUNICIPALITY
        message.text = "rare tekens"
    _, owner = await _get(service, staff.consultant, f"/deelnemers/{reference}")
    assert "rare tekens" in owner
    assert "kon niet verwerkt worden" in owner
    _, colleague = await _get(service, staff.coach, f"/deelnemers/{reference}")
    assert "rare tekens" not in colleague


async def test_a_municipality_is_ones_own_as_long_as_its_route_is_valid(
    service: Service, staff: Staff
) -> None:
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    async with service.database.write() as session:
        velsen = await session.scalar(select(Municipality).where(Municipality.slug == "velsen"))
        heemskerk = await session.scalar(select(Desk).where(Desk.slug == "heemskerk"))
        assert velsen
        assert heemskerk
        for day in (date(2026, 3, 2), date(2026, 3, 9)):
            session.add(
                Route(
                    municipality_id=velsen.id,
                    topic=Topic.OTHER,
                    desk_id=heemskerk.id,
                    valid_from=day,
                )
            )
    path = f"/deelnemers/{reference}"
    assert (await _get(service, staff.consultant, path))[0] == 404
    assert (await _get(service, staff.outsider, path))[0] == 200
    # What was asked of the old desk stays the old desk's to answer.
    assert (await _get(service, staff.consultant, f"/hulpvragen/{call}"))[0] == 200
    assert await _post(service, staff.outsider, f"/hulpvragen/{call}/oppakken") == 404


async def test_an_earlier_track_elsewhere_is_not_shown(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    await says(service, "0600000001", "STOP")
    assert await client(service, municipality="heemskerk", started=2) == reference
    await checked_in(service, "0600000001", "3", "3", "thuis is er ruzie")
    _, here = await _get(service, staff.outsider, f"/deelnemers/{reference}")
    assert "thuis is er ruzie" in here
    assert RENT not in here
    status, before = await _get(service, staff.consultant, f"/deelnemers/{reference}")
    assert status == 200
    assert RENT in before
    assert "thuis is er ruzie" not in before
    assert await _post(service, staff.consultant, f"/deelnemers/{reference}/stoppen") == 404


async def test_the_administrator_sees_no_clients(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    for path in (f"/deelnemers/{reference}", "/deelnemers", "/werkvoorraad", "/inschrijven"):
        status, page = await _get(service, staff.manager, path)
        assert status == 404
        assert "Amina" not in page
    for path in ("/beheer/collegas", "/beheer/routes"):
        status, page = await _get(service, staff.manager, path)
        assert status == 200
        assert "Amina" not in page
        assert (await _get(service, staff.coach, path))[0] == 404


async def test_a_search_finds_only_ones_own(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    for written in ("06 00 00 00 01", "+31600000001", reference.lower()):
        assert await _post(service, staff.coach, "/deelnemers", zoek=written) == 303
        assert await _post(service, staff.outsider, "/deelnemers", zoek=written) == 404


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.path}")
async def test_each_page_is_for_its_roles_only(service: Service, staff: Staff, page: Page) -> None:
    """The routes themselves are gone through, so that a new page is in it from its first day."""
    if page.roles == ANYBODY:
        return
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    path = page.path.replace("{reference}", call if "hulpvragen" in page.path else reference)
    async with browser(service) as web:
        answer = await web.request(page.method, path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/inloggen")
        assert "Amina" not in answer.text
    for who in (staff.coach, staff.consultant, staff.manager, await researcher(service)):
        if who.role not in page.roles:
            async with browser(service, who) as web:
                answer = await web.request(page.method, path)
            assert answer.status_code == 404
            assert "Amina" not in answer.text


async def test_every_read_of_a_conversation_is_written_down(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    call = await call_of(service, reference)
    await _get(service, staff.consultant, f"/hulpvragen/{call}")
    await _get(service, staff.coach, f"/deelnemers/{reference}")
    await _get(service, staff.outsider, f"/deelnemers/{reference}")
    await _get(service, staff.coach, "/deelnemers")
    async with service.database.read() as session:
        rows = (
            await session.execute(
                select(AuditEntry.staff_member_id, AuditEntry.detail, Client.reference)
                .join(Client, Client.id == AuditEntry.client_id)
                .where(AuditEntry.action == "read")
                .order_by(AuditEntry.id)
            )
        ).all()
    assert [tuple(row) for row in rows] == [
        (staff.consultant.id, call, reference),
        (staff.coach.id, None, reference),
    ]
    _, page = await _get(service, staff.coach, f"/deelnemers/{reference}")
    assert "Carla de Proef</strong> las het gesprek" in page


async def test_a_guessed_reference_looks_like_any_other(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    _, foreign = await _get(service, staff.outsider, f"/deelnemers/{reference}")
    for guess in ("ZZZZZZZZ", "AAAA", "0OIL1111", "%00%00", "x' OR 1=1--", "é" * 8):
        status, page = await _get(service, staff.outsider, f"/deelnemers/{guess}")
        assert status == 404
        assert page == foreign


async def test_a_colleague_who_left_is_out_at_once(service: Service, staff: Staff) -> None:
    async with browser(service, staff.coach) as web:
        assert (await web.get("/werkvoorraad")).status_code == 200
        path = f"/beheer/collegas/{staff.coach.reference}/weg"
        assert await _post(service, staff.manager, path) == 303
        assert (await web.get("/werkvoorraad")).headers["location"].startswith("/inloggen")


async def test_a_changed_role_counts_at_once(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    async with browser(service, staff.consultant) as web:
        assert (await web.get(f"/deelnemers/{reference}")).status_code == 200
        async with service.database.write() as session:
            member = await session.get_one(StaffMember, staff.consultant.id)
            member.role = Role.WERKCOACH  # still at a desk of the municipality's side
        assert (await web.get(f"/deelnemers/{reference}")).status_code == 404
        assert "Amina" not in (await web.get("/werkvoorraad")).text


async def test_sessions_are_kept_as_hashes(service: Service, staff: Staff) -> None:
    token = await open_session(service, staff.coach.id)
    async with service.database.read() as session:
        (kept,) = (await session.scalars(select(StaffSession.token_hash))).all()
        assert await session.scalar(select(func.count()).select_from(StaffSession)) == 1
    assert token.encode() not in kept
