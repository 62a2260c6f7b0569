"""The other side of an SMS: people with phones, and what Twilio itself does with their words.

Sources: twilio.com/docs/messaging/guides/webhook-request for the webhook,
twilio.com/docs/messaging/twiml for the answer, and Twilio's article on opt-out keywords.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from xml.etree import ElementTree

from .twilio_messages import SmsMessage

STOP_WORDS = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
START_WORDS = {"START", "YES", "UNSTOP"}
HELP_WORDS = {"HELP", "INFO"}
REPLIES = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from "
    "this number. Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP "
    "for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


@dataclass(frozen=True)
class ReceivedSms:
    """A message on somebody's phone; `by_twilio` when Twilio wrote it of its own accord."""

    sid: str
    from_: str
    text: str
    at: datetime
    by_twilio: bool = False


@dataclass(frozen=True)
class WebhookAnswer:
    """What came of calling a webhook. `status` 0: no answer; see the server's `alerts`."""

    sid: str
    status: int = 0
    body: str = ""
    replies: list[str] = field(default_factory=list)


class Twilio(Protocol):
    """What people need of the server."""

    now: Callable[[], datetime]

    def inbound(self, person: "Person", text: str, media: int, to: str) -> SmsMessage: ...
    def forgery(self, person: "Person", text: str, to: str) -> SmsMessage: ...
    def call_inbound(
        self, message: SmsMessage, *, forged: bool = False
    ) -> Awaitable[WebhookAnswer]: ...
    def default_number(self) -> str: ...


class Person:
    """Somebody with a phone."""

    def __init__(self, server: Twilio, number: str) -> None:
        self.number = number
        self.received: list[ReceivedSms] = []
        """What arrived on the phone, oldest first, Twilio's own replies included."""
        self._server = server
        self._arrived = asyncio.Event()

    async def send(self, text: str, media: int = 0, to: str | None = None) -> WebhookAnswer:
        """Write to one of the account's numbers and return how our webhook answered."""
        message = self._server.inbound(self, text, media, to or self._server.default_number())
        return await self._server.call_inbound(message)

    async def send_forged(self, text: str, to: str | None = None) -> WebhookAnswer:
        """As `send`, but not from Twilio: the webhook call has a wrong signature."""
        message = self._server.forgery(self, text, to or self._server.default_number())
        return await self._server.call_inbound(message, forged=True)

    def arrive(self, sid: str, from_: str, text: str, *, by_twilio: bool = False) -> None:
        """A message arrives."""
        self.received.append(ReceivedSms(sid, from_, text, self._server.now(), by_twilio))
        self._arrived.set()

    async def wait(self, count: int = 1, within: float = 5.0) -> list[ReceivedSms]:
        """Wait until at least `count` messages have come in all; return all of them.

        Raises TimeoutError after `within` seconds.
        """
        async with asyncio.timeout(within):
            while len(self.received) < count:
                self._arrived.clear()
                await self._arrived.wait()
        return self.received


def keyword(text: str, extra_stop: frozenset[str] = frozenset()) -> str | None:
    """STOP, START or HELP when the whole text is one of its words; Twilio looks no further."""
    word = text.strip().upper()
    if word in STOP_WORDS or word in extra_stop:
        return "STOP"
    if word in START_WORDS:
        return "START"
    return "HELP" if word in HELP_WORDS else None


def read_answer(content_type: str, body: str) -> list[str]:
    """The replies in a webhook's answer; ValueError with Twilio's error code and title.

    Beware: an answer of type text/plain is sent to the person as it stands.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if not body.strip():
        return []
    if kind == "text/plain":
        return [body]
    if kind not in {"text/xml", "application/xml", "text/html"}:
        raise ValueError(f"12300 Invalid Content-Type: {content_type}")
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        raise ValueError(f"12100 Document parse failure: {error}") from None
    if root.tag != "Response":
        raise ValueError("12200 Schema validation warning: no <Response>")
    messages = [node for node in root if node.tag in {"Message", "Sms"}]
    return ["".join((node.find("Body") or node).itertext()).strip() for node in messages]
