"""A country's half year, rehearsed: `nazorg rehearse` as a process of its own.

Beside a tenth of it in the same run: if work grows with what is due and nothing else, a message
costs the same with ten times as many people.
"""

import asyncio
import json
from asyncio.subprocess import PIPE

from benchmarks.common import NAZORG
from benchmarks.town import Row

PEOPLE = 100_000


async def row(people: int = PEOPLE) -> Row:
    """Messages a second, and the most memory that it took."""
    few, many = await _rehearsed(people // 10), await _rehearsed(people)
    return {
        "benchmark": f"half a year of {people} people, rehearsed",
        "per_second": many["per_second"],
        "minutes": many["minutes"],
        "peak_mb": many["peak_mb"],
        "messages": many["messages"],
        "lost": many["lost"],
        "duplicates": many["duplicates"],
        "peer": f"the same with {people // 10}",
        "peer_per_second": few["per_second"],
        "ratio": round(many["per_second"] / few["per_second"], 2),
    }


async def _rehearsed(people: int) -> Row:
    process = await asyncio.create_subprocess_exec(
        *(NAZORG, "rehearse", "--clients", str(people), "--seed", "1", "--json"), stdout=PIPE
    )
    out, _ = await process.communicate()
    report = json.loads(out)
    messages = report["messages"]["in"] + report["messages"]["out"]
    return {
        "per_second": round(messages / report["seconds"]),
        "minutes": round(report["seconds"] / 60, 1),
        "peak_mb": report["peak_mb"],
        "messages": messages,
        "lost": report["lost"],
        "duplicates": report["duplicates"],
    }
