"""Lists of people to be enrolled, between the file and the enrolment."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from conversations.words import RowStatus
from storage.encryption import Encrypted
from storage.models.base import Base, new_reference, word


class EnrolmentList(Base):
    """A list that a colleague sent, read and checked. Of `due_at` it depends on the rest what is
    due then: until it is confirmed and once it is finished it is thrown away; in between its
    people are enrolled."""

    __tablename__ = "enrolment_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(8), unique=True, default=new_reference)
    staff_member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    header: Mapped[str] = mapped_column(Encrypted("enrolment_list.header"))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    due_at: Mapped[datetime] = mapped_column(index=True)


class EnrolmentRow(Base):
    """One row of a list: `number` is its place in the sheet. Who is enrolled has no `content` here
    any more; of a bad row `problems` says what must be mended."""

    __tablename__ = "enrolment_row"
    __table_args__ = (Index("ix_enrolment_row_list_id_status", "list_id", "status", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("enrolment_list.id", ondelete="CASCADE"))
    number: Mapped[int]
    status: Mapped[RowStatus] = mapped_column(word(RowStatus))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))
    content: Mapped[str | None] = mapped_column(Encrypted("enrolment_row.content"))
    problems: Mapped[str | None] = mapped_column(Encrypted("enrolment_row.problems"))
