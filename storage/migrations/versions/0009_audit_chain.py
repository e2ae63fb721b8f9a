"""The audit as a chain of hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("audit_event", sa.Column("number", sa.BigInteger()))
    op.add_column("audit_event", sa.Column("hash", sa.LargeBinary()))
    op.create_index(
        "ix_audit_event_number",
        "audit_event",
        ["number"],
        unique=True,
        postgresql_where=sa.text("number IS NOT NULL"),
        sqlite_where=sa.text("number IS NOT NULL"),
    )
    op.create_index(
        "ix_audit_event_unsealed",
        "audit_event",
        ["id"],
        postgresql_where=sa.text("number IS NULL"),
        sqlite_where=sa.text("number IS NULL"),
    )
