"""Work on many people: a batch is one transaction, and nobody is held up by another."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

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

T = TypeVar("T")
Act = Callable[[AsyncSession, Service, Subject, T], Awaitable[bool]]
"""What to do with one thing that is due; returns whether there was something to do."""


async def for_each(service: Service, due: Select[T, int], act: Act[T]) -> int:
    """Do `act` for each row of `due` (a thing or its id, and the enrolment's id; joined with
    `Client`), batch by batch until a batch is not full. Returns how often there was something to
    do.

    What another worker has in hand is left to it. Where one person fails, the batch is done
    again person by person.
    """
    total = 0
    while True:
        try:
            found, done = await _batch(service, due.limit(BATCH), act)
        except (SQLAlchemyError, OSError):
            raise
        except Exception:
            found, done = await _one_by_one(service, due.limit(BATCH), act)
        total += done
        if found < BATCH or not done:
            return total


async def _batch(service: Service, due: Select[T, int], act: Act[T]) -> tuple[int, int]:
    """Returns how many rows were due, and for how many there was something to do."""
    async with service.database.write() as session:
        found = await session.execute(due.with_for_update(of=Client, skip_locked=True))
        rows = [(thing, enrolment_id) for thing, enrolment_id in found]
        writes, done = Writes(), 0
        people = await subjects(session, {enrolment_id for _, enrolment_id in rows}, writes)
        for thing, enrolment_id in rows:
            done += await act(session, service, people[enrolment_id], thing)
        await writes.write(session)
    return len(rows), done


async def _one_by_one(service: Service, due: Select[T, int], act: Act[T]) -> tuple[int, int]:
    row_id = due.selected_columns[0]
    async with service.database.read() as session:
        rows = (await session.scalars(due.with_only_columns(row_id))).all()
    done = 0
    for row in rows:
        try:
            _, did = await _batch(service, due.where(row_id == row), act)
            done += did
        except (SQLAlchemyError, OSError):
            raise
        except Exception as error:
            log.error("a person was passed over", row=row, error=type(error).__name__)
    return len(rows), done
