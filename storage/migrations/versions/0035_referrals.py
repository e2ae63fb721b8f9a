"""What became of messages beyond the consultation, and a short way to them."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0035"
down_revision = "0034"

_BEYOND = sa.text("kind = 'canalizar'")


def upgrade() -> None:
    op.create_table(
        "referral",
        sa.Column("message_id", sa.Uuid(), primary_key=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_referral_at", "referral", ["at"])
    op.create_index(
        "ix_message_beyond", "message", ["id"], postgresql_where=_BEYOND, sqlite_where=_BEYOND
    )
