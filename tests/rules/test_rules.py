"""The rules that always hold (docs: *Rules that always hold*), against anything in any order.

A machine of Hypothesis enrols people, lets them write, press and stop, lets providers fail, report
late and lie, lets staff do their work or not, and lets time pass with every tick. What is checked
is what the providers really got, and when; not what the program says of itself.
"""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    invariant,
    run_state_machine_as_test,
)
from sqlalchemy import select

from aftercare.service import Service
from aftercare.setup import set_up
from conversations.topics import side_of
from conversations.words import (
    Channel,
    Direction,
    MessageKind,
    MessageStatus,
    NoticeKind,
    NoticeStatus,
    Topic,
)
from scheduler.calendar import is_allowed
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database
from storage.migrate import migrate
from storage.models import (
    CheckIn,
    Escalation,
    Message,
    Notice,
)
from tests.aftercare.people import colleague
from tests.rules.channel import Seen
from tests.rules.happenings import Happenings
from tests.rules.world import HOURS, MESSAGE_ENDS, START, STEP_ENDS

OWN_ACCORD = frozenset({MessageKind.INVITATION, MessageKind.ROUTINE, MessageKind.STAFF})
REQUESTS = frozenset({"invitation", "invitation_again", "consent_unclear"})
PROMISING = frozenset(
    {
        "promise",
        "promise_also",
        "passed_on",
        "job_lost",
        "helped_no",
        "debt_applied",
        "danger_suicide",
        "danger_violence",
        "danger_emergency",
    }
)
PROMISE = re.compile(
    r"(werkcoach|inkomensconsulent).*(Uiterlijk op \w+dag \d+ \w+|on \w+day \d+ \w+ at the latest)",
    re.DOTALL,
)


_PROMISED = frozenset({"open", "taken"})


