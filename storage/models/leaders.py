"""Community leaders, by their codes."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Leader(Base):
    """Who brings people in to a consultation. Of her only her community is kept."""

    __tablename__ = "leader"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    community: Mapped[str]
    created_at: Mapped[datetime]


class Assembly(Base):
    """Hands counted at an assembly; the newest of a leader and question is what counts.

    `hands` is JSON, option -> how many. `contact_id` is the phone it came from: that of a leader
    who reported once need not give her code again.
    """

    __tablename__ = "assembly"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    leader_id: Mapped[UUID] = mapped_column(ForeignKey("leader.id"), index=True)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"), index=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revision.id"))
    question: Mapped[str]
    hands: Mapped[str]
    channel: Mapped[str]
    at: Mapped[datetime]
