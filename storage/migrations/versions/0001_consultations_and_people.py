"""Consultations with their revisions; contacts, addresses and people."""

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("slug", sa.Text(), nullable=False, unique=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.Uuid()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("opened_at", UtcDateTime()),
        sa.Column("closed_at", UtcDateTime()),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("consultation_id", sa.Uuid(), sa.ForeignKey("consultation.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.UniqueConstraint("consultation_id", "number"),
    )
    op.create_table(
        "edition",
        sa.Column("revision_id", sa.Uuid(), sa.ForeignKey("revision.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("lobby", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("stopped_at", UtcDateTime()),
        sa.Column("erased_at", UtcDateTime()),
    )
    op.create_table(
        "address",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("contact_id", sa.Uuid(), sa.ForeignKey("contact.id"), nullable=False, index=True),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("sealed_value", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "address_hash",
        sa.Column("hash", sa.LargeBinary(), primary_key=True),
        sa.Column("key_id", sa.Text(), primary_key=True),
        sa.Column("contact_id", sa.Uuid(), sa.ForeignKey("contact.id"), nullable=False, index=True),
    )
    op.create_table(
        "suppression",
        sa.Column("hash", sa.LargeBinary(), primary_key=True),
        sa.Column("key_id", sa.Text(), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("contact_id", sa.Uuid(), sa.ForeignKey("contact.id"), nullable=False, index=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("erased_at", UtcDateTime()),
    )
    op.create_table(
        "language_demand",
        sa.Column("contact_id", sa.Uuid(), sa.ForeignKey("contact.id"), primary_key=True),
        sa.Column("language", sa.Text(), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
