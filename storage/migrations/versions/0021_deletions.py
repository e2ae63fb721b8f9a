"""What was deleted and who left, by hashes alone, to be done again after a restore."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "deletion",
        sa.Column("hash", sa.LargeBinary(), primary_key=True),
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_index(
        "ix_contact_stopped_at",
        "contact",
        ["stopped_at"],
        postgresql_where=sa.text("stopped_at IS NOT NULL"),
        sqlite_where=sa.text("stopped_at IS NOT NULL"),
    )
