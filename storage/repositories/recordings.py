"""Texts of consultations that somebody has read aloud: what there is, not the sound itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from storage.models import Recording
from storage.recorded import RecordedText
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from storage.published import Consultation
    from storage.repositories.audit import Audit


class Recordings:
    """Recordings inside one unit. Every change is written to the audit."""

    def __init__(self, work: Session, audit: Audit) -> None:
        self._work = work
        self._audit = audit

    def put(self, consultation: Consultation, recorded: RecordedText) -> None:
        """Keep a recording, in place of the one there may be of the same text."""
        self._delete(consultation.id, recorded.language, recorded.key)
        values = {name: getattr(recorded, name) for name in RecordedText.__dataclass_fields__}
        self._work.execute(insert(Recording).values(consultation_id=consultation.id, **values))
        self._tell(AuditAction.VOICE_RECORDED, consultation, recorded, recorded.at, recorded.who)

    def remove(
        self, consultation: Consultation, language: str, key: str, now: datetime, who: str
    ) -> bool:
        """Keep a recording no more; False where there is none."""
        known = next(
            (
                one
                for one in self.list(consultation.id)
                if (one.language, one.key) == (language, key)
            ),
            None,
        )
        if known is None:
            return False
        self._delete(consultation.id, language, key)
        self._tell(AuditAction.VOICE_REMOVED, consultation, known, now, who)
        return True

    def list(self, consultation_id: UUID) -> Sequence[RecordedText]:
        """List a consultation's, by language and key."""
        columns = [getattr(Recording, name) for name in RecordedText.__dataclass_fields__]
        rows = self._work.execute(
            select(*columns)
            .where(Recording.consultation_id == consultation_id)
            .order_by(Recording.language, Recording.key)
        )
        return [RecordedText(*row) for row in rows]

    def find_kind(self, name: str) -> str | None:
        """Find of what kind the file of a name is; None where no recording has that name."""
        return self._work.scalar(select(Recording.kind).where(Recording.name == name))

    def list_names(self) -> set[str]:
        """Give the names of all files."""
        return set(self._work.scalars(select(Recording.name)))

    def _delete(self, consultation_id: UUID, language: str, key: str) -> None:
        self._work.execute(
            delete(Recording).filter_by(consultation_id=consultation_id, language=language, key=key)
        )

    def _tell(
        self,
        action: AuditAction,
        consultation: Consultation,
        recorded: RecordedText,
        at: datetime,
        who: str,
    ) -> None:
        details = {
            "consultation": consultation.slug,
            "language": recorded.language,
            "text": recorded.key,
        }
        self._audit.add(action, at, who, details)
