"""What became of a message is asked when the provider does not say so."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("message", sa.Column("fate_at", sa.DateTime(timezone=True), nullable=True))
    which = sa.text("fate_at IS NOT NULL")
    op.create_index(
        "ix_message_fate", "message", ["fate_at"], sqlite_where=which, postgresql_where=which
    )
