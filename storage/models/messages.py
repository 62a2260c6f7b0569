"""Every SMS or chat message, in and out. What waits to go out is the outbox."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from conversations.understanding.labels import Label, Mood
from conversations.words import Channel, Direction, MessageKind, MessageStatus, Side
from storage.encryption import Encrypted
from storage.models.base import Base, word

_WAITING = "status IN ('queued', 'sending', 'uncertain')"
_SET_ASIDE = "status = 'set_aside'"
_IN = "direction = 'in'"
_UNDELIVERED = "status IN ('failed', 'expired', 'uncertain')"


class Message(Base):
    """One message. In: `external_id` is the provider's, and unique. Out: `phrase` says what,
    `kind` why, `rank` what goes first, `not_before` and `expires_at` when it may be sent,
    `lease_until` until when a sender has it in hand, `again` how often the same was sent before
    and did not arrive, `fate_at` when a provider that says nothing is asked what became of it.
    `side` is whose words it holds (rule 8)."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("channel", "direction", "external_id"),
        Index("ix_message_outbox", "channel", "rank", "not_before",
              sqlite_where=text(_WAITING), postgresql_where=text(_WAITING)),
        Index("ix_message_client_at", "client_id", "at"),
        Index("ix_message_fate", "fate_at",
              sqlite_where=text("fate_at IS NOT NULL"),
              postgresql_where=text("fate_at IS NOT NULL")),
        Index("ix_message_set_aside", "at",
              sqlite_where=text(_SET_ASIDE), postgresql_where=text(_SET_ASIDE)),
        Index("ix_message_in", "enrolment_id", "at", "channel",
              sqlite_where=text(_IN), postgresql_where=text(_IN)),
        Index("ix_message_undelivered", "at",
              sqlite_where=text(_UNDELIVERED), postgresql_where=text(_UNDELIVERED)),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    direction: Mapped[Direction] = mapped_column(word(Direction))
    channel: Mapped[Channel] = mapped_column(word(Channel))
    external_id: Mapped[str | None] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Encrypted("message.text"))
    side: Mapped[Side | None] = mapped_column(word(Side))
    escalation_id: Mapped[int | None] = mapped_column(ForeignKey("escalation.id"))
    at: Mapped[datetime]
    status: Mapped[MessageStatus] = mapped_column(word(MessageStatus))

    label: Mapped[Label | None] = mapped_column(word(Label))
    also: Mapped[Label | None] = mapped_column(word(Label))
    language: Mapped[str | None] = mapped_column(String(8))
    mood: Mapped[Mood | None] = mapped_column(word(Mood))
    urgent: Mapped[bool | None]
    sure: Mapped[bool | None]

    kind: Mapped[MessageKind | None] = mapped_column(word(MessageKind))
    phrase: Mapped[str | None] = mapped_column(String(40))
    buttons: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    check_in_id: Mapped[int | None] = mapped_column(ForeignKey("check_in.id"))
    rank: Mapped[int | None]
    not_before: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    again: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    fate_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(60))


class ChannelPace(Base):
    """How many messages a channel may send right now; shared by all processes."""

    __tablename__ = "channel_pace"

    channel: Mapped[Channel] = mapped_column(word(Channel), primary_key=True)
    tokens: Mapped[float]
    at: Mapped[datetime]


class Stranger(Base):
    """That somebody unknown was answered today: a hash that means nothing tomorrow."""

    __tablename__ = "stranger"

    day: Mapped[date] = mapped_column(primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
