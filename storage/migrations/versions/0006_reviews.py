"""What staff decide about proposals, and an index to look through sessions by."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "proposal_review",
        sa.Column("proposal_id", sa.Uuid(), sa.ForeignKey("proposal.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.drop_index("ix_session_consultation_id", "session")
    op.create_index("ix_session_consultation_id_id", "session", ["consultation_id", "id"])
    op.drop_column("staff_user", "failed_sign_ins")
    op.drop_column("staff_user", "locked_until")
