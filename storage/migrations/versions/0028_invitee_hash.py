"""Who asks to be forgotten is found on every list by her number."""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.create_index("ix_invitee_hash", "invitee", ["hash"])
