"""Community leaders, and who came by their links."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "leader",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("consultation_id", sa.Uuid(), sa.ForeignKey("consultation.id"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False, unique=True),
        sa.Column("community", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_leader_consultation_id", "leader", ["consultation_id"])
    # Inline: a constraint of its own would make SQLite copy the table and drop what it is.
    leader_id = sa.Column("leader_id", sa.Uuid(), sa.ForeignKey("leader.id"))
    op.add_column("session", leader_id, inline_references=True)
