"""What all tables share: the column types, and references that cannot be guessed."""

import secrets
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Enum, MetaData
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, no 1, I and L, no U: a reference is read out over the telephone."""


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def word(kind: type[StrEnum]) -> Enum:
    """A column that holds one of the words of `kind`, as its value."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=24,
        values_callable=lambda words: [one.value for one in words],
    )


def new_reference() -> str:
    """Eight random characters (30^8, about 6.5e11): not guessable, easy to read out."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {datetime: Moment}  # noqa: RUF012
