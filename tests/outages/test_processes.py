"""Real processes, from which something is taken for a while: nothing is lost, nothing comes twice,
and nobody has to start anything anew."""

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest

from storage import encryption
from tests.bot.process import Ran
from tests.outages import plays
from tests.outages.people import WELCOMED, said, statuses
from tests.outages.plays import Played, Shared
from tests.postgres import fresh_database

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

Outcomes = dict[str, Any]


@pytest.fixture(scope="module")
def outcomes(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: str, key_ring: encryption.KeyRing
) -> Iterator[Outcomes]:
    """All that was played; what failed stands for itself only."""

    async def side_by_side(url: str) -> Outcomes:
        two = asyncio.Semaphore(2)  # more of them begin no sooner

        async def one_of_two(play: Coroutine[Any, Any, object]) -> object:
            async with two:
                return await play

        parts: dict[str, Coroutine[Any, Any, object]] = {
            name: one_of_two(play(tmp_path_factory.mktemp(name))) for name, play in _PLAYS.items()
        }
        shared = plays.many_processes(tmp_path_factory.mktemp("shared"), url)
        parts["shared"] = one_of_two(shared)
        # This one waits most of the time.
        parts["sqlite locked"] = plays.sqlite_locked(tmp_path_factory.mktemp("locked"))
        ended = await asyncio.gather(*parts.values(), return_exceptions=True)
        return dict(zip(parts, ended, strict=True))

    with fresh_database(postgres_server) as url:
        yield asyncio.run(side_by_side(url))
    encryption.use(key_ring)


_PLAYS = {
    "postgresql gone": plays.postgresql_gone,
    "files unwritable": plays.files_unwritable,
    "second": plays.second_on_sqlite,
}
if plays.tiny_disks_can_be_made():
    _PLAYS["disk full"] = plays.disk_full


def _of(outcomes: Outcomes, name: str) -> Any:
    if isinstance(outcomes[name], BaseException):
        raise outcomes[name]
    return outcomes[name]


@pytest.fixture(params=["postgresql gone", "sqlite locked", "files unwritable", "disk full"])
def played(request: pytest.FixtureRequest, outcomes: Outcomes) -> Played:
    """One outage of the database."""
    if request.param not in outcomes:
        pytest.skip("this system lets nobody mount a disk of a few megabytes")
    found: Played = _of(outcomes, request.param)
    return found


@pytest.fixture
def shared(outcomes: Outcomes) -> Shared:
    """Many processes on one database."""
    found: Shared = _of(outcomes, "shared")
    return found


# The database is away.


def test_a_provider_hears_in_time_that_its_message_was_not_taken(played: Played) -> None:
    assert set(played.refused) <= {500, 503}, played.seconds
    assert max(played.seconds) < 15, "as long as Twilio waits"


def test_what_was_not_taken_is_not_half_kept(played: Played) -> None:
    assert played.kept_meanwhile == 0


def test_readyz_and_the_figures_say_so_and_the_process_lives(played: Played) -> None:
    for seen in played.during:
        assert (seen.ready, seen.alive, seen.up) == (503, 200, 0)
        assert seen.why["database"] != "ok"


def test_afterwards_it_carries_on_without_a_restart(played: Played) -> None:
    assert played.same_process
    amina, bilal = played.records
    assert (amina["standing"], bilal["standing"]) == ("active", "active")
    assert said(amina, "out")[1].startswith("Fijn, Amina!")
    assert said(bilal, "out")[1].startswith("Fijn, Bilal!")


def test_nothing_is_lost_and_nothing_is_there_twice(played: Played) -> None:
    amina, bilal = played.records
    assert said(amina, "in") == ["ja"]
    assert said(bilal, "in") == ["[start]", "[yes]"]
    assert len(said(amina, "out")) == len(said(bilal, "out")) == WELCOMED
    assert not played.twice


def test_what_was_handed_over_right_before_is_known_to_have_gone(played: Played) -> None:
    for record in played.records:
        assert set(statuses(record)) <= {"sent", "delivered"}


def test_the_log_tells_it_in_lines_without_a_traceback(played: Played) -> None:
    assert "Traceback" not in played.log
    assert "Amina" not in played.log


# Many processes.


def test_each_message_to_the_web_process_is_answered_by_the_workers_once(shared: Shared) -> None:
    amina, bilal = shared.records
    assert not shared.twice
    assert said(amina, "in")[0] == "ja"
    assert sorted(said(amina, "in")[1:]) == [f"hulp {one}" for one in range(4)]
    assert sorted(said(amina, "out")) == sorted(shared.answered)
    assert len(said(bilal, "out")) == WELCOMED


def test_the_web_process_is_ready_without_ticks_of_its_own(shared: Shared) -> None:
    assert shared.web_ready["ticks"] == "in the workers"


def test_one_worker_polls_and_another_takes_over_when_it_is_gone(shared: Shared) -> None:
    assert len(shared.polled_first) == 1
    assert len(shared.polled_after) == 1


def test_each_ends_within_ten_seconds_with_its_work_done(shared: Shared) -> None:
    assert [code for code, _ in shared.ends] == [0, 0, 0]
    assert max(seconds for _, seconds in shared.ends) < 10
    assert shared.in_hand in (["sent"], ["delivered"])
    assert "Traceback" not in shared.logs


def test_a_second_process_on_sqlite_is_refused_with_a_clear_word(outcomes: Outcomes) -> None:
    ran: list[Ran] = _of(outcomes, "second")
    for one, word in zip(
        ran, ("already serves", "need PostgreSQL", "need PostgreSQL"), strict=True
    ):
        assert one.code == 2
        (line,) = [each for each in one.err.splitlines() if each.startswith("nazorg: ")]
        assert word in line
        assert "Traceback" not in one.err
