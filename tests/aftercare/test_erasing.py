"""What was kept of a person goes for good, and what counts stays."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from aftercare import casework, emergency_reads, escalations, rights, steering
from aftercare.enrolment import enrol
from aftercare.erasing import MONTH, NOBODY, erase_old
from aftercare.inbox import Received
from aftercare.service import Refused, Service
from conversations.words import (
    Channel,
    EscalationStatus,
    MessageStatus,
    OutcomeKind,
    Side,
    Standing,
)
from evaluation.pilot import figures
from storage.encryption import Encrypted
from storage.models import AuditEntry, Base, Client, Enrolment, Message, Note, Outcome, StaffMember
from tests.aftercare.people import (
    active,
    all_of,
    application,
    calls,
    client,
    colleague,
    house,
    messages,
    number,
    opens,
    presses,
    rows_in_all_tables,
    steps,
    track,
    writes,
)

RENT = "Ik kan de huur niet betalen deze maand"
NOTE = "regeling getroffen met de woningstichting"
REASON = "is drie weken bij haar moeder in Fes"
WHY = "zegt aan de telefoon dat het niet veilig is"
KEEP = 12 * MONTH

OF_CLIENTS = {
    "client.first_name",
    "client.number",
    "client.chat",
    "message.text",
    "plan_change.reason",
    "outcome.note",
    "emergency_read.reason",
    "mark.note",
    "handing.reason",
    "note.text",
}
OF_OTHERS = {
    "staff_member.name",
    "staff_member.email",
    "second_factor.secret",
    "notice_address.url",
    "staff_session.offered_secret",
    "provider_request.verifier",
    "fact.value",
    # Of a list to be enrolled, which goes within the hour by itself.
    "enrolment_list.header",
    "enrolment_row.content",
    "enrolment_row.problems",
}
"""Of colleagues and of the installation itself, and what is kept for an hour only."""


async def _story(service: Service) -> tuple[str, StaffMember]:
    """Somebody with a message, a call for help that was resolved, and a change of the plan."""
    reference = await active(service)
    sanne = await colleague(service)
    for words in ("hulp", "2", RENT):
        await writes(service, words)
    (call,) = await calls(service)
    await escalations.resolve(service, call.reference, sanne, OutcomeKind.HELPED, NOTE)
    until = service.now().date() + timedelta(days=21)
    await steering.pause(service, reference, sanne, REASON, until)
    await emergency_reads.read_along(
        service, reference, sanne, Side.MUNICIPALITY, await _tracks(service, reference), WHY
    )
    return reference, sanne


async def _tracks(service: Service, reference: str) -> list[int]:
    rows = await all_of(
        service, select(Enrolment.id).join(Client).where(Client.reference == reference)
    )
    return list(rows)


async def _erase(service: Service, reference: str, by: StaffMember) -> None:
    await rights.erase(service, reference, await _tracks(service, reference), by)


async def _everything(service: Service) -> str:
    """All that can be read in the database with the keys in hand, of clients."""
    found = []
    async with service.database.read() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in ("staff_member", "desk", "organisation", "fact"):
                continue
            for row in await session.execute(select(table)):
                found += [str(value) for value in row]
    return "\n".join(found)


def test_each_encrypted_column_is_wiped_or_not_of_a_client() -> None:
    """A new column that holds words about people must be in `aftercare.erasing.wipe`."""
    places = {
        column.type.place
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Encrypted)
    }
    assert places == OF_CLIENTS | OF_OTHERS


async def test_nothing_of_it_can_be_read_any_more(service: Service) -> None:
    reference, sanne = await _story(service)
    personal = ("Amina", number(), RENT, NOTE, REASON, WHY)
    before = await _everything(service)
    assert all(one in before for one in personal)
    await _erase(service, reference, sanne)
    after = await _everything(service)
    assert [one for one in personal if one in after] == []
    gone = await client(service, reference)
    assert (gone.first_name, gone.number, gone.number_hash) == (NOBODY, None, None)
    assert {one.text for one in await messages(service)} == {""}


def _content(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("nazorg.db*"))


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_not_even_the_encrypted_bytes_stay_in_the_file(
    service: Service, tmp_path: Path
) -> None:
    reference, sanne = await _story(service)
    async with service.database.read() as session:
        sealed = [row[0] for row in await session.execute(text("SELECT text FROM message"))]
    await _erase(service, reference, sanne)
    async with service.database.engine.connect() as connection:
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    content = _content(tmp_path)
    assert b"SQLite format 3" in content
    assert [one for one in sealed if one in content] == []


async def test_what_counts_stays(service: Service) -> None:
    reference, sanne = await _story(service)
    async with service.database.read() as session:
        before = await figures(session)
    rows = await rows_in_all_tables(service)
    await _erase(service, reference, sanne)
    async with service.database.read() as session:
        after = await figures(session)
    assert after.outcomes == before.outcomes == {"helped": 1}
    assert after.enrolled == before.enrolled
    rows["audit_entry"] += 1
    rows["name_start"] = 0
    assert await rows_in_all_tables(service) == rows
    entries = await all_of(service, select(AuditEntry).where(AuditEntry.action == "erase"))
    assert [one.staff_member_id for one in entries] == [sanne.id]


async def test_the_track_ends_and_nobody_is_known_there_any_more(service: Service) -> None:
    reference = await active(service)
    sanne = await colleague(service)
    await _erase(service, reference, sanne)
    ended = await track(service, reference)
    assert (ended.standing, ended.ended_at) == (Standing.WITHDRAWN, service.now())
    built, _ = house(service)
    sent = len(await messages(service))
    await built.travel(service.now() + timedelta(days=240))
    assert len(await messages(service)) == sent
    assert {one.status for one in await messages(service)} <= {
        MessageStatus.CANCELLED,
        MessageStatus.HANDLED,
    }
    assert (await steps(service))["day-8"].status == "cancelled"
    assert (await writes(service, "hallo?")).received is Received.STRANGER


async def test_a_chat_is_forgotten_too(service: Service) -> None:
    reference = await active(service, 1, channel=Channel.TELEGRAM)
    await _erase(service, reference, await colleague(service))
    assert (await opens(service, None)).received is Received.STRANGER
    assert (await presses(service, 1, "yes")).received is Received.STRANGER


async def test_whoever_may_be_in_danger_is_not_erased(service: Service) -> None:
    reference = await active(service)
    sanne = await colleague(service)
    await writes(service, "ik wil niet meer leven")
    with pytest.raises(Refused, match="may be in danger"):
        await _erase(service, reference, sanne)
    assert (await client(service, reference)).first_name == "Amina"
    (call,) = await calls(service)
    await escalations.resolve(service, call.reference, sanne, OutcomeKind.HELPED)
    await _erase(service, reference, sanne)
    assert (await client(service, reference)).first_name == NOBODY


async def test_another_call_for_help_is_closed_with_it(service: Service) -> None:
    reference = await active(service)
    for words in ("hulp", "2", RENT):
        await writes(service, words)
    await _erase(service, reference, await colleague(service))
    (call,) = await calls(service)
    assert (call.status, call.remind_at) == (EscalationStatus.RESOLVED, None)
    (outcome,) = await all_of(service, select(Outcome))
    assert outcome.kind is OutcomeKind.NOT_NEEDED


async def test_what_was_being_sent_comes_to_an_end(service: Service) -> None:
    reference = await active(service)
    async with service.database.write() as session:
        await session.execute(
            update(Message)
            .where(Message.direction == "out")
            .values(status=MessageStatus.UNCERTAIN, lease_until=service.now())
        )
    await _erase(service, reference, await colleague(service))
    out = [one for one in await messages(service) if one.direction == "out"]
    assert {(one.status, one.error) for one in out} == {(MessageStatus.FAILED, "erased")}


async def test_nothing_is_written_at_what_was_erased(service: Service) -> None:
    reference, sanne = await _story(service)
    (call,) = await calls(service)
    await _erase(service, reference, sanne)
    with pytest.raises(Refused, match="no call for help"):
        await casework.add_note(service, call.reference, sanne, NOTE)
    assert await all_of(service, select(Note)) == []


async def test_erasing_twice_is_erasing_once(service: Service) -> None:
    reference = await active(service)
    sanne = await colleague(service)
    await _erase(service, reference, sanne)
    before = await _everything(service)
    with pytest.raises(Refused):
        await rights.erase(service, reference, [], sanne)
    assert await _everything(service) == before


async def test_the_others_on_a_telephone_keep_it(service: Service) -> None:
    first = await active(service)
    for name in ("Youssef", "Samira"):
        await enrol(service, application(1, first_name=name, shares_phone=True))
        await writes(service, f"{name} ja")
    sanne = await colleague(service)
    await _erase(service, first, sanne)
    people = {one.first_name: one for one in await all_of(service, select(Client))}
    youssef, samira = people["Youssef"], people["Samira"]
    assert youssef.number_hash is not None
    assert (youssef.phone_of_id, youssef.shares_phone) == (None, True)
    assert samira.phone_of_id == youssef.id
    assert (await writes(service, "Samira stop")).received is Received.ANSWERED
    await _erase(service, samira.reference, sanne)
    alone = await client(service, youssef.reference)
    assert (alone.shares_phone, alone.number) == (False, number())


async def _ended(service: Service, person: int) -> str:
    today = service.now().date()
    name = f"Persoon{person}"
    reference = await active(service, person, first_name=name, first_working_day=today)
    await writes(service, "stop", person)
    return reference


async def test_old_tracks_are_erased_by_themselves(service: Service) -> None:
    old = await _ended(service, 1)
    waiting = await active(service, 2)
    for words in ("hulp", "2", RENT, "stop"):
        await writes(service, words, 2)
    assert (await track(service, waiting)).ended_at is not None
    service.clock.travel_to(service.now() + KEEP - timedelta(days=1))
    young = await _ended(service, 3)
    running = await active(service, 4, first_working_day=service.now().date())
    assert await erase_old(service, KEEP) == 0
    service.clock.travel_to(service.now() + timedelta(days=1))
    assert await erase_old(service, KEEP) == 1
    assert await erase_old(service, KEEP) == 0
    assert (await client(service, old)).first_name == NOBODY
    for reference in (waiting, young, running):
        assert (await client(service, reference)).first_name != NOBODY
    entries = await all_of(service, select(AuditEntry).where(AuditEntry.action == "erase"))
    assert [one.staff_member_id for one in entries] == [None]


async def test_the_house_erases_when_it_is_told_how_long_to_keep(service: Service) -> None:
    reference = await _ended(service, 1)
    built, _ = house(service)
    built.keep_for = KEEP
    await built.travel(service.now() + KEEP - timedelta(hours=1))
    assert (await client(service, reference)).first_name != NOBODY
    await built.travel(service.now() + timedelta(hours=2))
    assert (await client(service, reference)).first_name == NOBODY


async def test_a_new_track_keeps_the_person_and_not_the_old_words(service: Service) -> None:
    reference = await _ended(service, 1)
    service.clock.travel_to(service.now() + KEEP)
    today = service.now().date()
    await enrol(service, application(1, first_name="Amina", first_working_day=today))
    assert await erase_old(service, KEEP) == 1
    kept = await client(service, reference)
    assert (kept.first_name, kept.number) == ("Amina", number())
    texts = {one.enrolment_id: one.text for one in await messages(service)}
    old, new = sorted(texts)
    assert texts[old] == ""
    assert "Amina" in texts[new]
