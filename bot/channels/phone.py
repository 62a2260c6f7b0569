"""The demo's browser phone: takes the place of SMS or Telegram, and everything arrives."""

from bot.channels import CannotTell, DeliveryError, Sent
from conversations import words
from storage.outbox import Parcel

NO_SUCH_NUMBER = "twilio 21211"
"""What a provider says of a number that does not exist."""


class Phone(CannotTell):
    """A channel without a provider: the page shows what is in the database. Nothing arrives at
    the addresses that are `unreachable`."""

    pace = None

    def __init__(self, name: words.Channel, unreachable: frozenset[str] = frozenset()) -> None:
        self.name = name
        self._unreachable = unreachable

    async def send(self, parcel: Parcel) -> Sent:
        """It arrives."""
        if parcel.address in self._unreachable:
            raise DeliveryError(NO_SUCH_NUMBER, closes_channel=True)
        return Sent(f"phone-{parcel.id}", arrived=True)

    async def close(self) -> None:
        """Nothing to let go of."""
