"""Files that are made while nobody waits."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "export_job",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("consultation", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("history", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease", sa.Integer(), nullable=False),
        sa.Column("leased_until", UtcDateTime()),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("expires_at", UtcDateTime()),
    )
    op.create_index("ix_export_job_who", "export_job", ["who"])
    op.create_index("ix_export_job_expires_at", "export_job", ["expires_at"])
    is_open = sa.text("state IN ('waiting', 'running')")
    op.create_index(
        "ix_export_job_open",
        "export_job",
        ["created_at"],
        postgresql_where=is_open,
        sqlite_where=is_open,
    )
    op.create_table(
        "export_piece",
        sa.Column("job_id", sa.Uuid(), sa.ForeignKey("export_job.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=False),
    )
