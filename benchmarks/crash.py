"""Kill it at random moments, again and again: is anything lost, does anything come twice?

Real `nazorg` processes, killed with -9 while people consent, answer check-ins and ask for help
over Twilio (which can tell afterwards what was sent) and Telegram (which cannot). The providers
and their people live in this process, which survives. In the end the database is held against
what they saw. On SQLite it is one `nazorg serve`; on PostgreSQL one `nazorg web` and some `nazorg
worker`, of which one at a time is killed.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import common
from benchmarks.killing import MORNING, Killing
from benchmarks.ledger import Account, balance
from benchmarks.street import OURS
from conversations.words import Channel
from scheduler.clock import Clock
from storage.encryption import new_key
from tests.providers.telegram import TelegramServer
from tests.providers.twilio import TwilioServer


@dataclass(frozen=True)
class Plan:
    """What is asked for. `workers` is 0 on SQLite, where one process does everything."""

    messages: int
    kills: int
    seed: int
    database_url: str = ""
    workers: int = 0


async def crash(plan: Plan) -> dict[str, object]:
    """Play it. Returns the report, ready for JSON."""
    began = time.monotonic()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nazorg-crash-")))
        telegram = await stack.enter_async_context(TelegramServer(allow_loopback=True))
        twilio = await stack.enter_async_context(TwilioServer([OURS], allow_loopback=True))
        url = plan.database_url or f"sqlite+aiosqlite:///{folder / 'nazorg.db'}"
        key = new_key()
        service = await stack.enter_async_context(common.opened(url, Clock(MORNING), key))
        await common.must_be_empty(service)
        settings = {
            "NAZORG_DATA_DIR": str(folder),
            "NAZORG_DATABASE_URL": url,
            "NAZORG_KEYS": key,
            "NAZORG_TELEGRAM_TOKEN": telegram.token,
            "NAZORG_TELEGRAM_API_URL": telegram.url,
            "NAZORG_TWILIO_ACCOUNT_SID": twilio.account_sid,
            "NAZORG_TWILIO_AUTH_TOKEN": twilio.auth_token,
            "NAZORG_TWILIO_FROM": OURS,
            "NAZORG_TWILIO_API_URL": twilio.url,
        }
        processes = _processes(folder, settings, plan.workers)
        twilio.inbound_url = f"{processes[0].url}/webhooks/twilio/message"
        killing = Killing(
            service,
            processes,
            telegram,
            twilio,
            messages=plan.messages,
            kills=plan.kills,
            seed=plan.seed,
        )
        stack.push_async_callback(killing.end)
        with common.telling(killing.how_far):
            await killing.play()
        sent = {Channel.SMS: twilio.sent, Channel.TELEGRAM: telegram.sent}
        async with service.database.read() as session:
            accounts = await balance(session, killing.people, sent, service.now())
    return {
        "benchmark": "crash",
        "database": "postgresql" if plan.workers else "sqlite",
        "workers": plan.workers or 1,
        "seed": plan.seed,
        "people": len(killing.people),
        "messages": sum(one.received + one.sent for one in accounts.values()),
        "kills": killing.kills,
        "lost": sum(one.lost for one in accounts.values()) + killing.unfinished,
        "duplicates": sum(one.duplicates for one in accounts.values()),
        "uncertain": sum(one.uncertain for one in accounts.values()),
        "channels": {channel: _figures(account) for channel, account in accounts.items()},
        "unfinished": killing.unfinished,
        "fell": [code for process in processes for code in process.fell],
        "seconds": round(time.monotonic() - began, 1),
    }


def _processes(folder: Path, settings: Mapping[str, str], workers: int) -> list[common.Process]:
    """The first takes the webhooks, so its address is the public one of all."""
    first = common.Process("web" if workers else "serve", folder, settings)
    public = {**settings, "NAZORG_PUBLIC_URL": first.url}
    first.environment |= public
    return [first, *(common.Process("worker", folder, public) for _ in range(workers))]


def _figures(account: Account) -> dict[str, object]:
    return {
        "received": account.received,
        "sent": account.sent,
        "lost": account.lost,
        "duplicates": account.duplicates,
        "uncertain": account.uncertain,
        "of_these_arrived": account.arrived,
        **({"why": dict(account.why)} if account.why else {}),
    }


def main() -> None:
    """The command line. Ends with 1 when something was lost or came twice."""
    parser = common.arguments("crash", __doc__)
    parser.add_argument("--messages", type=int, default=10_000, help="about so many, in and out")
    parser.add_argument("--kills", type=int, default=50, help="how often a process is killed")
    parser.add_argument("--workers", type=int, default=0, help="on PostgreSQL, beside one web")
    common.postgresql(parser)
    options = parser.parse_args()
    if options.workers and not (options.postgres or options.database_url):
        parser.error("--workers needs PostgreSQL: add --postgres or --database-url")
    if options.messages < 1 or options.kills < 0 or options.workers < 0:
        parser.error("--messages must be at least 1, --kills and --workers at least 0")
    common.only_our_words()
    workers = (options.workers or 1) if options.postgres or options.database_url else 0
    plan = Plan(options.messages, options.kills, options.seed, workers=workers)
    report = common.on_a_database(
        parser, options, lambda url: asyncio.run(crash(replace(plan, database_url=url)))
    )
    common.show(report, as_json=options.json)
    sys.exit(bool(report["lost"] or report["duplicates"] or report["fell"]))


if __name__ == "__main__":
    main()
