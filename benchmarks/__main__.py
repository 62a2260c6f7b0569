"""`make bench`: how fast it is, each figure beside a peer in the same run.

A table for people on standard error, a JSON line for each figure on standard output. The trials
under faults are commands of their own: `python -m benchmarks.crash`, `python -m benchmarks.chaos`.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import AsyncIterator

from benchmarks import throughput


async def rows(people: int) -> AsyncIterator[throughput.Row]:
    """Each measurement in turn."""
    yield await throughput.inbound(people)
    yield await throughput.due_check_ins(people)
    yield await throughput.idle_tick(people // 10, people)


async def run(people: int) -> None:
    """Measure, and tell as it goes."""
    print(f"Measuring with {people} people; about a minute.", file=sys.stderr)
    async for row in rows(people):
        print(json.dumps(row), flush=True)
        ours = row.get("per_second", row.get("ms"))
        theirs = row.get("peer_per_second", row.get("peer_ms"))
        unit = "/s" if "per_second" in row else " ms"
        print(
            f"  {row['benchmark']:34}{ours:>10}{unit}   {row['peer']:38}{theirs:>10}{unit}"
            f"   x {row['ratio']}",
            file=sys.stderr,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000, help="how many people there are")
    asyncio.run(run(parser.parse_args().people))
