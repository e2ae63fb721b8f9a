"""Consultations, their revisions and the editions of their texts."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Consultation(Base):
    """What people are asked about; `revision_id` is the live revision, None before the first.

    No foreign key stands on `revision_id`, since revisions already point here.
    """

    __tablename__ = "consultation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    revision_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Revision(Base):
    """One published structure, never changed; `edition` is the number of its newest texts."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    edition: Mapped[int]
    source: Mapped[str]
    note: Mapped[str]
    who: Mapped[str]
    published_at: Mapped[datetime]


class Edition(Base):
    """The texts of a revision as they were approved at one time: r.n, n from 0.

    `voices` says, as JSON, which of them are played from which file.
    """

    __tablename__ = "edition"

    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    texts: Mapped[str]
    voices: Mapped[str] = mapped_column(server_default="{}")
    who: Mapped[str]
    published_at: Mapped[datetime]
