"""What makes delivery exact: claims, USSD dialogs, the outbox."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from typing import Any
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Claim(Base):
    """A delivery we took, with what was answered; pruned after 30 days. Never partitioned."""

    __tablename__ = "claim"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    outcome: Mapped[str]
    sealed_reply: Mapped[bytes]


class Dialog(Base):
    """What a USSD screen showed last, by the provider's session id."""

    __tablename__ = "dialog"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    sealed_screen: Mapped[bytes]
    at: Mapped[datetime] = mapped_column(index=True)


def _where(condition: str) -> dict[str, Any]:
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


class Outbox(Base):
    """A message that no response carries, with its own sealed copy of the address.

    The copy lets the last word to somebody who asked to be forgotten still go out; it is
    emptied once the message has gone. `buttons` is JSON, `[["1", "Sí"], …]`, or empty.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            *("channel", "urgency", "created_at", "id"),
            **_where("state = 'waiting'"),
        ),
        Index("ix_outbox_leased", "leased_until", **_where("state = 'leased'")),
        Index("ix_outbox_provider_id", "channel", "provider_id", **_where("provider_id <> ''")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id"))
    channel: Mapped[str]
    scheme: Mapped[str]
    sealed_address: Mapped[bytes | None]
    sealed_text: Mapped[bytes]
    buttons: Mapped[str]
    kind: Mapped[str]
    urgency: Mapped[int]
    segments: Mapped[int]
    only_if_turns: Mapped[int | None]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str]
    tries: Mapped[int]
    doubts: Mapped[int] = mapped_column(server_default="0")
    lease_id: Mapped[UUID | None]
    leased_until: Mapped[datetime | None]
    fell_from: Mapped[str]
    provider_id: Mapped[str]
    code: Mapped[str]
    changed_at: Mapped[datetime]
    cause_id: Mapped[UUID | None]
    """The inbound message it goes out for; None where nobody had written."""


class DueWork(Base):
    """When to look at a session again; `step` counts what came of it so far."""

    __tablename__ = "due_work"
    __table_args__ = (Index(None, "kind", "due_at"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[int]
    due_at: Mapped[datetime]


class DueChore(Base):
    """When something is to be done that is no session's; `subject` is what it is done to.

    A consultation is closed, and once a night is deleted what had its day (subject: nil).
    """

    __tablename__ = "due_chore"

    kind: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[UUID] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(index=True)


class Pace(Base):
    """When a channel may send its next segment; whoever leases its messages locks this row."""

    __tablename__ = "pace"

    channel: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime]


class Allowance(Base):
    """How many messages a channel with a daily cap has sent since its day began."""

    __tablename__ = "allowance"

    channel: Mapped[str] = mapped_column(primary_key=True)
    since_at: Mapped[datetime]
    spent: Mapped[int]


class Heartbeat(Base):
    """A process that lived at `seen_at`, by its host's clock."""

    __tablename__ = "heartbeat"

    host: Mapped[str] = mapped_column(primary_key=True)
    process: Mapped[str] = mapped_column(primary_key=True)
    pid: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class Halt(Base):
    """While this row is there, nothing is sent from the outbox, on no channel."""

    __tablename__ = "halt"

    id: Mapped[int] = mapped_column(primary_key=True)
    since_at: Mapped[datetime]
    who: Mapped[str]
