"""How many messages a channel has sent today."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "allowance",
        sa.Column("channel", sa.Text(), primary_key=True),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
    )