class Aftercare(Happenings):
    """What always holds, and what holds in the end."""

    steps = 0
    """Of all runs so far."""
    begun = False
    promised = 0

    @invariant()
    def what_went_out_was_allowed(self) -> None:
        """Rules 1, 2 and 10, on what the providers got since the last look."""
        seen = self.seen()
        if len(seen) == self.checked:
            return
        ids = [one.parcel.id for one in seen]
        assert len(set(ids)) == len(ids), "rule 2: nothing goes out twice"
        for one in seen:
            if self.before("seen", one.parcel.id, "seen") is None:
                self._was_consented_to(one)
        own: dict[int, list[Seen]] = {}
        for one in seen:
            if one.parcel.kind in OWN_ACCORD:
                own.setdefault(one.parcel.client_id, []).append(one)
                assert is_allowed(one.at, HOURS), f"rule 10: {one.parcel.kind} at {one.at}"
        for theirs in own.values():
            routine = [
                one.at
                for one in theirs
                if one.parcel.kind is MessageKind.ROUTINE and not self._did_not_arrive(one)
            ]
            for earlier, later in pairwise(routine):
                assert later - earlier >= timedelta(days=3), "rule 10: three days apart"
            for first, fourth in zip(theirs, theirs[3:], strict=False):
                assert fourth.at - first.at >= timedelta(days=1), "rule 10: three in a day"
        self.checked = len(seen)

    def _did_not_arrive(self, one: Seen) -> bool:
        """Says the provider; then it disturbed nobody, and may be tried again."""
        ((status,),) = self.look("SELECT status FROM message WHERE id = ?", one.parcel.id)
        return bool(status == MessageStatus.FAILED)

    def _was_consented_to(self, one: Seen) -> None:
        ((track, phrase, held_at),) = self.look(
            "SELECT enrolment_id, phrase, held_at FROM message "
            "JOIN enrolment ON enrolment.id = enrolment_id WHERE message.id = ?",
            one.parcel.id,
        )
        assert one.at < one.parcel.expires_at, "rule 3: what is too late is never sent"
        if one.parcel.kind is MessageKind.DANGER:
            return
        if one.parcel.kind is MessageKind.ROUTINE and held_at:
            held = datetime.fromisoformat(held_at).replace(tzinfo=UTC)
            assert one.at <= held, "rule 5: routine stops until somebody releases it"
        if track in self.said_stop:
            confirmed = one.parcel.kind is MessageKind.CONFIRMATION
            assert confirmed, f"rule 1: {phrase} after a stop"
        elif track not in self.said_yes:
            assert phrase in REQUESTS, f"rule 1: {phrase} before consent"

    @invariant()
    def a_status_only_moves_forward(self) -> None:
        """Rule 4, and a withdrawal that nothing undoes (rule 1)."""
        self.statuses_moved_forward()

    @invariant()
    def every_call_is_at_one_desk_that_it_is_for(self) -> None:
        """Rule 6."""
        calls = self.look(
            "SELECT call.client_id, call.topic, call.status, desk.side FROM escalation call "
            "JOIN desk ON desk.id = call.desk_id"
        )
        for _, topic, _, side in calls:
            assert side == side_of(Topic(topic))
        waiting = [(client, topic) for client, topic, status, _ in calls if status in _PROMISED]
        assert len(set(waiting)) == len(waiting), "one call for one thing"

    @invariant()
    def every_promise_names_somebody_and_a_day(self) -> None:
        """Rule 7, on what was said since the last look."""
        last = self.look("SELECT coalesce(max(id), 0) FROM message")[0][0]
        if last > self.promised:
            new = select(Message).where(Message.id > self.promised, Message.phrase.in_(PROMISING))
            for message in self.rows(new):
                assert PROMISE.search(message.text), message.text
            self.promised = last

    @invariant()
    def danger_is_repeated_until_somebody_takes_it(self) -> None:
        """Rule 5."""
        forgotten = self.look(
            "SELECT id FROM escalation WHERE urgency = 'danger' AND status != 'resolved' "
            "AND owner_id IS NULL AND remind_at IS NULL"
        )
        assert not forgotten

    @invariant()
    def a_step_is_counted(self) -> None:
        """How much was tried."""
        Aftercare.steps += self.begun
        self.begun = True

    def in_the_end(self) -> None:
        """Rules 3 and 7: when the longest track is over, everything has had its end, and nobody
        waited in vain."""
        for channel in self.channels:
            channel.failures = []
        self.do(self.house.travel(self.service.now() + timedelta(days=250)))
        self.do(self.house.deliver())
        self.what_went_out_was_allowed()
        self.statuses_moved_forward()
        for step in self.rows(select(CheckIn)):
            assert step.status in STEP_ENDS, f"rule 3: check-in {step.step} {step.status}"
        for message in self.rows(select(Message).where(Message.direction == Direction.OUT)):
            ends = {*MESSAGE_ENDS, MessageStatus.SENT}
            if message.channel is Channel.TELEGRAM:
                ends.add(MessageStatus.UNCERTAIN)  # nobody can tell: it shows as such
            assert message.status in ends, f"rule 3: message {message.phrase} {message.status}"
        for notice in self.rows(select(Notice)):
            assert notice.status in (NoticeStatus.SENT, NoticeStatus.CANCELLED), "rule 3: notice"
        self._no_call_was_forgotten()

    def _no_call_was_forgotten(self) -> None:
        out = self.rows(select(Message).where(Message.phrase.in_(PROMISING)))
        notices = self.rows(select(Notice))
        for call in self.rows(select(Escalation)):
            promised = any(
                one.client_id == call.client_id and one.at >= call.opened_at for one in out
            )
            stopped = call.enrolment_id in self.said_stop
            assert promised or stopped, f"rule 7: nothing was promised about {call.topic}"
            if call.contacted_at is None and call.resolved_at is None:
                kinds = {NoticeKind.OVERDUE, NoticeKind.DANGER}
                assert any(
                    one.escalation_id == call.id and one.kind in kinds and one.at >= call.deadline
                    for one in notices
                ), "rule 7: staff are reminded"


@pytest.fixture(scope="module")
def template(key_ring: encryption.KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with IJmond's set-up and one colleague, to be copied."""
    path = tmp_path_factory.mktemp("rules") / "template.db"
    encryption.use(key_ring)

    async def make() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}", durable=False)
        await migrate(database)
        service = Service(database, Clock(START, running=False), trial=True)
        await set_up(service)
        await colleague(service)
        async with database.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        await database.close()

    asyncio.run(make())
    return path


STEPS = 10_000


@pytest.mark.slow
def test_the_rules_hold_whatever_happens(
    template: Path, key_ring: encryption.KeyRing, record_property: Callable[[str, object], None]
) -> None:
    encryption.use(key_ring)
    Aftercare.template, Aftercare.steps = template, 0
    while (before := Aftercare.steps) < STEPS:
        run_state_machine_as_test(Aftercare, settings=SETTINGS)
        assert Aftercare.steps > before
    record_property("steps", Aftercare.steps)
    assert Aftercare.steps >= STEPS


SETTINGS = settings(
    max_examples=10,
    stateful_step_count=200,  # the end of an example takes as long as 40 steps
    deadline=None,
    print_blob=True,
    phases=[Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
