"""What the whole programme remembers: changes of the plan, whether help helped, shared phones."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("staff_member_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("step", sa.String(length=24), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_plan_change_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_member_id"], ["staff_member.id"], name=op.f("fk_plan_change_staff_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_change")),
    )
    op.create_index(op.f("ix_plan_change_enrolment_id"), "plan_change", ["enrolment_id"])

    _flag("client", "shares_phone")
    _reference("client", "phone_of_id", "client")
    op.create_index(op.f("ix_client_phone_of_id"), "client", ["phone_of_id"])
    op.add_column("client", sa.Column("phone_question", sa.Integer(), nullable=True))

    _flag("desk_member", "is_lead")
    _flag("municipality", "exit_premium")
    _reference("notice", "staff_member_id", "staff_member")

    op.add_column("enrolment", sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("enrolment", sa.Column("works_at_end", sa.Boolean(), nullable=True))

    for moment in ("ask_at", "applied_at", "first_talk_by"):
        op.add_column("escalation", sa.Column(moment, sa.DateTime(timezone=True), nullable=True))
    op.add_column("escalation", sa.Column("helped", sa.Boolean(), nullable=True))
    _reference("escalation", "again_of_id", "escalation")
    op.create_index(
        "ix_escalation_ask",
        "escalation",
        ["ask_at"],
        sqlite_where=sa.text("ask_at IS NOT NULL"),
        postgresql_where=sa.text("ask_at IS NOT NULL"),
    )


def _flag(table: str, column: str) -> None:
    """Of the rows that there are, none."""
    no: sa.Column[bool] = sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column(table, no)


def _reference(table: str, column: str, to: str) -> None:
    """In the column itself: SQLite cannot add it to a table afterwards, and to make the table anew
    would break the references of others to it."""
    key = sa.ForeignKey(f"{to}.id", name=op.f(f"fk_{table}_{column}"))
    op.add_column(
        table, sa.Column(column, sa.Integer(), key, nullable=True), inline_references=True
    )
