"""Community leaders, and who came by their links."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0010"
down_revision = "0009"


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
    with op.batch_alter_table("session") as session:
        session.add_column(sa.Column("leader_id", sa.Uuid()))
        session.create_foreign_key("fk_session_leader_id_leader", "leader", ["leader_id"], ["id"])
