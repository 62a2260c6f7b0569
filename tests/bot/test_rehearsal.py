"""What a rehearsal counts at its end costs one look at the rows, however many people there are."""

from typing import Any

import pytest
from sqlalchemy import event

from aftercare.service import Service
from bot.rehearsal.paths import paths


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_no_path_is_counted_person_by_person(service: Service) -> None:
    asked: list[tuple[str, Any]] = []
    async with service.database.read() as session:
        connection = await session.connection()

        @event.listens_for(connection.sync_connection, "before_cursor_execute")
        def _(*said: Any) -> None:
            asked.append((str(said[2]), said[3]))

        counted = await paths(session)
        queries = tuple(asked)
        plans = [
            " ".join(step.detail for step in await connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {query}", values
            ))
            for query, values in queries
        ]  # fmt: skip
    assert len(plans) == len(counted)
    assert [plan for plan in plans if "CORRELATED" in plan] == []
