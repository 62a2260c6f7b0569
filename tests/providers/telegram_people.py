"""The other side of a Telegram chat: people who write, press, block, and groups."""

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from .server import JsonDict
from .telegram_rules import Button, Markup

START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


@dataclass
class Message:
    """One message in a chat, as the person sees it now (edits included)."""

    message_id: int
    chat_id: int
    text: str
    date: datetime
    from_bot: bool
    markup: Markup | None = None
    edited: bool = False

    @property
    def buttons(self) -> list[Button]:
        """The buttons below it, row by row."""
        return list(self.markup or ())

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [button.label for button in self.buttons]


@dataclass
class CallbackQuery:
    """A pressed button, and what the bot answered."""

    id: str
    made: datetime
    answered: bool = False
    answer: str = ""


class Telegram(Protocol):
    """What people need of the server."""

    now: Callable[[], datetime]

    @property
    def bot(self) -> JsonDict: ...
    def new_message(self, chat_id: int, text: str, **options: Any) -> Message: ...
    def new_query(self) -> CallbackQuery: ...
    def update(self, kind: str, chat_id: int, content: JsonDict) -> int: ...
    def move_chat(self, group: "TelegramGroup", chat_id: int) -> None: ...


class Chat(ABC):
    """A chat the bot can write to."""

    def __init__(self, server: Telegram, chat_id: int) -> None:
        self.server = server
        self.id = chat_id
        self.received: list[Message] = []
        """The bot's messages, oldest first, as they read now."""
        self.refusal: tuple[int, str] | None = None
        """Why the bot may not write here (code, description), or None."""
        self._arrived = asyncio.Event()

    def arrive(self, message: Message) -> None:
        """The bot's message arrives."""
        self.received.append(message)
        self._arrived.set()

    async def wait(self, count: int = 1, within: float = 5.0) -> list[Message]:
        """Wait until at least `count` messages have come in all; return all of them.

        Raises TimeoutError after `within` seconds.
        """
        async with asyncio.timeout(within):
            while len(self.received) < count:
                self._arrived.clear()
                await self._arrived.wait()
        return self.received

    @abstractmethod
    def chat_json(self) -> JsonDict:
        """The chat as the Bot API writes it."""

    def message_json(self, message: Message, sender: JsonDict) -> JsonDict:
        """A message in this chat as the Bot API writes it."""
        body: JsonDict = {
            "message_id": message.message_id,
            "from": sender,
            "chat": self.chat_json(),
            "date": int(message.date.timestamp()),
            "text": message.text,
        }
        if command := re.match(r"/[A-Za-z0-9_]+(@\w+)?", message.text):
            entity = {"type": "bot_command", "offset": 0, "length": len(command[0])}
            body["entities"] = [entity]
        if message.markup is not None and message.markup.inline:
            body["reply_markup"] = message.markup.as_json()
        if message.edited:
            body["edit_date"] = int(self.server.now().timestamp())
        return body

    def my_chat_member(self, by: JsonDict, old: str, new: str) -> int:
        """Tell the bot that its own place in this chat changed; return the update's id."""
        content = {"chat": self.chat_json(), "from": by, "date": int(self.server.now().timestamp())}
        for key, status in (("old_chat_member", old), ("new_chat_member", new)):
            until = {"until_date": 0} if status == "kicked" else {}
            content[key] = {"user": self.server.bot, "status": status} | until
        return self.server.update("my_chat_member", self.id, content)


