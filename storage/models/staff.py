"""Colleagues, their sessions, and what they did."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from conversations.words import Role
from storage.encryption import Encrypted
from storage.models.base import Base, new_reference, word


class StaffMember(Base):
    """A colleague. `email_hash` finds the e-mail address with which somebody signs in."""

    __tablename__ = "staff_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, default=new_reference)
    name: Mapped[str] = mapped_column(Encrypted("staff_member.name"))
    email: Mapped[str] = mapped_column(Encrypted("staff_member.email"))
    email_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    role: Mapped[Role] = mapped_column(word(Role))
    password_hash: Mapped[str] = mapped_column(String(160))
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class DeskMember(Base):
    """Who works at which desk, and so for which municipalities; who leads it hears what went
    wrong."""

    __tablename__ = "desk_member"
    __table_args__ = (UniqueConstraint("staff_member_id", "desk_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"), index=True)
    is_lead: Mapped[bool] = mapped_column(default=False)


class Absence(Base):
    """From which day until which (with it) a colleague is away, and who stands in. At `next_at`
    their calls for help go back to the desk (`moved_at` None), or to them what nobody took."""

    __tablename__ = "absence"
    __table_args__ = (
        Index("ix_absence_next", "next_at", sqlite_where=text("next_at IS NOT NULL"),
              postgresql_where=text("next_at IS NOT NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, default=new_reference)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    from_day: Mapped[date]
    until_day: Mapped[date]
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    set_by_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    set_at: Mapped[datetime]
    moved_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]


class StaffSession(Base):
    """A signed-in browser. The cookie holds a random token; only its hash is kept."""

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SignInFailure(Base):
    """A wrong password, by the hash of account or address; kept as long as it slows down."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime]


class AuditEntry(Base):
    """Who did or read what, when. Holds no content; `staff_member_id` None is the bot itself."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    action: Mapped[str] = mapped_column(String(40))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    detail: Mapped[str | None] = mapped_column(String(200))
