"""Work on many people: a batch is one transaction, and nobody is held up by another."""

from collections.abc import Awaitable, Callable, Sequence

import structlog
from sqlalchemy import Select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from aftercare.service import Service
from aftercare.subject import Subject, subjects
from storage.models import Client
from storage.writes import Writes

log = structlog.get_logger()

BATCH = 200

Act = Callable[[AsyncSession, Service, Subject, int], Awaitable[bool]]
"""What to do with one row of a person; returns whether there was something to do."""

Load = Callable[[AsyncSession, Sequence[int]], Awaitable[object]]
"""Reads what `Act` will ask for, for all rows at once."""


async def for_each(
    service: Service, due: Select[int, int], act: Act, load: Load | None = None
) -> int:
    """Do `act` for each row of `due` (its id and its enrolment's id; joined with `Client`), batch
    by batch until a batch is not full. Returns how often there was something to do.

    What another worker has in hand is left to it. Where one person fails, the batch is done
    again person by person.
    """
    total = 0
    while True:
        try:
            found, done = await _batch(service, due.limit(BATCH), act, load)
        except (SQLAlchemyError, OSError):
            raise
        except Exception:
            found, done = await _one_by_one(service, due.limit(BATCH), act)
        total += done
        if found < BATCH or not done:
            return total


async def _batch(
    service: Service, due: Select[int, int], act: Act, load: Load | None = None
) -> tuple[int, int]:
    """Returns how many rows were due, and for how many there was something to do."""
    async with service.database.write() as session:
        found = await session.execute(due.with_for_update(of=Client, skip_locked=True))
        rows = [(row_id, enrolment_id) for row_id, enrolment_id in found]
        writes = Writes()
        people = await subjects(session, {enrolment_id for _, enrolment_id in rows}, writes)
        loaded = await load(session, [row_id for row_id, _ in rows]) if load and rows else None
        done = 0
        for row_id, enrolment_id in rows:
            done += await act(session, service, people[enrolment_id], row_id)
        await writes.write(session)
        del loaded  # until here, so that the session found it without asking again
    return len(rows), done


async def _one_by_one(service: Service, due: Select[int, int], act: Act) -> tuple[int, int]:
    async with service.database.read() as session:
        rows = [row_id for row_id, _ in await session.execute(due)]
    done = 0
    for row_id in rows:
        try:
            _, did = await _batch(service, due.where(due.selected_columns[0] == row_id), act)
            done += did
        except (SQLAlchemyError, OSError):
            raise
        except Exception as error:
            log.error("a person was passed over", row=row_id, error=type(error).__name__)
    return len(rows), done
