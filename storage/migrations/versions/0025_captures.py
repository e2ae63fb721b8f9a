"""Sheets and calls that clerks typed."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "capture",
        sa.Column("session_id", sa.Uuid(), sa.ForeignKey("session.id"), primary_key=True),
        sa.Column("consultation_id", sa.Uuid(), sa.ForeignKey("consultation.id"), nullable=False),
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("is_due", sa.Boolean(), nullable=False),
        sa.Column("looked_by", sa.Text()),
        sa.Column("looked_at", UtcDateTime()),
        sa.Column("is_same", sa.Boolean()),
    )
    op.create_index("ix_capture_consultation_id_is_due", "capture", ["consultation_id", "is_due"])
