"""The rules that always hold (docs: *Rules that always hold*), against anything in any order.

A machine of Hypothesis enrols people, lets them write, press and stop, lets providers fail, report
late and lie, lets staff do their work or not, and lets time pass with every tick. What is checked
is what the providers really got, and when; not what the program says of itself.
"""

import asyncio
import re
import shutil
import tempfile
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Select, select

from aftercare import escalations, inbox, rights
from aftercare.enrolment import Application, enrol
from aftercare.inbox import Inbound, Received
from aftercare.service import Refused, Service
from aftercare.setup import set_up
from bot.house import House
from conversations.topics import side_of
from conversations.turns import Attachment, Hello, Incoming, Press, Text
from conversations.words import (
    Channel,
    CheckInStatus,
    Direction,
    EscalationStatus,
    Form,
    MessageKind,
    MessageStatus,
    NoticeKind,
    NoticeStatus,
    OutcomeKind,
    Standing,
    Urgency,
)
from scheduler.calendar import Hours, is_allowed
from scheduler.clock import Clock
from storage import encryption
from storage.database import Database
from storage.migrate import migrate
from storage.models import (
    CheckIn,
    Client,
    Desk,
    Enrolment,
    Escalation,
    Message,
    Notice,
    StaffMember,
)
from tests.aftercare.people import Mailbox, colleague
from tests.rules.channel import Failing, FakeChannel, Seen

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PEOPLE = 3
HOURS = Hours()
Result = TypeVar("Result")
Row = TypeVar("Row")

YES = ("ja", "JA graag")
STOPS = ("STOP", "stop aub", "ik wil geen berichten meer")
DANGER = ("ik wil dood", "mijn man slaat mij")
HELP = ("hulp", "HELP!")
OTHER = ("nee", "1", "2", "3", "4", "goed", "niet goed", "geld", "de huur lukt niet", "blauw",
         "dank je", "ik ben ontslagen")  # fmt: skip
ANSWERS = {
    "invitation": ("ja", "ja", "nee", "wie is dit?"),
    "invitation_again": ("ja", "nee"),
    "check_in": ("1", "2", "3", "3", "4", "niet goed"),
    "what_about": ("1", "2", "3", "5", "6", "geld"),
    "what_about_call": ("1", "2", "3", "5", "6", "thuis"),
    "own_words": ("de huur lukt niet", "nee", "ik slaap slecht"),
}
VALUES = ("yes", "no", "good", "so_so", "not_good", "job_lost", "money", "work", "health")

REPORTS = (MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.FAILED)
OWN_ACCORD = frozenset({MessageKind.INVITATION, MessageKind.ROUTINE})
REQUESTS = frozenset({"invitation", "invitation_again", "consent_unclear"})
PROMISING = frozenset(
    {"promise", "passed_on", "job_lost", "danger_suicide", "danger_violence", "danger_emergency"}
)
PROMISE = re.compile(r"(werkcoach|inkomensconsulent).*Uiterlijk op \w+dag \d+ \w+", re.DOTALL)

MESSAGE_ENDS = frozenset(
    {
        MessageStatus.DELIVERED,
        MessageStatus.FAILED,
        MessageStatus.EXPIRED,
        MessageStatus.CANCELLED,
    }
)
STEP_ENDS = frozenset(CheckInStatus) - {CheckInStatus.PLANNED, CheckInStatus.ASKED}
CALL_ORDER = list(EscalationStatus)
NEVER_UNDONE = frozenset({Standing.DECLINED, Standing.WITHDRAWN, Standing.COMPLETED})


