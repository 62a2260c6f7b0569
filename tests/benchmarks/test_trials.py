"""The trials of `benchmarks/` at their smallest; in earnest they are run from the command line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks import chaos, common, crash, rules
from benchmarks.ledger import Account, balance
from benchmarks.street import OURS, Somebody, enrolled
from conversations.words import Channel
from scheduler.clock import Clock
from storage.encryption import new_key
from tests.providers.server import Sent
from tests.providers.twilio import TwilioServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),
]


async def test_after_a_kill_nothing_is_lost_and_nothing_came_twice() -> None:
    report = await crash.crash(crash.Plan(messages=18, kills=1, seed=1))
    assert (report["lost"], report["duplicates"]) == (0, 0)
    assert (report["kills"], report["fell"]) == (1, [])


async def test_what_is_lost_or_comes_twice_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same trial, whose database is spoilt before it is held against the providers: were the
    counts 0 whatever happens, they would say nothing."""
    found: dict[Channel, Account] = {}

    async def balance_spoilt(
        session: AsyncSession,
        people: Sequence[Somebody],
        sent: Mapping[Channel, Sequence[Sent]],
        now: datetime,
    ) -> dict[Channel, Account]:
        before = await balance(session, people, sent, now)
        for direction, change in (("in", "external_id = 'other'"), ("out", "status = 'failed'")):
            newest = f"SELECT max(id) FROM message WHERE direction = '{direction}'"
            await session.execute(text(f"UPDATE message SET {change} WHERE id = ({newest})"))
        again = {channel: [*there, *there[-1:]] for channel, there in sent.items()}
        found.update(await balance(session, people, again, now))
        return before

    monkeypatch.setattr(crash, "balance", balance_spoilt)
    report = await crash.crash(crash.Plan(messages=18, kills=0, seed=1))
    assert (report["lost"], report["duplicates"]) == (0, 0)
    why = sum((account.why for account in found.values()), Counter[str]())
    assert why["lost: in, not kept"] == 1
    assert why["lost: out, failed"] == 1
    assert why["twice: in"] == 1
    assert why["twice: out"] == sum(account.sent > 0 for account in found.values())
    assert sum(account.lost for account in found.values()) >= 2
    assert sum(account.duplicates for account in found.values()) >= 2


@pytest.mark.parametrize("database_kind", ["sqlite", "postgresql"])
async def test_in_chaos_no_rule_is_broken(database_kind: str, database_url: str) -> None:
    url = database_url if database_kind == "postgresql" else ""
    report = await chaos.chaos(chaos.Plan(faults=0.3, people=3, days=2, seed=3, database_url=url))
    assert report["ok"], report["broken"]


async def test_broken_rules_are_seen(tmp_path: Path) -> None:
    """A request for consent at night, twice, whose status has gone back and forth."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'nazorg.db'}"
    clock = Clock(chaos.START, running=False)
    async with common.opened(url, clock, new_key()) as service:
        await rules.watch(service)
        somebody = await enrolled(service, 1, TwilioServer([OURS]), Random(1))
        async with service.database.write() as session:
            for status in ("sending", "sent", "sending"):
                await session.execute(
                    text("UPDATE message SET status = :status, external_id = 'SM1'"),
                    {"status": status},
                )
        night = chaos.START + timedelta(hours=14)
        sent = [Sent(night, "+31613000001", "Hoi", sid) for sid in ("SM1", "SM2")]
        async with service.database.read() as session:
            found = await rules.broken(session, [somebody], {Channel.SMS: sent}, [])
    assert +found == {"backwards": 1, "outside_hours": 1, "duplicates": 1, "not_final": 1}
