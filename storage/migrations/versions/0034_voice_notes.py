"""Who listens to a voice note, and what was understood; a short way to the notes there are."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0034"
down_revision = "0033"

_NOTES = sa.text("heard AND superseded_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "voice_note",
        sa.Column("answer_id", sa.Uuid(), primary_key=True),
        sa.Column("consultation_id", sa.Uuid(), sa.ForeignKey("consultation.id"), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("current_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid()),
        sa.Column("leased_by", sa.Text(), nullable=False),
        sa.Column("leased_until", UtcDateTime()),
        sa.Column("first_by", sa.Text(), nullable=False),
        sa.Column("second_by", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_voice_note_current_id", "voice_note", ["current_id"])
    op.create_index(
        "ix_answer_heard",
        "answer",
        ["session_id"],
        postgresql_where=_NOTES,
        sqlite_where=_NOTES,
    )
