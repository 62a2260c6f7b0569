"""What the Telegram server accepts and refuses, driven by python-telegram-bot."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter

from .telegram import TOKEN, TelegramServer
from .telegram_people import TelegramUser

PARSE = "Can't parse entities: "


def buttons(*data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(d.title(), callback_data=d)] for d in data])


async def test_a_message_arrives_with_its_buttons(
    server: TelegramServer, bot: Bot, user: TelegramUser
) -> None:
    message = await bot.send_message(user.id, "Hoe gaat het?", reply_markup=buttons("goed", "mwah"))
    assert message.text == "Hoe gaat het?"
    assert message.reply_markup == buttons("goed", "mwah")
    assert [m.text for m in user.received] == ["Hoe gaat het?"]
    assert user.received[0].labels == ["Goed", "Mwah"]
    assert [(s.to, s.text) for s in server.sent] == [(str(user.id), "Hoe gaat het?")]


async def test_html_is_shown_as_text(bot: Bot, user: TelegramUser) -> None:
    await bot.send_message(user.id, "<b>Hoi</b> &amp; dag", parse_mode="HTML")
    assert user.received[0].text == "Hoi & dag"


@pytest.mark.parametrize(
    ("text", "options", "reason"),
    [
        ("", {}, "Message text is empty"),
        (" \n", {}, "Text must be non-empty"),
        ("x" * 4097, {}, "Message is too long"),
        ("hoi", {"reply_markup": buttons("x" * 65)}, "Button_data_invalid"),
        ("hoi", {"reply_markup": buttons("é" * 33)}, "Button_data_invalid"),
        ("hoi", {"parse_mode": "Wiki"}, "Unsupported parse_mode"),
        ("<b>hoi", {"parse_mode": "HTML"}, f"{PARSE}can't find end tag corresponding to start"),
        ("<p>hoi</p>", {"parse_mode": "HTML"}, f'{PARSE}unsupported start tag "p" at byte'),
        ("hoi.", {"parse_mode": "MarkdownV2"}, f"{PARSE}character '.' is reserved"),
    ],
)  # fmt: skip
async def test_a_wrong_message_is_refused(
    bot: Bot, user: TelegramUser, text: str, options: dict[str, object], reason: str
) -> None:
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(user.id, text, **options)  # type: ignore[arg-type]
    assert refusal.value.message.lower().startswith(reason.lower())
    assert user.received == []


async def test_limits_are_inclusive(bot: Bot, user: TelegramUser) -> None:
    await bot.send_message(user.id, "x" * 4096, reply_markup=buttons("x" * 64))
    assert len(user.received) == 1


async def test_a_chat_nobody_knows_is_not_found(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "hoi")
    with pytest.raises(BadRequest, match="Chat_id is empty"):
        await bot.send_message("", "hoi")


async def test_nobody_gets_a_message_unasked_or_against_their_will(
    server: TelegramServer, bot: Bot
) -> None:
    user = server.user()
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(user.id, "hoi")
    await user.send("hallo")
    await bot.send_message(user.id, "hoi")
    user.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(user.id, "hoi")
    user.unblock()
    await bot.send_message(user.id, "hoi")
    user.deactivate()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(user.id, "hoi")


async def test_a_wrong_token_is_refused(server: TelegramServer) -> None:
    bot = Bot("4242:another", base_url=server.url)
    with pytest.raises(InvalidToken):
        await bot.initialize()
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"{server.url}4242:another/getMe")
        assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")
        assert (await http.get(f"{server.url}nonsense/getMe")).status_code == 404
        answer = await http.get(f"{server.url}{TOKEN}/sendFlowers")
        assert answer.json()["description"] == "Not Found: method not found"
    await bot.shutdown()


async def test_too_fast_to_one_chat_asks_to_wait() -> None:
    async with TelegramServer(rate_limits=True) as server, Bot(TOKEN, base_url=server.url) as bot:
        user = server.user()
        await user.send("hallo")
        await bot.send_message(user.id, "een")
        with pytest.raises(RetryAfter) as wait:
            await bot.send_message(user.id, "twee")
        assert wait.value.retry_after == timedelta(seconds=1)


async def test_too_fast_in_all_asks_to_wait() -> None:
    async with TelegramServer(rate_limits=True) as server, Bot(TOKEN, base_url=server.url) as bot:
        users = [server.user() for _ in range(31)]
        for user in users:
            await user.send("hallo")
        results = await asyncio.gather(
            *(bot.send_message(user.id, "hoi") for user in users), return_exceptions=True
        )
        assert sum(isinstance(result, RetryAfter) for result in results) == 1
        assert len(server.sent) == 30


async def test_bodies_may_be_json_form_or_multipart(
    server: TelegramServer, user: TelegramUser
) -> None:
    url = f"{server.url}{TOKEN}/sendmessage"  # method names are not case-sensitive
    data = {"chat_id": str(user.id), "text": "hoi"}
    markup = buttons("ja").to_dict()
    async with httpx.AsyncClient() as http:
        answers = [
            await http.post(url, json={**data, "chat_id": user.id, "reply_markup": markup}),
            await http.post(url, data=data),
            await http.post(url, data=data, files={"file": b"x"}),
            await http.get(url, params=data),
        ]
    assert [answer.json()["ok"] for answer in answers] == [True] * 4
    assert user.received[0].labels == ["Ja"]


# Buttons.


async def test_a_pressed_button_is_answered_once(bot: Bot, user: TelegramUser) -> None:
    sent = await bot.send_message(user.id, "Hoe gaat het?", reply_markup=buttons("goed", "mwah"))
    await user.press("Mwah")
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    assert query.data == "mwah"
    assert query.message is not None
    assert query.message.message_id == sent.message_id
    assert await bot.answer_callback_query(query.id, text="dank je")
    assert user.queries[0].answer == "dank je"
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(query.id)


async def test_a_press_cannot_be_answered_late(
    server: TelegramServer, bot: Bot, user: TelegramUser
) -> None:
    await bot.send_message(user.id, "?", reply_markup=buttons("goed"))
    await user.press("goed")
    server.now = lambda: datetime.now(UTC) + timedelta(minutes=16)
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(user.queries[0].id)


async def test_buttons_can_be_taken_away(bot: Bot, user: TelegramUser) -> None:
    message = await bot.send_message(user.id, "Hoe gaat het?", reply_markup=buttons("goed"))
    await bot.edit_message_reply_markup(user.id, message.message_id)
    assert user.received[0].buttons == []
    with pytest.raises(LookupError):
        await user.press("goed")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(user.id, message.message_id)
    await bot.edit_message_text("Dank je", user.id, message.message_id)
    assert user.received[0].text == "Dank je"
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("Dank je", user.id, 99)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("Dank je", user.id, 1)


async def test_a_reply_keyboard_sends_its_label(bot: Bot, user: TelegramUser) -> None:
    await bot.send_message(user.id, "?", reply_markup=ReplyKeyboardMarkup([["Ja", "Nee"]]))
    await user.press("Nee")
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.text == "Nee"


async def test_commands_are_checked(server: TelegramServer, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("stop", "Geen berichten meer")], language_code="nl")
    assert server.commands["default", "nl"][0]["command"] == "stop"
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Stop!", "Geen berichten meer")])


# Groups.


async def test_in_a_group_the_bot_hears_commands_and_mentions_only(
    server: TelegramServer, bot: Bot, user: TelegramUser
) -> None:
    group = server.group("Team nazorg", by=user)
    assert await group.send(user, "onder ons") is None
    assert await group.send(user, "/help@nazorg_test_bot") is not None
    update = (await bot.get_updates())[-1]
    assert update.message is not None
    assert (update.message.chat.type, update.message.chat.id) == ("group", group.id)
    await bot.send_message(group.id, "hier ben ik")
    assert group.received[0].text == "hier ben ik"
    old, new = group.id, group.upgrade(user)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(old, "hoi")
    assert moved.value.new_chat_id == new
    await bot.send_message(new, "weer hier")
    group.kick_bot(user)
    with pytest.raises(Forbidden, match="bot was kicked"):
        await bot.send_message(new, "hoi")
