"""Due check-ins on PostgreSQL by one, two and four workers at once, each a process of its own.

`python -m benchmarks.workers MOMENT` is such a worker: it waits for a line, then asks and delivers
until nothing is due at that moment. The address and the key come by the environment.
"""

import asyncio
import os
import sys
import time
from asyncio.subprocess import PIPE, Process
from datetime import datetime

from aftercare import check_ins
from aftercare.service import Service
from benchmarks.town import POSTGRESQL, Row, Town, town
from bot.channels.phone import Phone
from bot.house import House
from conversations.words import Channel
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database

COUNTS = (1, 2, 4)


async def rows(people: int) -> list[Row]:
    """A figure for each number of workers, beside one."""
    found: list[Row] = []
    async with town(people, POSTGRESQL) as here:
        for count in COUNTS:
            ours = people / await _seconds(here, count)
            alone = found[0]["per_second"] if found else round(ours)
            found.append(
                {
                    "benchmark": f"due check-ins, {count} workers, {POSTGRESQL}",
                    "per_second": round(ours),
                    "peer": "one worker",
                    "peer_per_second": alone,
                    "ratio": round(ours / alone, 2),
                }
            )
            await here.all_answer()
    return found


async def _seconds(here: Town, count: int) -> float:
    """How long so many workers take for everybody's next check-in."""
    moment = here.next_evening()
    workers = [await _worker(here, moment) for _ in range(count)]
    for worker in workers:
        assert worker.stdout
        await worker.stdout.readline()  # it is ready
    began = time.perf_counter()
    outs = await asyncio.gather(*(worker.communicate(b"go\n") for worker in workers))
    seconds = time.perf_counter() - began
    if sum(int(out) for out, _ in outs) != here.people:
        raise RuntimeError(f"{here.people} were due; the workers sent {outs}")
    return seconds


async def _worker(here: Town, moment: datetime) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.workers", moment.isoformat()),
        env=os.environ | {"BENCH_URL": here.url, "BENCH_KEY": here.key},
        stdin=PIPE,
        stdout=PIPE,
    )


async def _work(moment: datetime) -> int:
    encryption.use(encryption.KeyRing.parse(os.environ["BENCH_KEY"]))
    service = Service(Database(os.environ["BENCH_URL"]), Clock(moment, running=False), trial=True)
    house = House(service)
    house.connect(Phone(Channel.SMS))
    await house.next_due()
    print("ready", flush=True)
    sys.stdin.readline()
    sent = 0
    while await check_ins.ask_due(service) or await house.next_due() <= moment:  # type: ignore[operator]
        sent += await house.deliver()
    await service.database.close()
    return sent


if __name__ == "__main__":
    print(asyncio.run(_work(datetime.fromisoformat(sys.argv[1]))))
