"""Community leaders: added by staff, found by their codes."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, distinct, func, select, union_all

from storage.assemblies import AssemblyRecord
from storage.ids import new_id
from storage.models import Assembly, Leader, Person, Session
from storage.vocabulary import ASSISTED, AuditAction

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session as Work

    from storage.repositories.audit import Audit


@dataclass(frozen=True, slots=True)
class LeaderRecord:
    """A leader, and how many sessions began by her link."""

    code: str
    community: str
    sessions: int


@dataclass(frozen=True, slots=True)
class LeaderTally:
    """How many people came by a leader's link, how many of them finished, how many she assisted."""

    came: int
    finished: int
    assisted: int


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

    def tally(self, leader_id: UUID) -> LeaderTally:
        """Count the people of a leader: each once, however often she began."""

        def people(*conditions: ColumnElement[bool]) -> Any:
            asked = case((and_(*conditions), Session.person_id))
            return func.count(distinct(asked))

        came = Session.mode != ASSISTED
        row = self._work.execute(
            select(
                people(came),
                people(came, Session.outcome == "complete"),
                people(Session.mode == ASSISTED),
            ).where(Session.leader_id == leader_id)
        ).one()
        return LeaderTally(*row)

    def find_by_phone(self, consultation_id: UUID, contact_id: UUID) -> UUID | None:
        """Find the leader whose code was last used on a phone, to report or to assist."""
        reported = (
            select(Assembly.leader_id, Assembly.at.label("used_at"))
            .join(Leader, Leader.id == Assembly.leader_id)
            .where(Assembly.contact_id == contact_id, Leader.consultation_id == consultation_id)
        )
        assisted = (
            select(Session.leader_id, Session.started_at)
            .join(Person, Person.id == Session.person_id)
            .where(
                Person.contact_id == contact_id,
                Session.consultation_id == consultation_id,
                Session.mode == ASSISTED,
                Session.leader_id.is_not(None),
            )
        )
        used = union_all(reported, assisted).subquery()
        return self._work.scalar(select(used.c.leader_id).order_by(used.c.used_at.desc()).limit(1))

    def assemblies(
        self, consultation_id: UUID, *, history: bool = False
    ) -> tuple[AssemblyRecord, ...]:
        """List what was counted at assemblies, the eldest first.

        Args:
            consultation_id: whose.
            history: give what a later report replaced as well.
        """
        rows = self._work.execute(
            select(Assembly, Leader.community)
            .join(Leader, Leader.id == Assembly.leader_id)
            .where(Leader.consultation_id == consultation_id)
            .order_by(Assembly.at, Assembly.id)
        ).all()
        newest = {(one.leader_id, one.question): one.id for one, _ in rows}
        phones = defaultdict(set)
        for one, _ in rows:
            phones[one.leader_id, one.question].add(one.contact_id)
        found = [
            AssemblyRecord(
                community=community,
                revision_id=one.revision_id,
                question=one.question,
                hands=json.loads(one.hands),
                channel=one.channel,
                at=one.at,
                is_current=newest[one.leader_id, one.question] == one.id,
                is_disputed=len(phones[one.leader_id, one.question]) > 1,
            )
            for one, community in rows
        ]
        return tuple(one for one in found if history or one.is_current)