class TelegramUser(Chat):
    """A person in a private chat with the bot. Methods that make an update return its id."""

    def __init__(self, server: Telegram, chat_id: int, profile: JsonDict) -> None:
        super().__init__(server, chat_id)
        self.profile = {"id": chat_id, "is_bot": False, **profile}
        self.queries: list[CallbackQuery] = []
        self.refusal = _NEVER_WROTE
        self._written: Message | None = None

    async def start(self, payload: str = "") -> int:
        """Open the bot by its link t.me/<bot>?start=<payload> and press Start."""
        if not START_PAYLOAD.fullmatch(payload):
            raise ValueError(f"a start payload is at most 64 of A-Z a-z 0-9 _ -, not {payload!r}")
        if self.refusal == _BLOCKED:
            self.unblock()
        return await self.send(f"/start {payload}".strip())

    async def send(self, text: str) -> int:
        """Write to the bot."""
        return self._say({"text": text})

    async def photo(self, caption: str = "") -> int:
        """Send a photo."""
        photo = [_file("photo", width=1280, height=960)]
        return self._say({"photo": photo} | ({"caption": caption} if caption else {}))

    async def sticker(self) -> int:
        """Send a sticker."""
        kind = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
        return self._say({"sticker": _file("sticker", width=512, height=512, **kind)})

    async def voice(self, seconds: int = 4) -> int:
        """Send a voice message."""
        return self._say({"voice": _file("voice", duration=seconds, mime_type="audio/ogg")})

    async def edit(self, text: str) -> int:
        """Change the text of the message last written; it keeps its number."""
        if self._written is None:
            raise LookupError("nothing was written yet")
        self._written.text, self._written.edited = text, True
        content = self.message_json(self._written, self.profile)
        return self.server.update("edited_message", self.id, content)

    async def press(self, label_or_data: str, message: Message | None = None) -> int:
        """Press a button of `message`, by default of the last message that has buttons.

        A reply keyboard's button sends its label as text. Raises LookupError when the button is
        not there, as a person could not press it either.
        """
        if message is None:
            message = next((m for m in reversed(self.received) if m.buttons), None)
        buttons = message.buttons if message else []
        for button in buttons:
            if label_or_data in {button.label, button.data}:
                break
        else:
            raise LookupError(f"no button {label_or_data!r} among {buttons}")
        assert message is not None
        if message.markup is not None and not message.markup.inline:
            return await self.send(button.label)
        query = self.server.new_query()
        self.queries.append(query)
        content = {
            "id": query.id,
            "from": self.profile,
            "message": self.message_json(message, self.server.bot),
            "chat_instance": str(self.id * 7919),
            "data": button.data,
        }
        return self.server.update("callback_query", self.id, content)

    def block(self) -> int:
        """Block the bot."""
        self.refusal = _BLOCKED
        return self.my_chat_member(self.profile, "member", "kicked")

    def unblock(self) -> int:
        """Let the bot write again."""
        self.refusal = None
        return self.my_chat_member(self.profile, "kicked", "member")

    def deactivate(self) -> None:
        """Delete the Telegram account; the bot is not told."""
        self.refusal = (403, "Forbidden: user is deactivated")

    def chat_json(self) -> JsonDict:
        """The private chat as the Bot API writes it."""
        hidden = {"is_bot", "language_code"}
        return {k: v for k, v in self.profile.items() if k not in hidden} | {"type": "private"}

    def _say(self, content: JsonDict) -> int:
        if self.refusal not in {None, _NEVER_WROTE}:
            raise RuntimeError(f"this person cannot write: {self.refusal}")
        self.refusal = None
        message = self.server.new_message(self.id, content.get("text", ""), from_bot=False)
        self._written = message
        body = self.message_json(message, self.profile)
        if "text" not in content:
            del body["text"]
        return self.server.update("message", self.id, body | content)


class TelegramGroup(Chat):
    """A group with the bot in it, in privacy mode: the bot hears commands and mentions only."""

    def __init__(self, server: Telegram, chat_id: int, title: str) -> None:
        super().__init__(server, chat_id)
        self.title = title
        self.moved_to: int | None = None

    async def send(self, user: TelegramUser, text: str) -> int | None:
        """`user` writes in the group; the update's id, or None when privacy mode hides it."""
        message = self.server.new_message(self.id, text, from_bot=False)
        if not text.startswith("/") and f"@{self.server.bot['username']}" not in text:
            return None
        return self.server.update("message", self.id, self.message_json(message, user.profile))

    def kick_bot(self, user: TelegramUser) -> int:
        """`user` takes the bot out of the group."""
        self.refusal = (403, "Forbidden: bot was kicked from the group chat")
        return self.my_chat_member(user.profile, "member", "kicked")

    def upgrade(self, user: TelegramUser) -> int:
        """Make it a supergroup: it gets another chat id; return that id."""
        old, new = self.id, self.id - 1_000_000_000_000
        message = self.server.new_message(old, "", from_bot=False)
        body = self.message_json(message, user.profile)
        del body["text"]
        self.server.update("message", old, body | {"migrate_to_chat_id": new})
        self.server.move_chat(self, new)
        return new

    def chat_json(self) -> JsonDict:
        """The group as the Bot API writes it."""
        kind = "supergroup" if self.id < -1_000_000_000_000 else "group"
        return {"id": self.id, "title": self.title, "type": kind}


_NEVER_WROTE = (403, "Forbidden: bot can't initiate conversation with a user")
_BLOCKED = (403, "Forbidden: bot was blocked by the user")


def _file(kind: str, **rest: Any) -> JsonDict:
    return {"file_id": f"{kind}-file", "file_unique_id": f"{kind}-1", "file_size": 4711, **rest}
