"""Many people at once: a list is kept while somebody looks at it, and enrolled once they say so.

What was read stays here, encrypted, and not in the browser. Each row is a transaction of its own
that enrols and ticks the row off, so that whatever crashes or repeats enrols nobody twice.
"""

import dataclasses
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from aftercare import enrolment
from aftercare.enrolment import Application
from aftercare.lists import COLUMNS, Line, List, Problem
from aftercare.service import N_, Refused, Service
from conversations.words import Channel, ExitReason, Form, RowStatus, Standing
from storage.encryption import ring
from storage.models import (
    AuditEntry,
    Client,
    Enrolment,
    EnrolmentList,
    EnrolmentRow,
    Municipality,
    StaffMember,
)

log = structlog.get_logger()

KEPT = timedelta(hours=1)
"""So long a list may be looked at, before and after it is enrolled."""

BATCH = 200
"""Rows that are enrolled in one go, before others get their turn."""

_AT_ONCE = 500
_LIVE = frozenset({Standing.INVITED, Standing.ACTIVE})
_IN_USE = N_("This number is already enrolled.")


async def keep(service: Service, found: List, places: Mapping[str, int], by: StaffMember) -> str:
    """Keep a list that was read until `by` confirms it; the reference. One that they did not
    confirm before is thrown away. `places`: the ids of the municipalities by slug."""
    async with service.database.read() as session:
        lines = await _without_enrolled(session, found.lines)
    now = service.now()
    async with service.database.write() as session:
        await _throw_away(
            session,
            EnrolmentList.staff_member_id == by.id,
            EnrolmentList.confirmed_at.is_(None),
        )
        kept = EnrolmentList(
            staff_member_id=by.id,
            header=json.dumps([found.header, found.unused]),
            created_at=now,
            due_at=now + KEPT,
        )
        session.add(kept)
        await session.flush()
        await session.execute(
            EnrolmentRow.__table__.insert(),  # type: ignore[attr-defined]
            [_row(kept.id, line, places) for line in lines],
        )
        session.add(
            AuditEntry(at=now, staff_member_id=by.id, action="list", detail=str(len(lines)))
        )
        return kept.reference


async def confirm(
    service: Service, reference: str, by: StaffMember, municipalities: Collection[int]
) -> None:
    """Let the good rows of the list be enrolled; once more changes nothing. `municipalities`: the
    ids of those for which `by` may enrol at this moment. Raises `Refused`."""
    async with service.database.write() as session:
        kept = await session.scalar(
            select(EnrolmentList)
            .where(EnrolmentList.reference == reference, EnrolmentList.staff_member_id == by.id)
            .with_for_update()
        )
        if kept is None:
            raise Refused(N_("This list is not here any more. Choose the file again."), "file")
        if kept.confirmed_at is not None:
            return
        ready = EnrolmentRow.list_id == kept.id, EnrolmentRow.status == RowStatus.READY
        open_ones = select(Municipality.id).where(
            Municipality.id.in_(municipalities), Municipality.closed_at.is_(None)
        )
        others = EnrolmentRow.municipality_id.not_in(open_ones)
        if await session.scalar(select(EnrolmentRow.id).where(*ready, others).limit(1)):
            raise Refused(
                N_("You may not enrol for all these municipalities any more. Choose the file "
                   "again."), "file",
            )  # fmt: skip
        now = service.now()
        kept.confirmed_at = kept.due_at = now
        count = await session.scalar(select(func.count()).select_from(EnrolmentRow).where(*ready))
        session.add(
            AuditEntry(at=now, staff_member_id=by.id, action="enrol_list", detail=str(count))
        )


async def work(service: Service) -> int:
    """Enrol the next rows of the lists that were confirmed, and throw away what is over. Returns
    how many rows were done."""
    now = service.now()
    async with service.database.read() as session:
        due = await session.execute(
            select(EnrolmentList.id, EnrolmentList.staff_member_id, EnrolmentList.confirmed_at,
                   EnrolmentList.finished_at)
            .where(EnrolmentList.due_at <= now)
            .order_by(EnrolmentList.id)
        )  # fmt: skip
        rows = due.all()
    done = 0
    for list_id, staff_member_id, confirmed_at, finished_at in rows:
        if confirmed_at is None or finished_at is not None:
            async with service.database.write() as session:
                await _throw_away(session, EnrolmentList.id == list_id, EnrolmentList.due_at <= now)
            done += 1
            continue
        async with service.database.read() as session:
            by = await session.get_one(StaffMember, staff_member_id)
        while done < BATCH and await _next(service, list_id, by):
            done += 1
    return done


