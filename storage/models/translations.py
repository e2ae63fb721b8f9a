"""Translations that staff work on."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Translation(Base):
    """A consultation's texts in one language as a .po, drafts and all; none of it is sent.

    `version` counts its changes on the staff's pages; at 0 it is as files have brought it.
    """

    __tablename__ = "translation"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    version: Mapped[int]
    who: Mapped[str]
    at: Mapped[datetime]
