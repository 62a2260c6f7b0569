"""Links with which a colleague chooses a password: they work once, and not for ever."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from aftercare.service import Refused, Service
from bot.links import mail_links, write
from conversations.words import Role
from staff.accounts import add_staff, mark_left
from staff.attempts import MOST_FOR_ACCOUNT, WINDOW
from staff.links import INVITED, RESET, Link, make_link, use_link
from storage.models import AuditEntry, PasswordLink, StaffMember
from tests.providers.smtp import SmtpServer
from tests.staff.world import BASE, PASSWORD, Staff, browser, set_up_second_step

FRESH = "een heel andere zin"


def _later(service: Service, time: timedelta) -> None:
    service.clock.travel_to(service.now() + time)


async def _nora(service: Service) -> StaffMember:
    return await add_staff(
        service, name="Nora Nieuw", email="nora@example.org", role=Role.WERKCOACH
    )


class Mailed(list[Link]):
    """A mail host that takes everything, or nothing."""

    works = True

    async def __call__(self, link: Link) -> bool:
        self.append(link)
        return self.works


async def test_whoever_has_no_password_yet_cannot_sign_in_with_any(
    service: Service, staff: Staff
) -> None:
    await _nora(service)
    async with browser(service) as web:
        for written in ("", "the password of nobody", PASSWORD):
            data = {"email": "nora@example.org", "password": written}
            assert (await web.post("/inloggen", data=data)).status_code == 422


async def test_an_invitation_works_once(service: Service, staff: Staff) -> None:
    link = await make_link(service, (await _nora(service)).reference)
    assert link.invites
    async with browser(service) as web, browser(service) as other:
        assert "Hallo Nora Nieuw" in (await web.get(link.path)).text
        assert "Hallo Nora Nieuw" in (await web.get(link.path)).text  # looking does not spend it
        short = await web.post(link.path, data={"password": "kort"})
        assert short.status_code == 422
        assert "minstens 12 tekens" in short.text
        answer = await web.post(link.path, data={"password": FRESH})
        assert answer.headers["location"] == "/inloggen/code"
        assert (await web.get("/werkvoorraad")).headers["location"].startswith("/inloggen/code")
        for gone in (
            await other.get(link.path),
            await other.post(link.path, data={"password": FRESH}),
        ):
            assert gone.status_code == 404
            assert "werkt niet meer" in gone.text
            assert "Nora" not in gone.text


async def test_of_two_who_use_it_at_once_one_has_it(service: Service, staff: Staff) -> None:
    link = await make_link(service, (await _nora(service)).reference)
    token = link.path.rpartition("/")[2]
    results = await asyncio.gather(
        *(use_link(service, token, f"{FRESH} {number}") for number in range(3))
    )
    assert len([one for one in results if one]) == 1


@pytest.mark.parametrize("invites", [True, False])
async def test_a_link_ends(service: Service, staff: Staff, invites: bool) -> None:
    whose = await _nora(service) if invites else staff.coach
    link = await make_link(service, whose.reference)
    assert link.expires_at == service.now() + (INVITED if invites else RESET)
    _later(service, link.expires_at - service.now() - timedelta(minutes=1))
    async with browser(service) as web:
        assert (await web.get(link.path)).status_code == 200
        _later(service, timedelta(minutes=1))
        assert (await web.get(link.path)).status_code == 404
        assert (await web.post(link.path, data={"password": FRESH})).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00", "x' OR 1=1--", "a" * 5000])
async def test_a_guessed_link_opens_nothing(service: Service, staff: Staff, token: str) -> None:
    async with browser(service) as web:
        assert (await web.get(f"/welkom/{token}")).status_code == 404
        answer = await web.post(f"/welkom/{token}", data={"password": FRESH})
        assert answer.status_code == 404


async def test_a_new_link_ends_the_one_before_and_only_hashes_are_kept(
    service: Service, staff: Staff
) -> None:
    first = await make_link(service, staff.coach.reference)
    second = await make_link(service, staff.coach.reference)
    async with browser(service) as web:
        assert (await web.get(first.path)).status_code == 404
        assert (await web.get(second.path)).status_code == 200
    async with service.database.read() as session:
        (kept,) = (await session.scalars(select(PasswordLink.token_hash))).all()
    assert second.path.rpartition("/")[2].encode() not in kept


async def test_a_reset_ends_every_session_and_keeps_the_second_step(
    service: Service, staff: Staff
) -> None:
    await set_up_second_step(service, staff.coach)
    link = await make_link(service, staff.coach.reference)
    async with browser(service, staff.coach) as thief, browser(service) as web:
        assert (await thief.get("/ik")).status_code == 200
        await web.post(link.path, data={"password": FRESH})
        assert (await thief.get("/ik")).status_code == 303
        page = (await web.get("/inloggen/code")).text
        assert "herstelcodes" in page
        assert "<svg class" not in page.split("<main")[1]  # no other phone is offered
    async with browser(service) as web:
        data = {"email": "wouter@example.org", "password": PASSWORD}
        assert (await web.post("/inloggen", data=data)).status_code == 422
        assert (await web.post("/inloggen", data=data | {"password": FRESH})).status_code == 303


async def test_whoever_left_has_no_link_any_more(service: Service, staff: Staff) -> None:
    link = await make_link(service, staff.coach.reference)
    await mark_left(service, staff.coach.reference)
    async with browser(service) as web:
        assert (await web.get(link.path)).status_code == 404
    with pytest.raises(Refused):
        await make_link(service, staff.coach.reference)


async def test_an_administrator_passes_a_link_on(service: Service, staff: Staff) -> None:
    path = f"/beheer/collegas/{staff.coach.reference}/link"
    async with browser(service, staff.manager) as web:
        page = (await web.post(path)).text
        assert re.search(rf"{BASE}/welkom/[0-9a-f]{{64}}", page)
        assert "E-mail is niet ingesteld" in page
        assert (await web.post("/beheer/collegas/22222222/link")).status_code == 409
    mailed = Mailed()
    async with browser(service, staff.manager, mail_link=mailed) as web:
        assert "gemaild naar wouter@example.org" in (await web.post(path)).text
        mailed.works = False
        assert "kon niet worden verstuurd" in (await web.post(path)).text
    assert [one.staff_member.id for one in mailed] == [staff.coach.id] * 2
    async with service.database.read() as session:
        entries = (
            await session.scalars(select(AuditEntry).where(AuditEntry.action == "password_link"))
        ).all()
    assert {(one.staff_member_id, one.detail) for one in entries} == {
        (staff.manager.id, staff.coach.reference)
    }


async def test_forgotten_passwords_get_the_same_answer_for_everybody(
    service: Service, staff: Staff
) -> None:
    mailed = Mailed()
    async with browser(service, mail_link=mailed) as web:
        known = await web.post("/wachtwoord-vergeten", data={"email": "Carla@example.org"})
        unknown = await web.post("/wachtwoord-vergeten", data={"email": "wie@example.org"})
        assert known.status_code == unknown.status_code == 200
        assert known.text == unknown.text
        assert "is er een e-mail met een link onderweg" in known.text
        (link,) = mailed
        assert link.staff_member.id == staff.consultant.id
        await web.post(link.path, data={"password": FRESH})
        data = {"email": "carla@example.org", "password": FRESH}
        assert (await web.post("/inloggen", data=data)).status_code == 303


async def test_asking_for_links_is_slowed_down(service: Service, staff: Staff) -> None:
    mailed = Mailed()
    async with browser(service, mail_link=mailed) as web:
        for who in ("carla", "niemand"):
            data = {"email": f"{who}@example.org"}
            for _ in range(MOST_FOR_ACCOUNT):
                assert (await web.post("/wachtwoord-vergeten", data=data)).status_code == 200
            assert (await web.post("/wachtwoord-vergeten", data=data)).status_code == 429
        assert len(mailed) == MOST_FOR_ACCOUNT
        _later(service, WINDOW)
        data = {"email": "carla@example.org"}
        assert (await web.post("/wachtwoord-vergeten", data=data)).status_code == 200


async def test_without_mail_one_is_told_whom_to_ask(service: Service, staff: Staff) -> None:
    async with browser(service) as web:
        page = (await web.get("/wachtwoord-vergeten")).text
        assert "Bel je beheerder" in page
        assert '<form method="post" action="/wachtwoord-vergeten"' not in page
        data = {"email": "carla@example.org"}
        assert "Bel je beheerder" in (await web.post("/wachtwoord-vergeten", data=data)).text
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(PasswordLink)) == 0


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
async def test_the_link_is_mailed_over_a_real_mail_host(service: Service, staff: Staff) -> None:
    invited = await make_link(service, (await _nora(service)).reference)
    reset = await make_link(service, staff.coach.reference)
    async with SmtpServer() as host:
        send = mail_links(f"mailto://127.0.0.1:{host.port}", "https://nazorg.example.org")
        assert await send(invited)
        assert await send(reset)
        first, second = await host.wait(2, 5)
    assert first.rcpt_to == ["nora@example.org"]
    assert f"https://nazorg.example.org{invited.path}" in first.text
    assert "tot ma 9 mrt 2026 11:00" in first.text
    assert "niet om gevraagd" not in first.text
    assert f"https://nazorg.example.org{reset.path}" in second.text
    assert "niet om gevraagd" in second.text
    assert "Nora" not in write(reset, BASE).subject
    assert not await mail_links(f"mailto://127.0.0.1:{host.port}", BASE)(reset)  # it is gone
