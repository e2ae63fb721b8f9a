"""What people send that is not text."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "media",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("session_id", sa.Uuid(), sa.ForeignKey("session.id")),
        sa.Column("answer_id", sa.Uuid()),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("sealed_url", sa.LargeBinary(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
    )
    op.create_index("ix_media_person_id", "media", ["person_id"])
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_media_waiting", "media", ["due_at"], postgresql_where=waiting, sqlite_where=waiting
    )
