"""When to look again at a conversation that may have come to a stop."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "due_work",
        sa.Column("session_id", sa.Uuid(), sa.ForeignKey("session.id"), primary_key=True),
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_due_work_kind_due_at", "due_work", ["kind", "due_at"])