async def _next(service: Service, list_id: int, by: StaffMember) -> bool:
    """Enrol the next person of the list. False: there is nobody left, or another is at it."""
    row_id = 0
    try:
        async with service.database.write() as session:
            row = await session.scalar(
                select(EnrolmentRow)
                .where(EnrolmentRow.list_id == list_id, EnrolmentRow.status == RowStatus.READY)
                .order_by(EnrolmentRow.number)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if row is None:
                await _finish(session, service, list_id)
                return False
            row_id = row.id
            application = _application(json.loads(row.content or "{}")["application"])
            await enrolment.enrol_within(session, service, application, by)
            row.status, row.content = RowStatus.ENROLLED, None
            return True
    except Refused as refused:
        field = refused.field or ""
        problem = Problem(COLUMNS.get(field, ("",))[0], refused.text, refused.params)
    except IntegrityError:
        problem = Problem(COLUMNS["number"][0], _IN_USE)
    except (SQLAlchemyError, OSError):
        raise
    except Exception as error:
        log.error("a row of a list was passed over", row=row_id, error=type(error).__name__)
        problem = Problem("", N_("This row could not be enrolled. Enrol this person by hand."))
    async with service.database.write() as session:
        bad = await session.get(EnrolmentRow, row_id, with_for_update=True)
        if bad is not None and bad.status is RowStatus.READY:
            bad.status, bad.problems = RowStatus.BAD, _kept([problem])
    return True


async def _finish(session: AsyncSession, service: Service, list_id: int) -> None:
    left = select(EnrolmentRow.id).where(
        EnrolmentRow.list_id == list_id, EnrolmentRow.status == RowStatus.READY
    )
    if await session.scalar(left.limit(1)) is None:
        kept = await session.get(EnrolmentList, list_id, with_for_update=True)
        if kept is not None and kept.finished_at is None:
            kept.finished_at = service.now()
            kept.due_at = service.now() + KEPT


async def _throw_away(session: AsyncSession, *which: Any) -> None:
    ids = (await session.scalars(select(EnrolmentList.id).where(*which))).all()
    if ids:
        await session.execute(delete(EnrolmentRow).where(EnrolmentRow.list_id.in_(ids)))
        await session.execute(delete(EnrolmentList).where(EnrolmentList.id.in_(ids)))


async def _without_enrolled(session: AsyncSession, lines: Iterable[Line]) -> list[Line]:
    """The lines; whose number is enrolled already is bad, as `enrol` would say."""
    found = list(lines)
    hashes = {
        ring().look_up("number", line.application.number): line.number
        for line in found
        if line.application and line.application.number
    }
    people: dict[bytes, list[tuple[str, Standing]]] = {}
    keys = list(hashes)
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        for number_hash, name, standing in await session.execute(_people(some)):
            people.setdefault(number_hash, []).append((name.casefold(), standing))
    in_use = {hashes[one]: there for one, there in people.items()}
    return [_checked(line, in_use.get(line.number, [])) for line in found]


def _people(hashes: Collection[bytes]) -> Any:
    """Who is on these telephones, each with where their newest track stands."""
    first = select(Client.id, Client.number_hash).where(Client.number_hash.in_(hashes)).subquery()
    track = aliased(Enrolment)
    newest = select(func.max(track.id)).where(track.client_id == Client.id).scalar_subquery()
    return (
        select(first.c.number_hash, Client.first_name, Enrolment.standing)
        .join(Client, or_(Client.id == first.c.id, Client.phone_of_id == first.c.id))
        .join(Enrolment, Enrolment.id == newest)
    )


def _checked(line: Line, there: list[tuple[str, Standing]]) -> Line:
    if not there or line.application is None:
        return line
    name = line.application.first_name.casefold()
    same = [standing for one, standing in there if one == name]
    standings = same[:1] or [standing for _, standing in there]
    if _LIVE.isdisjoint(standings):
        return line
    problem = Problem(COLUMNS["number"][0], _IN_USE)
    return dataclasses.replace(line, application=None, problems=(problem,))


def _row(list_id: int, line: Line, places: Mapping[str, int]) -> dict[str, object]:
    application = line.application
    return {
        "list_id": list_id,
        "number": line.number,
        "status": RowStatus.READY if application else RowStatus.BAD,
        "municipality_id": places[application.municipality] if application else None,
        "content": json.dumps(
            {
                "cells": line.cells,
                "application": dataclasses.asdict(application) if application else None,
            },
            default=str,
        ),
        "problems": _kept(line.problems) if line.problems else None,
    }


def _kept(problems: Iterable[Problem]) -> str:
    return json.dumps([[one.column, one.text, dict(one.params)] for one in problems])


def _application(values: Mapping[str, Any]) -> Application:
    end = values["contract_end"]
    return Application(
        **{
            **values,
            "first_working_day": date.fromisoformat(values["first_working_day"]),
            "contract_end": date.fromisoformat(end) if end else None,
            "channel": Channel(values["channel"]),
            "form": Form(values["form"]),
            "exit_reason": ExitReason(values["exit_reason"]),
        }
    )
