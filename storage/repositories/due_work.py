"""What is to be done at a time: rows that whoever comes first takes away or puts off.

Nothing is locked while it is decided what to do. Each change names what was read, so of two
schedulers with the same row one changes it and the other finds nothing to change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, insert, or_, select, update
from sqlalchemy.orm import aliased

from storage.models import (
    Address,
    Consultation,
    Contact,
    DueWork,
    Outbox,
    Person,
    Revision,
    Session,
)
from storage.sealing import SealError
from storage.stalled import EXPIRY, REMINDER, Stalled
from storage.turns.outgoing import Recipient, outgoing_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.orm import Session as Work

    from storage.records import NewOutgoing
    from storage.sealing import Sealer


class DueWorkRows:
    """Due work inside one unit."""

    def __init__(self, work: Work, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def list_stalled(self, now: datetime, limit: int) -> Sequence[Stalled]:
        """List the conversations to be looked at by now, the longest due first."""
        rows = self._work.execute(
            select(
                DueWork.session_id,
                DueWork.step,
                DueWork.due_at,
                _is_over(now).label("is_over"),
                Session.person_id,
                Person.contact_id,
                Contact.version,
                Session.revision_id,
                Revision.edition,
                Session.channel,
                Session.turns,
                Session.turned_at,
                Session.sealed_state,
                Consultation.closed_at.label("closes_at"),
            )
            .join(Session, Session.id == DueWork.session_id)
            .join(Person, Person.id == Session.person_id)
            .join(Contact, Contact.id == Person.contact_id)
            .join(Consultation, Consultation.id == Session.consultation_id)
            .join(Revision, Revision.id == Session.revision_id)
            .where(DueWork.kind == REMINDER, DueWork.due_at <= now)
            .order_by(DueWork.due_at, DueWork.session_id)
            .limit(limit)
        )
        return [self._open(row) for row in rows]

    def leave(self, stalled: Stalled, due_at: datetime) -> None:
        """Remind nobody of it again; whether it is to be ended is looked at from `due_at` on."""
        self._work.execute(
            update(DueWork).where(*_unchanged(stalled)).values(kind=EXPIRY, step=0, due_at=due_at)
        )

    def put_off(self, stalled: Stalled, due_at: datetime) -> None:
        """Look at it again at `due_at`."""
        self._work.execute(update(DueWork).where(*_unchanged(stalled)).values(due_at=due_at))

    def remind(
        self, stalled: Stalled, state: str, messages: Sequence[NewOutgoing], due_at: datetime
    ) -> bool:
        """Leave a reminder to the worker, where nothing has changed since it was decided.

        Moving the contact's version on comes first: a turn or another scheduler that read
        the same loses its own guard, and where they were quicker, this does nothing.

        Args:
            stalled: as read.
            state: what its conversation waits for from now on.
            messages: the reminder's texts.
            due_at: when to look at it again.
        """
        contact = update(Contact).where(
            Contact.id == stalled.contact_id,
            Contact.version == stalled.version,
            exists().where(*_unchanged(stalled)),
        )
        moved = contact.values(version=stalled.version + 1).returning(Contact.id)
        address = (
            self._work.execute(
                # A number before an opaque id: it can be written to by every channel.
                select(Address)
                .where(Address.contact_id == stalled.contact_id)
                .order_by(Address.scheme, Address.id)
            )
            .scalars()
            .first()
        )
        if address is None or self._work.scalar(moved) is None:
            return False
        value = self._sealer.open("address", address.id.bytes, address.sealed_value)
        self._work.execute(
            update(DueWork)
            .where(DueWork.session_id == stalled.session_id, DueWork.kind == REMINDER)
            .values(step=stalled.step + 1, due_at=due_at)
        )
        sealed = self._sealer.seal("session", stalled.session_id.bytes, state)
        self._work.execute(
            update(Session).where(Session.id == stalled.session_id).values(sealed_state=sealed)
        )
        to = Recipient(stalled.contact_id, stalled.person_id, address.scheme, value)
        self._work.execute(
            insert(Outbox), [outgoing_row(self._sealer, message, to) for message in messages]
        )
        return True

    def _open(self, row: Row[*tuple[Any, ...]]) -> Stalled:
        session_id, sealed = row.session_id, row.sealed_state
        state: str | None = ""
        if not row.is_over:
            try:
                state = self._sealer.open("session", session_id.bytes, sealed)
            except SealError:  # one session must not hold up all that are due with it
                state = None
        values = row._asdict()
        del values["sealed_state"]
        return Stalled(**values, state=state)


def _unchanged(stalled: Stalled) -> tuple[ColumnElement[bool], ...]:
    return (
        DueWork.session_id == stalled.session_id,
        DueWork.kind == REMINDER,
        DueWork.step == stalled.step,
        DueWork.due_at == stalled.due_at,
    )


def _is_over(now: datetime) -> ColumnElement[bool]:
    later = aliased(Session)
    return or_(
        Session.outcome.is_not(None),
        Consultation.opened_at.is_(None),
        Consultation.closed_at.is_not(None) & (Consultation.closed_at <= now),
        Contact.stopped_at.is_not(None),
        Contact.person_id != Session.person_id,  # what is sent there is somebody else's answer
        exists().where(later.person_id == Session.person_id, later.started_at > Session.started_at),
    )
