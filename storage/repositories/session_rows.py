"""How sessions are read with their answers, whether one of them or all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from storage.models import Contact, Leader, Person, Session
from storage.reported import ReportedSession
from storage.repositories.answer_lines import select_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Select

    from storage.repositories.answer_lines import LineReader

OPTED_OUT = "opted_out"
"""How a session stands whose number left before it ended."""


def select_standing() -> ColumnElement[str | None]:
    """Say how a session stands; its contact must be joined."""
    left = Session.outcome.is_(None) & Contact.stopped_at.is_not(None)
    return case((left, OPTED_OUT), else_=Session.outcome)


_COLUMNS = (
    Session.id,
    Session.person_id,
    Session.revision_id,
    func.coalesce(Session.folio, ""),
    Session.language,
    Session.channel,
    Session.mode,
    func.coalesce(Leader.community, ""),
    select_standing(),
    Session.publish,
    Session.alert,
    Session.started_at,
)
"""In the order of `ReportedSession`, whose answers come last."""


def select_sessions(*, history: bool) -> Select[*tuple[Any, ...]]:
    """Begin a query for what `make_session` takes; with `history` superseded answers, too."""
    current = select_lines(is_current=True)
    lines = (select_lines(is_current=False), current) if history else (current,)
    return (
        select(*_COLUMNS, *lines)
        .join(Person, Person.id == Session.person_id)
        .join(Contact, Contact.id == Person.contact_id)
        .outerjoin(Leader, Leader.id == Session.leader_id)
    )


def make_session(reader: LineReader, row: Sequence[Any]) -> ReportedSession:
    """Put a session and its answers together. By place, not by name: an export makes millions."""
    told = (*row[: len(_COLUMNS)], reader.read(row[len(_COLUMNS) :]))
    return ReportedSession(*told)
