"""Texts of a consultation read aloud, and which of them an edition plays."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0030"
down_revision = "0028"


def upgrade() -> None:
    consultation = sa.ForeignKey("consultation.id")
    op.create_table(
        "recording",
        sa.Column("consultation_id", sa.Uuid(), consultation, primary_key=True),
        sa.Column("language", sa.Text(), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("name", name="uq_recording_name"),
    )
    op.add_column("edition", sa.Column("voices", sa.Text(), nullable=False, server_default="{}"))
