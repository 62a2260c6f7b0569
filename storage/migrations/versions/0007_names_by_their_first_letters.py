"""Names by their first letters; filled at the start of the program, which has the keys."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_start",
        sa.Column("bucket", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_name_start_client_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("bucket", "client_id", name=op.f("pk_name_start")),
    )
    op.create_index(op.f("ix_name_start_client_id"), "name_start", ["client_id"])
