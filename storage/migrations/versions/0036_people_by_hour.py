"""People counted again only where something changed, and when each consultation is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.add_column(
        "rollup", sa.Column("people_by_hour", sa.Text(), nullable=False, server_default="")
    )
    op.execute(
        "INSERT INTO due_chore (kind, subject, due_at)"
        " SELECT 'roll_up', id, created_at FROM consultation"
    )
