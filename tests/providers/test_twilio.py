"""What the Twilio server accepts and refuses, driven by twilio-python."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from .conftest import OURS, SERVICE, THEIRS
from .twilio import ACCOUNT_SID, AUTH_TOKEN, TwilioServer
from .twilio_clients import connected
from .twilio_rules import segments
from .twilio_webhooks import STUCK, undelivered

MESSAGE: dict[str, Any] = {"to": THEIRS, "from_": OURS, "body": "Hoe gaat het?"}


async def test_a_message_is_accepted_and_arrives(twilio: TwilioServer, client: Any) -> None:
    message = await client.messages.create_async(**MESSAGE)
    assert message.sid.startswith("SM")
    assert len(message.sid) == 34
    assert (message.status, message.direction) == ("queued", "outbound-api")
    assert (message.num_segments, message.error_code, message.date_sent) == ("1", None, None)
    assert datetime.now(UTC) - message.date_created < timedelta(seconds=10)
    await twilio.settle()
    person = twilio.person(THEIRS)
    assert [(m.text, m.from_) for m in person.received] == [("Hoe gaat het?", OURS)]
    fetched = await message.fetch_async()
    assert (fetched.status, fetched.sid) == ("delivered", message.sid)
    assert fetched.date_sent is not None
    assert [(s.to, s.text, s.id) for s in twilio.sent] == [(THEIRS, "Hoe gaat het?", message.sid)]


async def test_the_blocking_client_works_too(twilio: TwilioServer) -> None:
    client = Client(ACCOUNT_SID, AUTH_TOKEN)
    client.api.base_url = twilio.url
    message = await asyncio.to_thread(client.messages.create, **MESSAGE)
    assert message.status == "queued"
    client.http_client.session.close()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": ""}, 21604),
        ({"to": "0612340001"}, 21211),
        ({"to": "+3161234"}, 21211),
        ({"from_": ""}, 21603),
        ({"from_": "nobody@home"}, 21212),
        ({"from_": "+31612349999"}, 21606),
        ({"from_": "Gemeente"}, 21606),
        ({"to": OURS}, 21266),
        ({"body": ""}, 21602),
        ({"body": "x" * 1601}, 21617),
        ({"messaging_service_sid": "MG1"}, 21705),
        ({"messaging_service_sid": SERVICE}, 21701),
        ({"status_callback": "not an address"}, 21609),
        ({"status_callback": "https://our_host.example/x"}, 21609),
        ({"validity_period": 0}, 21624),
        ({"validity_period": 36_001}, 21624),
        ({"send_at": datetime(2026, 1, 1, tzinfo=UTC)}, 20001),
    ],
)
async def test_a_wrong_message_is_refused(
    twilio: TwilioServer, client: Any, change: dict[str, Any], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refusal:
        await client.messages.create_async(**MESSAGE | change)
    assert (refusal.value.status, refusal.value.code) == (400, code)
    assert twilio.sent == []


async def test_limits_are_inclusive(client: Any) -> None:
    limits = {"body": "x" * 1600, "validity_period": 36_000}
    assert (await client.messages.create_async(**MESSAGE | limits)).num_segments == "11"


async def test_a_service_without_numbers_and_a_loopback_callback_are_refused() -> None:
    async with (
        TwilioServer([OURS], services={SERVICE: []}) as twilio,
        connected(twilio.url) as client,
    ):
        with pytest.raises(TwilioRestException) as refusal:
            await client.messages.create_async(to=THEIRS, messaging_service_sid=SERVICE, body="hoi")
        assert refusal.value.code == 21703
        loopback = {"status_callback": "http://127.0.0.1:8000/x"}
        with pytest.raises(TwilioRestException) as refusal:
            await client.messages.create_async(**MESSAGE | loopback)
        assert refusal.value.code == 21609


async def test_a_number_can_be_made_to_be_refused(twilio: TwilioServer, client: Any) -> None:
    twilio.refusals[THEIRS] = 21614
    with pytest.raises(TwilioRestException) as refusal:
        await client.messages.create_async(**MESSAGE)
    assert refusal.value.code == 21614


@pytest.mark.parametrize("credentials", [(ACCOUNT_SID, "wrong"), ("AC" + "9" * 32, AUTH_TOKEN)])
async def test_wrong_credentials_are_refused(
    twilio: TwilioServer, credentials: tuple[str, str]
) -> None:
    sid, token = credentials
    async with connected(twilio.url, account_sid=sid, auth_token=token) as client:
        with pytest.raises(TwilioRestException) as refusal:
            await client.messages.create_async(**MESSAGE)
    assert (refusal.value.status, refusal.value.code) == (401, 20003)


async def test_a_service_accepts_first_and_chooses_the_sender_later() -> None:
    async with (
        TwilioServer([], services={SERVICE: [OURS]}) as twilio,
        connected(twilio.url) as client,
    ):
        service = {"to": THEIRS, "messaging_service_sid": SERVICE, "body": "hoi"}
        message = await client.messages.create_async(**service)
        assert (message.status, message.from_, message.num_segments) == ("accepted", None, "0")
        await twilio.settle()
        message = await message.fetch_async()
        assert (message.status, message.from_, message.num_segments) == ("delivered", OURS, "1")
        await twilio.person(THEIRS).send("STOP")
        message = await client.messages.create_async(**service)
        assert message.status == "accepted"
        await twilio.settle()
        message = await message.fetch_async()
        assert (message.status, message.error_code) == ("failed", 21610)


async def test_an_undelivered_message_tells_why(twilio: TwilioServer, client: Any) -> None:
    twilio.outcomes[THEIRS] = undelivered(30005)
    message = await client.messages.create_async(**MESSAGE)
    await twilio.settle()
    message = await message.fetch_async()
    assert (message.status, message.error_code) == ("undelivered", 30005)
    assert message.error_message == "Unknown destination handset"
    assert twilio.person(THEIRS).received == []


# Looking up, redacting, deleting.


async def test_messages_are_found_by_number_newest_first(twilio: TwilioServer, client: Any) -> None:
    for text in ("een", "twee", "drie"):
        await client.messages.create_async(**MESSAGE | {"body": text})
    await client.messages.create_async(**MESSAGE | {"to": "+31612340002", "body": "vier"})
    await twilio.settle()
    found = await client.messages.list_async(to=THEIRS, page_size=1)
    assert [message.body for message in found] == ["drie", "twee", "een"]
    assert len(await client.messages.list_async(from_=OURS, limit=2)) == 2
    page = await client.messages.page_async(to=THEIRS, page_size=2)
    assert [message.body for message in page] == ["drie", "twee"]
    following = await page.next_page_async()
    assert [message.body for message in following] == ["een"]
    assert following.next_page_url is None
    assert following.previous_page_url is not None


async def test_messages_are_found_by_the_moment_they_were_sent(
    twilio: TwilioServer, client: Any
) -> None:
    twilio.now = lambda: datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    await client.messages.create_async(**MESSAGE | {"body": "een"})
    await twilio.settle()
    twilio.now = lambda: datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    await client.messages.create_async(**MESSAGE | {"body": "twee"})
    await twilio.settle()

    async def bodies(**filters: Any) -> list[str]:
        return [m.body for m in await client.messages.list_async(to=THEIRS, **filters)]

    between = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
    assert await bodies(date_sent_after=between) == ["twee"]
    assert await bodies(date_sent_before=between) == ["een"]
    assert await bodies(date_sent=datetime(2026, 3, 2, 12, 0, tzinfo=UTC)) == ["twee"]
    assert await bodies(date_sent="2026-03-01") == ["een"]


async def test_what_was_not_yet_sent_has_no_moment_to_be_found_by(
    twilio: TwilioServer, client: Any
) -> None:
    twilio.outcome = STUCK
    await client.messages.create_async(**MESSAGE)
    assert await client.messages.list_async(to=THEIRS, date_sent_after=datetime(2020, 1, 1)) == []  # noqa: DTZ001
    assert len(await client.messages.list_async(to=THEIRS)) == 1


async def test_a_finished_message_can_be_redacted_and_deleted(
    twilio: TwilioServer, client: Any
) -> None:
    message = await client.messages.create_async(**MESSAGE)
    await twilio.settle()
    assert (await message.update_async(body="")).body == ""
    with pytest.raises(TwilioRestException) as refusal:
        await message.update_async(body="iets anders")
    assert refusal.value.code == 30400
    assert await message.delete_async()
    with pytest.raises(TwilioRestException) as refusal:
        await message.fetch_async()
    assert (refusal.value.status, refusal.value.code) == (404, 20404)


async def test_an_unfinished_message_cannot(twilio: TwilioServer, client: Any) -> None:
    twilio.outcome = STUCK
    message = await client.messages.create_async(**MESSAGE)
    for call in (message.delete_async(), message.update_async(body="")):
        with pytest.raises(TwilioRestException) as refusal:
            await call
        assert refusal.value.code == 20009


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 306, 2),
        ("x" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("éèöüà" * 32, 1),
        ("ë" * 70, 1),
        ("ë" * 71, 2),
        ("ë" + "x" * 134, 3),
        ("👍" * 35, 1),
        ("👍" * 36, 2),
        ("👍" * 67, 3),
    ],
)
def test_segments_are_counted_as_they_are_charged(text: str, count: int) -> None:
    assert segments(text) == count


def test_smart_encoding_saves_segments() -> None:
    assert segments("‘" + "x" * 100) == 2
    assert segments("‘" + "x" * 100, smart_encoded=True) == 1
