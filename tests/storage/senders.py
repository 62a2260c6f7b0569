"""A sender as the tests see it."""

from datetime import UTC, datetime, timedelta

from aftercare.service import Service
from conversations.words import Channel, MessageStatus
from storage import outbox
from storage.outbox import Parcel, Settled


async def claim(service: Service, limit: int = 50, channel: Channel = Channel.SMS) -> list[Parcel]:
    return await outbox.claim(service.database, channel, service.now(), limit)


async def send(service: Service, limit: int = 50) -> list[Parcel]:
    """Send what may go now, as a sender does: again and again until nothing is claimed."""
    sent: list[Parcel] = []
    while parcels := await claim(service, limit):
        results = [Settled(one.id, MessageStatus.SENT, f"SM{one.id}") for one in parcels]
        await outbox.settle(service.database, results, service.now())
        sent += parcels
    return sent


def travel(service: Service, by: timedelta) -> None:
    service.clock.travel_to(service.now() + by)


def at(service: Service, text: str) -> None:
    service.clock.travel_to(datetime.fromisoformat(text).replace(tzinfo=UTC))
