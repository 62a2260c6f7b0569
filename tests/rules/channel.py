"""A channel that remembers what went out and when, and fails as it is told to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.channels import DeliveryError, Doubt, Fate, Sent
from conversations import words
from storage.outbox import Parcel


@dataclass(frozen=True)
class Seen:
    """One message as the provider got it. `arrived` is False if the provider then failed on it."""

    at: datetime
    parcel: Parcel
    external_id: str


class Failing(StrEnum):
    """How the next parcel goes wrong."""

    REFUSED = "refused"  # this message never works
    CLOSED = "closed"  # nothing to this person ever works
    BUSY = "busy"  # try again later
    LOST = "lost"  # nobody knows, and it did not arrive
    ARRIVED = "arrived"  # nobody knows, and it did arrive
    BROKEN = "broken"  # our own adapter has a bug, after the provider took it


class FakeChannel:
    """Takes the place of a provider."""

    pace = None

    def __init__(
        self, name: words.Channel, now: Callable[[], datetime], *, can_look_up: bool
    ) -> None:
        self.name = name
        self.can_look_up = can_look_up
        self.sent: list[Seen] = []
        self.failures: list[Failing] = []
        self._now = now

    async def send(self, parcel: Parcel) -> Sent:
        """Take a parcel, or fail in the way that is next."""
        failing = self.failures.pop(0) if self.failures else None
        external_id = f"{self.name}-{parcel.id}-{parcel.attempts}"
        if failing in (None, Failing.ARRIVED, Failing.BROKEN):
            self.sent.append(Seen(self._now(), parcel, external_id))
        match failing:
            case Failing.REFUSED:
                raise DeliveryError("refused", permanent=True)
            case Failing.CLOSED:
                raise DeliveryError("closed", closes_channel=True)
            case Failing.BUSY:
                raise DeliveryError("busy", retry_after=30)
            case Failing.LOST | Failing.ARRIVED:
                raise DeliveryError("time-out", doubt=Doubt.UNKNOWN)
            case Failing.BROKEN:
                raise KeyError("a bug in the adapter")
        return Sent(external_id)

    async def fate(self, external_id: str) -> Fate | None:
        """It says everything at once, so there is nothing to ask."""
        return None

    async def look_up(self, parcel: Parcel, known: frozenset[str]) -> str | None:
        """What the provider's list says."""
        for seen in self.sent:
            if seen.parcel.id == parcel.id and seen.external_id not in known:
                return seen.external_id
        return None

    async def close(self) -> None:
        """Nothing to let go of."""
