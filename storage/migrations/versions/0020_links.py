"""Contacts linked by a code; and a leader's sessions found without reading all of them."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "link_code",
        sa.Column("contact_id", sa.Uuid(), sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("hash", name="uq_link_code_hash"),
    )
    op.create_table(
        "link_try",
        sa.Column("hash", sa.LargeBinary(), primary_key=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
    )
    op.create_table(
        "contact_link",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("opaque_id", sa.Uuid(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("number_id", sa.Uuid(), sa.ForeignKey("contact.id"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("parted_at", UtcDateTime()),
    )
    op.create_index("ix_contact_link_opaque_id", "contact_link", ["opaque_id"])
    op.create_index("ix_contact_link_number_id", "contact_link", ["number_id"])
    home_id = sa.Column("home_id", sa.Uuid(), sa.ForeignKey("contact.id"))
    op.add_column("person", home_id, inline_references=True)
    op.create_index(
        "ix_session_leader_id",
        "session",
        ["leader_id"],
        postgresql_where=sa.text("leader_id IS NOT NULL"),
        sqlite_where=sa.text("leader_id IS NOT NULL"),
    )
