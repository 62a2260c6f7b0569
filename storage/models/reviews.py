"""What colleagues say that messages meant: reviews of a sample, and corrections."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conversations.understanding.labels import Label
from conversations.words import Side
from storage.encryption import Encrypted
from storage.models.base import Base, new_reference, word


class Review(Base):
    """A sample of messages that two colleagues of one side judge apart. `seed` decides which of
    the messages from `since` until `until` (both included) are in it, so that it can be drawn
    again."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, default=new_reference)
    side: Mapped[Side] = mapped_column(word(Side))
    since: Mapped[date]
    until: Mapped[date]
    seed: Mapped[str] = mapped_column(String(8), default=new_reference)
    started_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    first_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class ReviewItem(Base):
    """One message of a sample; `place` counts from 1."""

    __tablename__ = "review_item"
    __table_args__ = (UniqueConstraint("review_id", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    place: Mapped[int]
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"))


class Mark(Base):
    """What a colleague says that a message meant: `label` and the second problem `also`; without
    a label it was understood rightly. `review_id` None: a correction while at work. `handled_at`:
    a lead made a line to train with of it, or put it aside."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("review_id", "message_id", "staff_member_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    label: Mapped[Label | None] = mapped_column(word(Label))
    also: Mapped[Label | None] = mapped_column(word(Label))
    urgent: Mapped[bool]
    note: Mapped[str | None] = mapped_column(Encrypted("mark.note"))
    at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
