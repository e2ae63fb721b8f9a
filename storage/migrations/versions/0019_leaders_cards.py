"""A leader's language, how many people she may assist, and codes taken back."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    language = sa.Column("language", sa.Text(), nullable=False, server_default="es")
    op.add_column("leader", language)
    op.add_column("leader", sa.Column("cap", sa.Integer()))
    op.add_column("leader", sa.Column("revoked_at", UtcDateTime()))
