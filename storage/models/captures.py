"""Sheets and calls that clerks typed, and who looked at them again."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Capture(Base):
    """A session that a clerk typed. `label` is what stands on the sheet, to find it again.

    `is_due` until somebody else has looked at it; None where nobody has to. `is_same` is what
    she found.
    """

    __tablename__ = "capture"
    __table_args__ = (Index(None, "consultation_id", "is_due"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    clerk: Mapped[str]
    label: Mapped[str]
    at: Mapped[datetime]
    is_due: Mapped[bool]
    looked_by: Mapped[str | None]
    looked_at: Mapped[datetime | None]
    is_same: Mapped[bool | None]
