"""Messages beyond the consultation: found, and what was done about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.models import Consultation, Message, Referral, Session
from storage.referrals import PENDING, BeyondMessage
from storage.vocabulary import BEYOND, AuditAction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session as Work

    from storage.repositories.audit import Audit
    from storage.sealing import Sealer

_STATE = func.coalesce(Referral.state, PENDING)


class Referrals:
    """Messages beyond the consultation inside one unit."""

    def __init__(self, work: Work, sealer: Sealer, audit: Audit) -> None:
        self._work = work
        self._sealer = sealer
        self._audit = audit

    def count(self) -> Mapping[str, int]:
        """Count them by how they stand."""
        query = (
            select(_STATE, func.count())
            .select_from(Message)
            .outerjoin(Referral, Referral.message_id == Message.id)
            .where(Message.kind == BEYOND)
            .group_by(_STATE)
        )
        return {row[0]: row[1] for row in self._work.execute(query)}

    def list(self, state: str, before: UUID | None, limit: int) -> Sequence[BeyondMessage]:
        """List those that stand in one way, the newest first.

        Args:
            state: which; empty for all.
            before: the last one of the page before; None begins.
            limit: at most how many.
        """
        query = (
            select(Message, Referral, Consultation.slug)
            .outerjoin(Referral, Referral.message_id == Message.id)
            .outerjoin(Session, Session.id == Message.session_id)
            .outerjoin(Consultation, Consultation.id == Session.consultation_id)
            .where(Message.kind == BEYOND)
        )
        if state:
            query = query.where(_STATE.in_([state]))
        if before is not None:
            query = query.where(Message.id < before)
        rows = self._work.execute(query.order_by(Message.id.desc()).limit(limit))
        return [self._make(message, done, slug) for message, done, slug in rows]

    def mark(  # noqa: PLR0913 - a decision
        self, message_id: UUID, before: str, state: str, note: str, *, who: str, now: datetime
    ) -> bool:
        """Keep what was done about a message; False where it does not stand as she saw it.

        Args:
            message_id: which.
            before: how it stood when she decided.
            state: how it stands now.
            note: to which institution, or what else is to be remembered.
            who: decided.
            now: when.
        """
        is_there = select(Message.id).where(Message.id == message_id, Message.kind == BEYOND)
        if self._work.scalar(is_there) is None:
            return False
        sealed = self._sealer.seal("referral", message_id.bytes, note)
        values = {"state": state, "sealed_note": sealed, "who": who, "at": now}
        if before == PENDING:
            try:
                with self._work.begin_nested():
                    self._work.execute(insert(Referral).values(message_id=message_id, **values))
            except IntegrityError:
                return False
        else:
            changed = update(Referral).where(
                Referral.message_id == message_id, Referral.state == before
            )
            changed = changed.values(values).returning(Referral.message_id)
            if self._work.execute(changed).one_or_none() is None:
                return False
        details = {"message": str(message_id), "from": before, "to": state}
        self._audit.add(AuditAction.MESSAGE_REFERRED, now, who, details)
        return True

    def _make(self, message: Message, done: Referral | None, slug: str | None) -> BeyondMessage:
        note = self._sealer.open("referral", message.id.bytes, done.sealed_note) if done else ""
        return BeyondMessage(
            id=message.id,
            person_id=message.person_id,
            session_id=message.session_id,
            slug=slug or "",
            channel=message.channel,
            text=self._sealer.open("message", message.id.bytes, message.sealed_text),
            at=message.at,
            state=done.state if done else PENDING,
            note=note,
            who=done.who if done else "",
            done_at=done.at if done else None,
        )
