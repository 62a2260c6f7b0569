"""Does the database take what is written? It can be read for long when the disk is full."""

import asyncio
import time

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from aftercare.service import Service
from storage.facts import LAST_WRITTEN, remember

ANSWER_SECONDS = 3.0
"""Who asks whether we are ready does not wait for longer."""
_AGAIN_SECONDS = 5.0
"""Anybody may ask, so the database is asked no more often than this."""


class Trial:
    """Tries to write, and remembers for a moment what came of it."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._tried_at = -_AGAIN_SECONDS
        self._problem: str | None = None
        self._one_at_a_time = asyncio.Lock()

    async def problem(self) -> str | None:
        """What goes wrong when something is written; None: nothing."""
        async with self._one_at_a_time:
            if time.monotonic() >= self._tried_at + _AGAIN_SECONDS:
                self._problem = await self._try()
                # What is wrong may be mended now; what was well a moment ago is well enough.
                self._tried_at = time.monotonic() - (_AGAIN_SECONDS if self._problem else 0)
        return self._problem

    async def _try(self) -> str | None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                # Not what is there already: SQLite sees that nothing changes, and writes nothing.
                await remember(
                    self._service.database, LAST_WRITTEN, self._service.now().isoformat()
                )
        except IntegrityError:
            return None  # another process was first: it can be written
        except (SQLAlchemyError, OSError) as error:
            return type(error).__name__
        return None
