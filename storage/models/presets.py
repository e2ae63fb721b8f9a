"""Downloads that staff keep under a name."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class ExportPreset(Base):
    """What to take out of a consultation, and in which form; everybody on the staff sees it."""

    __tablename__ = "export_preset"
    __table_args__ = (Index("uq_export_preset_name", "consultation_id", "name", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    name: Mapped[str]
    table: Mapped[str]
    format: Mapped[str]
    tier: Mapped[str]
    history: Mapped[bool]
    who: Mapped[str]
    created_at: Mapped[datetime]
