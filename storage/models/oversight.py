"""Who did what, kept for those who check."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class AuditEvent(Base):
    """One act, written in the transaction of what it tells of; never changed."""

    __tablename__ = "audit_event"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    action: Mapped[str]
    who: Mapped[str]
    details: Mapped[str]
