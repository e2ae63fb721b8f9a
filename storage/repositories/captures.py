"""What clerks typed, and the second look at some of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from storage.models import Capture, Session
from storage.repositories.upserts import add_once
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session as Work

    from storage.repositories.audit import Audit

OTHERWISE = "captura_distinta"
"""The `alerta` of a session whose sheet says something else."""


@dataclass(frozen=True, slots=True)
class CaptureRecord:
    """A session that a clerk typed; `label` is what stands on its sheet."""

    session_id: UUID
    clerk: str
    label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaptureCounts:
    """How many were typed, are to be looked at, were looked at, and were otherwise."""

    typed: int
    due: int
    looked: int
    otherwise: int


class Captures:
    """Captures inside one unit."""

    def __init__(self, work: Work, audit: Audit) -> None:
        self._work = work
        self._audit = audit

    def add(self, consultation_id: UUID, new: CaptureRecord, mode: str, *, is_due: bool) -> bool:
        """Note that a session was typed; False where that is noted already."""
        is_first = add_once(  # of two forms at once
            self._work,
            Capture,
            "session_id",
            session_id=new.session_id,
            consultation_id=consultation_id,
            clerk=new.clerk,
            label=new.label,
            at=new.at,
            is_due=is_due,
        )
        if not is_first:
            return False
        details = {"session": str(new.session_id), "mode": mode}
        self._audit.add(AuditAction.SHEET_TYPED, new.at, new.clerk, details)
        return True

    def list_due(self, consultation_id: UUID, limit: int) -> Sequence[CaptureRecord]:
        """List what somebody has to look at again, the oldest first."""
        query = (
            select(Capture)
            .where(Capture.consultation_id == consultation_id, Capture.is_due)
            .order_by(Capture.session_id)
            .limit(limit)
        )
        return [
            CaptureRecord(row.session_id, row.clerk, row.label, row.at)
            for row in self._work.scalars(query)
        ]

    def count(self, consultation_id: UUID) -> CaptureCounts:
        """Count a consultation's."""
        query = select(
            func.count(),
            func.count().filter(Capture.is_due),
            func.count(Capture.looked_at),
            func.count().filter(Capture.is_same.is_(False)),
        ).where(Capture.consultation_id == consultation_id)
        return CaptureCounts(*self._work.execute(query).one())

    def look(self, session_id: UUID, *, is_same: bool, now: datetime, who: str) -> bool:
        """Keep what somebody else found; False where it is not hers to look at, or was otherwise.

        The same from the same person once more is kept already.

        A session whose sheet says something else carries an alert from then on.
        """
        row = self._work.execute(
            update(Capture)
            .where(Capture.session_id == session_id, Capture.is_due, Capture.clerk != who)
            .values(is_due=False, looked_by=who, looked_at=now, is_same=is_same)
            .returning(Capture.session_id)
        ).one_or_none()
        if row is None:
            same = (Capture.looked_by == who) & Capture.is_same.is_(is_same)
            kept = select(Capture.session_id).where(Capture.session_id == session_id, same)
            return self._work.scalar(kept) is not None
        if not is_same:
            alert = func.trim(Session.alert + f" {OTHERWISE}")
            marked = update(Session).where(Session.id == session_id).values(alert=alert)
            self._work.execute(marked)
        outcome = "igual" if is_same else "distinta"
        details = {"session": str(session_id), "outcome": outcome}
        self._audit.add(AuditAction.SHEET_LOOKED_AT, now, who, details)
        return True
