"""How a conversation ends that nobody goes on with: as a partial one.

Its answers count and its state is kept: who writes after all while the consultation is open
goes on where she was, and her session is under way again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, or_, select, update

from storage.models import Consultation, Contact, DueWork, Person, Session
from storage.stalled import EXPIRY
from storage.vocabulary import PARTIAL

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session as Work

AT_ONCE = 500
"""Sessions in one unit, so that nobody waits long for it."""


class Endings:
    """Ends conversations, a batch per unit: call again while a batch was full."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def expire(self, now: datetime, after: timedelta, limit: int = AT_ONCE) -> int:
        """End the sessions whose person has been silent for `after`; give how many were due.

        Who wrote since is looked at again `after` that. Two at once share out what is due.
        """
        due = self._work.execute(
            select(DueWork.session_id, Session.turned_at, _needs_no_end(now).label("is_over"))
            .join(Session, Session.id == DueWork.session_id)
            .join(Consultation, Consultation.id == Session.consultation_id)
            .join(Person, Person.id == Session.person_id)
            .join(Contact, Contact.id == Person.contact_id)
            .where(DueWork.kind == EXPIRY, DueWork.due_at <= now)
            .order_by(DueWork.due_at, DueWork.session_id)
            .limit(limit)
            .with_for_update(of=DueWork, skip_locked=True)
        ).all()
        silent = [row for row in due if not row.is_over and row.turned_at + after <= now]
        for row in silent:
            self._work.execute(
                update(Session)
                .where(Session.id == row.session_id, Session.outcome.is_(None))
                .where(Session.turned_at == row.turned_at)  # she has not written meanwhile
                .values(outcome=PARTIAL, ended_at=now)
            )
        for row in due:
            this = (DueWork.session_id == row.session_id) & (DueWork.kind == EXPIRY)
            if row.is_over or row in silent:
                self._work.execute(delete(DueWork).where(this))
            else:
                later = row.turned_at + after
                self._work.execute(update(DueWork).where(this).values(due_at=later))
        return len(due)

    def close(self, consultation_id: UUID, now: datetime, limit: int = AT_ONCE) -> int:
        """End sessions of a consultation that has closed, and give how many.

        Who has left stands as that, and is left as she is.
        """
        closed = exists().where(Consultation.id == consultation_id, Consultation.closed_at <= now)
        running = (
            select(Session.id)
            .join(Person, Person.id == Session.person_id)
            .join(Contact, Contact.id == Person.contact_id)
            .where(Session.consultation_id == consultation_id, Session.outcome.is_(None))
            .where(Contact.stopped_at.is_(None), closed)
            .order_by(Session.id)
            .limit(limit)
        )
        ended = (
            update(Session)
            .where(Session.id.in_(running), Session.outcome.is_(None))
            .values(outcome=PARTIAL, ended_at=now)
            .returning(Session.id)
        )
        return len(self._work.execute(ended).all())


def _needs_no_end(now: datetime) -> ColumnElement[bool]:
    return or_(
        Session.outcome.is_not(None),
        Contact.stopped_at.is_not(None),
        Consultation.closed_at.is_not(None) & (Consultation.closed_at <= now),
    )
