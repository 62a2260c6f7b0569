"""The people of the crash trial, at the far end of Twilio and Telegram: they outlive every crash.

Whatever they write has exactly one answer, wherever their conversation stands. So an answer too
many is a message that was handled twice, and an answer too few is one that was lost.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from aftercare.enrolment import Application, enrol
from aftercare.service import Service
from conversations.words import Channel
from tests.providers.telegram import TelegramServer
from tests.providers.telegram_people import TelegramUser
from tests.providers.twilio import TwilioServer
from tests.providers.twilio_people import Person

OURS = "+31612340000"
MONDAY = date(2026, 3, 2)
"""The first working day of everybody."""

CRY = ("hulp", "geld", "nee")
"""A call for help from its beginning to the promise."""

HOW = "hoe gaat het"
"""What a check-in is known by."""

PATIENCE = 40.0
"""Seconds for which somebody waits for an answer: one that is in doubt may never come."""

_REPEATED = 0.1
"""The share of messages that the provider brings once more."""


class Somebody(ABC):
    """Someone who is enrolled and does as asked. `took` are the provider's ids, as we are to keep
    them, of all that was written and that we said to have; `pause` is about how many seconds pass
    until what we did not take comes again."""

    channel: Channel

    def __init__(self, dice: Random) -> None:
        self.took: list[str] = []
        self.pause = 0.3
        self.dice = dice

    @abstractmethod
    async def agrees(self) -> None:
        """Say yes, and then cry for help once."""

    @property
    def is_waited_for(self) -> bool:
        """Whether something that was written has not been taken in yet."""
        return False

    async def is_asked(self) -> None:
        """Answer the check-in, if it comes, and then cry for help once."""
        before = heard = self.heard
        while not self._is_asked_since(before) and await self.hears(heard):
            heard = self.heard  # an answer of this morning that was late
        if self._is_asked_since(before):
            await self.answers("goed")
        await self.cries()

    def _is_asked_since(self, before: int) -> bool:
        return any(HOW in text for text in self.texts[before:])

    async def cries(self) -> None:
        """Ask for help in a few messages, and wait for the answer to each."""
        for text in CRY:
            before = self.heard
            await self.writes(text)
            await self.hears(before)

    async def hears(self, before: int) -> bool:
        """Wait until more than `before` messages have come. False when it was too long."""
        with suppress(TimeoutError):
            await self.waits(before + 1)
        return self.heard > before

    async def answers(self, label: str) -> None:
        """Answer a question, and wait for what follows."""
        before = self.heard
        await self.says(label)
        await self.hears(before)

    @property
    def heard(self) -> int:
        """How many messages have come."""
        return len(self.texts)

    @property
    @abstractmethod
    def texts(self) -> list[str]:
        """The messages that have come, in order."""

    async def says(self, label: str) -> None:
        """Answer with what stands on a button, in the way that there is."""
        await self.writes(label)

    @abstractmethod
    async def waits(self, count: int) -> None:
        """Wait for `count` messages in all; TimeoutError when that is too long."""

    @abstractmethod
    async def writes(self, text: str) -> None:
        """Write, and see to it that it is taken."""


class Phone(Somebody):
    """Somebody with a telephone. What our webhook does not accept, Twilio brings again."""

    channel = Channel.SMS

    def __init__(self, twilio: TwilioServer, number: str, dice: Random) -> None:
        super().__init__(dice)
        self.number = number
        self._twilio = twilio
        self._person: Person = twilio.person(number)

    async def agrees(self) -> None:
        """The request comes by itself, but what is said to others goes before it."""
        while not await self.hears(0):
            pass
        await self.answers("ja")
        await self.cries()

    @property
    def texts(self) -> list[str]:
        """The SMS that came."""
        return [one.text for one in self._person.received]

    async def waits(self, count: int) -> None:
        """Wait for SMS."""
        await self._person.wait(count, PATIENCE)

    async def writes(self, text: str) -> None:
        """Send an SMS; until we say that we have it, it comes again under the same number."""
        answer = await self._person.send(text)
        while not 200 <= answer.status < 300:
            await asyncio.sleep(self.dice.uniform(0.5, 2) * self.pause)
            answer = await self._twilio.resend(answer.sid)
        self.took.append(answer.sid)
        if self.dice.random() < _REPEATED:
            await self._twilio.resend(self.dice.choice(self.took))


class Chat(Somebody):
    """Somebody on Telegram, which keeps what is written until we have confirmed it."""

    channel = Channel.TELEGRAM

    def __init__(
        self, telegram: TelegramServer, chat_id: int, link_token: str, dice: Random
    ) -> None:
        super().__init__(dice)
        self.user: TelegramUser = telegram.user(chat_id=chat_id)
        self._telegram = telegram
        self._link_token = link_token
        self._updates: list[int] = []

    async def agrees(self) -> None:
        """The request comes when the link is opened."""
        await self.opens()
        await self.hears(0)
        await self.answers("ja")
        await self.cries()

    async def opens(self) -> None:
        """Open the link of the invitation."""
        self._wrote(await self.user.start(self._link_token))

    @property
    def is_waited_for(self) -> bool:
        """Whether something that was written has not been taken in yet."""
        return any(one.chat_id == self.user.id for one in self._telegram.updates.pending)

    async def says(self, label: str) -> None:
        """Press the button if it is there; else type what stands on it."""
        try:
            self._wrote(await self.user.press(label))
        except LookupError:
            await self.writes(label)

    @property
    def texts(self) -> list[str]:
        """The messages that came."""
        return [one.text for one in self.user.received]

    async def waits(self, count: int) -> None:
        """Wait for messages."""
        await self.user.wait(count, PATIENCE)

    async def writes(self, text: str) -> None:
        """Write in the chat."""
        self._wrote(await self.user.send(text))

    def _wrote(self, update_id: int) -> None:
        content: dict[str, Any] = self._telegram.updates.known[update_id].content
        if "callback_query" in content:
            self.took.append(f"b{content['callback_query']['id']}")
        else:
            self.took.append(f"{update_id}-{content['message']['date']}")
        self._updates.append(update_id)
        if self.dice.random() < _REPEATED:
            self._telegram.resend(self.dice.choice(self._updates))


async def enrolled(
    service: Service, number: int, by: TelegramServer | TwilioServer, dice: Random
) -> Somebody:
    """The `number`-th person, enrolled at the exit interview and reached `by` this provider."""
    application = Application(
        first_name=f"Proef{number}", municipality="Velsen", first_working_day=MONDAY
    )
    if isinstance(by, TwilioServer):
        phone = Phone(by, f"+316130{number:05}", dice)
        await enrol(service, replace(application, number=phone.number))
        return phone
    done = await enrol(service, replace(application, channel=Channel.TELEGRAM))
    return Chat(by, 7_000_000_000 + number, done.link_token or "", dice)


def messages(people: Sequence[Somebody]) -> int:
    """How many messages these people have written and got."""
    return sum(len(one.took) + one.heard for one in people)
