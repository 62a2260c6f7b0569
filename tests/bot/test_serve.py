"""`nazorg serve` as others run it: real processes, somebody else's servers, SQLite and PostgreSQL.

The story of `story.py` is played once on each database; most tests look at what came of it.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from tests.bot.process import Nazorg, Ran, free_port
from tests.bot.story import (
    AMINA,
    AMINAS_WORDS,
    BILALS_WORDS,
    FORGED_WORDS,
    MORNING,
    STRANGERS_WORDS,
    Story,
    play,
    world,
)
from tests.bot.waiting import SOON, until
from tests.postgres import fresh_database
from tests.providers.faults import Fault

PERSONAL = [
    *("Amina", "Bilal", "612340001", "12 34 00 01", "612340009", "Sanne", "sanne@"),
    *(AMINAS_WORDS, BILALS_WORDS, STRANGERS_WORDS, FORGED_WORDS),
    *("huur", "incasso", "tuinstoelen", "Ja graag", "gefeliciteerd", "Hoi "),
]
"""What must lie nowhere but encrypted: names, numbers, and all that was said."""


@dataclass(frozen=True)
class Ending:
    """How a service ended that was told to, while Twilio hung; and what a second one met."""

    second: Ran
    code: int
    seconds: float
    log: str


@dataclass(frozen=True)
class Played:
    """What was played side by side, since most of it is waiting for processes to begin."""

    stories: dict[str, Story]
    ending: Ending


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, postgres_server: str) -> Played:
    """The story on both databases, and an ending."""

    async def all_of_it(database_url: str) -> tuple[Story, Story, Ending]:
        return await asyncio.gather(
            play(tmp_path_factory.mktemp("sqlite"), None),
            play(tmp_path_factory.mktemp("postgresql"), database_url),
            _ending(tmp_path_factory.mktemp("ending")),
        )

    with fresh_database(postgres_server) as url:
        sqlite, postgresql, ending = asyncio.run(all_of_it(url))
    return Played({"sqlite": sqlite, "postgresql": postgresql}, ending)


async def _ending(folder: Path) -> Ending:
    async with world(folder) as here:
        await here.nazorg.start(MORNING)
        second = await here.nazorg.run("serve", "--port", str(free_port()))
        here.twilio.faults.script(Fault.HANG_BEFORE)
        await here.nazorg.json(
            *("enrol", "--first-name", "Amina", "--number", AMINA, "--municipality", "Velsen"),
            *("--first-working-day", "2026-03-02"),
        )
        await until(lambda: bool(here.twilio.faults.seen))
        code, seconds = await here.nazorg.stop()
        return Ending(second, code, seconds, here.nazorg.log)


@pytest.fixture(params=["sqlite", "postgresql"])
def story(request: pytest.FixtureRequest, played: Played) -> Story:
    """The story on one database."""
    return played.stories[request.param]


@pytest.fixture
def ending(played: Played) -> Ending:
    """The end of a service, on SQLite."""
    return played.ending


def _said(record: dict[str, object], direction: str) -> list[str]:
    messages = record["messages"]
    assert isinstance(messages, list)
    return [one["text"] for one in messages if one["direction"] == direction]


def test_each_question_and_answer_comes_once_and_in_order_over_sms(story: Story) -> None:
    beginnings = [
        "Hoi Amina, gefeliciteerd met je baan!",
        "Fijn, Amina!",
        "Hoi Amina, hoe gaat het op je werk?",
        "Wat vervelend. Waar gaat het over?",
        "Wil je er iets over vertellen?",
        "Dank je. Sanne Voorbeeld (inkomensconsulent, gemeente Velsen) neemt contact",
    ]
    assert len(story.amina) == len(beginnings)
    for text, beginning in zip(story.amina, beginnings, strict=True):
        assert text.startswith(beginning)


def test_each_question_and_answer_comes_once_and_in_order_over_telegram(story: Story) -> None:
    beginnings = [
        "Hoi Bilal, gefeliciteerd met je baan!",
        "Fijn, Bilal!",
        "Hoi Bilal, hoe gaat het op je werk?",
        "Wat vervelend. Waar gaat het over?",
        "Wil je er iets over vertellen?",
        "Dank je. Een inkomensconsulent van gemeente Beverwijk neemt contact",
        "Je bent gestopt.",
    ]
    assert len(story.bilal) == len(beginnings)
    for text, beginning in zip(story.bilal, beginnings, strict=True):
        assert text.startswith(beginning)


def test_a_kill_at_any_point_makes_nothing_twice_at_the_providers(story: Story) -> None:
    twice = {key: count for key, count in Counter(story.accepted).items() if count > 1}
    assert not twice


def test_a_kill_at_any_point_loses_nothing_that_people_wrote(story: Story) -> None:
    assert _said(story.aminas_record, "in") == [
        *("Ja graag!", "3", "2", AMINAS_WORDS, "STOP", "hallo?"),
    ]
    assert _said(story.bilals_record, "in") == [
        *("[start]", "[yes]", "[not_good]", "[money]", BILALS_WORDS, "stop"),
    ]


def test_the_log_of_a_client_holds_what_arrived(story: Story) -> None:
    assert _said(story.aminas_record, "out") == story.amina
    assert _said(story.bilals_record, "out") == story.bilal


def test_every_sms_is_known_to_have_arrived_after_all(story: Story) -> None:
    messages = [one for one in story.aminas_record["messages"] if one["direction"] == "out"]
    assert {one["status"] for one in messages} <= {"delivered", "sent"}
    assert messages[1]["status"] == "delivered"  # the one that Twilio never saw at first


def test_a_telegram_message_in_doubt_shows_as_such(story: Story) -> None:
    statuses = [
        one["status"] for one in story.bilals_record["messages"] if one["direction"] == "out"
    ]
    assert statuses[1] == "uncertain"
    assert set(statuses) <= {"delivered", "uncertain"}  # a kill may have met another one


def test_nothing_is_sent_before_consent_but_the_request_for_it(story: Story) -> None:
    assert story.invitations_before_consent == 2


def test_a_check_in_waits_for_its_moment(story: Story) -> None:
    assert story.before_due == 2
    for record in (story.aminas_record, story.bilals_record):
        first = record["plan"][0]
        assert first["step"] == "day-1"
        assert first["status"] == "answered"
        assert first["answer"] == "not_good"
        assert datetime.fromisoformat(first["asked_at"]) >= datetime.fromisoformat(first["due_at"])


def test_consent_keeps_its_wording_and_the_message_that_gave_it(story: Story) -> None:
    yes = next(one for one in story.aminas_record["messages"] if one["text"] == "Ja graag!")
    consents = story.aminas_record["consents"]
    assert {one["purpose"] for one in consents} == {"contact", "record"}
    assert {one["message"] for one in consents} == {yes["id"]}
    assert all(one["wording"] for one in consents)


def test_each_call_for_help_stands_at_the_desk_of_its_municipality(story: Story) -> None:
    found = {(call["municipality"], call["topic"], call["desk"]) for call in story.escalations}
    assert found == {("Velsen", "money", "velsen"), ("Beverwijk", "money", "beverwijk")}
    assert len(story.escalations) == 2
    assert {call["status"] for call in story.escalations} == {"open"}


def test_each_desk_gets_one_mail_with_a_link_to_its_call(story: Story) -> None:
    assert [mail.rcpt_to for mail in story.mails[:2]].count(["nazorg@velsen.example.org"]) == 1
    assert [mail.rcpt_to for mail in story.mails[:2]].count(["nazorg@beverwijk.example.org"]) == 1
    for call in story.escalations:
        (mail,) = (one for one in story.mails if call["escalation"] in one.text)
        assert mail.rcpt_to == [f"nazorg@{call['desk']}.example.org"]
        assert f"/hulpvragen/{call['escalation']}" in mail.text


def test_mail_holds_nothing_personal(story: Story) -> None:
    # A colleague's name may stand in a mail to colleagues; here none is needed either.
    for mail in story.mails:
        whole = mail.message.as_string() + mail.subject + mail.text
        for words in [*PERSONAL, "money", "geld", "schulden"]:
            assert words not in whole


def test_after_stop_only_twilio_answers(story: Story) -> None:
    assert story.after_stop == 0
    assert len(story.from_twilio) == 1
    assert story.aminas_record["standing"] == "withdrawn"
    later = [one["status"] for one in story.aminas_record["plan"][1:]]
    assert later == ["cancelled"] * 6  # with the closing question


def test_after_stop_on_telegram_comes_one_confirmation(story: Story) -> None:
    assert story.bilals_record["standing"] == "withdrawn"
    assert story.bilal[-1].startswith("Je bent gestopt.")


def test_what_is_written_after_stop_is_brought_to_a_person(story: Story) -> None:
    assert len(story.mails) == 3
    assert story.mails[2].rcpt_to == ["nazorg@velsen.example.org"]


def test_a_stranger_is_answered_once(story: Story) -> None:
    first, second = story.stranger
    assert len(first) == 1
    assert second == []


def test_a_forged_message_is_refused_and_not_kept(story: Story) -> None:
    assert story.forged_status == 403
    assert FORGED_WORDS not in str(story.aminas_record)


def test_nothing_personal_lies_readable_in_the_database(story: Story) -> None:
    for words in PERSONAL:
        assert words.encode() not in story.at_rest, words
        as_bytes = words.encode().hex().encode()  # as PostgreSQL writes them
        assert as_bytes not in story.at_rest, words


def test_the_search_at_rest_would_find_what_is_readable(story: Story) -> None:
    assert b"Inkomen Velsen" in story.at_rest
    assert b"day-182" in story.at_rest


def test_nothing_personal_stands_in_the_logs(story: Story) -> None:
    assert "serving" in story.log
    for words in PERSONAL:
        assert words not in story.log


def test_no_secret_stands_in_the_logs_or_the_database(story: Story) -> None:
    for secret in story.secrets:
        assert secret not in story.log
        assert secret.encode() not in story.at_rest


def test_no_tick_failed_on_the_way(story: Story) -> None:
    assert "tick failed" not in story.log
    assert "passed over" not in story.log
    assert "delivery broke" not in story.log


def test_a_second_serve_on_one_database_file_is_refused_in_one_line(ending: Ending) -> None:
    assert ending.second.code == 2
    last = ending.second.err.splitlines()[-1]
    assert last.startswith("nazorg: ")
    assert "already serves" in last
    assert "Traceback" not in ending.second.err


def test_a_terminated_serve_ends_well_in_time_while_a_provider_hangs(ending: Ending) -> None:
    assert ending.code == 0
    assert ending.seconds < 10
    assert '"stopped"' in ending.log
    assert "Traceback" not in ending.log


async def test_a_telegram_webhook_answers_only_to_its_secret(tmp_path: Path) -> None:
    webhook = {"NAZORG_TELEGRAM_MODE": "webhook", "NAZORG_TELEGRAM_SECRET": "een-geheim_1"}
    async with world(tmp_path, **webhook) as here:
        await here.nazorg.start(MORNING)
        enrolled = await here.nazorg.json(
            *("enrol", "--first-name", "Bilal", "--channel", "telegram"),
            *("--municipality", "Beverwijk", "--first-working-day", "2026-03-02"),
        )
        bilal = here.telegram.user("Bilal")
        await bilal.start(enrolled["telegram_link"].partition("start=")[2])
        await bilal.wait(1, SOON)
        await bilal.press("ja")
        await bilal.wait(2, SOON)
        await here.telegram.settle(SOON)
        statuses = [await _post_update(here.nazorg, bilal.id, secret) for secret in _WRONG]
        record = await here.nazorg.json("show", enrolled["client"])
        assert statuses == [403] * len(_WRONG)
        assert _said(record, "in") == ["[start]", "[yes]"]
        assert len(bilal.received) == 2


_WRONG = [None, "", "een-geheim_2", "een-geheim_", "\u00e9\u00e9n-geheim_1"]


async def _post_update(nazorg: Nazorg, chat_id: int, secret: str | None) -> int:
    """An update as Telegram would write it, from somebody else."""
    person = {"id": chat_id, "is_bot": False, "first_name": "Bilal"}
    message = {"message_id": 9, "date": 1_772_442_000, "text": FORGED_WORDS, "from": person}
    update = {"update_id": 9, "message": message | {"chat": {"id": chat_id, "type": "private"}}}
    name = "X-Telegram-Bot-Api-Secret-Token"
    headers = [] if secret is None else [(name.encode(), secret.encode())]
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(f"{nazorg.url}/webhooks/telegram", json=update, headers=headers)
        return answer.status_code
