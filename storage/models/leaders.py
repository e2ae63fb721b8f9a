"""Community leaders, by their codes."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Leader(Base):
    """Who brings people in to a consultation. Of her only community and language are kept.

    `cap` is how many people she may assist with her code; None is as many as her phone may. From
    `revoked_at` on the code is nobody's; what came by it before stays.
    """

    __tablename__ = "leader"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    community: Mapped[str]
    language: Mapped[str]
    cap: Mapped[int | None]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


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
