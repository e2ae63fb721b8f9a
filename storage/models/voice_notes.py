"""Voice notes that stand for an answer: who listens now, and who wrote down what they say."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class VoiceNote(Base):
    """A note that somebody has taken; before that it is its answer alone.

    What it says stands in answers, so that it is sealed, superseded and deleted like any:
    `answer_id` is the note itself, `current_id` what now answers in its place, `other_id` what
    the second coder understood instead. No foreign key stands on them, as they may be deleted.
    Stages: `first`, `second`, `split` (the two say different things), `done`.
    """

    __tablename__ = "voice_note"

    answer_id: Mapped[UUID] = mapped_column(primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    stage: Mapped[str]
    current_id: Mapped[UUID] = mapped_column(index=True)
    other_id: Mapped[UUID | None]
    leased_by: Mapped[str]
    leased_until: Mapped[datetime | None]
    first_by: Mapped[str]
    second_by: Mapped[str]
    settled_by: Mapped[str]
    changed_at: Mapped[datetime]
