"""Sessions, messages, answers, proposals; claims, dialogs, outbox."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.times import UtcDateTime

revision = "0002"
down_revision = "0001"


def where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def upgrade() -> None:
    create_sessions()
    create_answers()
    create_delivery()
    create_outbox()


def create_sessions() -> None:
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column(
            "consultation_id",
            sa.Uuid(),
            sa.ForeignKey("consultation.id"),
            nullable=False,
            index=True,
        ),
        sa.Column("revision_id", sa.Uuid(), sa.ForeignKey("revision.id"), nullable=False),
        sa.Column("sealed_state", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.Column("position", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("folio", sa.Text()),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("turned_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime()),
        sa.Column("publish", sa.Boolean()),
        sa.Column("publish_at", UtcDateTime()),
        sa.Column("write_back", sa.Boolean()),
        sa.Column("write_back_at", UtcDateTime()),
        sa.Column("alert", sa.Text(), nullable=False),
    )
    op.create_index("ix_session_person_id_started_at", "session", ["person_id", "started_at"])
    op.create_index(
        "uq_session_folio", "session", ["folio"], unique=True, **where("folio IS NOT NULL")
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("session_id", sa.Uuid(), sa.ForeignKey("session.id")),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
    )


def create_answers() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("session_id", sa.Uuid(), sa.ForeignKey("session.id"), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("heard", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("superseded_at", UtcDateTime()),
    )
    op.create_index(
        "uq_answer_current",
        "answer",
        ["session_id", "question"],
        unique=True,
        **where("superseded_at IS NULL"),
    )
    op.create_index(
        "ix_answer_superseded", "answer", ["session_id"], **where("superseded_at IS NOT NULL")
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "session_id", sa.Uuid(), sa.ForeignKey("session.id"), nullable=False, unique=True
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("folio", sa.Text(), nullable=False, unique=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
    )


def create_delivery() -> None:
    op.create_table(
        "claim",
        sa.Column("hash", sa.LargeBinary(), primary_key=True),
        sa.Column("at", UtcDateTime(), nullable=False, index=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("sealed_reply", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "dialog",
        sa.Column("hash", sa.LargeBinary(), primary_key=True),
        sa.Column("contact_id", sa.Uuid(), sa.ForeignKey("contact.id"), nullable=False, index=True),
        sa.Column("sealed_screen", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False, index=True),
    )


def create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("contact_id", sa.Uuid(), sa.ForeignKey("contact.id"), nullable=False, index=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("session_id", sa.Uuid(), sa.ForeignKey("session.id")),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary()),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("only_if_turns", sa.Integer()),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease_id", sa.Uuid()),
        sa.Column("leased_until", UtcDateTime()),
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
    )
    op.create_index(
        "ix_outbox_waiting", "outbox", ["channel", "due_at"], **where("state = 'waiting'")
    )
    op.create_index("ix_outbox_leased", "outbox", ["leased_until"], **where("state = 'leased'"))
    op.create_index(
        "ix_outbox_provider_id", "outbox", ["channel", "provider_id"], **where("provider_id <> ''")
    )
