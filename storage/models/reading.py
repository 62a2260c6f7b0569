"""Reading what is the other side's, in an emergency (break-glass)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.encryption import Encrypted
from storage.models.base import Base, new_reference


class EmergencyRead(Base):
    """That a colleague, with a reason, may read the other side's words of one client from `at` to
    `until`. One row for each desk whose words they are, because its lead is told and looks at it
    (`seen_at`). The `reason` is None when the track was erased."""

    __tablename__ = "emergency_read"
    __table_args__ = (
        Index("ix_emergency_read_reader", "staff_member_id", "until"),
        Index("ix_emergency_read_desk", "desk_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, default=new_reference)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"))
    reason: Mapped[str | None] = mapped_column(Encrypted("emergency_read.reason"))
    at: Mapped[datetime]
    until: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
