"""How often a number was answered lately."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column(
        "contact", sa.Column("traffic", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
