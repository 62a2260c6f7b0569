"""Calls for help, what staff are told of them, and what was done."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, String, text, true
from sqlalchemy.orm import Mapped, mapped_column

from conversations.words import (
    EscalationStatus,
    HandingKind,
    NoticeKind,
    NoticeStatus,
    OutcomeKind,
    Topic,
    Urgency,
)
from storage.encryption import Encrypted
from storage.models.base import Base, new_reference, word

_UNRESOLVED = "status != 'resolved'"


class Escalation(Base):
    """One call for help (hulpvraag): one desk, one deadline, one owner, one outcome.

    At `ask_at` the client is asked whether it was of help, and `helped` is the answer; after a no
    the same is opened anew, and `again_of_id` is the call of before. `applied_at`: the client asked
    for debt help, with a first talk before `first_talk_by` (Wgs art. 4).
    """

    __tablename__ = "escalation"
    __table_args__ = (
        Index("ix_escalation_desk", "desk_id", "deadline",
              sqlite_where=text(_UNRESOLVED), postgresql_where=text(_UNRESOLVED)),
        Index("ix_escalation_opened_at", "opened_at"),
        Index("ix_escalation_remind", "remind_at",
              sqlite_where=text("remind_at IS NOT NULL"),
              postgresql_where=text("remind_at IS NOT NULL")),
        Index("ix_escalation_ask", "ask_at",
              sqlite_where=text("ask_at IS NOT NULL"),
              postgresql_where=text("ask_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, default=new_reference)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    topic: Mapped[Topic] = mapped_column(word(Topic))
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    urgency: Mapped[Urgency] = mapped_column(word(Urgency))
    status: Mapped[EscalationStatus] = mapped_column(word(EscalationStatus))
    opened_at: Mapped[datetime]
    deadline: Mapped[datetime]
    remind_at: Mapped[datetime | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    taken_at: Mapped[datetime | None]
    contacted_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    ask_at: Mapped[datetime | None]
    helped: Mapped[bool | None]
    again_of_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"))
    applied_at: Mapped[datetime | None]
    first_talk_by: Mapped[datetime | None]


class Handing(Base):
    """That a call for help came into other hands: from whom (None: nobody) to whom (None: the
    desk), at which desk it is from then on, and why. `by_id` None is the house itself. `deadline`
    is what was promised before, where that was set anew."""

    __tablename__ = "handing"

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), index=True)
    at: Mapped[datetime]
    kind: Mapped[HandingKind] = mapped_column(word(HandingKind))
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    from_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    reason: Mapped[str | None] = mapped_column(Encrypted("handing.reason"))
    deadline: Mapped[datetime | None]


class Note(Base):
    """What a colleague writes down at a call for help, for colleagues of the same side."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), index=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Encrypted("note.text"))


class Outcome(Base):
    """How a call for help ended, and who says so."""

    __tablename__ = "outcome"

    id: Mapped[int] = mapped_column(primary_key=True)
    escalation_id: Mapped[int] = mapped_column(ForeignKey("escalation.id"), unique=True)
    kind: Mapped[OutcomeKind] = mapped_column(word(OutcomeKind))
    note: Mapped[str | None] = mapped_column(Encrypted("outcome.note"))
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    at: Mapped[datetime]


class Instrument(Base):
    """Something that can be done for a client, from the municipality's own list."""

    __tablename__ = "instrument"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))


class InstrumentUse(Base):
    """That an instrument was used, by whom, for which call for help (Amsterdam could not
    measure its pilot because this was missing)."""

    __tablename__ = "instrument_use"

    id: Mapped[int] = mapped_column(primary_key=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("instrument.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"), index=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    used_on: Mapped[date]


class Notice(Base):
    """What a desk is told, by mail. It says that there is something, never what or of whom.
    `staff_member_id`: told to that colleague of the desk instead of to the desk's own address.
    `address_id`: the same, told to an address that a colleague chose; such a row each is made once,
    and then the first is `spread`."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_waiting", "not_before",
              sqlite_where=text("status IN ('queued', 'sending')"),
              postgresql_where=text("status IN ('queued', 'sending')")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NoticeKind] = mapped_column(word(NoticeKind))
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    address_id: Mapped[int | None] = mapped_column(ForeignKey("notice_address.id"))
    spread: Mapped[bool] = mapped_column(default=False, server_default=true())
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"), index=True)
    status: Mapped[NoticeStatus] = mapped_column(word(NoticeStatus))
    at: Mapped[datetime]
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]


class NoticeAddress(Base):
    """Where a colleague wants notices besides: their own mail or a service (`kind`, its `url` as
    apprise writes it). At `digest_at` once a day, or at once (None); between `opens` and `closes`
    wall time. Danger comes at once, at any hour."""

    __tablename__ = "notice_address"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, default=new_reference)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    url: Mapped[str] = mapped_column(Encrypted("notice_address.url"))
    digest_at: Mapped[time | None]
    opens: Mapped[time]
    closes: Mapped[time]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
