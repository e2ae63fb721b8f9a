"""Community leaders: added by staff, found by their codes."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, distinct, func, select, union_all, update

from storage.assemblies import AssemblyRecord
from storage.ids import new_id
from storage.models import Assembly, Leader, Person, Session
from storage.vocabulary import ASSISTED, AuditAction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session as Work

    from storage.repositories.audit import Audit


@dataclass(frozen=True, slots=True)
class LeaderRecord:
    """A leader and what came of her code.

    Attributes:
        language: that of her card.
        cap: how many people she may assist with her code; None is as many as her phone may.
        revoked_at: when her code was taken back.
        sessions: how many began by it.
    """

    code: str
    community: str
    language: str
    cap: int | None
    revoked_at: datetime | None
    sessions: int
    tally: LeaderTally


@dataclass(frozen=True, slots=True)
class LeaderTally:
    """How many people came by a leader's link, how many of them finished, how many she assisted."""

    came: int
    finished: int
    assisted: int


@dataclass(frozen=True, slots=True)
class NewLeader:
    """A leader to be added; see `LeaderRecord`."""

    consultation_id: UUID
    code: str
    community: str
    language: str = "es"
    cap: int | None = None


class Leaders:
    """Leaders inside one unit."""

    def __init__(self, work: Work, audit: Audit) -> None:
        self._work = work
        self._audit = audit

    def add(self, new: NewLeader, now: datetime, who: str) -> None:
        """Add a leader; a code that somebody has breaks its unique index."""
        leader = Leader(
            id=new_id(now),
            consultation_id=new.consultation_id,
            code=new.code,
            community=new.community,
            language=new.language,
            cap=new.cap,
            created_at=now,
        )
        self._work.add(leader)
        self._work.flush()
        self._tell(AuditAction.LEADER_ADDED, new.consultation_id, new.code, now, who)

    def is_taken(self, code: str) -> bool:
        """Tell whether somebody has or had this code, in any consultation."""
        return self._work.scalar(select(Leader.id).where(Leader.code == code)) is not None

    def limit(
        self, consultation_id: UUID, code: str, cap: int | None, now: datetime, who: str
    ) -> bool:
        """Say how many people a leader may assist; False where there is no such code any more."""
        if not self._change(consultation_id, code, cap=cap):
            return False
        told = "" if cap is None else str(cap)
        self._tell(AuditAction.LEADER_LIMITED, consultation_id, code, now, who, cap=told)
        return True

    def revoke(self, consultation_id: UUID, code: str, now: datetime, who: str) -> bool:
        """Take a code back; False where there is no such code any more."""
        if not self._change(consultation_id, code, revoked_at=now):
            return False
        self._tell(AuditAction.LEADER_REVOKED, consultation_id, code, now, who)
        return True

    def find(self, consultation_id: UUID, code: str) -> UUID | None:
        """Find the leader of a consultation by her code, unless it was taken back."""
        return self._work.scalar(select(Leader.id).where(*_is_hers(consultation_id, code)))

    def get(self, consultation_id: UUID, code: str) -> LeaderRecord | None:
        """Give a leader of a consultation by her code, also one that was taken back."""
        return next(iter(self._list(consultation_id, Leader.code == code)), None)

    def list(self, consultation_id: UUID) -> Sequence[LeaderRecord]:
        """List a consultation's leaders, the eldest first."""
        return self._list(consultation_id)

    def tally(self, leader_id: UUID) -> LeaderTally:
        """Count the people of a leader: each once, however often she began."""
        row = self._work.execute(select(*_TALLY).where(Session.leader_id == leader_id)).one()
        return LeaderTally(*row)

    def is_full(self, leader_id: UUID) -> bool:
        """Tell whether a leader has assisted as many people as she may."""
        cap = self._work.scalar(select(Leader.cap).where(Leader.id == leader_id))
        return cap is not None and self.tally(leader_id).assisted >= cap

    def find_by_phone(self, consultation_id: UUID, contact_id: UUID) -> UUID | None:
        """Find the leader whose code was last used on a phone, to report or to assist."""
        reported = (
            select(Assembly.leader_id, Assembly.at.label("used_at"))
            .join(Leader, Leader.id == Assembly.leader_id)
            .where(
                Assembly.contact_id == contact_id,
                Leader.consultation_id == consultation_id,
                Leader.revoked_at.is_(None),
            )
        )
        assisted = (
            select(Session.leader_id, Session.started_at)
            .join(Person, Person.id == Session.person_id)
            .join(Leader, Leader.id == Session.leader_id)
            .where(
                Person.contact_id == contact_id,
                Session.consultation_id == consultation_id,
                Session.mode == ASSISTED,
                Leader.revoked_at.is_(None),
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

    def _list(
        self, consultation_id: UUID, *conditions: ColumnElement[bool]
    ) -> Sequence[LeaderRecord]:
        rows = self._work.execute(
            select(
                Leader.code,
                Leader.community,
                Leader.language,
                Leader.cap,
                Leader.revoked_at,
                func.count(Session.id),
                *_TALLY,
            )
            .outerjoin(Session, Session.leader_id == Leader.id)
            .where(Leader.consultation_id == consultation_id, *conditions)
            .group_by(Leader.id)
            .order_by(Leader.id)
        )
        return [
            LeaderRecord(
                code, community, language, cap, revoked_at, sessions, LeaderTally(*counted)
            )
            for code, community, language, cap, revoked_at, sessions, *counted in rows
        ]

    def _change(self, consultation_id: UUID, code: str, **values: Any) -> bool:
        this = update(Leader).where(*_is_hers(consultation_id, code)).values(**values)
        return self._work.execute(this.returning(Leader.id)).first() is not None

    def _tell(
        self,
        action: AuditAction,
        consultation_id: UUID,
        code: str,
        now: datetime,
        who: str,
        **more: str,
    ) -> None:
        details = {"consultation": str(consultation_id), "code": code, **more}
        self._audit.add(action, now, who, details)


def _is_hers(consultation_id: UUID, code: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Leader.code == code,
        Leader.consultation_id == consultation_id,
        Leader.revoked_at.is_(None),
    )


def _people(*conditions: ColumnElement[bool]) -> Any:
    return func.count(distinct(case((and_(*conditions), Session.person_id))))


_CAME = Session.mode != ASSISTED
_TALLY = (
    _people(_CAME),
    _people(_CAME, Session.outcome == "complete"),
    _people(Session.mode == ASSISTED),
)
"""The columns of a `LeaderTally`."""
