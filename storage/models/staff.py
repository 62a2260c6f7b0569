"""Colleagues, how they sign in, and what they did."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from conversations.words import Role
from storage.encryption import Encrypted
from storage.models.base import Base, new_reference, word


class StaffMember(Base):
    """A colleague. `email_hash` finds the e-mail address with which somebody signs in.

    `password_hash` is "" for whoever has no password (yet); `subject_hash` is by whom an OpenID
    provider knows the colleague, since the first sign-in through it.
    """

    __tablename__ = "staff_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, default=new_reference)
    name: Mapped[str] = mapped_column(Encrypted("staff_member.name"))
    email: Mapped[str] = mapped_column(Encrypted("staff_member.email"))
    email_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    role: Mapped[Role] = mapped_column(word(Role))
    password_hash: Mapped[str] = mapped_column(String(160))
    subject_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True, index=True)
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
    """A signed-in browser. The cookie holds a random token; only its hash is kept.

    A session `is_half` between the password and the second step, and opens nothing else.
    `offered_secret` is what an authenticator app was shown, until a code proves that it has it.
    """

    __tablename__ = "staff_session"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, default=new_reference)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    is_half: Mapped[bool] = mapped_column(default=False)
    by_provider: Mapped[bool] = mapped_column(default=False)
    browser: Mapped[str] = mapped_column(String(40), default="")
    offered_secret: Mapped[str | None] = mapped_column(Encrypted("staff_session.offered_secret"))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SecondFactor(Base):
    """A colleague's authenticator app. Of the codes up to `last_counter` none counts again."""

    __tablename__ = "second_factor"

    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(Encrypted("second_factor.secret"))
    last_counter: Mapped[int]
    created_at: Mapped[datetime]


class RecoveryCode(Base):
    """A code that replaces the authenticator app once; it is gone when it was used."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)


class PasswordLink(Base):
    """A link with which a colleague chooses a password; it is gone when it was used."""

    __tablename__ = "password_link"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    expires_at: Mapped[datetime]


class ProviderRequest(Base):
    """A sign-in that was sent to the OpenID provider and has not come back.

    `browser_hash` is of a cookie: only the browser that began may end it.
    """

    __tablename__ = "provider_request"

    state_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    nonce: Mapped[str] = mapped_column(String(64))
    verifier: Mapped[str] = mapped_column(Encrypted("provider_request.verifier"))
    onward: Mapped[str] = mapped_column(String(80))
    expires_at: Mapped[datetime]


class SignInFailure(Base):
    """A wrong password or code, by the hash of account or address; kept as long as it slows
    down."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime]


class AuditEntry(Base):
    """Who did or read what, when. Holds no content; `staff_member_id` None is the bot itself."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_who", "staff_member_id", "id"),
        Index("ix_audit_entry_what", "action", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    staff_member_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    action: Mapped[str] = mapped_column(String(40))
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    detail: Mapped[str | None] = mapped_column(String(200))
