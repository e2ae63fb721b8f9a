"""Texts of consultations read aloud."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Recording(Base):
    """A text read aloud in a language; `name` is that of the sealed file, `mark` of what was read.

    Kept when the text changes: it is played again should the old words come back.
    """

    __tablename__ = "recording"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    size: Mapped[int]
    mark: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]
