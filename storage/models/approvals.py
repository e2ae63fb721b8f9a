"""What takes a second person."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class ApprovalRequest(Base):
    """One act that waits for a second person; `storage.approvals` says what its columns mean."""

    __tablename__ = "approval_request"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    consultation: Mapped[str]
    content: Mapped[str]
    summary: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]
    expires_at: Mapped[datetime]
    hash: Mapped[str]
    state: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[datetime | None]
    reason: Mapped[str]
