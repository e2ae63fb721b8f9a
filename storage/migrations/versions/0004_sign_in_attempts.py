"""Wrong passwords, by account and by address."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "sign_in_attempts",
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.Column("locked_until", UtcDateTime()),
    )
