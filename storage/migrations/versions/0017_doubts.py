"""How many tries of a message its provider may have taken."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    # The default lets code from before this revision go on writing beside the new one.
    op.add_column("outbox", sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))
