"""From the outbox to the channels. Nothing is sent inside a use case; nothing is decided here.

Claim (a transaction), send (no transaction), settle (a transaction). When the process dies
between, the lease runs out and the message is `uncertain`: a channel that can look up settles
it, one that cannot never sends it again by itself.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError

from aftercare import contact
from aftercare.service import Service
from bot.channels import Channel, DeliveryError, Doubt, Fate
from conversations.words import MessageStatus
from storage import outbox, reports
from storage.outbox import Parcel, Settled

log = structlog.get_logger()

BATCH = 50
FEW = 8
"""Where nobody can tell afterwards what was sent, no more than this is in doubt after a crash."""

LOOK_UP_AFTER = timedelta(seconds=15)
"""A message may take a moment to show in the provider's list."""

FATE_AFTER, FATE_EVERY, FATE_WITHIN = timedelta(hours=1), timedelta(hours=6), timedelta(days=3)
"""When a provider that says nothing of a message is asked: first, again, and not any more."""

_FINISH_SECONDS = 1.0
_WRITE_AGAIN_SECONDS = 0.5
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 900.0
_LONGEST_SILENCE = 300.0
"""A provider that does not say what it has is asked again after this at most, in seconds."""


class Delivery:
    """Sends what waits over one channel. Each channel has its own, so that a provider that hangs
    holds up nobody else."""

    def __init__(self, service: Service, channel: Channel) -> None:
        self._service = service
        self._channel = channel
        for_ever_in_doubt = channel.pace is not None and not channel.can_look_up
        self._batch = FEW if for_ever_in_doubt else BATCH
        self._running = asyncio.Lock()
        self._unanswered = 0
        self._ask_from = service.now()

    async def close(self) -> None:
        """Wait a moment for what is in hand, then let go of the provider. What is still under way
        then is in doubt, and found so at the next start."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_FINISH_SECONDS), self._running:
                pass
        await self._channel.close()

    async def run(self) -> int:
        """Send everything that may go now. Returns how many were handed over."""
        database, channel = self._service.database, self._channel
        async with self._running:
            now = self._service.now()
            waiting = await outbox.waiting(database, channel.name, now)
            if MessageStatus.SENDING in waiting:
                await outbox.doubt(database, channel.name, now)
            if channel.can_look_up and waiting & {MessageStatus.SENDING, MessageStatus.UNCERTAIN}:
                await self._reconcile()
            handed = 0
            while waiting and (parcels := await self._claim()):
                await self._send_all(parcels)
                handed += len(parcels)
                waiting = await outbox.waiting(database, channel.name, self._service.now())
            return handed

    async def ask_fates(self) -> int:
        """Ask the provider what became of messages of which it said nothing: its word may have
        come while nobody was here. Returns about how many it was asked."""
        database, channel, now = self._service.database, self._channel, self._service.now()
        asked = await reports.unreported(database, channel.name, now, BATCH)
        for message_id, external_id in asked:
            try:
                fate = await channel.fate(external_id)
            except DeliveryError as error:
                log.warning("fate not known", message=message_id, error=error.code)
                break
            if fate:
                await take_report(self._service, message_id, external_id, fate)
        if asked:
            ids = [message_id for message_id, _ in asked]
            await reports.ask_again(database, ids, now + FATE_EVERY, now - FATE_WITHIN)
        return len(asked)

    async def _claim(self) -> list[Parcel]:
        now, channel = self._service.now(), self._channel
        return await outbox.claim(
            self._service.database, channel.name, now, self._batch, channel.pace
        )

    async def _send_all(self, parcels: list[Parcel]) -> None:
        """Side by side, each settled as soon as it is known: a crash leaves in doubt only what
        really was under way."""
        under_way = {asyncio.create_task(self._send(parcel)) for parcel in parcels}
        while under_way:
            done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            results = [task.result() for task in done]
            now = self._service.now()
            await self._written(partial(outbox.settle, self._service.database, results, now))

    async def _written(self, write: Callable[[], Awaitable[None]]) -> None:
        """Do `write`, and again while the database is away: what became of a message is known
        here only. Not for longer than the lease: by then it may be in another's hand."""
        give_up = time.monotonic() + outbox.LEASE.total_seconds()
        while True:
            try:
                return await write()
            except (SQLAlchemyError, OSError) as error:
                if time.monotonic() > give_up:
                    raise
                log.warning("outcome not written yet", error=type(error).__name__)
                await asyncio.sleep(_WRITE_AGAIN_SECONDS)

    async def _send(self, parcel: Parcel) -> Settled:
        try:
            sent = await self._channel.send(parcel)
        except DeliveryError as error:
            return await self._failed(parcel, error)
        except Exception as error:
            log.error("delivery broke", message=parcel.id, error=type(error).__name__)
            return Settled(parcel.id, MessageStatus.UNCERTAIN, error=type(error).__name__)
        if sent.arrived:
            return Settled(parcel.id, MessageStatus.DELIVERED, sent.external_id)
        return self._under_way(parcel.id, sent.external_id)

    def _under_way(self, message_id: int, external_id: str) -> Settled:
        fate_at = self._service.now() + FATE_AFTER if self._channel.can_look_up else None
        return Settled(message_id, MessageStatus.SENT, external_id, fate_at=fate_at)

    async def _failed(self, parcel: Parcel, error: DeliveryError) -> Settled:
        log.warning("not delivered", message=parcel.id, error=error.code, attempt=parcel.attempts)
        if error.permanent:
            if error.closes_channel:
                close = partial(contact.close_channel, self._service, parcel.client_id, error.code)
                await self._written(close)
            return Settled(parcel.id, MessageStatus.FAILED, error=error.code)
        if error.doubt is Doubt.UNKNOWN:
            return Settled(parcel.id, MessageStatus.UNCERTAIN, error=error.code)
        pause = min(_FIRST_PAUSE * 2 ** (parcel.attempts - 1), _LONGEST_PAUSE)
        again = self._service.now() + timedelta(seconds=max(pause, error.retry_after or 0))
        return Settled(parcel.id, MessageStatus.QUEUED, error=error.code, again_at=again)

    async def _reconcile(self) -> None:
        """Ask the provider about messages in doubt: there, or to be sent again."""
        now, channel = self._service.now(), self._channel
        if now < self._ask_from <= now + timedelta(seconds=_LONGEST_SILENCE):
            return  # further off than that: the clock was set back
        found_now: set[str] = set()  # two equal messages in doubt are two at the provider
        for parcel, known in await outbox.uncertain(self._service.database, channel.name, BATCH):
            if parcel.claimed_at + LOOK_UP_AFTER > now:
                continue
            try:
                found = await channel.look_up(parcel, known | found_now)
            except DeliveryError as error:
                log.warning("look-up failed", message=parcel.id, error=error.code)
                pause = min(_FIRST_PAUSE * 2**self._unanswered, _LONGEST_SILENCE)
                self._unanswered += 1
                self._ask_from = now + timedelta(seconds=pause)
                return
            self._unanswered = 0
            if found:
                found_now.add(found)
                settled = self._under_way(parcel.id, found)
            else:
                settled = Settled(parcel.id, MessageStatus.QUEUED, again_at=now)
            await outbox.settle(self._service.database, [settled], now)


async def take_report(service: Service, message_id: int, external_id: str, fate: Fate) -> None:
    """Write down a provider's later word on a message; see `aftercare.contact.report`."""
    await contact.report(
        service, message_id, fate.status, external_id, fate.error, fate.closed, fate.tries
    )
