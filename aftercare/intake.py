"""Messages that wait at the same time, of different people, taken in by one transaction.

The transaction around a message costs several times what the message itself does. So whoever comes
while another is being taken in waits for the next turn, and all who wait then go together. Where
anything goes wrong with one of them, nothing of that turn is kept, and each goes by itself.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError

from aftercare.inbox import Inbound, Receipt, receive, receive_from
from aftercare.service import Service
from aftercare.subject import locked_all
from conversations.hearing import prepare
from conversations.turns import Text
from conversations.words import Channel
from storage.database import Busy, collided
from storage.encryption import ring
from storage.models import Client
from storage.writes import Writes

AT_ONCE = 50
"""No more messages than this go in one transaction."""

AWAY = (OperationalError, InterfaceError, Busy, OSError)
"""How a database that is away, or held by another, shows itself."""

_COLLISIONS = 3
"""How often a message is tried that a colleague at the same rows got in the way of."""

_ADDRESS = {
    Channel.SMS: (Client.number_hash, "number"),
    Channel.TELEGRAM: (Client.chat_hash, "chat"),
}


_Waiting = tuple[Inbound, asyncio.Future[Receipt]]


class Intake:
    """The one door for what comes in while a process runs."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._waiting: list[_Waiting] = []
        self._turn: asyncio.Task[None] | None = None

    async def receive(self, inbound: Inbound) -> Receipt:
        """Like `aftercare.inbox.receive`: when this returns, it is safe in the database."""
        future: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        self._waiting.append((inbound, future))
        if self._turn is None or self._turn.done():
            self._turn = asyncio.create_task(self._take_turns())
        return await future

    async def close(self) -> None:
        """Wait until whoever came has their answer."""
        if self._turn is not None:
            await asyncio.wait([self._turn])

    async def _take_turns(self) -> None:
        while turn := self._next():
            try:
                results = await receive_all(self._service, [inbound for inbound, _ in turn])
            except asyncio.CancelledError:
                for _, future in turn + self._waiting:
                    future.cancel()
                raise
            if all(isinstance(one, AWAY) for one in results):  # and so for those who wait too
                late, self._waiting = self._waiting, []
                turn, results = turn + late, results + [results[-1]] * len(late)
            for (_, future), result in zip(turn, results, strict=True):
                if future.done():  # nobody waits for it any more
                    continue
                if isinstance(result, Receipt):
                    future.set_result(result)
                else:
                    future.set_exception(result)

    def _next(self) -> list[_Waiting]:
        """Those who waited longest, one message a person: the order of a person's is kept."""
        turn: list[_Waiting] = []
        later: list[_Waiting] = []
        seen = set()
        for one in self._waiting:
            sender = (one[0].channel, one[0].sender)
            if sender in seen or len(turn) == AT_ONCE:
                later.append(one)
            else:
                turn.append(one)
            seen.add(sender)
        self._waiting = later
        return turn


async def receive_all(service: Service, inbounds: Sequence[Inbound]) -> list[Receipt | Exception]:
    """Take in messages of different senders. For each its receipt, or why it was not written."""
    done: dict[int, Receipt] = {}
    texts = [one.incoming.words for one in inbounds if isinstance(one.incoming, Text)]
    with suppress(Exception):  # whose text it is will be seen when each is taken in
        await asyncio.to_thread(prepare, texts)
    if len(inbounds) > 1:
        try:
            done = await _together(service, inbounds)
        except IntegrityError:
            pass  # one of them was here before
        except AWAY as error:
            if not collided(error):
                return [error] * len(inbounds)
        except Exception:  # noqa: S110 - it will be seen which one, and set aside
            pass
    return [done.get(at) or await _alone(service, one) for at, one in enumerate(inbounds)]


async def _together(service: Service, inbounds: Sequence[Inbound]) -> dict[int, Receipt]:
    """By place, the receipts of those who are known and ask for nothing out of the common."""
    done: dict[int, Receipt] = {}
    async with service.database.write() as session:
        writes = Writes()
        for channel, (column, kind) in _ADDRESS.items():
            senders = {
                ring().look_up(kind, one.sender): at
                for at, one in enumerate(inbounds)
                if one.channel is channel and one.link is None
            }
            for address, subject in (await locked_all(session, column, senders, writes)).items():
                if subject.client.channel_stopped or subject.client.shares_phone:
                    continue
                at = senders[address]
                done[at] = await receive_from(session, subject, inbounds[at], service.now())
        await writes.write(session)
    return done


async def _alone(service: Service, inbound: Inbound) -> Receipt | Exception:
    for _ in range(_COLLISIONS):
        try:
            return await receive(service, inbound)
        except Exception as error:
            last = error
            if not collided(error):
                break
    return last
