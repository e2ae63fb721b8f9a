"""Which processes live, and which inbound message a message goes out for."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("host", "process", "pid", name="pk_heartbeat"),
    )
    op.add_column("outbox", sa.Column("cause_id", sa.Uuid(), nullable=True))
