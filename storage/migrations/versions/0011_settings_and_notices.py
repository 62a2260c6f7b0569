"""What an administrator sets for a municipality, and where colleagues want their notices."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=8), nullable=False),
        sa.Column("staff_member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("url", sa.LargeBinary(), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=True),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_member_id"],
            ["staff_member.id"],
            name=op.f("fk_notice_address_staff_member_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_address")),
        sa.UniqueConstraint("reference", name=op.f("uq_notice_address_reference")),
    )
    op.create_index(
        op.f("ix_notice_address_staff_member_id"), "notice_address", ["staff_member_id"]
    )
    for table in ("organisation", "desk", "municipality"):
        op.add_column(table, sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    for column in (
        sa.Column("taper", sa.JSON(), nullable=True),
        sa.Column("free_days", sa.JSON(), nullable=True),
        sa.Column("contact_within", sa.Integer(), server_default="2", nullable=False),
    ):
        op.add_column("municipality", column)
    op.add_column(
        "notice",
        sa.Column(
            "address_id",
            sa.Integer(),
            sa.ForeignKey("notice_address.id", name=op.f("fk_notice_address_id")),
            nullable=True,
        ),
        inline_references=True,
    )
    op.add_column(
        "notice", sa.Column("spread", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    which = "status IN ('failed', 'expired', 'uncertain')"
    op.create_index(
        "ix_message_undelivered",
        "message",
        ["at"],
        sqlite_where=sa.text(which),
        postgresql_where=sa.text(which),
    )
