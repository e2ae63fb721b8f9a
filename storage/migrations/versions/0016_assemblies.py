"""Hands counted at assemblies, as leaders report them."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "assembly",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("leader_id", sa.Uuid(), sa.ForeignKey("leader.id"), nullable=False),
        sa.Column("contact_id", sa.Uuid(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("revision_id", sa.Uuid(), sa.ForeignKey("revision.id"), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("hands", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_assembly_leader_id", "assembly", ["leader_id"])
    op.create_index("ix_assembly_contact_id", "assembly", ["contact_id"])
