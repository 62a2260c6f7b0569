"""Telegram, through python-telegram-bot, against a Bot API that refuses what the real one does."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels import DeliveryError, Doubt
from bot.channels.telegram import Telegram
from conversations import words
from conversations.words import MessageKind, Standing
from storage.outbox import Parcel
from tests.aftercare.people import calls
from tests.bot.conftest import Here
from tests.bot.waiting import SOON, until, until_true
from tests.providers.faults import Fault
from tests.providers.server import serving
from tests.providers.telegram_people import TelegramUser

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def parcel(address: object, text: str = "Hoi", *buttons: tuple[str, str]) -> Parcel:
    """A message on its way out."""
    return Parcel(
        id=1,
        client_id=1,
        channel=words.Channel.TELEGRAM,
        address=str(address),
        text=text,
        buttons=buttons,
        kind=MessageKind.REPLY,
        attempts=1,
        claimed_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )


async def refused(channel: Telegram, sent: Parcel) -> DeliveryError:
    """How sending fails."""
    with pytest.raises(DeliveryError) as caught:
        await channel.send(sent)
    assert sent.text not in str(caught.value) or not sent.text
    return caught.value


@pytest.fixture
async def user(here: Here) -> TelegramUser:
    """Somebody who has written to the bot."""
    user = here.telegram_server.user("Noor")
    await user.start()
    return user


@pytest.fixture
async def bilal(here: Here) -> TelegramUser:
    """Somebody who takes part; the bot listens."""
    here.poll()
    return await here.active_on_telegram()


# Sending.


async def test_a_message_arrives_with_its_buttons_one_below_the_other(
    here: Here, user: TelegramUser
) -> None:
    sent = await here.telegram.send(
        parcel(user.id, "Hoe gaat het?", ("goed", "1:good"), ("nee", "1:no"))
    )
    assert sent.arrived
    assert sent.external_id
    (message,) = user.received
    assert message.text == "Hoe gaat het?"
    assert message.markup is not None
    assert [[button.data for button in row] for row in message.markup.rows] == [
        ["1:good"],
        ["1:no"],
    ]


async def test_ids_of_two_people_are_never_the_same(here: Here, user: TelegramUser) -> None:
    one = await here.telegram.send(parcel(user.id))
    two = await here.telegram.send(parcel(user.id))
    assert one.external_id != two.external_id


@pytest.mark.parametrize("why", ["blocked", "deactivated", "never wrote", "unknown chat"])
async def test_a_chat_that_is_gone_closes_the_channel(
    here: Here, user: TelegramUser, why: str
) -> None:
    address = user.id
    match why:
        case "blocked":
            user.block()
        case "deactivated":
            user.deactivate()
        case "never wrote":
            address = here.telegram_server.user("Iemand").id
        case _:
            address = 424242
    error = await refused(here.telegram, parcel(address))
    assert error.permanent
    assert error.closes_channel


@pytest.mark.parametrize("text", ["", "x" * 4097])
async def test_a_text_that_telegram_never_takes_is_not_tried_again(
    here: Here, user: TelegramUser, text: str
) -> None:
    error = await refused(here.telegram, parcel(user.id, text))
    assert error.permanent
    assert not error.closes_channel


async def test_the_longest_text_arrives(here: Here, user: TelegramUser) -> None:
    await here.telegram.send(parcel(user.id, "x" * 4096))
    assert len(user.received[0].text) == 4096


async def test_too_many_requests_say_how_long_to_wait(here: Here, user: TelegramUser) -> None:
    here.telegram_server.faults.retry_after = 37
    here.telegram_server.faults.script(Fault.TOO_MANY_REQUESTS)
    error = await refused(here.telegram, parcel(user.id))
    assert not error.permanent
    assert error.retry_after == 37
    assert error.doubt is Doubt.NOT_SENT


async def test_a_wrong_token_fails_no_message_for_good(here: Here, user: TelegramUser) -> None:
    stranger = Telegram("4242:wrong", here.telegram_server.url, here.house.receive, str)
    error = await refused(stranger, parcel(user.id))
    await stranger.close()
    assert not error.permanent
    assert (error.retry_after or 0) >= 60


async def test_an_error_that_telegram_tells_of_is_tried_again(
    here: Here, user: TelegramUser
) -> None:
    here.telegram_server.faults.script(Fault.SERVER_ERROR)
    error = await refused(here.telegram, parcel(user.id))
    assert not error.permanent
    assert error.doubt is Doubt.NOT_SENT


@pytest.mark.parametrize(
    "fault", [Fault.RESET, Fault.CLOSE_AFTER, Fault.HANG_BEFORE, Fault.HANG_AFTER]
)
@pytest.mark.usefixtures("impatient")
async def test_a_connection_that_breaks_leaves_a_doubt(
    here: Here, user: TelegramUser, fault: Fault
) -> None:
    here.telegram_server.faults.script(fault)
    error = await refused(here.telegram, parcel(user.id))
    assert not error.permanent
    assert error.doubt is Doubt.UNKNOWN


async def test_an_answer_by_something_in_between_leaves_a_doubt(
    here: Here, user: TelegramUser
) -> None:
    async def bad_gateway(_request: Request) -> Response:
        return Response("<html>Bad Gateway</html>", 502, media_type="text/html")

    async with serving(
        Starlette(routes=[Route("/{rest:path}", bad_gateway, methods=["POST"])])
    ) as port:
        channel = Telegram("4242:x", f"http://127.0.0.1:{port}", here.house.receive, str)
        error = await refused(channel, parcel(user.id))
        await channel.close()
    assert not error.permanent
    assert error.doubt is Doubt.UNKNOWN


async def test_where_nobody_listens_nothing_was_sent(here: Here) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    channel = Telegram("4242:x", f"http://127.0.0.1:{port}", here.house.receive, str)
    error = await refused(channel, parcel(1))
    await channel.close()
    assert not error.permanent
    assert error.doubt is Doubt.NOT_SENT


async def test_a_chat_that_moved_closes_the_channel(here: Here, user: TelegramUser) -> None:
    group = here.telegram_server.group("Familie", user)
    old = group.id
    group.upgrade(user)
    error = await refused(here.telegram, parcel(old))
    assert error.permanent


# Taking part.


async def test_a_deep_link_leads_to_the_invitation_and_yes_to_the_track(
    here: Here, bilal: TelegramUser
) -> None:
    assert bilal.received[0].labels == ["ja", "nee"]
    assert (await here.track()).standing is Standing.ACTIVE
    assert (await here.client()).chat == str(bilal.id)


async def test_a_deep_link_works_for_one_person_only(here: Here) -> None:
    here.poll()
    token = (await here.enrol_on_telegram()).link_token or ""
    first, second = here.telegram_server.user("Bilal"), here.telegram_server.user("Ander")
    await first.start(token)
    await first.wait(1, SOON)
    await second.start(token)
    await second.wait(1, SOON)
    assert second.received[0].text.startswith("Deze link werkt niet meer")
    assert (await here.client()).chat == str(first.id)
    assert await here.inbox() == ["[start]"]


async def test_a_forged_link_gets_the_fixed_answer_and_keeps_nothing(here: Here) -> None:
    here.poll()
    token = (await here.enrol_on_telegram()).link_token or ""
    stranger = here.telegram_server.user("Ander")
    await stranger.start(token[:-1] + ("A" if token[-1] != "A" else "B"))
    await stranger.wait(1, SOON)
    assert await here.inbox() == []
    assert (await here.client()).chat is None


async def test_a_stranger_is_answered_once_a_day_and_nothing_is_kept(here: Here) -> None:
    here.poll()
    await here.enrol_on_telegram()
    stranger = here.telegram_server.user("Ander")
    for text in ("hallo", "is daar iemand"):
        await stranger.send(text)
    await _all_taken(here)
    assert len(stranger.received) == 1
    assert await here.inbox() == []
    here.service.clock.travel_to(here.service.now() + timedelta(days=1))
    await stranger.send("hallo?")
    await stranger.wait(2, SOON)
    assert await here.strangers() == 1  # yesterday's is gone


async def test_a_stranger_who_blocks_us_is_no_trouble(here: Here) -> None:
    here.poll()
    stranger = here.telegram_server.user("Ander")
    await stranger.send("hallo")
    stranger.block()
    person = await here.active_on_telegram()
    assert len(person.received) == 2


async def test_the_same_update_three_times_is_one_row_and_one_answer(
    here: Here, bilal: TelegramUser
) -> None:
    update = await bilal.send("hulp")
    await bilal.wait(3, SOON)
    for _ in range(2):
        here.telegram_server.resend(update)
    await _all_taken(here)
    assert (await here.inbox()).count("hulp") == 1
    assert len(bilal.received) == 3


async def test_numbers_of_updates_may_start_anew_after_a_quiet_week(
    here: Here, bilal: TelegramUser
) -> None:
    first = await bilal.send("hulp")
    await bilal.wait(3, SOON)
    await _all_taken(here)
    here.telegram_server.now = lambda: datetime.now(UTC) + timedelta(days=8)
    here.telegram_server.updates.next_id = first
    assert await bilal.send("2") == first
    await bilal.wait(4, SOON)
    assert (await here.inbox())[-2:] == ["hulp", "2"]


async def test_a_group_is_not_listened_to(here: Here, bilal: TelegramUser) -> None:
    before = await here.inbox()
    group = here.telegram_server.group("Familie", bilal)
    await group.send(bilal, "/start@nazorg_test_bot")
    await group.send(bilal, "@nazorg_test_bot ik kan de huur niet betalen")
    await _all_taken(here)
    assert group.received == []
    assert await here.inbox() == before


@pytest.mark.parametrize("what", ["photo", "sticker", "voice"])
async def test_what_we_cannot_read_is_answered_and_not_kept(
    here: Here, bilal: TelegramUser, what: str
) -> None:
    await getattr(bilal, what)()
    await bilal.wait(3, SOON)
    assert "wil je het typen" in bilal.received[-1].text.casefold()
    assert (await here.inbox())[-1] == "[bijlage]"


async def test_danger_in_the_words_below_a_photo_is_seen(here: Here, bilal: TelegramUser) -> None:
    await bilal.photo("ik wil niet meer leven")
    await bilal.wait(3, SOON)
    assert "113" in bilal.received[-1].text


async def test_the_longest_message_is_kept_whole(here: Here, bilal: TelegramUser) -> None:
    text = ("mijn verhaal is lang " * 200)[:4000].strip()
    await bilal.send(text)
    await bilal.wait(3, SOON)
    assert (await here.inbox())[-1] == text


async def test_an_edited_message_is_not_a_new_one(here: Here, bilal: TelegramUser) -> None:
    await bilal.send("hulp")
    await bilal.wait(3, SOON)
    await bilal.edit("hulp graag")
    await _all_taken(here)
    assert len(bilal.received) == 3


# Buttons.


async def test_a_pressed_button_is_acknowledged_and_kept(here: Here, bilal: TelegramUser) -> None:
    await bilal.send("hulp")
    await bilal.wait(3, SOON)
    await bilal.press("geld of schulden")
    await bilal.wait(4, SOON)
    await _all_taken(here)
    assert all(query.answered for query in bilal.queries)
    assert (await here.inbox())[-1] == "[money]"


async def test_a_button_pressed_twice_counts_once(here: Here, bilal: TelegramUser) -> None:
    await bilal.send("hulp")
    await bilal.wait(3, SOON)
    question = bilal.received[-1]
    for _ in range(2):
        await bilal.press("geld of schulden", question)
    await _all_taken(here)
    assert len(bilal.received) == 4
    assert len(await calls(here.service)) == 1


async def test_a_press_that_can_no_longer_be_acknowledged_still_counts(
    here: Here, bilal: TelegramUser
) -> None:
    here.telegram_server.callback_lifetime = timedelta(seconds=-1)
    await bilal.send("hulp")
    await bilal.wait(3, SOON)
    await bilal.press("geld of schulden")
    await bilal.wait(4, SOON)
    assert not bilal.queries[-1].answered


async def test_the_old_button_of_the_invitation_changes_nothing(
    here: Here, bilal: TelegramUser
) -> None:
    await bilal.press("nee", bilal.received[0])
    await _all_taken(here)
    assert (await here.track()).standing is Standing.ACTIVE
    assert len(bilal.received) == 2


# Listening.


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.RESET, Fault.TOO_MANY_REQUESTS])
async def test_listening_goes_on_after_trouble(here: Here, fault: Fault) -> None:
    server = here.telegram_server
    server.faults.operations = frozenset({"getUpdates"})
    server.faults.script(fault)
    stranger = server.user("Ander")
    await stranger.send("hallo")
    here.poll()
    await stranger.wait(1, SOON)


async def test_a_message_that_could_not_be_stored_comes_again(
    here: Here, bilal: TelegramUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = here.service.database
    working = database.write
    failures = 0

    def failing() -> AbstractAsyncContextManager[AsyncSession]:
        nonlocal failures
        if asyncio.current_task() is here.polling and failures == 0:
            failures += 1
            raise OSError("disk full")
        return working()

    monkeypatch.setattr(database, "write", failing)
    await bilal.send("hulp")
    await bilal.wait(3, SOON)
    assert failures == 1
    assert (await here.inbox()).count("hulp") == 1


# The webhook.


@pytest.fixture
async def webhook(here: Here) -> AsyncIterator[str]:
    """The address of a webhook, which Telegram knows."""
    channel = Telegram(
        here.telegram_server.token,
        here.telegram_server.url,
        here.house.receive,
        str,
        secret="een-geheim_1",
    )
    async with serving(Starlette(routes=[channel.route()])) as port:
        address = f"http://127.0.0.1:{port}"
        await channel.set_webhook(address)
        here.deliver()
        yield f"{address}/webhooks/telegram"
        await channel.close()


@pytest.mark.usefixtures("webhook")
async def test_by_webhook_the_same_conversation_is_held(here: Here) -> None:
    person = await here.active_on_telegram()
    assert (await here.track()).standing is Standing.ACTIVE
    update = await person.send("hulp")
    await person.wait(3, SOON)
    here.telegram_server.resend(update)
    await here.telegram_server.settle(SOON)
    assert (await here.inbox()).count("hulp") == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"update_id": "x"}', b'"tekst"'])
async def test_a_webhook_call_that_is_no_update_is_refused(
    here: Here, webhook: str, body: bytes
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": "een-geheim_1"}
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(webhook, content=body, headers=headers)
    assert answer.status_code in (200, 400)
    assert await here.inbox() == []


@pytest.mark.parametrize("secret", ["", "een-geheim_2", "een-geheim_1x", "een-geheim_"])
async def test_a_webhook_call_without_the_secret_is_refused(
    here: Here, webhook: str, secret: str
) -> None:
    token = (await here.enrol_on_telegram()).link_token
    person = {"id": 7, "is_bot": False, "first_name": "Bilal"}
    message = {"message_id": 9, "date": 1_772_442_000, "text": f"/start {token}", "from": person}
    update = {"update_id": 9, "message": message | {"chat": {"id": 7, "type": "private"}}}
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    async with httpx.AsyncClient(trust_env=False) as http:
        refused = await http.post(webhook, json=update, headers=headers)
        assert await here.inbox() == []
        right = {"X-Telegram-Bot-Api-Secret-Token": "een-geheim_1"}
        taken = await http.post(webhook, json=update, headers=right)
    assert (refused.status_code, taken.status_code) == (403, 200)
    assert await here.inbox() == ["[start]"]


async def test_a_webhook_call_that_is_too_large_is_refused(webhook: str) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": "een-geheim_1"}
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(webhook, content=b"x" * 300_000, headers=headers)
    assert answer.status_code == 413


async def test_telegram_refuses_a_webhook_without_https(here: Here) -> None:
    with pytest.raises(DeliveryError):
        await here.telegram.set_webhook("http://nazorg.example.org")


async def _all_taken(here: Here) -> None:
    """Wait until all updates were confirmed and all that waits was sent."""
    updates = here.telegram_server.updates
    await until(lambda: not updates.pending and not updates._again)

    async def nothing_waits() -> bool:
        return not any(one.status in ("queued", "sending") for one in await here.outbox())

    await until_true(nothing_waits)
    await asyncio.sleep(0.02)
