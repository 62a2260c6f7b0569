"""Who does what is data per municipality (O, U, L): organisations, desks and routes."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from conversations.words import Side, Topic
from scheduler.calendar import Hours
from storage.models.base import Base, word


class Organisation(Base):
    """A municipality's office or an agency: the employer of staff. `closed_at`: no new desks."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    closed_at: Mapped[datetime | None]


class Municipality(Base):
    """Where a client lives: decides routes, wall time and contact hours, and whether there is an
    exit premium to remind the consultant of.

    `taper` are the days of the contacts, where they are not the usual; on `free_days` (ISO) nothing
    goes out of our own accord; contact is promised in `contact_within` working days. `closed_at`:
    nobody is enrolled any more.
    """

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    zone: Mapped[str] = mapped_column(String(40))
    opens: Mapped[time]
    closes: Mapped[time]
    evening_from: Mapped[time]
    evening_until: Mapped[time]
    exit_premium: Mapped[bool] = mapped_column(default=False)
    taper: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    free_days: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    contact_within: Mapped[int] = mapped_column(default=2, server_default="2")
    closed_at: Mapped[datetime | None]

    @property
    def hours(self) -> Hours:
        """When its people may be sent something of our own accord."""
        return Hours(
            self.zone,
            self.opens,
            self.closes,
            self.evening_from,
            self.evening_until,
            frozenset(date.fromisoformat(day) for day in self.free_days or ()),
        )


class Desk(Base):
    """The team that takes a topic for a municipality. `title` is what its people are called.
    `closed_at`: nothing goes there any more."""

    __tablename__ = "desk"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(40))
    side: Mapped[Side] = mapped_column(word(Side))
    email: Mapped[str] = mapped_column(String(254))
    closed_at: Mapped[datetime | None]


class Route(Base):
    """Municipality + topic -> desk, from a day on. The newest that is valid counts."""

    __tablename__ = "route"
    __table_args__ = (UniqueConstraint("municipality_id", "topic", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    topic: Mapped[Topic] = mapped_column(word(Topic))
    desk_id: Mapped[int] = mapped_column(ForeignKey("desk.id"), index=True)
    valid_from: Mapped[date]
