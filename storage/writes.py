"""What a transaction has still to write: one INSERT and one UPDATE, for one person or for hundreds.

What happens most (a message in, an answer out, a check-in asked) goes past the session's unit of
work, which costs about five times what the statements themselves do. The statements are built once
and the values collected; whoever owns the transaction calls `write` before its end.
"""

from typing import Any

from sqlalchemy import Update, bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from storage.models import Enrolment, Message

_MESSAGES = insert(Message).returning(Message.id, sort_by_parameter_order=True)
_CONVERSATION = (
    update(Enrolment)
    .where(Enrolment.id == bindparam("b_enrolment"))
    .values(
        dialogue=bindparam("b_dialogue"),
        silent_at=bindparam("b_silent_at"),
        question_message_id=bindparam("b_question"),
    )
)

Values = dict[str, Any]


async def add_message(session: AsyncSession, values: Values) -> int:
    """Insert one message now. Returns its id; raises `IntegrityError` for a repeat."""
    connection = await session.connection()
    return (await connection.execute(_MESSAGES, [values])).scalar_one()


class Writes:
    """Messages out, conversations and other changes that are still to be written, once."""

    def __init__(self) -> None:
        self._messages: list[Values] = []
        self._asking: dict[int, Enrolment] = {}
        self._conversations: dict[int, Enrolment] = {}
        self._changes: dict[Update, list[Values]] = {}

    def say(self, values: Values) -> None:
        """A message to be queued; every message has the same columns."""
        self._messages.append(values)

    def keep(self, enrolment: Enrolment, *, asks: bool, **values: Any) -> None:
        """Where a conversation stands from here on (`dialogue`, `silent_at`). `asks`: the message
        said last is its running question."""
        for name, value in values.items():
            set_committed_value(enrolment, name, value)
        self._conversations[enrolment.id] = enrolment
        if asks:
            self._asking[len(self._messages) - 1] = enrolment

    def change(self, statement: Update, values: Values) -> None:
        """Values for a statement that is run for many."""
        self._changes.setdefault(statement, []).append(values)

    async def write(self, session: AsyncSession) -> None:
        """Write everything."""
        connection = await session.connection()
        if self._messages:
            ids = (await connection.execute(_MESSAGES, self._messages)).scalars().all()
            for place, enrolment in self._asking.items():
                set_committed_value(enrolment, "question_message_id", ids[place])
        if self._conversations:
            states = [
                {
                    "b_enrolment": enrolment.id,
                    "b_dialogue": enrolment.dialogue,
                    "b_silent_at": enrolment.silent_at,
                    "b_question": enrolment.question_message_id,
                }
                for enrolment in self._conversations.values()
            ]
            await connection.execute(_CONVERSATION, states)
        for statement, values in self._changes.items():
            await connection.execute(statement, values)
