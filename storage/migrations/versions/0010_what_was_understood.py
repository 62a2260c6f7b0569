"""What was understood of a message, and what colleagues say that it meant; looking back."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("label", sa.String(24), nullable=True),
        sa.Column("also", sa.String(24), nullable=True),
        sa.Column("language", sa.String(8), nullable=True),
        sa.Column("mood", sa.String(24), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=True),
        sa.Column("sure", sa.Boolean(), nullable=True),
    ):
        op.add_column("message", column)
    came_in = sa.text("direction = 'in'")
    op.create_index(
        "ix_message_in",
        "message",
        ["at", "enrolment_id", "channel"],
        sqlite_where=came_in,
        postgresql_where=came_in,
    )
    op.create_index("ix_escalation_opened_at", "escalation", ["opened_at"])

    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(8), nullable=False),
        sa.Column("side", sa.String(24), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(8), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        *_references("review", started_by="staff_member", first="staff_member",
                     second="staff_member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("reference", name=op.f("uq_review_reference")),
    )  # fmt: skip
    for column_name in ("first_id", "second_id"):
        op.create_index(op.f(f"ix_review_{column_name}"), "review", [column_name])

    op.create_table(
        "review_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        *_references("review_item", review="review", message="message"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_item")),
        sa.UniqueConstraint("review_id", "place", name=op.f("uq_review_item_review_id_place")),
    )

    op.create_table(
        "mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("staff_member_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(24), nullable=True),
        sa.Column("also", sa.String(24), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        *_references("mark", review="review", message="message", staff_member="staff_member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        sa.UniqueConstraint(
            "review_id",
            "message_id",
            "staff_member_id",
            name=op.f("uq_mark_review_id_message_id_staff_member_id"),
        ),
    )
    op.create_index(op.f("ix_mark_message_id"), "mark", ["message_id"])


def _references(table: str, **to: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([f"{name}_id"], [f"{other}.id"], name=op.f(f"fk_{table}_{name}_id"))
        for name, other in to.items()
    ]
