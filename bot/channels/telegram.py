"""Telegram, through python-telegram-bot's API client.

Our own loop and webhook, not the library's: an update must be in the database before it is
acknowledged. By polling, asking for the next update acknowledges the ones before; by webhook, the
200 does.
"""

import asyncio
import hmac
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from aftercare.inbox import Inbound, Receipt
from bot.channels import CannotTell, DeliveryError, Doubt, Sent
from conversations import words
from conversations.phrases import Phrase
from conversations.turns import Attachment, Hello, Incoming, Press, Text
from storage.outbox import Parcel
from storage.pace import Pace

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library warns about the older form

log = structlog.get_logger()

Receive = Callable[[Inbound], Awaitable[Receipt]]
Render = Callable[[Phrase], str]

_UPDATES = ["message", "callback_query"]
_POLL_SECONDS = 25
_LARGEST_UPDATE = 256 * 1024
_LONGEST_QUESTION = 6
_NEVER_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_GONE = ("chat not found", "user is deactivated", "bot was blocked", "can't initiate")


class Telegram(CannotTell):
    """The Telegram channel. `receive` stores an update; `render` words the fixed answers."""

    name = words.Channel.TELEGRAM
    pace = Pace(per_second=28, apart=timedelta(seconds=1))  # it takes about 30, 1 a chat

    def __init__(
        self, token: str, api_url: str, receive: Receive, render: Render, *, secret: str = ""
    ) -> None:
        base = api_url.removesuffix("/bot")
        self._requests = (_request(10), _request(_POLL_SECONDS + 10))
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )
        self._receive = receive
        self._render = render
        self._secret = secret
        self._offset: int | None = None

    async def send(self, parcel: Parcel) -> Sent:
        """Send the text, with its buttons one below the other. Raises `DeliveryError`."""
        try:
            message = await self._bot.send_message(
                chat_id=parcel.address, text=parcel.text, reply_markup=_keyboard(parcel)
            )
        except TelegramError as error:
            raise _delivery_error(error) from None
        return Sent(f"{parcel.client_id}/{message.message_id}", arrived=True)

    async def user_name(self) -> str:
        """The bot's own name, for deep links. Raises `DeliveryError`."""
        try:
            return (await self._bot.get_me()).username or ""
        except TelegramError as error:
            raise _delivery_error(error) from None

    async def close(self) -> None:
        """Close the connections."""
        for one in self._requests:
            await one.shutdown()

    async def poll(self) -> None:
        """Fetch and take in updates until cancelled; the network may come and go."""
        pause = 0.0
        connected = False
        while True:
            try:
                if not connected:
                    await self._bot.delete_webhook()
                    connected = True
                await self._poll_once()
                pause = 0.0
            except Exception as error:
                pause = min(max(1.0, pause * 2), 30.0)
                if isinstance(error, RetryAfter):
                    pause = max(pause, _seconds(error))
                if isinstance(error, Conflict):
                    connected = False
                log.warning("telegram polling pauses", error=type(error).__name__, seconds=pause)
                await asyncio.sleep(pause)

    async def _poll_once(self) -> None:
        updates = await self._bot.get_updates(
            offset=self._offset, timeout=_POLL_SECONDS, allowed_updates=_UPDATES
        )
        for update in updates:
            await self._take(update)
            self._offset = update.update_id + 1

    async def set_webhook(self, public_url: str) -> None:
        """Ask Telegram to call us. Raises `DeliveryError`."""
        try:
            await self._bot.set_webhook(
                f"{public_url}/webhooks/telegram",
                secret_token=self._secret,
                allowed_updates=_UPDATES,
            )
        except TelegramError as error:
            raise _delivery_error(error) from None

    def route(self) -> Route:
        """The webhook, which answers only to whoever knows the secret."""

        async def webhook(request: Request) -> Response:
            given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
            if not self._secret or not hmac.compare_digest(given.encode(), self._secret.encode()):
                return Response(status_code=403)
            body = await request.body()
            if len(body) > _LARGEST_UPDATE:
                return Response(status_code=413)
            try:
                update = Update.de_json(await request.json(), self._bot)
            except (ValueError, KeyError, TypeError, AttributeError):
                return Response(status_code=400)
            await self._take(update)
            return JSONResponse({})

        return Route("/webhooks/telegram", webhook, methods=["POST"])

    async def _take(self, update: Update) -> None:
        """Store an update and answer a button; a stranger is answered without being kept."""
        inbound = _inbound(update)
        if inbound is None:
            return
        receipt = await self._receive(inbound)
        try:
            if update.callback_query:
                await self._bot.answer_callback_query(update.callback_query.id)
            if receipt.answer:
                await self._bot.send_message(inbound.sender, self._render(receipt.answer))
        except TelegramError as error:
            log.info("telegram courtesy failed", error=type(error).__name__)


