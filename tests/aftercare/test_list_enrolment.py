"""Many at once: whatever crashes or repeats, nobody is enrolled twice and nobody is lost."""

import asyncio
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from aftercare import enrolment, list_enrolment
from aftercare.enrolment import Application, enrol
from aftercare.list_enrolment import BATCH, KEPT, confirm, keep, work
from aftercare.lists import House, read_list
from aftercare.service import Refused, Service
from aftercare.sheets import read_table
from bot.house import House as Wiring
from conversations.words import Role, RowStatus
from storage.encryption import ring
from storage.models import (
    AuditEntry,
    Client,
    EnrolmentList,
    EnrolmentRow,
    Message,
    Municipality,
    StaffMember,
)


async def _colleague(service: Service) -> StaffMember:
    async with service.database.write() as session:
        one = StaffMember(
            name="Carla de Proef",
            email="carla@example.org",
            email_hash=ring().look_up("email", "carla@example.org"),
            role=Role.CONSULENT,
            password_hash="",
            created_at=service.now(),
        )
        session.add(one)
    return one


async def _velsen(service: Service) -> int:
    async with service.database.read() as session:
        found = await session.scalar(select(Municipality.id).where(Municipality.slug == "velsen"))
    assert found
    return found


async def _kept(service: Service, by: StaffMember, rows: list[str]) -> str:
    house = House({"velsen": "velsen"}, {}, {}, date(2026, 3, 2), place="velsen", trial=True)
    content = "\n".join(["Voornaam;Nummer;Eerste werkdag", *rows]).encode()
    found = read_list(read_table(content), house)
    return await keep(service, found, {"velsen": await _velsen(service)}, by)


def _rows(count: int) -> list[str]:
    return [f"Naam{chr(97 + one % 26)};06{one:08};2-3-2026" for one in range(count)]


async def _statuses(service: Service) -> Counter[RowStatus]:
    async with service.database.read() as session:
        return Counter(await session.scalars(select(EnrolmentRow.status)))


async def _people(service: Service) -> int:
    async with service.database.read() as session:
        return await session.scalar(select(func.count()).select_from(Client)) or 0


async def test_nobody_is_enrolled_before_it_is_confirmed(service: Service) -> None:
    by = await _colleague(service)
    reference = await _kept(service, by, _rows(3))
    assert await work(service) == 0
    assert await _people(service) == 0
    await confirm(service, reference, by, [await _velsen(service)])
    assert await work(service) == 3
    assert await _people(service) == 3
    assert await _statuses(service) == {RowStatus.ENROLLED: 3}
    async with service.database.read() as session:
        assert set(await session.scalars(select(EnrolmentRow.content))) == {None}
        assert await session.scalar(select(func.count()).select_from(Message)) == 3
        audit = await session.execute(
            select(AuditEntry.action, AuditEntry.detail).where(AuditEntry.client_id.is_(None))
        )
        assert [tuple(row) for row in audit] == [("list", "3"), ("enrol_list", "3")]


