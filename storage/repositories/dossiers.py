"""Sessions one by one, as staff look into them: found by a filter, opened."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from storage.dossiers import ContactAddress, Listed, SaidMessage
from storage.models import Address, Message, Outbox, Person, Session
from storage.repositories.answer_lines import LineReader
from storage.repositories.proposals import Proposals
from storage.repositories.session_filters import list_conditions
from storage.repositories.session_rows import make_session, select_sessions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row
    from sqlalchemy.orm import Session as Work

    from storage.dossiers import SessionFilter
    from storage.reported import ReportedSession
    from storage.sealing import Sealer


class Dossiers:
    """Reads sessions by page or by id."""

    def __init__(self, work: Work, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer
        self._proposals = Proposals(work, sealer)
        self._reader = LineReader(sealer)

    def find_page(
        self, consultation_id: UUID, wanted: SessionFilter, before: UUID | None, limit: int
    ) -> list[Listed]:
        """Give the sessions that a filter leaves, the newest first.

        Args:
            consultation_id: whose.
            wanted: which.
            before: the last session of the page before; None begins.
            limit: at most how many.
        """
        query = select_sessions(history=False)
        query = query.where(Session.consultation_id == consultation_id)
        for condition in list_conditions(wanted):
            query = query.where(condition)
        if before is not None:
            query = query.where(Session.id < before)
        rows = self._work.execute(query.order_by(Session.id.desc()).limit(limit)).all()
        return self._list(rows)

    def read_on(
        self, consultation_id: UUID, after: UUID | None, limit: int
    ) -> list[ReportedSession]:
        """Give the next sessions with their current answers, in the order they began.

        Args:
            consultation_id: whose.
            after: the last session read; None begins.
            limit: at most how many.
        """
        query = select_sessions(history=False)
        query = query.where(Session.consultation_id == consultation_id)
        if after is not None:
            query = query.where(Session.id > after)
        rows = self._work.execute(query.order_by(Session.id).limit(limit))
        return [make_session(self._reader, row) for row in rows]

    def find(self, consultation_id: UUID, session_id: UUID) -> Listed | None:
        """Give one session of a consultation, superseded answers included."""
        query = select_sessions(history=True).where(
            Session.consultation_id == consultation_id, Session.id == session_id
        )
        return next(iter(self._list(self._work.execute(query).all())), None)

    def messages(self, session_id: UUID, person_id: UUID) -> list[SaidMessage]:
        """Give what was said in a session, the oldest first: both sides, the outbox's too."""
        said = self._work.scalars(
            # By the person, for whom there is an index.
            select(Message).where(Message.person_id == person_id, Message.session_id == session_id)
        )
        sent = self._work.scalars(
            select(Outbox)
            .join(Person, Person.contact_id == Outbox.contact_id)
            .where(Person.id == person_id, Outbox.session_id == session_id)
        )
        return sorted([*map(self._said, said), *map(self._sent, sent)], key=attrgetter("at", "id"))

    def list_used(self, contact_id: UUID) -> list[tuple[str, datetime]]:
        """List the channels that a contact has written by, and when last; the newest first."""
        last = func.max(Message.at)
        rows = self._work.execute(
            select(Message.channel, last)
            .join(Person, Person.id == Message.person_id)
            .where(Person.contact_id == contact_id, Message.direction == "in")
            .group_by(Message.channel)
            .order_by(last.desc())
        )
        return [(channel, at) for channel, at in rows]

    def addresses(self, person_id: UUID) -> list[ContactAddress]:
        """Give where the number's holder is reached; nothing where it was deleted."""
        rows = self._work.scalars(
            select(Address)
            .join(Person, Person.contact_id == Address.contact_id)
            .where(Person.id == person_id)
            .order_by(Address.id)
        )
        return [
            ContactAddress(row.scheme, self._sealer.open("address", row.id.bytes, row.sealed_value))
            for row in rows
        ]

    def _list(self, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[Listed]:
        sessions = [make_session(self._reader, row) for row in rows]
        proposals = self._proposals.of_sessions([session.id for session in sessions])
        return [Listed(session, proposals.get(session.id)) for session in sessions]

    def _said(self, row: Message) -> SaidMessage:
        text = self._sealer.open("message", row.id.bytes, row.sealed_text)
        return SaidMessage(
            row.id,
            row.direction,
            row.channel,
            row.form,
            text,
            row.at,
            row.segments,
            kind=row.kind,
        )

    def _sent(self, row: Outbox) -> SaidMessage:
        text = self._sealer.open("outbox", row.id.bytes, row.sealed_text)
        return SaidMessage(
            row.id,
            "out",
            row.channel,
            "",
            text,
            row.created_at,
            row.segments,
            row.state,
            row.kind,
            row.code,
        )
