"""How fast a channel may send, what goes first, and stopping it all."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column(
        "outbox", sa.Column("urgency", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.add_column(
        "outbox", sa.Column("fell_from", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    op.drop_index("ix_outbox_waiting", "outbox")
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["channel", "urgency", "created_at", "id"],
        postgresql_where=waiting,
        sqlite_where=waiting,
    )
    op.create_table(
        "pace",
        sa.Column("channel", sa.Text(), primary_key=True),
        sa.Column("free_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "halt",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
    )
