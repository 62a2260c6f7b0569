"""A town of people who said yes to aftercare: what the measurements are taken of."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import TextClause, bindparam, create_engine, text

from aftercare.enrolment import Application, enrol
from aftercare.inbox import Inbound
from aftercare.service import Service
from benchmarks.common import opened
from bot.channels.phone import Phone
from bot.house import House
from conversations.turns import Text
from conversations.words import Channel
from scheduler.clock import Clock
from storage import encryption
from storage.models import Client
from tests.postgres import fresh_database, postgres

Row = dict[str, Any]
"""One figure: what was measured, ours, the peer's in the same run, and the ratio."""

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"

_MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
_EVENINGS = (  # when everybody's check-in of that step is due and may still be sent
    datetime(2026, 3, 3, 19, 29, tzinfo=UTC),
    datetime(2026, 3, 10, 19, 29, tzinfo=UTC),
    datetime(2026, 3, 24, 19, 29, tzinfo=UTC),
    datetime(2026, 4, 21, 18, 29, tzinfo=UTC),
)
_MOMENT = Client.created_at.type
_AS_SAFE_AS_IN_EARNEST = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass
class Town:
    """`people` who are enrolled and said yes; `url` and `key` are of their database."""

    house: House
    people: int
    url: str
    key: str
    engine: str
    _evenings: Iterator[datetime] = field(default_factory=lambda: iter(_EVENINGS))
    _written: int = 0

    @property
    def service(self) -> Service:
        """The use cases' surroundings."""
        return self.house.service

    def next_evening(self) -> datetime:
        """Travel to the next moment at which everybody is due. Nothing has ticked yet."""
        self.service.clock.travel_to(next(self._evenings))
        return self.service.now()

    async def writes(self, number: int, words: str) -> None:
        """A person sends an SMS, through the whole use case."""
        self._written += 1
        sender = _number(number)
        words_in = Inbound(Channel.SMS, sender, f"b{self._written}", Text(words))
        await self.house.receive(words_in)

    async def all_answer(self) -> None:
        """Everybody says that it is going well."""
        for number in range(self.people):
            await self.writes(number, "1")
        await self.house.tick()


@contextmanager
def engines() -> Iterator[dict[str, str]]:
    """The addresses of an empty database of each kind, that keep what they were told in earnest."""
    with tempfile.TemporaryDirectory(prefix="nazorg-bench-") as folder, postgres() as server:
        with create_engine(server, isolation_level="AUTOCOMMIT").connect() as connection:
            for setting in _AS_SAFE_AS_IN_EARNEST:
                connection.execute(text(f"ALTER SYSTEM SET {setting} = on"))
            connection.execute(text("SELECT pg_reload_conf()"))
        with fresh_database(server) as url:
            yield {SQLITE: f"sqlite+aiosqlite:///{Path(folder) / 'nazorg.db'}", POSTGRESQL: url}


@asynccontextmanager
async def town(people: int, engine: str) -> AsyncIterator[Town]:
    """People on a fresh database of that kind."""
    key = encryption.new_key()
    with engines() as urls:
        url = urls[engine]
        async with opened(url, Clock(_MONDAY, running=False), key) as service:
            house = House(service)
            house.connect(Phone(Channel.SMS))
            here = Town(house, people, url, key, engine)
            for number in range(people):
                await enrol(service, _application(number))
            await house.tick()
            for number in range(people):
                await here.writes(number, "ja")
            await house.travel(service.now() + timedelta(hours=1))
            yield here


def bare_people(people: int) -> Iterator[TextClause]:
    """Statements that make so many people with a plan, past the use cases: for what costs depends
    on how many there are, not on who they are."""
    known = {
        "people": people,
        "name": b"nobody",
        "day": _MONDAY.date(),
        "at": _MONDAY,
        "due": _MONDAY + timedelta(days=90),
    }
    rows = {
        "client (id, reference, first_name, channel, language, created_at)": (
            "1000000 + i, CAST(10000000 + i AS VARCHAR(8)), :name, 'sms', 'nl', :at"
        ),
        "enrolment (id, client_id, municipality_id, form, standing, exit_reason, "
        "first_working_day, plan_version, dialogue, created_at, ends_at)": (
            "1000000 + i, 1000000 + i, 1, 'active', 'active', 'work', :day, 1, '{}', :at, :due"
        ),
        **{
            f"check_in (step, enrolment_id, plan_version, due_at, status) -- {step}\n": (
                f"'{step}', 1000000 + i, 1, :due, 'planned'"
            )
            for step in ("day-50", "day-106", "day-182")
        },
        "message (client_id, enrolment_id, direction, channel, text, at, status, attempts, "
        "again)": ("1000000 + i, 1000000 + i, 'out', 'sms', :name, :at, 'delivered', 1, 0"),
    }
    for into, values in rows.items():
        statement = (
            f"INSERT INTO {into} WITH RECURSIVE n(i) AS "
            "(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people) "
            f"SELECT {values} FROM n"
        )
        yield text(statement).bindparams(
            *(
                bindparam(name, value, type_=_MOMENT if isinstance(value, datetime) else None)
                for name, value in known.items()
                if f":{name}" in statement
            )
        )


def _application(number: int) -> Application:
    return Application(
        first_name="Oefening",
        municipality="Velsen",
        first_working_day=date(2026, 3, 2),
        number=_number(number),
    )


def _number(number: int) -> str:
    return f"+31600{number:06d}"
