"""The people of the chaos trial: they answer sooner or later or not at all, block us, and stop."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from benchmarks.street import Chat, Phone, Somebody
from tests.providers.twilio import TwilioServer
from tests.providers.twilio_webhooks import Outcome, failed, undelivered

STOPS = ("STOP", "stop aub", "ik wil stoppen")
"""The first is for Twilio itself, which answers it; there the others are for us alone."""

_REPLIES: Mapping[str, tuple[str, ...]] = {
    "JA of NEE": (*["ja"] * 12, "nee", "wat is dit"),
    "hoe gaat het op je werk": ("goed", "goed", "gaat wel", "niet goed", "ik werk niet meer"),
    "Waar gaat het over": ("geld", "werk", "iets anders"),
    "eigen woorden": ("ik kan de huur niet betalen", "nee"),
}
_OUT_OF_THE_BLUE = (*["hulp"] * 4, "hoe werkt dit eigenlijk", "bedankt", "ik wil dood")
_ANSWERS, _STOPS, _UNREACHABLE = 0.85, 0.03, 0.02
"""Chances for each message that comes."""
_BETWEEN = timedelta(days=3)
"""How long it takes on average until somebody writes out of the blue."""

Written = tuple[datetime, str]
"""When somebody will write, and what."""

FATES = (
    undelivered(30003),
    undelivered(30005),
    failed(30008),
    Outcome(reversed=True),
    Outcome(repeat=3),
    Outcome(repeat=0),
    Outcome(delay=1.0),
    Outcome(reversed=True, repeat=2, delay=0.7),
)
"""What may become of an SMS, and how we hear of it: late, again, in the wrong order, not at all.
The seconds of delay are real ones, in which hours pass for us."""


class Member:
    """Somebody with a will of their own."""

    def __init__(self, who: Somebody, dice: Random) -> None:
        self.who = who
        self.stopped = False
        self._dice = dice
        self._read = 0
        self._blocks = False

    def begins(self, now: datetime) -> list[Written]:
        """What somebody will do by themselves, from now on."""
        return [(self._some_day(now), "")]

    def reacts(self, now: datetime, twilio: TwilioServer) -> list[Written]:
        """What somebody will write on the messages that have come since the last time."""
        new, self._read = self.who.texts[self._read :], self.who.heard
        return [written for text in new for written in self._on(text, now, twilio)]

    def _on(self, text: str, now: datetime, twilio: TwilioServer) -> list[Written]:
        chance, soon = self._dice.random(), now + timedelta(hours=self._dice.expovariate(1.0))
        if self._dice.random() < _UNREACHABLE:
            self._disappears(twilio)
        if chance < _STOPS and not self.stopped:
            self.stopped = True
            # Mostly at once, and while the answer to something else is still to come.
            stops = self._dice.choice((soon, now, now + timedelta(minutes=self._dice.random())))
            after = stops + timedelta(hours=self._dice.uniform(0, 30))
            return [(stops, "hulp"), (stops, self._dice.choice(STOPS)), (after, "hallo?")]
        if chance > _STOPS + _ANSWERS:
            return []
        for words, replies in _REPLIES.items():
            if words in text:
                return [(soon, self._dice.choice(replies))]
        return []

    async def writes(self, text: str, now: datetime, twilio: TwilioServer) -> list[Written]:
        """Write; without a text, whatever comes to mind. Returns what will be written later."""
        self._appears(twilio)
        if text:
            await self.who.says(text)
            return []
        await self.who.writes(self._dice.choice(_OUT_OF_THE_BLUE))
        return [(self._some_day(now), "")]

    def meets_fate(self, twilio: TwilioServer, faults: float) -> None:
        """Draw what becomes of the SMS to this person from here on."""
        if isinstance(self.who, Phone):
            bad = self._dice.random() < faults
            twilio.outcomes[self.who.number] = self._dice.choice(FATES) if bad else Outcome()

    def _some_day(self, now: datetime) -> datetime:
        return now + _BETWEEN * self._dice.expovariate(1.0)

    def _disappears(self, twilio: TwilioServer) -> None:
        """Block us: on Telegram in the chat, for SMS at the carrier."""
        if isinstance(self.who, Phone):
            twilio.refusals[self.who.number] = 21610
        elif isinstance(self.who, Chat) and not self._blocks:
            self.who.user.block()
            self._blocks = True

    def _appears(self, twilio: TwilioServer) -> None:
        if isinstance(self.who, Phone):
            twilio.refusals.pop(self.who.number, None)
        elif isinstance(self.who, Chat) and self._blocks:
            self.who.user.unblock()
            self._blocks = False
