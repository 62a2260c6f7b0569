"""Messages on their way out, made up for a channel alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.channels import Channel, DeliveryError
from conversations import words
from conversations.words import MessageKind
from storage.outbox import Parcel

THEIRS = "+31612340001"
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def sms(address: str = THEIRS, text: str = "Hoi", **changes: Any) -> Parcel:
    """A message on its way out."""
    usual = Parcel(
        id=1,
        client_id=1,
        channel=words.Channel.SMS,
        address=address,
        text=text,
        buttons=(),
        kind=MessageKind.REPLY,
        attempts=1,
        claimed_at=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    return replace(usual, **changes)


def chat(address: object, text: str = "Hoi", *buttons: tuple[str, str]) -> Parcel:
    """A message on its way out over Telegram."""
    return sms(str(address), text, channel=words.Channel.TELEGRAM, buttons=buttons)


async def refused(channel: Channel, sent: Parcel) -> DeliveryError:
    """How sending fails; the error says nothing of the message."""
    with pytest.raises(DeliveryError) as caught:
        await channel.send(sent)
    assert sent.address not in str(caught.value)
    assert not sent.text or sent.text not in str(caught.value)
    return caught.value
