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
