"""The person a use case is about: client, current enrolment and municipality, read together."""

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

import locales
from conversations.turns import Context, Lapsed, State, Waiting
from conversations.words import Answer, Topic
from scheduler.calendar import Hours, spread_of
from storage.models import Client, Enrolment, Escalation, Municipality
from storage.writes import Writes


@dataclass
class Subject:
    """One client in one track, locked for as long as the transaction lasts."""

    client: Client
    enrolment: Enrolment
    municipality: Municipality
    calls: dict[Topic, Escalation] = field(default_factory=dict)
    """The unresolved calls for help that were read or made in this transaction, by topic."""
    writes: Writes | None = None
    """What is still to be written for all people of this transaction; None: each at once."""

    @property
    def hours(self) -> Hours:
        """The municipality's contact hours."""
        return self.municipality.hours

    @property
    def spread(self) -> float:
        """The person's own place in the evening, in [0, 1)."""
        return spread_of(self.client.id)

    @property
    def state(self) -> State:
        """Where the conversation stands."""
        kept = self.enrolment.dialogue
        return State(
            waiting=Waiting(kept.get("waiting", Waiting.NOTHING)),
            question=kept.get("question", 0),
            check_in=kept.get("check_in", 0),
            answer=Answer(kept["answer"]) if kept.get("answer") else None,
            topic=Topic(kept["topic"]) if kept.get("topic") else None,
            puzzled=kept.get("puzzled", 0),
            reminded=kept.get("reminded", False),
            also=Topic(kept["also"]) if kept.get("also") else None,
            choices=tuple(Topic(one) for one in kept.get("choices", ())),
            told=kept.get("told", False),
            then_check_in=kept.get("then_check_in", False),
            language=kept.get("language"),
            lapsed=_lapsed(*kept["lapsed"]) if kept.get("lapsed") else None,
            silent=kept.get("silent", 0),
        )

    def context(self, *, stop_is_answered: bool = False) -> Context:
        """What the dialogue must know of this person."""
        return Context(
            standing=self.enrolment.standing,
            form=self.enrolment.form,
            stop_is_answered=stop_is_answered,
            first_name=self.client.first_name,
            language=self.client.language,
            languages=locales.languages(),
            contract_end=self.enrolment.contract_end,
        )


def kept(state: State) -> dict[str, Any]:
    """`state` as it is kept; what stands at its first value is left out."""
    values = {
        "waiting": str(state.waiting),
        "question": state.question,
        "check_in": state.check_in,
        "answer": state.answer and str(state.answer),
        "topic": state.topic and str(state.topic),
        "puzzled": state.puzzled,
        "reminded": state.reminded,
        "also": state.also and str(state.also),
        "choices": [str(one) for one in state.choices],
        "told": state.told,
        "then_check_in": state.then_check_in,
        "language": state.language,
        "lapsed": state.lapsed
        and [state.lapsed.waiting, state.lapsed.question, state.lapsed.topic],
        "silent": state.silent,
    }
    return {name: value for name, value in values.items() if value}


def _lapsed(waiting: str, question: int, topic: str | None) -> Lapsed:
    return Lapsed(Waiting(waiting), question, Topic(topic) if topic else None)


_SUBJECTS = (
    select(Client, Enrolment, Municipality)
    .join(Enrolment, Enrolment.client_id == Client.id)
    .join(Municipality, Municipality.id == Enrolment.municipality_id)
)


ClientColumn = InstrumentedAttribute[Any]


@cache
def _newest(by: ClientColumn) -> Select[Client, Enrolment, Municipality]:
    """A client by a column, with the newest enrolment."""
    which = by == bindparam("b_value", type_=by.type)
    return _SUBJECTS.where(which).order_by(Enrolment.id.desc()).limit(1)


@cache
def _newest_of_all(by: ClientColumn) -> Select[Client, Enrolment, Municipality]:
    which = by.in_(bindparam("b_values", expanding=True))
    return _SUBJECTS.where(which).order_by(Enrolment.id)


async def locked(session: AsyncSession, by: ClientColumn, value: object) -> Subject | None:
    """The subject whose client has `value` in the column `by`, its row locked so that one task at
    a time works on a person; None when there is nobody."""
    if session.get_bind().dialect.name == "sqlite":  # there is one writer anyway
        return await current(session, by, value)
    # What is read must be read after the lock is ours, so by a statement of its own.
    client_id = await session.scalar(select(Client.id).where(by == value).with_for_update())
    return await current(session, Client.id, client_id) if client_id else None


async def locked_all(
    session: AsyncSession, by: ClientColumn, values: Collection[bytes], writes: Writes
) -> dict[bytes, Subject]:
    """Like `locked`, for many at once: by value, those that there are. What they have to write is
    collected in `writes`."""
    if not values:
        return {}
    if session.get_bind().dialect.name != "sqlite":  # in one order, so that nobody waits crosswise
        ids = select(Client.id).where(by.in_(values)).order_by(Client.id).with_for_update()
        await session.execute(ids)
    rows = await session.execute(_newest_of_all(by), {"b_values": list(values)})
    return {
        getattr(client, by.key): Subject(client, enrolment, place, writes=writes)
        for client, enrolment, place in rows
    }


async def current(session: AsyncSession, by: ClientColumn, value: object) -> Subject | None:
    """Like `locked`, but not locked."""
    row = (await session.execute(_newest(by), {"b_value": value})).first()
    return Subject(*row) if row else None


async def subjects(
    session: AsyncSession, enrolment_ids: Collection[int], writes: Writes
) -> dict[int, Subject]:
    """The subjects of these enrolments, by enrolment id, not locked; what they have to write is
    collected in `writes`."""
    rows = await session.execute(_SUBJECTS.where(Enrolment.id.in_(enrolment_ids)))
    return {
        enrolment.id: Subject(client, enrolment, place, writes=writes)
        for client, enrolment, place in rows
    }
