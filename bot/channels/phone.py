"""The demo's browser phone: takes the place of SMS or Telegram, and everything arrives."""

from bot.channels import CannotTell, Sent
from conversations import words
from storage.outbox import Parcel


class Phone(CannotTell):
    """A channel without a provider: the page shows what is in the database."""

    pace = None

    def __init__(self, name: words.Channel) -> None:
        self.name = name

    async def send(self, parcel: Parcel) -> Sent:
        """It arrives."""
        return Sent(f"phone-{parcel.id}", arrived=True)

    async def close(self) -> None:
        """Nothing to let go of."""
