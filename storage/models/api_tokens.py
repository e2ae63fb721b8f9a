"""Who may read by the API."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class ApiToken(Base):
    """A token by its SHA-256: whoever reads the database gets in with none.

    `scopes` are joined by spaces.
    """

    __tablename__ = "api_token"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    hash: Mapped[bytes] = mapped_column(unique=True)
    name: Mapped[str]
    scopes: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
