"""When the audit is sealed next."""

from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    table = sa.table(
        "due_chore",
        sa.column("kind", sa.Text()),
        sa.column("subject", sa.Uuid()),
        sa.column("due_at", UtcDateTime()),
    )
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    op.bulk_insert(table, [{"kind": "seal", "subject": UUID(int=0), "due_at": long_ago}])
