"""Telegram's Bot API as documented, for python-telegram-bot's `Bot(token, base_url=server.url)`."""

import json
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from .faults import ANSWERED, Fault
from .server import HttpProvider, JsonDict
from .telegram_people import CallbackQuery, Chat, Message, TelegramGroup, TelegramUser
from .telegram_rules import (
    ApiError,
    RateLimits,
    bad_request,
    check_webhook,
    checked_commands,
    checked_markup,
    checked_text,
    too_many_requests,
)
from .telegram_updates import UpdateQueue, Webhook

TOKEN = "4242:provider-test-token"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


class TelegramServer(HttpProvider):
    """A bot's view of Telegram, and the people in it. See `HttpProvider` for the other options.

    `rate_limits` switches the documented limits on; see `RateLimits`.
    """

    name = "telegram"
    sending = ("sendMessage",)

    def __init__(self, token: str = TOKEN, *, rate_limits: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.token = token
        self.limits = RateLimits() if rate_limits else None
        self.callback_lifetime = timedelta(minutes=15)
        """How long a pressed button can be answered; the real figure is not documented."""
        self.commands: dict[tuple[str, str], list[JsonDict]] = {}
        """What setMyCommands set, by (scope type, language code)."""
        self.chats: dict[int, Chat] = {}
        self.messages: dict[tuple[int, int], Message] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.updates = UpdateQueue(lambda: self.now(), self.post, self.background)

    async def __aexit__(self, *exc_info: object) -> None:
        self.updates.end_wait()
        await super().__aexit__(*exc_info)

    @property
    def url(self) -> str:
        """What `Bot(base_url=...)` wants; the client appends the token to it."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def bot(self) -> JsonDict:
        """The bot as a Telegram user."""
        id = int(self.token.partition(":")[0])
        return {"id": id, "is_bot": True, "first_name": "Nazorg", "username": "nazorg_test_bot"}

    def user(
        self,
        first_name: str = "Noor",
        chat_id: int | None = None,
        language_code: str = "nl",
        **profile: str,
    ) -> TelegramUser:
        """A new person, who has not yet written to the bot."""
        chat_id = chat_id or 7_000_000_001 + len(self.chats)
        names = {"first_name": first_name, "language_code": language_code, **profile}
        user = TelegramUser(self, chat_id, names)
        self.chats[chat_id] = user
        return user

    def group(self, title: str, by: TelegramUser, chat_id: int | None = None) -> TelegramGroup:
        """A new group, to which `by` has just added the bot."""
        group = TelegramGroup(self, chat_id or -4_000_000_001 - len(self.chats), title)
        self.chats[group.id] = group
        group.my_chat_member(by.profile, "left", "member")
        return group

    def resend(self, update_id: int) -> None:
        """Deliver an update once more."""
        self.updates.resend(update_id)

    def routes(self) -> list[BaseRoute]:
        """Every method, called as /bot<token>/<method>, by GET or POST."""
        return [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            Route("/{rest:path}", _not_found, methods=["GET", "POST"]),
        ]

    async def _call(self, request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        id, colon, _ = token.partition(":")
        if not (colon and id.isdigit()):
            return await _not_found(request)
        if token != self.token:
            return _refusal(ApiError(401, "Unauthorized"))
        known = next((name for name in METHODS if name.lower() == method.lower()), None)
        if known is None:  # tdlib/telegram-bot-api, Client::send
            return _refusal(ApiError(404, "Not Found: method not found"))
        arguments = await _arguments(request)

        async def act() -> Response:
            try:
                result = await METHODS[known](self, arguments)
            except ApiError as error:
                return _refusal(error)
            note = {"description": result[1]} if isinstance(result, tuple) else {}
            value = result[0] if isinstance(result, tuple) else result
            return JSONResponse({"ok": True, "result": value} | note)

        return await self.with_faults(request, known, act, self._fault)

    def _fault(self, fault: Fault) -> Response:
        if fault is Fault.TOO_MANY_REQUESTS:
            return _refusal(too_many_requests(self.faults.retry_after))
        if fault is Fault.FORBIDDEN:
            return _refusal(ApiError(403, "Forbidden: bot was blocked by the user"))
        return _refusal(ApiError(ANSWERED[fault], "Internal Server Error"))

    # What people need of the server (`telegram_people.Telegram`).

    def new_message(self, chat_id: int, text: str, **options: Any) -> Message:
        """A message with the next number."""
        message = Message(len(self.messages) + 1, chat_id, text, self.now(), **options)
        self.messages[chat_id, message.message_id] = message
        return message

    def new_query(self) -> CallbackQuery:
        """A pressed button that waits for its answer."""
        query = CallbackQuery(str(31_337_000_000 + len(self.queries)), self.now())
        self.queries[query.id] = query
        return query

    def update(self, kind: str, chat_id: int, content: JsonDict) -> int:
        """Queue something for the bot to hear."""
        return self.updates.add(kind, chat_id, content)

    def move_chat(self, group: TelegramGroup, chat_id: int) -> None:
        """A group became a supergroup: its old id answers with the new one."""
        tombstone = TelegramGroup(self, group.id, group.title)
        tombstone.moved_to = chat_id
        self.chats[group.id] = tombstone
        group.id = chat_id
        self.chats[chat_id] = group

    # The methods of the Bot API.

    async def get_me(self, arguments: dict[str, str]) -> JsonDict:
        """getMe."""
        abilities = {"can_join_groups": True, "can_read_all_group_messages": False}
        return self.bot | abilities | {"supports_inline_queries": False}

    async def get_updates(self, arguments: dict[str, str]) -> list[JsonDict]:
        """getUpdates."""
        self.updates.allow(arguments.get("allowed_updates"))
        limit = min(max(_integer(arguments, "limit", 100), 1), 100)
        timeout = min(max(_integer(arguments, "timeout", 0), 0), 50)
        return await self.updates.get(_integer(arguments, "offset", 0), limit, timeout)

    async def set_webhook(self, arguments: dict[str, str]) -> tuple[bool, str]:
        """setWebhook. As with the real one, a refused address leaves no webhook at all."""
        url, secret = arguments.get("url", ""), arguments.get("secret_token", "")
        connections = min(max(_integer(arguments, "max_connections", 40), 1), 100)
        if not url:
            return await self.delete_webhook(arguments)
        old = self.updates.webhook
        if old and (old.url, old.secret, old.max_connections) == (url, secret, connections):
            self.updates.allow(arguments.get("allowed_updates"))
            return True, "Webhook is already set"
        await self.delete_webhook(arguments)
        check_webhook(url, secret, self.allow_loopback)
        self.updates.allow(arguments.get("allowed_updates"))
        self.updates.set_webhook(Webhook(url, secret, connections))
        return True, "Webhook was set"

    async def delete_webhook(self, arguments: dict[str, str]) -> tuple[bool, str]:
        """deleteWebhook."""
        note = "Webhook was deleted" if self.updates.webhook else "Webhook is already deleted"
        self.updates.set_webhook(None)
        if arguments.get("drop_pending_updates", "").lower() in {"true", "yes", "1"}:
            self.updates.forget()
        return True, note

    async def get_webhook_info(self, arguments: dict[str, str]) -> JsonDict:
        """getWebhookInfo."""
        hook = self.updates.webhook
        info: JsonDict = {"url": "", "has_custom_certificate": False}
        info["pending_update_count"] = len(self.updates.pending)
        if hook:
            info |= {"url": hook.url, "max_connections": hook.max_connections}
            if hook.last_error_at:
                info["last_error_date"] = int(hook.last_error_at.timestamp())
                info["last_error_message"] = hook.last_error
        return info

    async def send_message(self, arguments: dict[str, str]) -> JsonDict:
        """sendMessage."""
        text = checked_text(arguments.get("text"), arguments.get("parse_mode"))
        markup = checked_markup(arguments.get("reply_markup"))
        chat = self._chat(arguments)
        if self.limits is not None:
            self.limits.check(chat.id)
        message = self.new_message(chat.id, text, from_bot=True, markup=markup)
        chat.arrive(message)
        self.record(str(chat.id), text, str(message.message_id))
        return chat.message_json(message, self.bot)

    async def edit_message_text(self, arguments: dict[str, str]) -> JsonDict:
        """editMessageText."""
        text = checked_text(arguments.get("text"), arguments.get("parse_mode"))
        return self._edit(arguments, text)

    async def edit_message_reply_markup(self, arguments: dict[str, str]) -> JsonDict:
        """editMessageReplyMarkup."""
        return self._edit(arguments, None)

    async def answer_callback_query(self, arguments: dict[str, str]) -> bool:
        """answerCallbackQuery: once for each press, and not long after it."""
        query = self.queries.get(arguments.get("callback_query_id", ""))
        if not query or query.answered or self.now() - query.made > self.callback_lifetime:
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        if len(arguments.get("text", "")) > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        query.answered, query.answer = True, arguments.get("text", "")
        return True

    async def set_my_commands(self, arguments: dict[str, str]) -> bool:
        """setMyCommands."""
        scope = json.loads(arguments.get("scope") or "{}").get("type", "default")
        commands = checked_commands(arguments.get("commands"))
        self.commands[scope, arguments.get("language_code", "")] = commands
        return True

    def _chat(self, arguments: dict[str, str]) -> Chat:
        raw = arguments.get("chat_id", "")
        if not raw:
            raise bad_request("chat_id is empty")
        chat = self.chats.get(int(raw)) if raw.lstrip("-").isdigit() else None
        if chat is None:
            raise bad_request("chat not found")
        if isinstance(chat, TelegramGroup) and chat.moved_to:
            reason = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, reason, migrate_to_chat_id=chat.moved_to)
        if chat.refusal is not None:
            raise ApiError(*chat.refusal)
        return chat

    def _edit(self, arguments: dict[str, str], text: str | None) -> JsonDict:
        markup = checked_markup(arguments.get("reply_markup"))
        chat = self._chat(arguments)
        message = self.messages.get((chat.id, _integer(arguments, "message_id", 0)))
        if message is None:
            raise bad_request("message to edit not found")
        if not message.from_bot:
            raise bad_request("message can't be edited")
        if (text is None or text == message.text) and markup == message.markup:
            raise bad_request(NOT_MODIFIED)
        message.text = message.text if text is None else text
        message.markup, message.edited = markup, True
        return chat.message_json(message, self.bot)


METHODS: dict[str, Any] = {
    "getMe": TelegramServer.get_me,
    "getUpdates": TelegramServer.get_updates,
    "setWebhook": TelegramServer.set_webhook,
    "deleteWebhook": TelegramServer.delete_webhook,
    "getWebhookInfo": TelegramServer.get_webhook_info,
    "sendMessage": TelegramServer.send_message,
    "editMessageText": TelegramServer.edit_message_text,
    "editMessageReplyMarkup": TelegramServer.edit_message_reply_markup,
    "answerCallbackQuery": TelegramServer.answer_callback_query,
    "setMyCommands": TelegramServer.set_my_commands,
}


async def _arguments(request: Request) -> dict[str, str]:
    """Read query, form, multipart or JSON; objects in JSON become the text they are elsewhere."""
    arguments = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        body = json.loads(await request.body() or b"{}")
        arguments |= {k: _as_text(v) for k, v in body.items() if v is not None}
    else:
        async with request.form() as form:
            arguments |= {k: v for k, v in form.items() if isinstance(v, str)}
    return arguments


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _integer(arguments: dict[str, str], key: str, default: int) -> int:
    try:
        return int(arguments.get(key, default))
    except ValueError:
        return default


def _refusal(error: ApiError) -> Response:
    wait = error.parameters.get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else {}
    return JSONResponse(error.as_json(), error.code, headers)


async def _not_found(request: Request) -> Response:
    return _refusal(ApiError(404, "Not Found"))
