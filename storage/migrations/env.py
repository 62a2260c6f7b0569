"""Alembic's entry: the connection is handed over by `storage.migrate`."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum
from sqlalchemy.types import TypeDecorator

from storage.models import Base


def plain_type(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write the columns as the database sees them; a migration must not import our code."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl!r}"
    if kind == "type" and isinstance(thing, Enum):
        return f"sa.String({thing.length})"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
