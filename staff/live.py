"""The queue, live: server-sent events that say no more than that something changed.

The database is the truth, because a colleague may be at another web process: one query every other
second for all who listen here, whatever their number, and none when nobody does. What changed is
read from the page itself, where it is decided who may see it.
"""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import suppress
from time import monotonic
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import Service
from conversations.words import EscalationStatus, Urgency
from staff.access import Viewer
from staff.queue import UNRESOLVED, late_at
from staff.sign_in import still_signed_in
from storage.models import Escalation

EVERY_SECONDS = 2.0
HEARTBEAT_SECONDS = 15.0
"""Shorter than a proxy waits for a silent server."""
LASTS_SECONDS = 600.0
"""Then the browser comes back by itself, and who may see what is asked anew."""
MOST_PER_SESSION = 12
"""More tabs than anybody looks at."""

ENDED = "event: ended\ndata: 1\n\n"
_CHANGED = "event: queue\ndata: 1\n\n"
_HEARTBEAT = ": \n\n"
_AGAIN_AFTER = "retry: 3000\n\n"


class _Listener:
    """One open page: whose, of which desks, and what it still has to hear. None: it is over."""

    def __init__(self, token: str, desks: frozenset[int]) -> None:
        self.token = token
        self.desks = desks
        self.news: asyncio.Queue[str | None] = asyncio.Queue()
        self.seen: object = None


class Live:
    """All who listen at this process."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._listeners: set[_Listener] = set()
        self._watching: asyncio.Task[None] | None = None
        self._closed = asyncio.Event()

    def has_room(self, token: str) -> bool:
        """Whether one more page of this session may listen."""
        return sum(one.token == token for one in self._listeners) < MOST_PER_SESSION

    async def listen(self, viewer: Viewer, token: str) -> AsyncIterator[str]:
        """What a page of `viewer` hears, until the session ends or the process stops."""
        listener = _Listener(token, viewer.desks)
        self._listeners.add(listener)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        until = monotonic() + LASTS_SECONDS
        try:
            yield _AGAIN_AFTER
            while not self._closed.is_set() and monotonic() < until:
                news: str | None = _HEARTBEAT
                with suppress(TimeoutError):
                    news = await asyncio.wait_for(listener.news.get(), HEARTBEAT_SECONDS)
                if news is None:
                    return
                yield news
                if news == ENDED:
                    return
        finally:
            self._listeners.discard(listener)

    def close(self) -> None:
        """The process stops: every page is let go at once, and comes back to the next one. A query
        in hand comes to its end."""
        self._closed.set()
        for listener in self._listeners:
            listener.news.put_nowait(None)

    async def _watch(self) -> None:
        while self._listeners and not self._closed.is_set():
            with suppress(SQLAlchemyError, OSError):  # it is asked again soon enough
                await self._look()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closed.wait(), EVERY_SECONDS)

    async def _look(self) -> None:
        listeners = tuple(self._listeners)
        async with self._service.database.read() as session:
            now = self._service.now()
            signed_in = await still_signed_in(session, {one.token for one in listeners}, now)
            desks = frozenset[int]().union(*(one.desks for one in listeners))
            states = await self._states(session, desks)
        for listener in listeners:
            if listener.token not in signed_in:
                listener.news.put_nowait(ENDED)
                continue
            seen = tuple(states.get(desk) for desk in sorted(listener.desks))
            if seen != listener.seen:
                listener.seen = seen
                listener.news.put_nowait(_CHANGED)

    async def _states(
        self, session: AsyncSession, desks: Collection[int]
    ) -> dict[int, tuple[Any, ...]]:
        """By desk, figures that differ whenever its queue does. One query, from an index."""
        is_contacted = Escalation.status == EscalationStatus.CONTACTED
        rows = await session.execute(
            select(
                Escalation.desk_id,
                func.count(),
                func.sum(Escalation.id),
                func.sum(Escalation.id * Escalation.owner_id),
                func.sum(case((is_contacted, Escalation.id))),
                func.sum(case((late_at(self._service.now()), Escalation.id))),
                func.count(case((Escalation.urgency == Urgency.NORMAL, 1))),
                func.max(Escalation.deadline),
            )
            .where(Escalation.desk_id.in_(desks), UNRESOLVED)
            .group_by(Escalation.desk_id)
        )
        return {desk: tuple(figures) for desk, *figures in rows}
