"""Invitations: broadcasts, and whom they go to."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("consultation_id", sa.Uuid(), sa.ForeignKey("consultation.id"), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("budget", sa.Integer()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("watched_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_broadcast_consultation_id", "broadcast", ["consultation_id"])
    op.create_table(
        "invitee",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("broadcast_id", sa.Uuid(), sa.ForeignKey("broadcast.id"), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), sa.ForeignKey("contact.id")),
        sa.Column("message_id", sa.Uuid()),
        sa.UniqueConstraint("broadcast_id", "hash", name="uq_invitee_broadcast_id_hash"),
    )
    op.create_index("ix_invitee_broadcast_id_state_id", "invitee", ["broadcast_id", "state", "id"])
    op.create_index("ix_invitee_contact_id", "invitee", ["contact_id"])
