"""Adding colleagues, from the console and from the command line."""

import re
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from aftercare import escalations
from aftercare.service import Refused, Service
from conversations.words import EscalationStatus, NoticeKind, Role
from staff.access import viewer_of
from staff.accounts import add_staff, desks_of, list_staff, mark_left, set_lead
from staff.pages.colleagues import PAGE
from storage.models import AuditEntry, Escalation, Notice
from tests.staff.world import PASSWORD, Staff, browser, call_of, code, trouble_at_work

NEW = {"name": "Nora Nieuw", "email": "nora@example.org", "password": PASSWORD}


async def _refused(
    service: Service, role: Role = Role.WERKCOACH, desks: Sequence[str] = (), **fields: str
) -> Refused:
    new = NEW | fields
    with pytest.raises(Refused) as caught:
        await add_staff(
            service,
            name=new["name"],
            email=new["email"],
            password=new["password"],
            role=role,
            desks=desks,
        )
    return caught.value


async def test_without_a_desk_the_only_one_of_the_side_is_taken(service: Service) -> None:
    await add_staff(
        service,
        name="Nora Nieuw",
        email="nora@example.org",
        password=PASSWORD,
        role=Role.WERKCOACH,
    )
    async with service.database.read() as session:
        (nora,) = await list_staff(session)
    assert [desk.slug for desk in nora.desks] == ["ijmond-werkt"]


async def test_with_several_desks_one_must_be_chosen(service: Service) -> None:
    refused = await _refused(service, Role.CONSULENT)
    assert refused.field == "desks"
    assert refused.params["choices"] == "beverwijk, heemskerk, uitgeest, velsen"


async def test_a_desk_is_of_the_roles_own_side(service: Service) -> None:
    assert (await _refused(service, desks=["velsen"])).field == "desks"
    assert (await _refused(service, Role.CONSULENT, desks=["ijmond-werkt"])).field == "desks"
    assert (await _refused(service, Role.BEHEERDER, desks=["velsen"])).field == "desks"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("name", "N" * 81),
        ("name", "Nora\x00"),
        ("email", "nora"),
        ("email", "nora@localhost"),
        ("email", "nora @example.org"),
        ("email", "n" * 250 + "@example.org"),
        ("password", "te kort"),
        ("password", "NORA@example.org"),
    ],
)
async def test_bad_input_names_its_field(service: Service, field: str, value: str) -> None:
    refused = await _refused(service, Role.WERKCOACH, (), **{field: value})
    assert refused.field == field


async def test_an_address_is_taken_once_whatever_its_case(service: Service, staff: Staff) -> None:
    refused = await _refused(service, email="WOUTER@Example.Org")
    assert refused.field == "email"


async def test_who_left_may_come_back_in_another_role(service: Service, staff: Staff) -> None:
    await mark_left(service, staff.coach.reference)
    back = await add_staff(
        service,
        name="Wouter Terug",
        email="wouter@example.org",
        role=Role.CONSULENT,
        password=PASSWORD,
        desks=["velsen"],
    )
    assert back.id == staff.coach.id
    async with service.database.read() as session:
        found = {one.staff_member.name: one for one in await list_staff(session)}
    assert [desk.slug for desk in found["Wouter Terug"].desks] == ["velsen"]


async def test_nobody_removes_themselves(service: Service, staff: Staff) -> None:
    async with browser(service, staff.manager) as web:
        answer = await web.post(f"/beheer/collegas/{staff.manager.reference}/weg")
    assert answer.status_code == 409
    assert "Je kunt jezelf niet verwijderen" in answer.text


