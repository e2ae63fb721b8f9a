"""Files that are made while nobody waits, and kept for a day."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base

_OPEN = text("state IN ('waiting', 'running')")


class ExportJob(Base):
    """One file somebody asked for; `storage.export_jobs` says what its columns mean.

    `leased_until` is when a worker that says nothing more has lost it to another one, and
    `lease` which of them holds it.
    """

    __tablename__ = "export_job"
    __table_args__ = (
        Index("ix_export_job_open", "created_at", postgresql_where=_OPEN, sqlite_where=_OPEN),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(index=True)
    consultation: Mapped[str]
    table_name: Mapped[str]
    format: Mapped[str]
    tier: Mapped[str]
    history: Mapped[bool]
    created_at: Mapped[datetime]
    state: Mapped[str]
    tries: Mapped[int]
    lease: Mapped[int]
    leased_until: Mapped[datetime | None]
    total: Mapped[int]
    sessions: Mapped[int]
    rows: Mapped[int]
    file_name: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int]
    hash: Mapped[str]
    ended_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)


class ExportPiece(Base):
    """A piece of a file, sealed: any host's web process can give out what any worker made."""

    __tablename__ = "export_piece"

    job_id: Mapped[UUID] = mapped_column(ForeignKey("export_job.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sealed_content: Mapped[bytes]
