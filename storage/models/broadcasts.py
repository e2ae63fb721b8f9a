"""Invitations: a broadcast, and whom it goes to."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Broadcast(Base):
    """One text to everybody on a list.

    States: `trial` until somebody starts it, `running`, `paused` (`why`: `staff`, `budget`,
    `losses`, `closed`), `cancelled`, `done`. Money is in thousandths of a quetzal: `price` of a
    segment, `budget` of all of them. Losses count from `watched_at` on: when it last was started.
    """

    __tablename__ = "broadcast"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    channel: Mapped[str]
    text: Mapped[str]
    segments: Mapped[int]
    price: Mapped[int]
    budget: Mapped[int | None]
    state: Mapped[str]
    why: Mapped[str]
    who: Mapped[str]
    created_at: Mapped[datetime]
    watched_at: Mapped[datetime]


class Invitee(Base):
    """A number on a broadcast's list, found once by its hash under the first key.

    States: `waiting`, `queued` (its message is `message_id` in the outbox), or why it gets none:
    `suppressed`, `left`, `taking_part`. The address is kept only while it waits.
    """

    __tablename__ = "invitee"
    __table_args__ = (
        UniqueConstraint("broadcast_id", "hash"),
        Index(None, "broadcast_id", "state", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    broadcast_id: Mapped[UUID] = mapped_column(ForeignKey("broadcast.id"))
    hash: Mapped[bytes] = mapped_column(index=True)
    sealed_address: Mapped[bytes | None]
    state: Mapped[str]
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id"), index=True)
    message_id: Mapped[UUID | None]
