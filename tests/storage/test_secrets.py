"""A name, a number or a text is found in no file of the database and in no log (rule 9)."""

from pathlib import Path

import pytest
from sqlalchemy import MetaData, Table, select

from aftercare.enrolment import enrol
from aftercare.escalations import resolve, take
from aftercare.service import Service
from conversations.turns import Text
from conversations.words import Channel, OutcomeKind
from storage.facts import remember
from storage.models import AuditEntry
from tests.aftercare.people import (
    active,
    application,
    brings,
    calls,
    colleague,
    house,
    invited,
    number,
    opens,
    presses,
    writes,
)

NAMES = ["Wilhelmina", "Roderick", "Sanne Voorbeeld", "sanne@example.org"]
NUMBERS = [number(1), number(1)[1:], "0600000001", "0611223344", "600000002", "998877665544"]
TEXTS = ["ik kan de huur niet betalen", "gefeliciteerd", "hoe gaat het", "mijn man slaat mij",
         "aangemeld bij de schuldhulp", "een heel vreemde vraag", "geheime_bot"]  # fmt: skip


async def story(service: Service) -> list[str]:
    """Something of everything. Returns the secrets that only now are known."""
    sanne = await colleague(service)
    built, _ = house(service)
    await active(service, 1, first_name="Wilhelmina", inkomensconsulent="sanne@example.org")
    linked = await invited(service, 2, first_name="Roderick", channel=Channel.TELEGRAM)
    unopened = await enrol(service, application(3, channel=Channel.TELEGRAM))
    await opens(service, linked.link_token, chat="998877665544")
    await presses(service, 1, "yes", chat="998877665544")
    for text in ("hulp", "2", "ik kan de huur niet betalen", "mijn man slaat mij"):
        await writes(service, text)
        await built.tick()
    await brings(service, Text("een heel vreemde vraag"), "+31611223344")
    for call in await calls(service):
        await take(service, call.reference, sanne)
        await resolve(
            service, call.reference, sanne, OutcomeKind.HELPED, "aangemeld bij de schuldhulp"
        )
    await remember(service.database, "telegram name", "geheime_bot")
    assert linked.link_token
    assert unopened.link_token
    return [linked.link_token, unopened.link_token]


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_nothing_of_anybody_is_readable_in_the_files_of_the_database(
    service: Service, tmp_path: Path
) -> None:
    tokens = await story(service)
    raw = _files(tmp_path)
    assert b"telegram name" in raw, "the files are read as they are"
    for secret in (*NAMES, *NUMBERS, *TEXTS, *tokens):
        for encoding in ("utf-8", "utf-16-le"):
            assert secret.lower().encode(encoding) not in raw, secret


async def test_nothing_of_anybody_is_readable_in_any_row(service: Service) -> None:
    tokens = await story(service)
    async with service.database.engine.connect() as connection:
        plain = MetaData()
        await connection.run_sync(plain.reflect)
        seen = 0
        for table in plain.sorted_tables:
            for row in await connection.execute(select(table)):
                text = " ".join(_readable(value) for value in row).lower()
                seen += 1
                for secret in (*NAMES, *NUMBERS, *TEXTS, *tokens):
                    assert secret.lower() not in text, (table.name, secret)
        assert seen > 50
        assert isinstance(plain.tables["client"], Table)


def _files(folder: Path) -> bytes:
    files = [one for one in folder.iterdir() if one.is_file()]
    assert {"nazorg.db", "nazorg.db-wal"} <= {one.name for one in files}
    return b"".join(one.read_bytes() for one in files).lower()


def _readable(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return str(value)


async def test_what_is_logged_names_nobody(
    service: Service,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import aftercare.inbox

    def fail(*_: object) -> None:
        raise ValueError("ik kan de huur niet betalen, Wilhelmina")

    await story(service)
    monkeypatch.setattr(aftercare.inbox, "respond", fail)
    await writes(service, "mijn man slaat mij")
    written = capsys.readouterr()
    # Where it goes depends on whether another test has set logging up as the command line does.
    logged = (written.out + written.err + caplog.text).lower()
    assert "set aside" in logged
    for secret in (*NAMES, *NUMBERS, *TEXTS):
        assert secret.lower() not in logged, secret


async def test_an_audit_entry_holds_references_and_no_content(service: Service) -> None:
    await story(service)
    async with service.database.read() as session:
        entries = (await session.scalars(select(AuditEntry))).all()
    assert entries
    for entry in entries:
        assert entry.detail is None or (len(entry.detail) == 8 and entry.detail.isalnum())
