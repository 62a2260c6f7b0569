"""Reading in an emergency, and tracks that were erased."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TO_ERASE = "ended_at IS NOT NULL AND erased_at IS NULL"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    points_at = {
        "client_id": "client",
        "enrolment_id": "enrolment",
        "staff_member_id": "staff_member",
        "desk_id": "desk",
        "seen_by_id": "staff_member",
    }
    op.create_table(
        "emergency_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(8), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("staff_member_id", sa.Integer(), nullable=False),
        sa.Column("desk_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.Column("seen_at", moment, nullable=True),
        sa.Column("seen_by_id", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_emergency_read_{column}")
            )
            for column, table in points_at.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_read")),
        sa.UniqueConstraint("reference", name=op.f("uq_emergency_read_reference")),
    )
    for name, columns in {
        "ix_emergency_read_client_id": ["client_id"],
        "ix_emergency_read_enrolment_id": ["enrolment_id"],
        "ix_emergency_read_reader": ["staff_member_id", "until"],
        "ix_emergency_read_desk": ["desk_id", "at"],
    }.items():
        op.create_index(name, "emergency_read", columns)
    op.add_column("enrolment", sa.Column("erased_at", moment, nullable=True))
    op.create_index(
        "ix_enrolment_to_erase",
        "enrolment",
        ["ended_at"],
        sqlite_where=sa.text(_TO_ERASE),
        postgresql_where=sa.text(_TO_ERASE),
    )
