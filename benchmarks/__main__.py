"""`make bench`: how fast it is, each figure beside a peer in the same run.

A table for people on standard error, a JSON line for each figure on standard output. The trials
under faults are commands of their own: `python -m benchmarks.crash`, `python -m benchmarks.chaos`.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator

from benchmarks import country, due, idle, inbound, pages, serving, workers
from benchmarks.common import only_our_words, telling
from benchmarks.town import POSTGRESQL, SQLITE, Row

_UNITS = {"per_second": "/s", "ms": " ms", "mb": " MB"}


async def rows(
    people: int, enrolments: int, in_the_country: int, in_the_console: int
) -> AsyncIterator[Row]:
    """Each measurement in turn, the longest last."""
    for measure in (serving.rows(),):
        for row in await measure:
            yield row
    for engine in (SQLITE, POSTGRESQL):
        for measured in (inbound.rows, due.rows):
            for row in await measured(people, engine):
                yield row
    for row in await workers.rows(people):
        yield row
    for engine in (SQLITE, POSTGRESQL):
        yield await idle.row(engine, idle.FEW, enrolments)
    if in_the_console:
        async for row in pages.rows(in_the_console):
            yield row
    if in_the_country:
        yield await country.row(in_the_country)


async def run(people: int, enrolments: int, in_the_country: int, in_the_console: int) -> None:
    """Measure, and tell as it goes."""
    done = 0
    with telling(lambda: f"{done} figures"):
        async for row in rows(people, enrolments, in_the_country, in_the_console):
            done += 1
            print(json.dumps(row), flush=True)
            name, unit = next((name, unit) for name, unit in _UNITS.items() if name in row)
            print(
                f"{row['benchmark']:48}{row[name]:>9}{unit:<3}  {row['peer']:40}"
                f"{row[f'peer_{name}']:>9}{unit:<3} x {row['ratio']}",
                file=sys.stderr,
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--people", type=int, default=1000, help="in the town that is measured")
    parser.add_argument(
        "--enrolments", type=int, default=idle.MANY, help="among which nothing is due"
    )
    parser.add_argument(
        "--country", type=int, default=country.PEOPLE, help="people rehearsed; 0 leaves it out"
    )
    parser.add_argument(
        "--pages", type=int, default=pages.PEOPLE, help="people behind the pages; 0 leaves it out"
    )
    given = parser.parse_args()
    only_our_words()
    asyncio.run(run(given.people, given.enrolments, given.country, given.pages))
