"""What did not happen is found at once: steps that nobody asked, messages that were set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, table, column, which in (
        (
            "ix_check_in_never_asked",
            "check_in",
            "due_at",
            "status = 'expired' AND asked_at IS NULL",
        ),
        ("ix_message_set_aside", "message", "at", "status = 'set_aside'"),
    ):
        op.create_index(
            name, table, [column], sqlite_where=sa.text(which), postgresql_where=sa.text(which)
        )
