"""The world of the rules: some people, some staff, two providers, and what they know."""

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from hypothesis.stateful import (
    RuleBasedStateMachine,
)
from sqlalchemy import Select, select

from aftercare import inbox
from aftercare.inbox import Inbound, Received
from aftercare.service import Service
from bot.house import House
from conversations.turns import Incoming
from conversations.words import (
    Channel,
    CheckInStatus,
    Direction,
    EscalationStatus,
    MessageKind,
    MessageStatus,
    Standing,
    Urgency,
)
from scheduler.calendar import Hours
from scheduler.clock import Clock
from storage.database import Database
from storage.models import (
    Client,
    Enrolment,
    Escalation,
    Message,
)
from tests.aftercare.people import Mailbox
from tests.rules.channel import FakeChannel, Seen

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PEOPLE = 3
HOURS = Hours()
Result = TypeVar("Result")
Row = TypeVar("Row")

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
FOLLOWS = {
    Standing.DECLINED: {Standing.DECLINED},
    Standing.WITHDRAWN: {Standing.WITHDRAWN},
    Standing.COMPLETED: {Standing.COMPLETED, Standing.WITHDRAWN},  # a stop counts also afterwards
}
"""What is never undone, and what it may become."""


class World(RuleBasedStateMachine):
    """Some people, some staff, two providers, and time."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name, "nazorg.db")
        shutil.copy(self.template, path)
        self._runner = asyncio.Runner()
        self.do(self._open(path))
        self._plain = sqlite3.connect(path, isolation_level=None)
        self.ids = count(1)
        self.tokens: dict[int, str] = {}
        self.references: dict[int, str] = {}
        self.last: Inbound | None = None
        # What the people themselves know: in which track they said yes, and in which stop.
        self.said_yes: set[int] = set()
        self.said_stop: set[int] = set()
        self.checked = 0
        self.known: dict[tuple[str, int], str] = {}

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
        """Run one use case to its end."""
        return self._runner.get_loop().run_until_complete(work)

    def rows(self, question: Select[Row]) -> Sequence[Row]:
        """What a question to the database finds."""

        async def ask() -> Sequence[Row]:
            async with self.service.database.read() as session:
                return (await session.scalars(question)).all()

        return self.do(ask())

    def look(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """The same in plain SQL: what is asked after every step must cost next to nothing."""
        return self._plain.execute(question, values).fetchall()

    def seen(self) -> list[Seen]:
        """All that the providers got, in order."""
        return sorted((one for each in self.channels for one in each.sent), key=lambda one: one.at)

    def teardown(self) -> None:
        """At the end of each example."""
        try:
            self.in_the_end()
        finally:
            self._plain.close()
            self.do(self.house.close())
            self.do(self.service.database.close())
            self._runner.close()
            self._folder.cleanup()

    def in_the_end(self) -> None:
        """What must be true when all is over."""

    def statuses_moved_forward(self) -> None:
        """Since the last look, nothing went back and nothing final changed."""
        for row, status in self.look("SELECT id, status FROM message WHERE direction = 'out'"):
            before = self.before("message", row, status)
            if before in MESSAGE_ENDS:
                assert status == before, f"message {before} -> {status}"
            if before == MessageStatus.SENT:
                assert status in {MessageStatus.SENT, *MESSAGE_ENDS}
        for row, status in self.look("SELECT id, status FROM check_in"):
            before = self.before("step", row, status)
            if before in STEP_ENDS:
                assert status == before, f"check-in {before} -> {status}"
        for row, status in self.look("SELECT id, status FROM escalation"):
            before = self.before("call", row, status)
            if before:
                assert CALL_ORDER.index(status) >= CALL_ORDER.index(EscalationStatus(before))
        for row, standing in self.look("SELECT id, standing FROM enrolment"):
            before = self.before("track", row, standing)
            if before in FOLLOWS:
                assert standing in FOLLOWS[Standing(before)], f"track {before} -> {standing}"

    def brings(
        self, person: int, channel: Channel, incoming: Incoming, link: str | None = None
    ) -> Received:
        """Somebody sends something to a channel."""
        sender = f"+3160000000{person}" if channel is Channel.SMS else f"chat{person}"
        inbound = Inbound(channel, sender, f"in-{next(self.ids)}", incoming, link)
        received = self.do(inbox.receive(self.service, inbound)).received
        if received is Received.ANSWERED:
            self.last = inbound
        return received

    def before(self, table: str, row: int, now: str) -> str | None:
        """What this row was at the last look; what it is `now` is kept for the next."""
        before = self.known.get((table, row))
        self.known[table, row] = str(now)
        return before

    def open_calls(self) -> Sequence[Escalation]:
        """The calls for help that are not resolved."""
        return self.rows(
            select(Escalation)
            .where(Escalation.status != EscalationStatus.RESOLVED)
            .order_by(Escalation.id)
        )

    def standing(self, person: int) -> Standing | None:
        """Where the newest track of somebody stands, if there is one."""
        if person not in self.references:
            return None
        ((standing,),) = self.look(
            "SELECT standing FROM enrolment JOIN client ON client.id = client_id "
            "WHERE reference = ? ORDER BY enrolment.id DESC LIMIT 1",
            self.references[person],
        )
        return Standing(standing)

    def track(self, person: int) -> Enrolment:
        """The newest track of somebody."""
        found = self.rows(
            select(Enrolment)
            .join(Client, Client.id == Enrolment.client_id)
            .where(Client.reference == self.references[person])
            .order_by(Enrolment.id.desc())
        )
        return found[0]

    def messages(self, person: int, direction: Direction) -> Sequence[Message]:
        """What somebody sent or was sent, in order."""
        if person not in self.references:
            return []
        return self.rows(
            select(Message)
            .join(Client, Client.id == Message.client_id)
            .where(Client.reference == self.references[person], Message.direction == direction)
            .order_by(Message.id)
        )

    def out(self, person: int) -> Sequence[Message]:
        """What somebody was sent, or will be."""
        return self.messages(person, Direction.OUT)

    def last_in(self, person: int) -> Message:
        """What somebody sent last."""
        return self.messages(person, Direction.IN)[-1]

    def danger_is_seen(self, person: int) -> None:
        """Rule 5: the fixed reply waits to go at once, and somebody is called until it is taken."""
        reply = self.out(person)[-1]
        assert reply.kind is MessageKind.DANGER
        assert reply.not_before == self.service.now()
        call_id = self.last_in(person).escalation_id
        (call,) = self.rows(select(Escalation).where(Escalation.id == call_id))
        assert call.urgency is Urgency.DANGER
        assert call.status in (EscalationStatus.OPEN, EscalationStatus.TAKEN)
