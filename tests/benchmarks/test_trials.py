"""The trials of `benchmarks/` at their smallest; in earnest they are run from the command line."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from benchmarks import chaos, common, crash, rules
from benchmarks.street import OURS, enrolled
from conversations.words import Channel
from scheduler.clock import Clock
from storage.encryption import new_key
from tests.providers.server import Sent
from tests.providers.twilio import TwilioServer

pytestmark = pytest.mark.slow


async def test_after_a_kill_nothing_is_lost_and_nothing_came_twice() -> None:
    report = await crash.crash(crash.Plan(messages=18, kills=1, seed=1))
    assert (report["lost"], report["duplicates"]) == (0, 0)
    assert (report["kills"], report["fell"]) == (1, [])


async def test_in_chaos_no_rule_is_broken() -> None:
    report = await chaos.chaos(chaos.Plan(faults=0.3, people=5, days=2, seed=3))
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
