"""Notices to staff, through a real mail host: they say that there is something, never what."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

import locales
from aftercare import escalations
from aftercare.service import Service
from bot.notices import Mail, Mailer, write
from conversations.words import NoticeKind, OutcomeKind
from storage.models import Notice
from storage.notices import Letter, claim_notices, orphaned_notices
from tests.aftercare.people import active, all_of, calls, colleague, later, number, writes
from tests.providers.smtp import SmtpServer

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
"""apprise loads it on the first use."""

PUBLIC = "https://nazorg.example.org"
WORDS = "ik heb een lening voor de wasmachine en mijn fiets"
PERSONAL = [
    *("Soumaya", number(7), number(7)[3:], "0" + number(7)[3:]),
    *(WORDS, "wasmachine", "fiets"),
    *("geld", "schuld", "money", "huur", "thuis", "home", "gezondheid", "health", "brieven"),
]


@pytest.fixture
async def mail() -> AsyncIterator[SmtpServer]:
    """A mail host."""
    async with SmtpServer() as host:
        yield host


@pytest.fixture
def mailer(service: Service, mail: SmtpServer) -> Mailer:
    """The mailer, which knows the mail host."""
    return Mailer(service, f"mailto://127.0.0.1:{mail.port}?from=nazorg@example.org", PUBLIC)


async def in_need(service: Service) -> str:
    """Somebody who cannot pay. Returns the reference of the call for help."""
    await active(service, 7, first_name="Soumaya")
    await writes(service, "hulp", 7)
    await writes(service, "2", 7)
    await writes(service, WORDS, 7)
    (call,) = await calls(service)
    return call.reference


async def notice(service: Service) -> Notice:
    """The newest notice now."""
    return (await all_of(service, select(Notice).order_by(Notice.id)))[-1]


async def test_a_mail_leads_to_the_call_and_says_by_when(
    service: Service, mailer: Mailer, mail: SmtpServer
) -> None:
    reference = await in_need(service)
    assert await mailer.run() == 1
    (sent,) = mail.messages
    assert sent.rcpt_to == ["nazorg@velsen.example.org"]
    assert sent.mail_from == "nazorg@example.org"
    assert f"{PUBLIC}/hulpvragen/{reference}" in sent.text
    assert "Inkomen Velsen" in sent.text
    assert "4 mrt" in sent.text
    assert (await notice(service)).status == "sent"


async def test_a_mail_holds_nothing_of_the_person(
    service: Service, mailer: Mailer, mail: SmtpServer
) -> None:
    await in_need(service)
    await writes(service, "ik wil niet meer leven", 7)
    await mailer.run()
    assert len(mail.messages) == 2
    for sent in mail.messages:
        whole = (sent.message.as_string() + sent.subject + sent.text).casefold()
        for words in [*PERSONAL, "leven"]:
            assert words.casefold() not in whole


async def test_danger_is_told_in_the_subject_and_told_again(
    service: Service, mailer: Mailer, mail: SmtpServer
) -> None:
    await active(service, 7)
    await writes(service, "ik wil niet meer leven", 7)
    await mailer.run()
    later(service, minutes=15)
    await escalations.remind(service)
    await mailer.run()
    first, second = mail.messages
    assert first.subject == second.subject
    assert first.subject != _mail(NoticeKind.HELP_ASKED).subject


async def test_a_mail_is_sent_once(service: Service, mailer: Mailer, mail: SmtpServer) -> None:
    await in_need(service)
    for _ in range(3):
        await mailer.run()
        later(service, minutes=5)
    assert len(mail.messages) == 1


@pytest.mark.parametrize("trouble", ["down", 451, 550])
async def test_what_cannot_be_mailed_now_is_mailed_later(
    service: Service, mailer: Mailer, mail: SmtpServer, trouble: str | int
) -> None:
    if isinstance(trouble, int):
        mail.refuse(trouble)
    else:
        await mail.stop()
    await in_need(service)
    pauses = []
    for _ in range(3):
        assert await mailer.run() == 0
        waiting = await notice(service)
        assert waiting.status == "queued"
        pauses.append(waiting.not_before - service.now())
        service.clock.travel_to(waiting.not_before)
    assert pauses == sorted(set(pauses))  # growing
    if isinstance(trouble, int):
        mail.accept()
    else:
        await mail.start()
    assert await mailer.run() == 1
    assert len(mail.messages) == 1


async def test_a_desk_that_refuses_mail_does_not_hold_up_the_others(
    service: Service, mail: SmtpServer
) -> None:
    await in_need(service)
    mail.refuse(550)
    mailer = Mailer(service, f"mailto://127.0.0.1:{mail.port}", PUBLIC)
    await mailer.run()
    mail.accept()
    await active(service, 8, municipality="Beverwijk")
    await writes(service, "ik wil niet meer leven", 8)
    assert await mailer.run() == 1
    assert mail.messages[0].rcpt_to == ["nazorg@beverwijk.example.org"]


async def test_a_host_that_is_down_for_days_loses_nothing_for_a_week(
    service: Service, mailer: Mailer, mail: SmtpServer
) -> None:
    await mail.stop()
    await in_need(service)
    for _ in range(6):
        await mailer.run()
        later(service, days=1)
    await mail.start()
    assert await mailer.run() == 1


async def test_after_a_week_a_notice_has_failed(
    service: Service, mailer: Mailer, mail: SmtpServer
) -> None:
    mail.refuse(550)
    await in_need(service)
    await mailer.run()
    later(service, days=8)
    await mailer.run()
    assert (await notice(service)).status == "failed"
    mail.accept()
    await mailer.run()
    assert mail.messages == []


async def test_a_call_that_was_resolved_meanwhile_is_not_mailed(
    service: Service, mailer: Mailer, mail: SmtpServer
) -> None:
    mail.refuse(451)
    reference = await in_need(service)
    await mailer.run()
    mail.accept()
    sanne = await colleague(service)
    await escalations.resolve(service, reference, sanne, OutcomeKind.HELPED)
    later(service, hours=1)
    assert await mailer.run() == 0
    assert mail.messages == []
    assert (await notice(service)).status == "cancelled"


async def test_what_a_dead_mailer_had_in_hand_is_mailed_after_its_lease(
    service: Service, mailer: Mailer, mail: SmtpServer
) -> None:
    await in_need(service)
    assert await claim_notices(service.database, service.now(), 10)
    assert await mailer.run() == 0
    later(service, minutes=3)
    assert await mailer.run() == 1
    assert len(mail.messages) == 1


async def test_what_a_dead_mailer_had_in_hand_is_mailed_at_the_next_start(
    service: Service, mailer: Mailer, mail: SmtpServer
) -> None:
    await in_need(service)
    assert await claim_notices(service.database, service.now(), 10)
    await orphaned_notices(service.database)
    assert await mailer.run() == 1


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_of_notice_is_worded_with_a_subject_and_a_link(kind: NoticeKind) -> None:
    mail = _mail(kind)
    assert mail.subject
    assert "\n" not in mail.subject
    assert "Inkomen Velsen" in mail.body
    assert f"{PUBLIC}/hulpvragen/ABCD2345" in mail.body
    assert "{" not in mail.body


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_of_notice_is_worded_in_dutch(kind: NoticeKind) -> None:
    dutch, msgid = _mail(kind), _mail(kind, "en")
    assert dutch.subject != msgid.subject
    assert dutch.body != msgid.body


def test_a_notice_without_a_call_leads_to_the_people() -> None:
    assert f"{PUBLIC}/deelnemers" in _mail(NoticeKind.JOB_LOST, escalation=None).body


def _mail(
    kind: NoticeKind, language: str = locales.HOUSE, escalation: str | None = "ABCD2345"
) -> Mail:
    letter = Letter(
        id=1,
        kind=kind,
        desk="Inkomen Velsen",
        email="nazorg@velsen.example.org",
        escalation=escalation,
        deadline=datetime(2026, 3, 4, 16, 0, tzinfo=UTC),
        zone="Europe/Amsterdam",
        attempts=1,
    )
    return write(letter, PUBLIC, language)