async def ask_name(token: str, api_url: str) -> str | None:
    """The name of the bot with this token, or None when Telegram does not say."""
    requests = _request(5)
    base = api_url.removesuffix("/bot")
    try:
        me = await Bot(token, base_url=f"{base}/bot", request=requests).get_me()
        return me.username
    except TelegramError:
        return None
    finally:
        await requests.shutdown()


def _inbound(update: Update) -> Inbound | None:
    """What an update says; None for what is not one person's message to the bot."""
    press = update.callback_query
    if press is not None:
        question, _, value = (press.data or "").partition(":")
        if not question.isdecimal() or len(question) > _LONGEST_QUESTION or not value:
            return None  # not a button of ours: people can send what they like
        incoming: Incoming = Press(int(question), value)
        return Inbound(words.Channel.TELEGRAM, str(press.from_user.id), f"b{press.id}", incoming)
    message = update.message
    if message is None or message.chat.type != "private" or message.from_user is None:
        return None
    link = None
    text = message.text or message.caption  # what is written below a photo counts
    if text is None:
        incoming = Attachment()
    elif text.split(" ")[0] == "/start":
        incoming = Hello()
        link = text.partition(" ")[2].strip() or None
    else:
        incoming = Text(text)
    # update_id starts anew after a quiet week, so the moment goes with it.
    external_id = f"{update.update_id}-{int(message.date.timestamp())}"
    return Inbound(words.Channel.TELEGRAM, str(message.chat.id), external_id, incoming, link)


def _keyboard(parcel: Parcel) -> InlineKeyboardMarkup | None:
    if not parcel.buttons:
        return None
    rows = [[InlineKeyboardButton(label, callback_data=data)] for label, data in parcel.buttons]
    return InlineKeyboardMarkup(rows)


def _request(read_timeout: float) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=32,
        connect_timeout=5,
        read_timeout=read_timeout,
        write_timeout=10,
        pool_timeout=5,
    )


def _delivery_error(error: TelegramError) -> DeliveryError:
    """What a failure of the Bot API means for a message."""
    code = f"telegram {type(error).__name__}"
    match error:
        case RetryAfter():
            return DeliveryError(code, retry_after=_seconds(error))
        case Forbidden() | ChatMigrated():
            return DeliveryError(code, closes_channel=True)
        case BadRequest():
            gone = any(words in error.message.casefold() for words in _GONE)
            return DeliveryError(code, permanent=True, closes_channel=gone)
        case InvalidToken() | Conflict():
            return DeliveryError(code, retry_after=60)
        case TimedOut() | NetworkError():
            if isinstance(error.__cause__, _NEVER_CONNECTED):
                return DeliveryError(code)
            answered = error.__cause__ is None and not isinstance(error, TimedOut)
            refused = answered and "gateway" not in error.message.casefold()
            return DeliveryError(code, doubt=Doubt.NOT_SENT if refused else Doubt.UNKNOWN)
        case _:
            return DeliveryError(code, doubt=Doubt.UNKNOWN)


def _seconds(error: RetryAfter) -> float:
    pause = error.retry_after
    return float(pause if isinstance(pause, int) else pause.total_seconds())