class Aftercare(RuleBasedStateMachine):
    """Some people, some staff, two providers, and time."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name, "nazorg.db")
        shutil.copy(self.template, path)
        self._runner = asyncio.Runner()
        self.do(self._open(path))
        self._ids = count(1)
        self._tokens: dict[int, str] = {}
        self._references: dict[int, str] = {}
        self._last: Inbound | None = None
        # What the people themselves know: in which track they said yes, and in which stop.
        self._said_yes: set[int] = set()
        self._said_stop: set[int] = set()
        self._checked = 0
        self._known: dict[tuple[str, int], str] = {}

    async def _open(self, path: Path) -> None:
        database = Database(f"sqlite+aiosqlite:///{path}", durable=False)
        self.service = Service(database, Clock(START, running=False), trial=True)
        self.channels = [
            FakeChannel(Channel.SMS, self.service.now, can_look_up=True),
            FakeChannel(Channel.TELEGRAM, self.service.now, can_look_up=False),
        ]
        self.house = House(self.service)
        for channel in self.channels:
            self.house.connect(channel)
        self.mailbox = Mailbox(self.service)
        self.house.mail = self.mailbox.run

    def do(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self._runner.run(work)

    def rows(self, question: Select[Row]) -> Sequence[Row]:
        async def ask() -> Sequence[Row]:
            async with self.service.database.read() as session:
                return (await session.scalars(question)).all()

        return self.do(ask())

    def seen(self) -> list[Seen]:
        return sorted((one for each in self.channels for one in each.sent), key=lambda one: one.at)

    def teardown(self) -> None:
        try:
            if hasattr(self, "house"):
                self._in_the_end()
        finally:
            self.do(self.house.close())
            self.do(self.service.database.close())
            self._runner.close()
            self._folder.cleanup()

    # What happens.

    @initialize(form=st.sampled_from([Form.ACTIVE, Form.PASSIVE]))
    def some_are_enrolled(self, form: Form) -> None:
        self._enrol(0, Channel.SMS, Form.ACTIVE, 0)
        self._enrol(1, Channel.TELEGRAM, form, 0)
        self.somebody_writes(0, Channel.SMS, "ja")
        self.a_link_is_opened(1, 1)

    @rule(
        person=st.integers(0, PEOPLE - 1),
        channel=st.sampled_from(Channel),
        form=st.sampled_from([Form.ACTIVE, Form.ACTIVE, Form.PASSIVE]),
        started=st.sampled_from([0, 0, 20, 100, -30]),
    )
    def enrolment(self, person: int, channel: Channel, form: Form, started: int) -> None:
        self._enrol(person, channel, form, started)

    def _enrol(self, person: int, channel: Channel, form: Form, started: int) -> None:
        day = (self.service.now() - timedelta(days=started)).date()
        application = Application(
            first_name=f"Person{person}",
            municipality=("Velsen", "Beverwijk", "Uitgeest")[person],
            first_working_day=day,
            number=f"+3160000000{person}",
            channel=channel,
            form=form,
        )
        try:
            enrolled = self.do(enrol(self.service, application))
        except Refused:
            return  # this number has a running track
        self._references[person] = enrolled.reference
        if enrolled.link_token:
            self._tokens[person] = enrolled.link_token

    @rule(person=st.integers(0, PEOPLE - 1), sender=st.integers(0, PEOPLE - 1))
    def a_link_is_opened(self, person: int, sender: int) -> None:
        if person in self._tokens and person == sender:
            self._brings(person, Channel.TELEGRAM, Hello(), link=self._tokens[person])

    @rule(
        person=st.integers(0, PEOPLE - 1),
        channel=st.sampled_from(Channel),
        text=st.one_of(
            st.sampled_from(YES),
            st.sampled_from(OTHER),
            st.sampled_from(OTHER),
            st.sampled_from(HELP),
            st.sampled_from(STOPS),
            st.sampled_from(DANGER),
        ),
    )
    def somebody_writes(self, person: int, channel: Channel, text: str) -> None:
        before = self._standing(person)
        queued = len(self._out(person))
        receipt = self._brings(person, channel, Text(text))
        if receipt is Received.STRANGER:
            return
        assert receipt is Received.ANSWERED
        track = self._track(person)
        if text in STOPS:
            assert track.standing in (Standing.DECLINED, Standing.WITHDRAWN)
            self._said_stop.add(track.id)
        elif text in YES:
            self._said_yes.add(track.id)
        elif text == "nee" and before in (Standing.INVITED, Standing.LAPSED):
            self._said_stop.add(track.id)
        if text in DANGER:
            self._danger_is_seen(person)
        if text in HELP and before in (Standing.ACTIVE, Standing.COMPLETED):
            new = self._out(person)[queued:]
            assert new or self._last_in(person).escalation_id, "rule 6: not in silence"

    @rule(
        person=st.integers(0, PEOPLE - 1),
        question=st.integers(1, 7),
        value=st.sampled_from(VALUES),
    )
    def somebody_presses(self, person: int, question: int, value: str) -> None:
        before = self._standing(person)
        receipt = self._brings(person, Channel.TELEGRAM, Press(question, value))
        if receipt is Received.STRANGER:
            return
        track = self._track(person)
        if value == "yes":
            self._said_yes.add(track.id)
        if value == "no" and track.standing is not before:
            self._said_stop.add(track.id)

    @rule(person=st.integers(0, PEOPLE - 1), which=st.integers(0, 5), by_button=st.booleans())
    def somebody_answers_what_was_asked(self, person: int, which: int, by_button: bool) -> None:
        asked = [one for one in self._out(person) if one.phrase in ANSWERS]
        if not asked:
            return
        if by_button and asked[-1].buttons:
            button = asked[-1].buttons[which % len(asked[-1].buttons)][1]
            question, _, value = button.partition(":")
            self.somebody_presses(person, int(question), value)
        else:
            texts = ANSWERS[asked[-1].phrase or ""]
            self.somebody_writes(person, asked[-1].channel, texts[which % len(texts)])

    @rule(answers=st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=3))
    def the_next_step_is_asked_and_talked_about(self, answers: list[tuple[int, bool]]) -> None:
        planned = self.rows(
            select(CheckIn).where(CheckIn.status == CheckInStatus.PLANNED).order_by(CheckIn.due_at)
        )
        if not planned:
            return
        due = max(planned[0].due_at, self.service.now())
        self.do(self.house.travel(due + timedelta(minutes=20)))
        (track,) = self.rows(select(Enrolment).where(Enrolment.id == planned[0].enrolment_id))
        (client,) = self.rows(select(Client).where(Client.id == track.client_id))
        for which, by_button in answers:
            self.somebody_answers_what_was_asked(
                int(client.first_name.removeprefix("Person")), which, by_button
            )
            self.do(self.house.tick())

    @rule(person=st.integers(0, PEOPLE - 1), channel=st.sampled_from(Channel))
    def somebody_sends_a_picture(self, person: int, channel: Channel) -> None:
        self._brings(person, channel, Attachment())

    @precondition(lambda self: self._last is not None)
    @rule()
    def the_provider_brings_it_again(self) -> None:
        assert self._last
        before = len(self.rows(select(Message)))
        receipt = self.do(inbox.receive(self.service, self._last))
        assert receipt.received is Received.REPEATED
        assert len(self.rows(select(Message))) == before

    @rule(
        by=st.sampled_from(
            [
                timedelta(seconds=40),
                timedelta(minutes=31),
                timedelta(hours=5),
                timedelta(days=1),
                timedelta(days=1),
                timedelta(days=7),
                timedelta(days=30),
            ]
        )
    )
    def time_passes(self, by: timedelta) -> None:
        self.do(self.house.travel(self.service.now() + by))
        self.do(self.house.deliver())

    @rule(
        by=st.sampled_from(
            [timedelta(0), timedelta(minutes=3), timedelta(hours=13), timedelta(days=4, hours=9)]
        )
    )
    def the_service_stood_still_and_ticks_again(self, by: timedelta) -> None:
        self.service.clock.travel_to(self.service.now() + by)
        self.do(self.house.tick())
        self.do(self.house.deliver())

    @rule(
        which=st.integers(0, 1),
        failures=st.lists(st.sampled_from(Failing), min_size=1, max_size=3),
    )
    def a_provider_fails(self, which: int, failures: list[Failing]) -> None:
        self.channels[which].failures = failures

    @precondition(lambda self: any(channel.sent for channel in self.channels))
    @rule(
        data=st.data(),
        statuses=st.lists(st.sampled_from(REPORTS), min_size=1, max_size=3),
        closed=st.booleans(),
        tries=st.integers(0, 2),
    )
    def a_provider_reports(
        self, data: st.DataObject, statuses: list[MessageStatus], closed: bool, tries: int
    ) -> None:
        one = data.draw(st.sampled_from(self.seen()[-4:]))
        for status in statuses:
            failed = status is MessageStatus.FAILED
            error = "twilio 30005" if failed else None
            self.do(
                self.house.report(
                    one.parcel.id, status, one.external_id, error, closed and failed, tries
                )
            )
            self.a_status_only_moves_forward()

    @precondition(lambda self: self._open_calls())
    @rule(data=st.data(), step=st.sampled_from(["take", "contacted", "resolve"]))
    def staff_do_something(self, data: st.DataObject, step: str) -> None:
        reference = data.draw(st.sampled_from([one.reference for one in self._open_calls()]))
        (sanne,) = self.rows(select(StaffMember))
        try:
            if step == "take":
                self.do(escalations.take(self.service, reference, sanne))
            elif step == "contacted":
                self.do(escalations.contacted(self.service, reference, sanne))
            else:
                self.do(
                    escalations.resolve(self.service, reference, sanne, OutcomeKind.HELPED, "goed")
                )
        except Refused:
            pass  # this step was taken before

    @rule(person=st.integers(0, PEOPLE - 1))
    def somebody_stops_by_telephone(self, person: int) -> None:
        if person not in self._references:
            return
        (sanne,) = self.rows(select(StaffMember))
        try:
            self.do(rights.withdraw(self.service, self._references[person], sanne))
        except Refused:
            return
        self._said_stop.add(self._track(person).id)

    # What always holds.

    @invariant()
    def what_went_out_was_allowed(self) -> None:
        """Rules 1, 2 and 10, on what the providers got since the last look."""
        seen = self.seen()
        if len(seen) == self._checked:
            return
        ids = [one.parcel.id for one in seen]
        assert len(set(ids)) == len(ids), "rule 2: nothing goes out twice"
        for one in seen:
            if self._before("seen", one.parcel.id, "seen") is None:
                self._was_consented_to(one)
        own: dict[int, list[Seen]] = {}
        for one in seen:
            if one.parcel.kind in OWN_ACCORD:
                own.setdefault(one.parcel.client_id, []).append(one)
                assert is_allowed(one.at, HOURS), f"rule 10: {one.parcel.kind} at {one.at}"
        for theirs in own.values():
            routine = [one.at for one in theirs if one.parcel.kind is MessageKind.ROUTINE]
            for earlier, later in pairwise(routine):
                assert later - earlier >= timedelta(days=3), "rule 10: three days apart"
            for first, fourth in zip(theirs, theirs[3:], strict=False):
                assert fourth.at - first.at >= timedelta(days=1), "rule 10: three in a day"
        self._checked = len(seen)

    def _was_consented_to(self, one: Seen) -> None:
        (message,) = self.rows(select(Message).where(Message.id == one.parcel.id))
        assert one.at < one.parcel.expires_at, "rule 3: what is too late is never sent"
        if one.parcel.kind is MessageKind.DANGER:
            return
        if message.enrolment_id in self._said_stop:
            confirmed = one.parcel.kind is MessageKind.CONFIRMATION
            assert confirmed, f"rule 1: {message.phrase} after a stop"
        elif message.enrolment_id not in self._said_yes:
            assert message.phrase in REQUESTS, f"rule 1: {message.phrase} before consent"

    @invariant()
    def a_status_only_moves_forward(self) -> None:
        """Rule 4, and a withdrawal that nothing undoes (rule 1)."""
        for message in self.rows(select(Message).where(Message.direction == Direction.OUT)):
            before = self._before("message", message.id, message.status)
            if before in MESSAGE_ENDS:
                assert message.status == before, f"message {before} -> {message.status}"
            if before == MessageStatus.SENT:
                assert message.status in {MessageStatus.SENT, *MESSAGE_ENDS}
        for step in self.rows(select(CheckIn)):
            before = self._before("step", step.id, step.status)
            if before in STEP_ENDS:
                assert step.status == before, f"check-in {before} -> {step.status}"
        for call in self.rows(select(Escalation)):
            before = self._before("call", call.id, call.status)
            if before:
                assert CALL_ORDER.index(call.status) >= CALL_ORDER.index(EscalationStatus(before))
        for track in self.rows(select(Enrolment)):
            before = self._before("track", track.id, track.standing)
            if before in NEVER_UNDONE:
                assert track.standing == before, f"track {before} -> {track.standing}"

    @invariant()
    def every_call_is_at_one_desk_that_it_is_for(self) -> None:
        """Rule 6."""
        desks = {desk.id: desk for desk in self.rows(select(Desk))}
        for call in self.rows(select(Escalation)):
            assert desks[call.desk_id].side is side_of(call.topic)
        unresolved = [(one.client_id, one.topic) for one in self._open_calls()
                      if one.status is not EscalationStatus.CONTACTED]  # fmt: skip
        assert len(set(unresolved)) == len(unresolved), "one call for one thing"

    @invariant()
    def every_promise_names_somebody_and_a_day(self) -> None:
        """Rule 7."""
        rows = select(Message).where(Message.phrase.in_(PROMISING))
        for message in self.rows(rows):
            assert PROMISE.search(message.text), message.text

    @invariant()
    def danger_is_repeated_until_somebody_takes_it(self) -> None:
        """Rule 5."""
        for call in self._open_calls():
            if call.urgency is Urgency.DANGER and call.owner_id is None:
                assert call.remind_at is not None

    # In the end.

    def _in_the_end(self) -> None:
        """Rules 3 and 7: a year later everything has had its end, and nobody waited in vain."""
        for channel in self.channels:
            channel.failures = []
        self.do(self.house.travel(self.service.now() + timedelta(days=320)))
        self.do(self.house.deliver())
        self.what_went_out_was_allowed()
        self.a_status_only_moves_forward()
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
            stopped = call.enrolment_id in self._said_stop
            assert promised or stopped, f"rule 7: nothing was promised about {call.topic}"
            if call.contacted_at is None and call.resolved_at is None:
                kinds = {NoticeKind.OVERDUE, NoticeKind.DANGER}
                assert any(
                    one.escalation_id == call.id and one.kind in kinds and one.at >= call.deadline
                    for one in notices
                ), "rule 7: staff are reminded"

    # Helpers.

    def _brings(
        self, person: int, channel: Channel, incoming: Incoming, link: str | None = None
    ) -> Received:
        sender = f"+3160000000{person}" if channel is Channel.SMS else f"chat{person}"
        inbound = Inbound(channel, sender, f"in-{next(self._ids)}", incoming, link)
        received = self.do(inbox.receive(self.service, inbound)).received
        if received is Received.ANSWERED:
            self._last = inbound
        return received

    def _before(self, table: str, row: int, now: str) -> str | None:
        before = self._known.get((table, row))
        self._known[table, row] = str(now)
        return before

    def _open_calls(self) -> Sequence[Escalation]:
        return self.rows(
            select(Escalation)
            .where(Escalation.status != EscalationStatus.RESOLVED)
            .order_by(Escalation.id)
        )

    def _standing(self, person: int) -> Standing | None:
        return self._track(person).standing if person in self._references else None

    def _track(self, person: int) -> Enrolment:
        found = self.rows(
            select(Enrolment)
            .join(Client, Client.id == Enrolment.client_id)
            .where(Client.reference == self._references[person])
            .order_by(Enrolment.id.desc())
        )
        return found[0]

    def _messages(self, person: int, direction: Direction) -> Sequence[Message]:
        if person not in self._references:
            return []
        return self.rows(
            select(Message)
            .join(Client, Client.id == Message.client_id)
            .where(Client.reference == self._references[person], Message.direction == direction)
            .order_by(Message.id)
        )

    def _out(self, person: int) -> Sequence[Message]:
        return self._messages(person, Direction.OUT)

    def _last_in(self, person: int) -> Message:
        return self._messages(person, Direction.IN)[-1]

    def _danger_is_seen(self, person: int) -> None:
        """Rule 5: the fixed reply waits to go at once, and somebody is called until it is taken."""
        reply = self._out(person)[-1]
        assert reply.kind is MessageKind.DANGER
        assert reply.not_before == self.service.now()
        call_id = self._last_in(person).escalation_id
        (call,) = self.rows(select(Escalation).where(Escalation.id == call_id))
        assert call.urgency is Urgency.DANGER
        assert call.status in (EscalationStatus.OPEN, EscalationStatus.TAKEN)


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


@pytest.mark.slow
def test_the_rules_hold_whatever_happens(template: Path, key_ring: encryption.KeyRing) -> None:
    encryption.use(key_ring)
    Aftercare.template = template
    run_state_machine_as_test(
        Aftercare,
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            deadline=None,
            print_blob=True,
            phases=[Phase.reuse, Phase.generate, Phase.shrink],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
