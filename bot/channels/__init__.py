"""One module for each way to reach people, and what they have in common.

A channel sends one parcel, and says honestly what it knows: it arrived at the provider, it did
not, it never will, or nobody can tell.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from conversations import words
from conversations.words import MessageStatus
from storage.outbox import Parcel
from storage.pace import Pace


class Doubt(StrEnum):
    """What is known after a failure."""

    NOT_SENT = "not_sent"  # the provider did not act: it may be tried again
    UNKNOWN = "unknown"  # the provider may have acted: look before sending again


class DeliveryError(Exception):
    """A parcel that did not go out as it should.

    `permanent`: this will never work; with `closes_channel` for anything to this person. Else it
    is tried again, not before `retry_after` seconds. `code` goes into the log, never the text.
    """

    def __init__(
        self,
        code: str,
        *,
        permanent: bool = False,
        closes_channel: bool = False,
        doubt: Doubt = Doubt.NOT_SENT,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent or closes_channel
        self.closes_channel = closes_channel
        self.doubt = doubt
        self.retry_after = retry_after


@dataclass(frozen=True)
class Sent:
    """The provider's id of a message; `arrived` when there is no later word to wait for."""

    external_id: str
    arrived: bool = False


@dataclass(frozen=True)
class Fate:
    """What a provider says later of a message; `closed`: this address will never take another;
    `tries`: how often one that did not arrive for this reason is sent again."""

    status: MessageStatus
    error: str | None = None
    closed: bool = False
    tries: int = 0


class Channel(Protocol):
    """A way to reach people."""

    @property
    def name(self) -> words.Channel:
        """Which channel this is."""
        ...

    @property
    def can_look_up(self) -> bool:
        """Whether the provider can tell afterwards what was sent."""
        ...

    @property
    def pace(self) -> Pace | None:
        """How fast it may be used; None: at will."""
        ...

    async def send(self, parcel: Parcel) -> Sent:
        """Hand `parcel` to the provider. Raises `DeliveryError`."""
        ...

    async def look_up(self, parcel: Parcel, known: frozenset[str]) -> str | None:
        """The provider's id of `parcel` if it went out after all, leaving out the `known` ids.
        Only where `can_look_up`. Raises `DeliveryError`."""
        ...

    async def fate(self, external_id: str) -> Fate | None:
        """What became of a message that the provider took; None: still under way. Only where
        `can_look_up`. Raises `DeliveryError`."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class CannotTell:
    """A provider that cannot tell afterwards what it did."""

    can_look_up = False

    async def look_up(self, parcel: Parcel, known: frozenset[str]) -> str | None:
        """Nobody knows."""
        return None

    async def fate(self, external_id: str) -> Fate | None:
        """Nobody knows."""
        return None
