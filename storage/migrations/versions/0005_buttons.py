"""What can be tapped below a message."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column(
        "outbox", sa.Column("buttons", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
