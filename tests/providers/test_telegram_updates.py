"""How the Telegram server delivers updates, to python-telegram-bot and to a webhook."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest
from starlette.responses import Response
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict

from .receiver import receiving
from .telegram import TOKEN, TelegramServer
from .telegram_people import TelegramUser

SECRET = "a-Secret_1"


# Receiving by getUpdates.


async def test_updates_are_delivered_until_confirmed(bot: Bot, user: TelegramUser) -> None:
    first = await bot.get_updates()
    assert first[0].message is not None
    assert first[0].message.text == "/start token-1"
    assert first[0].message.entities[0].type == "bot_command"
    assert await bot.get_updates() == first
    second = await user.send("hoi")
    assert second == first[0].update_id + 1
    assert [u.update_id for u in await bot.get_updates(limit=1)] == [first[0].update_id]
    assert [u.update_id for u in await bot.get_updates(offset=second)] == [second]
    assert await bot.get_updates(offset=second + 1) == ()


async def test_a_negative_offset_keeps_the_last(bot: Bot, user: TelegramUser) -> None:
    last = await user.send("hoi")
    assert [u.update_id for u in await bot.get_updates(offset=-1)] == [last]


async def test_a_long_poll_waits_for_an_update(bot: Bot, user: TelegramUser) -> None:
    offset = (await bot.get_updates())[-1].update_id + 1
    poll = asyncio.create_task(bot.get_updates(offset=offset, timeout=5))
    await asyncio.sleep(0.05)
    assert not poll.done()
    update_id = await user.send("hoi")
    assert [u.update_id for u in await poll] == [update_id]
    assert await bot.get_updates(offset=update_id + 1, timeout=1) == ()


async def test_a_second_long_poll_ends_the_first(server: TelegramServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    async with Bot(TOKEN, base_url=server.url) as other:
        second = asyncio.create_task(other.get_updates(timeout=1))
        with pytest.raises(Conflict, match=r"(?i)terminated by other getUpdates request"):
            await first
        assert await second == ()


async def test_an_update_can_come_again(
    server: TelegramServer, bot: Bot, user: TelegramUser
) -> None:
    update_id = (await bot.get_updates())[0].update_id
    assert await bot.get_updates(offset=update_id + 1) == ()
    server.resend(update_id)
    assert [u.update_id for u in await bot.get_updates(offset=update_id + 1)] == [update_id]
    assert await bot.get_updates(offset=update_id + 1) == ()


async def test_after_a_quiet_week_the_numbers_begin_elsewhere(
    server: TelegramServer, bot: Bot, user: TelegramUser
) -> None:
    old = (await bot.get_updates())[0].update_id
    assert await bot.get_updates(offset=old + 1) == ()
    server.updates.next_id = 500
    new = await user.send("hoi")
    assert new < old
    assert [u.update_id for u in await bot.get_updates(offset=old + 1)] == [new]


async def test_an_update_lives_a_day(bot: Bot, server: TelegramServer, user: TelegramUser) -> None:
    server.now = lambda: datetime.now(UTC) + timedelta(hours=25)
    assert await bot.get_updates() == ()


async def test_only_the_allowed_kinds_come(bot: Bot, user: TelegramUser) -> None:
    last = (await bot.get_updates(allowed_updates=["my_chat_member"]))[-1].update_id
    await user.send("hoi")
    blocked = user.block()
    updates = await bot.get_updates(offset=last + 1)
    assert [u.update_id for u in updates] == [blocked]
    change = updates[0].my_chat_member
    assert change is not None
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")


async def test_everything_a_person_can_send_is_read_by_the_library(
    bot: Bot, user: TelegramUser
) -> None:
    await user.photo("mijn brief")
    await user.sticker()
    await user.voice()
    await user.send("eerst zo")
    await user.edit("toch anders")
    _, photo, sticker, voice, written, edited = await bot.get_updates()
    assert photo.message is not None
    assert (photo.message.caption, len(photo.message.photo)) == ("mijn brief", 1)
    assert sticker.message is not None
    assert sticker.message.sticker is not None
    assert voice.message is not None
    assert voice.message.voice is not None
    assert voice.message.text is None
    assert edited.edited_message is not None
    assert edited.edited_message.text == "toch anders"
    assert written.message is not None
    assert edited.edited_message.message_id == written.message.message_id


async def test_who_has_blocked_the_bot_writes_nothing_until_a_new_start(user: TelegramUser) -> None:
    user.block()
    with pytest.raises(RuntimeError, match="blocked"):
        await user.send("hoi")
    await user.start()
    assert user.refusal is None


async def test_a_start_payload_is_limited(user: TelegramUser) -> None:
    with pytest.raises(ValueError, match="at most 64"):
        await user.start("a b")


# Receiving by webhook.


async def test_updates_are_posted_with_the_secret_until_accepted(
    server: TelegramServer, bot: Bot, user: TelegramUser
) -> None:
    async with receiving() as ours:
        ours.answers.extend([Response(status_code=500), Response(status_code=503)])
        await bot.set_webhook(f"{ours.url}/telegram", secret_token=SECRET)
        second = await user.send("hoi")
        await server.settle()
        assert len(ours.calls) == 4
        assert [call.json["update_id"] for call in ours.calls][-1] == second
        assert len({call.json["update_id"] for call in ours.calls[:3]}) == 1
        assert ours.calls[0].headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
        assert Update.de_json(ours.calls[-1].json, bot).message.text == "hoi"  # type: ignore[union-attr]
        info = await bot.get_webhook_info()
        assert info.url == f"{ours.url}/telegram"
        assert info.last_error_message is not None
        assert "503" in info.last_error_message
        server.resend(second)
        await server.settle()
        assert ours.calls[-1].json["update_id"] == second


async def test_a_public_address_is_reached_through_a_local_one(
    server: TelegramServer, bot: Bot
) -> None:
    async with receiving() as ours:
        server.deliver_to = ours.url
        await bot.set_webhook("https://nazorg.example/telegram", secret_token=SECRET)
        await server.user().start()
        await server.settle()
        assert (ours.calls[0].path, ours.calls[0].headers["host"]) == (
            "/telegram",
            "nazorg.example",
        )


async def test_webhook_and_polling_exclude_one_another(bot: Bot, server: TelegramServer) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    await bot.set_webhook("https://nazorg.example/telegram")
    with pytest.raises(Conflict, match=r"(?i)terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match=r"(?i)can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


@pytest.mark.parametrize(
    ("url", "secret", "reason"),
    [
        ("http://nazorg.example/x", SECRET, "Bad webhook: An HTTPS URL must be provided"),
        ("https://nazorg.example:8000/x", SECRET, "Bad webhook: Webhook can be set up only on"),
        ("ftp://nazorg.example/x", SECRET, "Invalid webhook URL specified"),
        ("https://nazorg.example/x", "has space", "Secret token contains unallowed characters"),
        ("https://nazorg.example/x", "x" * 257, "Secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(bot: Bot, url: str, secret: str, reason: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){reason}"):
        await bot.set_webhook(url, secret_token=secret)


async def test_a_loopback_webhook_is_refused_unless_allowed() -> None:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(TelegramServer())
        bot = await stack.enter_async_context(Bot(TOKEN, base_url=server.url))
        with pytest.raises(BadRequest, match=r"(?i)HTTPS URL must be provided"):
            await bot.set_webhook("http://127.0.0.1:8000/x")


async def test_waiting_updates_can_be_dropped(bot: Bot, user: TelegramUser) -> None:
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()
