"""What the Bot API accepts and in which words it refuses.

Sources: core.telegram.org/bots/api for the limits, and tdlib/telegram-bot-api, the server's own
code, for the order of the checks and the descriptions of the errors.
"""

import json
import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from .server import LOOPBACK, JsonDict

MAX_TEXT = 4096
MAX_CALLBACK_DATA = 64
MAX_BUTTONS = 100
HTML_TAGS = {
    "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote",
    "span", "tg-spoiler",
}  # fmt: skip


class ApiError(Exception):
    """The Bot API refuses: `code`, `description` and, for some, `parameters`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> JsonDict:
        """The body of the answer."""
        body: JsonDict = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(reason: str) -> ApiError:
    """A 400; the server puts its own prefix before the reason."""
    return ApiError(400, f"Bad Request: {reason}")


def too_many_requests(seconds: int) -> ApiError:
    """A 429 that says how long to wait."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass(frozen=True)
class Button:
    """One button below a message; `data` for a callback, `url` for a link, neither for a reply."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Markup:
    """The rows of buttons of a message; `inline` or a keyboard in place of the person's own."""

    rows: tuple[tuple[Button, ...], ...] = ()
    inline: bool = True

    def __iter__(self) -> Iterator[Button]:
        return (button for row in self.rows for button in row)

    def as_json(self) -> JsonDict:
        """As the Bot API writes it back."""
        return {"inline_keyboard": [[_button_json(button) for button in row] for row in self.rows]}


def checked_text(text: str | None, parse_mode: str | None) -> str:
    """The text as people will see it, or ApiError."""
    if not text:
        raise bad_request("message text is empty")
    visible = _without_formatting(text, parse_mode).strip()
    if not visible:
        raise bad_request("text must be non-empty")
    if len(visible) > MAX_TEXT:
        raise bad_request("message is too long")
    return visible


def checked_markup(raw: str | None) -> Markup | None:
    """The buttons from the JSON text of `reply_markup`, or ApiError."""
    if not raw:
        return None
    try:
        markup = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for field, read in (("keyboard", _reply_button), ("inline_keyboard", _inline_button)):
        rows = markup.get(field) or []
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            of = " of the InlineKeyboardMarkup" if read is _inline_button else ""
            raise bad_request(f'field "{field}"{of} must be an Array of Arrays')
        buttons = tuple(tuple(b for b in map(read, row) if b.label) for row in rows)
        if sum(map(len, buttons)) > MAX_BUTTONS:
            raise bad_request("reply markup is too long")
        if any(buttons):
            return Markup(tuple(row for row in buttons if row), read is _inline_button)
    return None


def checked_commands(raw: str | None) -> list[JsonDict]:
    """The bot's commands from their JSON text, or ApiError."""
    try:
        commands = json.loads(raw or "[]")
    except ValueError:
        raise bad_request("can't parse commands JSON object") from None
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not {"command", "description"} <= command.keys():
            raise bad_request("can't parse BotCommand: expected an Object")
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def check_webhook(url: str, secret: str, allow_loopback: bool) -> None:
    """Refuse what `setWebhook` refuses: a bad address, port or secret token."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        port = parts.port or 443
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    if allow_loopback and parts.hostname in LOOPBACK:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in {80, 88, 443, 8443}:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


class RateLimits:
    """The documented limits: 1 message a second to a chat, 30 a second in all, 20 a minute to a
    group. The real server allows short bursts, of a size it does not tell; this one does not."""

    def __init__(self) -> None:
        self._all: deque[float] = deque()
        self._by_chat: dict[int, deque[float]] = {}

    def check(self, chat_id: int) -> None:
        """Count one message, or raise the 429 without counting it."""
        now = time.monotonic()
        chat = self._by_chat.setdefault(chat_id, deque())
        limits = [(self._all, 30, 1.0), (chat, 1, 1.0)]
        if chat_id < 0:
            limits.append((chat, 20, 60.0))
        for times, most, window in limits:
            recent = [moment for moment in times if moment > now - window]
            if len(recent) >= most:
                raise too_many_requests(max(1, ceil(recent[-most] + window - now)))
        for times in (self._all, chat):
            times.append(now)
            while times[0] <= now - 60:
                times.popleft()


def _inline_button(button: Any) -> Button:
    wrong = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{wrong}InlineKeyboardButton must be an Object")
    label, data, url = button.get("text"), button.get("callback_data"), button.get("url")
    if not isinstance(label, str):
        raise bad_request(f'{wrong}Field "text" must be of type String')
    if url:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https", "tg"} or not parts.netloc:
            raise bad_request("BUTTON_URL_INVALID")
        return Button(label, url=url)
    if not data:
        raise bad_request(f"{wrong}Text buttons are unallowed in the inline keyboard")
    if len(data.encode()) > MAX_CALLBACK_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(label, data=data)


def _reply_button(button: Any) -> Button:
    label = button.get("text") if isinstance(button, dict) else button
    if not isinstance(label, str):
        raise bad_request(
            "can't parse keyboard button: KeyboardButton must be a String or an Object"
        )
    return Button(label)


def _button_json(button: Button) -> JsonDict:
    kind = {"url": button.url} if button.url else {"callback_data": button.data}
    return {"text": button.label} | kind


def _without_formatting(text: str, parse_mode: str | None) -> str:
    """Strip the markup. MarkdownV2 is checked for reserved characters only."""
    match (parse_mode or "").lower():
        case "":
            return text
        case "html":
            reader = _HtmlText()
            reader.feed(text)
            reader.close()
            if reader.open:
                tag = reader.open[-1]
                raise bad_request(
                    f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\""
                )
            return "".join(reader.parts)
        case "markdownv2":
            plain = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|\\.", "", text, flags=re.DOTALL)
            if reserved := re.search(r"(?<!^)[>]|[#+\-=|{}.!]", plain):
                raise bad_request(
                    f"can't parse entities: Character '{reserved[0]}' is reserved and must be "
                    "escaped with the preceding '\\'"
                )
            return re.sub(r"\\(.)", r"\1", text)
        case "markdown":
            return text
    raise bad_request("unsupported parse_mode")


class _HtmlText(HTMLParser):
    """Collects the text of Telegram's HTML style and refuses tags it does not know."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HTML_TAGS:
            raise bad_request(
                f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset '
                f"{self.getpos()[1]}"
            )
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise bad_request(f'can\'t parse entities: Unexpected end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.parts.append(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.parts.append(unescape(f"&#{name};"))
