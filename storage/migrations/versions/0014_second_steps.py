"""The second step of signing in: an app's secret, or a sheet of codes."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("staff_user", sa.Column("sealed_totp", sa.LargeBinary()))
    op.add_column("staff_user", sa.Column("totp_counter", sa.BigInteger()))
    op.create_table(
        "staff_code",
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("staff_user.id"), primary_key=True),
        sa.Column("hash", sa.LargeBinary(), primary_key=True),
    )
