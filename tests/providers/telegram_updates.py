"""The bot's queue of updates, and its two ways out: getUpdates and the webhook.

After tdlib/telegram-bot-api (Client.cpp, WebhookActor.cpp): one queue for both ways; a chat's
updates go to the webhook in order, chats beside one another; a failed call is repeated at once
and then after growing pauses; a second getUpdates ends the first; what is 24 hours old is gone.
"""

import asyncio
import contextlib
import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx

from .server import JsonDict
from .telegram_rules import ApiError

LIFETIME = timedelta(hours=24)
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
KINDS = NOT_BY_DEFAULT | {
    "message", "edited_message", "callback_query", "my_chat_member", "inline_query", "poll",
}  # fmt: skip
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

Post = Callable[..., Coroutine[Any, Any, httpx.Response]]
Background = Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]


@dataclass(frozen=True)
class Update:
    """One thing that happened, for the bot to hear."""

    update_id: int
    chat_id: int
    made: datetime
    content: JsonDict

    def as_json(self) -> JsonDict:
        """As the Bot API writes it."""
        return {"update_id": self.update_id, **self.content}


@dataclass
class Webhook:
    """Where updates are posted, and how that went last."""

    url: str
    secret: str
    max_connections: int
    last_error: str = ""
    last_error_at: datetime | None = None


class UpdateQueue:
    """Holds updates until the bot confirms them.

    `next_id` may be set lower by a test: after a week without updates Telegram begins at a
    random identifier. `retry_unit` is the real server's first pause of one second; tests
    shorten it.
    """

    def __init__(self, now: Callable[[], datetime], post: Post, background: Background) -> None:
        self.next_id = 100_000_001
        self.retry_unit = 1.0
        self.webhook: Webhook | None = None
        self.known: dict[int, Update] = {}
        self._now = now
        self._post = post
        self._background = background
        self._allowed = KINDS - NOT_BY_DEFAULT
        self._pending: list[Update] = []
        self._again: list[Update] = []
        self._poll: asyncio.Future[None] | None = None
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._connections = asyncio.Semaphore(40)

    @property
    def pending(self) -> list[Update]:
        """What the bot has not yet confirmed, oldest first."""
        self._pending = [u for u in self._pending if u.made > self._now() - LIFETIME]
        return self._pending

    def add(self, kind: str, chat_id: int, content: JsonDict) -> int:
        """Queue an update and return its id; it is dropped at once if not among those allowed."""
        update = Update(self.next_id, chat_id, self._now(), {kind: content})
        self.next_id += 1
        self.known[update.update_id] = update
        if kind in self._allowed:
            self._pending.append(update)
            self._wake()
        return update.update_id

    def resend(self, update_id: int) -> None:
        """Deliver an update once more, whether confirmed or not, as after a lost answer."""
        update = self.known[update_id]
        if self.webhook is None:
            self._again.append(update)
        else:
            self._pending.append(update)
        self._wake()

    def allow(self, raw: str | None) -> None:
        """Set the kinds of updates wanted from here on; None keeps what was set before."""
        if raw is None:
            return
        with contextlib.suppress(ValueError):
            kinds = json.loads(raw)
            if isinstance(kinds, list):
                self._allowed = KINDS & set(kinds) if kinds else KINDS - NOT_BY_DEFAULT

    async def get(self, offset: int, limit: int, wait: float) -> list[JsonDict]:
        """Answer getUpdates, waiting up to `wait` seconds for a first update."""
        if self.webhook is not None:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if offset < 0:
            self._pending = self.pending[offset:]
        elif offset <= self.next_id + 10:  # further on is "in the future": nothing is confirmed
            self._pending = [u for u in self._pending if u.update_id >= offset]
        if wait and not (self._again or self.pending):
            await self._long_poll(wait)
        found, self._again = self._again, []
        in_order = sorted([*found, *self.pending], key=lambda update: update.update_id)
        return [update.as_json() for update in in_order[:limit]]

    def set_webhook(self, webhook: Webhook | None) -> None:
        """Change the way out. Old calls under way are dropped, their updates stay."""
        for lane in self._lanes.values():
            lane.cancel()
        self._lanes.clear()
        self.webhook = webhook
        if webhook is not None:
            self._connections = asyncio.Semaphore(webhook.max_connections)
            self._end_poll("Conflict: terminated by setWebhook request")
            self._wake()

    def forget(self) -> None:
        """Drop everything that waits (`drop_pending_updates`)."""
        self._pending.clear()
        self._again.clear()

    def end_wait(self) -> None:
        """Let a long poll answer with what there is."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    async def _long_poll(self, seconds: float) -> None:
        self._end_poll(
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        poll = self._poll = asyncio.get_running_loop().create_future()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(poll, seconds)

    def _end_poll(self, reason: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(ApiError(409, reason))

    def _wake(self) -> None:
        if self.webhook is None:
            self.end_wait()
            return
        for chat_id in {update.chat_id for update in self.pending} - self._lanes.keys():
            self._lanes[chat_id] = self._background(self._deliver(chat_id, self.webhook))

    async def _deliver(self, chat_id: int, webhook: Webhook) -> None:
        """Post a chat's updates one after the other, each until it is accepted."""
        failures = 0
        while update := next((u for u in self.pending if u.chat_id == chat_id), None):
            async with self._connections:
                error, wait = await self._attempt(update, webhook)
            if error is None:
                if update in self._pending:
                    self._pending.remove(update)
                failures = 0
                continue
            webhook.last_error, webhook.last_error_at = error, self._now()
            await asyncio.sleep(wait or (self.retry_unit * min(2**failures, 60) if failures else 0))
            failures += 1
        self._lanes.pop(chat_id, None)

    async def _attempt(self, update: Update, webhook: Webhook) -> tuple[str | None, float]:
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers[SECRET_HEADER] = webhook.secret
        body = json.dumps(update.as_json()).encode()
        try:
            response = await self._post(webhook.url, headers=headers, content=body)
        except httpx.TimeoutException:
            return "Read timeout expired", 0
        except httpx.HTTPError:
            return "Connection refused", 0
        if response.is_success:
            return None, 0
        after = response.headers.get("Retry-After", "")
        reason = f"{response.status_code} {response.reason_phrase}"
        wait = min(int(after), 3600) if after.isdigit() else 0
        return f"Wrong response from the webhook: {reason}", wait
