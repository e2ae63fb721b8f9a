"""Answers, as a conversation needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models import Answer

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from storage.sealing import Sealer


class Answers:
    """Answers inside one unit."""

    def __init__(self, work: Session, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def find_text(self, session_id: UUID, question: str) -> str | None:
        """Find what was received as the current answer, so that a further part can join it."""
        row = self._work.execute(
            select(Answer.id, Answer.value, Answer.sealed_text)
            .where(Answer.session_id == session_id, Answer.question == question)
            .where(Answer.superseded_at.is_(None))
        ).one_or_none()
        if row is None or row.sealed_text is None:
            return row and row.value
        return self._sealer.open("answer", row.id.bytes, row.sealed_text)