async def test_a_crash_half_way_loses_nobody_and_doubles_nobody(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = await _colleague(service)
    reference = await _kept(service, by, _rows(9))
    await confirm(service, reference, by, [await _velsen(service)])
    real, calls = enrolment.enrol_within, 0

    async def failing(*given: object) -> object:
        nonlocal calls
        calls += 1
        result = await real(*given)  # type: ignore[arg-type]
        if calls == 5:  # enrolled, and not yet kept
            raise OSError("the power went")
        return result

    monkeypatch.setattr(enrolment, "enrol_within", failing)
    with pytest.raises(OSError, match="the power went"):
        await work(service)
    assert await _people(service) == 4
    monkeypatch.undo()
    await confirm(service, reference, by, [await _velsen(service)])
    while await work(service):
        pass
    assert await _people(service) == 9
    assert await _statuses(service) == {RowStatus.ENROLLED: 9}


async def test_two_workers_at_one_list_enrol_each_person_once(service: Service) -> None:
    by = await _colleague(service)
    reference = await _kept(service, by, _rows(20))
    velsen = await _velsen(service)
    await asyncio.gather(*(confirm(service, reference, by, [velsen]) for _ in range(3)))
    await asyncio.gather(*(work(service) for _ in range(4)))
    await work(service)
    assert await _people(service) == 20
    async with service.database.read() as session:
        kept = await session.scalar(select(EnrolmentList))
        assert await session.scalar(select(func.count()).select_from(Message)) == 20
    assert kept
    assert kept.finished_at is not None


async def test_a_long_list_lets_others_have_their_turn(service: Service) -> None:
    by = await _colleague(service)
    reference = await _kept(service, by, _rows(BATCH + 5))
    await confirm(service, reference, by, [await _velsen(service)])
    assert await work(service) == BATCH
    assert await work(service) == 5


async def test_what_is_refused_after_all_becomes_a_bad_row(service: Service) -> None:
    by = await _colleague(service)
    reference = await _kept(service, by, _rows(3))
    taken = Application("Bo", "velsen", date(2026, 3, 2), number="0600000001")
    await enrol(service, taken)
    await confirm(service, reference, by, [await _velsen(service)])
    await work(service)
    assert await _statuses(service) == {RowStatus.ENROLLED: 2, RowStatus.BAD: 1}
    async with service.database.read() as session:
        bad = await session.scalar(select(EnrolmentRow).where(EnrolmentRow.status == RowStatus.BAD))
    assert bad
    assert "This number is already enrolled." in (bad.problems or "")
    assert "0600000001" in (bad.content or "")  # to be mended


async def test_a_number_in_use_is_seen_before(service: Service) -> None:
    by = await _colleague(service)
    await enrol(service, Application("Bo", "velsen", date(2026, 3, 2), number="0600000001"))
    await _kept(service, by, _rows(3))
    assert await _statuses(service) == {RowStatus.READY: 2, RowStatus.BAD: 1}


async def test_a_list_is_kept_for_an_hour_and_encrypted(service: Service) -> None:
    by = await _colleague(service)
    await _kept(service, by, _rows(2))
    async with service.database.read() as session:
        raw = await session.scalar(select(func.length(EnrolmentRow.__table__.c.content)).limit(1))
        assert raw
        connection = await session.connection()
        kept = await connection.exec_driver_sql("SELECT content FROM enrolment_row")
        assert b"0600000000" not in bytes(kept.scalars().first() or b"")
    house = Wiring(service)
    await house.travel(service.now() + KEPT - timedelta(minutes=1))
    assert await _statuses(service) == {RowStatus.READY: 2}
    await house.travel(service.now() + timedelta(minutes=2))
    assert await _statuses(service) == {}
    await house.close()


async def test_a_confirmed_list_waits_however_long_the_workers_are_away(service: Service) -> None:
    by = await _colleague(service)
    reference = await _kept(service, by, _rows(2))
    await confirm(service, reference, by, [await _velsen(service)])
    service.clock.travel_to(service.now() + timedelta(days=1))
    await work(service)
    assert await _statuses(service) == {RowStatus.ENROLLED: 2}
    house = Wiring(service)
    await house.travel(service.now() + KEPT + timedelta(minutes=1))
    assert await _statuses(service) == {}
    await house.close()


async def test_who_may_not_enrol_there_any_more_cannot_confirm(service: Service) -> None:
    by = await _colleague(service)
    reference = await _kept(service, by, _rows(2))
    with pytest.raises(Refused, match="may not enrol"):
        await confirm(service, reference, by, [])
    with pytest.raises(Refused, match="not here any more"):
        await confirm(service, "AAAAAAAA", by, [await _velsen(service)])
    assert await work(service) == 0


async def test_a_new_list_takes_the_place_of_one_that_was_not_confirmed(service: Service) -> None:
    by = await _colleague(service)
    first = await _kept(service, by, _rows(2))
    second = await _kept(service, by, _rows(1))
    async with service.database.read() as session:
        assert (await session.scalars(select(EnrolmentList.reference))).all() == [second]
    assert first != second
    assert timedelta(hours=1) == list_enrolment.KEPT
