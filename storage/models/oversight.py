"""Who did what, kept for those who check."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import BigInteger, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class AuditEvent(Base):
    """One act, written in the transaction of what it tells of; never changed.

    `number` and `hash` chain it to the one before (`storage.audited`), soon after.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index(
            "ix_audit_event_number",
            "number",
            unique=True,
            postgresql_where=text("number IS NOT NULL"),
            sqlite_where=text("number IS NOT NULL"),
        ),
        Index(
            "ix_audit_event_unsealed",
            "id",
            postgresql_where=text("number IS NULL"),
            sqlite_where=text("number IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    action: Mapped[str]
    who: Mapped[str]
    details: Mapped[str]
    number: Mapped[int | None] = mapped_column(BigInteger)
    hash: Mapped[bytes | None]
