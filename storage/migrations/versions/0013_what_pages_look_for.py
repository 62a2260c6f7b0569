"""What pages look for: the audit by colleague and by action, and of the people of a municipality
what was asked and answered in a period."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_WAS_ASKED = "asked_at IS NOT NULL"
_IN = "direction = 'in'"


def upgrade() -> None:
    op.create_index("ix_audit_entry_who", "audit_entry", ["staff_member_id", "id"])
    op.create_index("ix_audit_entry_what", "audit_entry", ["action", "id"])
    op.create_index(
        "ix_check_in_asked",
        "check_in",
        ["step", "asked_at", "enrolment_id", "status"],
        sqlite_where=sa.text(_WAS_ASKED),
        postgresql_where=sa.text(_WAS_ASKED),
    )
    op.drop_index("ix_message_in", "message")
    op.create_index(
        "ix_message_in",
        "message",
        ["enrolment_id", "at", "channel"],
        sqlite_where=sa.text(_IN),
        postgresql_where=sa.text(_IN),
    )
