"""Community leaders: added by staff, found by their codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.ids import new_id
from storage.models import Leader, Session
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session as Work

    from storage.repositories.audit import Audit


@dataclass(frozen=True, slots=True)
class LeaderRecord:
    """A leader, and how many sessions began by her link."""

    code: str
    community: str
    sessions: int


class Leaders:
    """Leaders inside one unit."""

    def __init__(self, work: Work, audit: Audit) -> None:
        self._work = work
        self._audit = audit

    def add(
        self, consultation_id: UUID, code: str, community: str, now: datetime, who: str
    ) -> None:
        """Add a leader; a code that somebody has breaks its unique index."""
        leader = Leader(
            id=new_id(now),
            consultation_id=consultation_id,
            code=code,
            community=community,
            created_at=now,
        )
        self._work.add(leader)
        self._work.flush()
        details = {"consultation": str(consultation_id), "code": code}
        self._audit.add(AuditAction.LEADER_ADDED, now, who, details)

    def find(self, consultation_id: UUID, code: str) -> UUID | None:
        """Find the leader of a consultation by her code."""
        return self._work.scalar(
            select(Leader.id).where(Leader.code == code, Leader.consultation_id == consultation_id)
        )

    def list(self, consultation_id: UUID) -> list[LeaderRecord]:
        """List a consultation's leaders, the eldest first."""
        rows = self._work.execute(
            select(Leader.code, Leader.community, func.count(Session.id))
            .outerjoin(Session, Session.leader_id == Leader.id)
            .where(Leader.consultation_id == consultation_id)
            .group_by(Leader.id, Leader.code, Leader.community)
            .order_by(Leader.id)
        )
        return [LeaderRecord(*row) for row in rows]
