"""A part of a country's half year, rehearsed, in a process of its own.

Beside a tenth of it in the same run: if work grows with what is due and nothing else, a message
costs the same with ten times as many people. `python -m benchmarks.country PEOPLE` is such a
process: what `nazorg rehearse` does, and the most memory that it took.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE

from benchmarks.common import megabytes, only_our_words
from benchmarks.town import Row
from bot.rehearsal import rehearse

COUNTRY, PEOPLE = 100_000, 10_000
"""So many people leave welfare for work in a year; so many are rehearsed unless told otherwise.
The rest of the country costs the same for each, as the ratio shows."""


async def row(people: int = PEOPLE) -> Row:
    """Messages a second, and the most memory that it took."""
    few, many = await _rehearsed(people // 10), await _rehearsed(people)
    return {
        "benchmark": f"half a year of {people} people",
        **many,
        "minutes_for_the_country": round(many["minutes"] * COUNTRY / people),
        "peer": f"half a year of {people // 10} people",
        "peer_per_second": few["per_second"],
        "ratio": round(many["per_second"] / few["per_second"], 2),
    }


async def _rehearsed(people: int) -> Row:
    command = (sys.executable, "-m", "benchmarks.country", str(people))
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    out, _ = await process.communicate()
    row: Row = json.loads(out)
    return row


async def _rehearse(people: int) -> Row:
    report = await rehearse(people, 1)
    messages = report["messages"]["in"] + report["messages"]["out"]
    return {
        "per_second": round(messages / report["seconds"]),
        "minutes": round(report["seconds"] / 60, 1),
        "peak_mb": round(megabytes(os.getpid(), "VmHWM")),
        "messages": messages,
        "lost": report["lost"],
        "duplicates": report["duplicates"],
    }


if __name__ == "__main__":
    only_our_words()
    print(json.dumps(asyncio.run(_rehearse(int(sys.argv[1])))))
