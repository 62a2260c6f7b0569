"""The people, and one aftercare track for each time they left welfare."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from conversations.words import (
    Answer,
    ChangeKind,
    Channel,
    CheckInStatus,
    ExitReason,
    Form,
    Purpose,
    Standing,
)
from storage.encryption import Encrypted
from storage.models.base import Base, new_reference, word

_TO_ERASE = "ended_at IS NOT NULL AND erased_at IS NULL"
_WAS_ASKED = "asked_at IS NOT NULL"
_NEVER_ASKED = "status = 'expired' AND asked_at IS NULL"


class Client(Base):
    """A person. `channel_stopped` says why the channel is closed (blocked, invalid number).

    A family may share one telephone: the first `shares_phone`, and is the one whom `number_hash`
    finds; the others have a `number` without a hash, and are found by `phone_of_id`. Of the message
    `phone_question` we asked about whom it is.
    """

    __tablename__ = "client"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, default=new_reference)
    first_name: Mapped[str] = mapped_column(Encrypted("client.first_name"))
    number: Mapped[str | None] = mapped_column(Encrypted("client.number"))
    number_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    shares_phone: Mapped[bool] = mapped_column(default=False)
    phone_of_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    phone_question: Mapped[int | None]
    chat: Mapped[str | None] = mapped_column(Encrypted("client.chat"))
    chat_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    channel: Mapped[Channel] = mapped_column(word(Channel))
    channel_stopped: Mapped[str | None] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime]


class NameStart(Base):
    """In which bucket the start of a client's name falls, so that it is found without being read:
    see docs/decisions/0015-finding-a-name.md."""

    __tablename__ = "name_start"

    bucket: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    client_id: Mapped[int] = mapped_column(
        ForeignKey("client.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Enrolment(Base):
    """One aftercare track. `dialogue` is the conversation's state, `silent_at` the moment at
    which the running question counts as unanswered, `ends_at` the moment of the closing. From
    `held_at` on nothing goes out of our own accord, until a person releases it. At `erased_at` all
    that could say who it was was wiped; what is left only counts."""

    __tablename__ = "enrolment"
    __table_args__ = (
        Index("ix_enrolment_silent_at", "silent_at", sqlite_where=text("silent_at IS NOT NULL"),
              postgresql_where=text("silent_at IS NOT NULL")),
        Index("ix_enrolment_ends_at", "ends_at", sqlite_where=text("standing = 'active'"),
              postgresql_where=text("standing = 'active'")),
        Index("ix_enrolment_to_erase", "ended_at",
              sqlite_where=text(_TO_ERASE), postgresql_where=text(_TO_ERASE)),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    form: Mapped[Form] = mapped_column(word(Form))
    standing: Mapped[Standing] = mapped_column(word(Standing))
    first_working_day: Mapped[date]
    exit_reason: Mapped[ExitReason] = mapped_column(word(ExitReason))
    contract_end: Mapped[date | None]
    werkcoach_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    consulent_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    plan_version: Mapped[int] = mapped_column(default=1)
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    dialogue: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    question_message_id: Mapped[int | None]
    silent_at: Mapped[datetime | None]
    job_lost_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    works_at_end: Mapped[bool | None]
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class Consent(Base):
    """A yes: for what, to which wording, when, by which message; and when it was withdrawn."""

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(word(Purpose))
    wording: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    withdrawn_at: Mapped[datetime | None]


class CheckIn(Base):
    """One planned step. Once it is asked, `question` is its number in the dialogue, and an answer
    counts until `answer_by`."""

    __tablename__ = "check_in"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "step", "plan_version"),
        Index("ix_check_in_due", "due_at", sqlite_where=text("status = 'planned'"),
              postgresql_where=text("status = 'planned'")),
        Index("ix_check_in_never_asked", "due_at",
              sqlite_where=text(_NEVER_ASKED), postgresql_where=text(_NEVER_ASKED)),
        Index("ix_check_in_asked", "step", "asked_at", "enrolment_id", "status",
              sqlite_where=text(_WAS_ASKED), postgresql_where=text(_WAS_ASKED)),
        Index("ix_check_in_answer_by", "answer_by", sqlite_where=text("status = 'asked'"),
              postgresql_where=text("status = 'asked'")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    step: Mapped[str] = mapped_column(String(24))
    plan_version: Mapped[int] = mapped_column(default=1)
    due_at: Mapped[datetime]
    status: Mapped[CheckInStatus] = mapped_column(word(CheckInStatus))
    question: Mapped[int | None]
    asked_at: Mapped[datetime | None]
    answer_by: Mapped[datetime | None]
    answer: Mapped[Answer | None] = mapped_column(word(Answer))
    answered_at: Mapped[datetime | None]


class PlanChange(Base):
    """A departure from the plan, with its reason (U: deviations are motivated). `staff_member_id`
    None: the client asked for it. `step` and `until` say what became of which step."""

    __tablename__ = "plan_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[ChangeKind] = mapped_column(word(ChangeKind))
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    reason: Mapped[str | None] = mapped_column(Encrypted("plan_change.reason"))
    step: Mapped[str | None] = mapped_column(String(24))
    until: Mapped[datetime | None]