async def test_the_administrator_adds_a_colleague_who_chooses_a_password(
    service: Service, staff: Staff
) -> None:
    fields = {"name": "Nora Nieuw", "email": "nora@example.org", "role": "consulent"}
    fields["desks"] = "velsen"
    async with browser(service, staff.manager) as web:
        wrong = await web.post("/beheer/collegas", data=fields | {"email": "nora"})
        assert wrong.status_code == 422
        assert 'value="Nora Nieuw"' in wrong.text
        assert 'name="password"' not in wrong.text
        shown = await web.post("/beheer/collegas", data=fields)
        assert shown.status_code == 200
        assert "Nora Nieuw" in (await web.get("/beheer/collegas")).text
    async with service.database.read() as session:
        by = await session.scalar(
            select(AuditEntry.staff_member_id).order_by(AuditEntry.id.desc()).limit(1)
        )
    assert by == staff.manager.id
    (path,) = re.findall(r"/welkom/[0-9a-f]{64}", shown.text)
    async with browser(service) as web:
        data = {"email": "nora@example.org", "password": ""}
        assert (await web.post("/inloggen", data=data)).status_code == 422
        assert "Nora Nieuw" in (await web.get(path)).text
        answer = await web.post(path, data={"password": PASSWORD})
        assert answer.headers["location"] == "/inloggen/code"
        (secret,) = re.findall(
            r"<code[^>]*>([A-Z2-7 ]+)</code>", (await web.get("/inloggen/code")).text
        )
        data = {"code": code(service, secret.replace(" ", ""))}
        assert (await web.post("/inloggen/code", data=data)).status_code == 200
        assert (await web.get("/werkvoorraad")).status_code == 200


async def test_a_desk_may_have_several_leads(service: Service, staff: Staff) -> None:
    for who in (staff.coach, staff.other_coach):
        (desk,) = await desks_of(service, who)
        for _ in range(2):
            await set_lead(service, who.reference, desk, leads=True, by=staff.manager)
    await set_lead(service, staff.coach.reference, "ijmond-werkt", leads=False, by=staff.manager)
    async with service.database.read() as session:
        assert (await viewer_of(session, staff.coach, service.now())).leads == frozenset()
        assert len((await viewer_of(session, staff.other_coach, service.now())).leads) == 1
        actions = await session.scalars(
            select(AuditEntry.action)
            .where(AuditEntry.staff_member_id == staff.manager.id)
            .order_by(AuditEntry.id)
        )
        assert actions.all() == ["leads", "leads", "leads_no_more"]


async def test_nobody_leads_a_desk_at_which_they_do_not_work(
    service: Service, staff: Staff
) -> None:
    for who, desk in ((staff.coach, "velsen"), (staff.manager, "velsen"), (staff.coach, "x")):
        with pytest.raises(Refused):
            await set_lead(service, who.reference, desk, leads=True)
    await mark_left(service, staff.consultant.reference)
    with pytest.raises(Refused):
        await set_lead(service, staff.consultant.reference, "velsen", leads=True)


async def test_many_colleagues_come_page_by_page(service: Service, staff: Staff) -> None:
    for number in range(PAGE):
        email = f"nieuw{number}@example.org"
        await add_staff(service, name=f"Zoe {number:02}", email=email, role=Role.ONDERZOEKER)
    last = f"Zoe {PAGE - 1:02}"
    async with browser(service, staff.manager) as web:
        first = await web.get("/beheer/collegas")
        second = await web.get(f"/beheer/collegas?vanaf={PAGE}")
    assert staff.coach.name in first.text
    assert last not in first.text
    assert f'href="/beheer/collegas?vanaf={PAGE}"' in first.text
    assert last in second.text
    assert staff.coach.name not in second.text
    assert 'href="/beheer/collegas" rel="prev"' in second.text


async def test_what_a_colleague_who_leaves_had_taken_is_the_desks_again(
    service: Service, staff: Staff
) -> None:
    reference = await trouble_at_work(service)
    call = await call_of(service, reference)
    await escalations.take(service, call, staff.coach)
    await mark_left(service, staff.coach.reference, staff.manager)
    async with service.database.read() as session:
        found = (await session.scalars(select(Escalation))).one()
        notices = (await session.scalars(select(Notice.kind).order_by(Notice.id))).all()
    assert (found.status, found.owner_id) == (EscalationStatus.OPEN, None)
    assert notices[-1] is NoticeKind.GIVEN_BACK
