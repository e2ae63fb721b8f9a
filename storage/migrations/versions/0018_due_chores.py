"""What comes due that is no session's, and unfinished sessions that nobody looks at yet."""

from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    table = op.create_table(
        "due_chore",
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("subject", sa.Uuid(), primary_key=True),
        sa.Column("due_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_due_chore_due_at", "due_chore", ["due_at"])
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    op.bulk_insert(table, [{"kind": "retain", "subject": UUID(int=0), "due_at": long_ago}])
    op.execute(
        "INSERT INTO due_chore (kind, subject, due_at) "
        "SELECT 'close', id, closed_at FROM consultation WHERE closed_at IS NOT NULL"
    )
    op.execute(
        "INSERT INTO due_work (session_id, kind, step, due_at) "
        "SELECT id, 'expiry', 0, turned_at FROM session WHERE outcome IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM due_work WHERE due_work.session_id = session.id)"
    )
