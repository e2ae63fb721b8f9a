"""How a session and its answers are read, whether one of them or all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, select

from storage.answer_text import open_text
from storage.models import Answer, Contact, Leader, Person, Session
from storage.reported import ReportedAnswer, ReportedSession

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row, Select

    from storage.sealing import Sealer

OPTED_OUT = "opted_out"
"""How a session stands whose number left before it ended."""

WHOSE = 1
"""Where the id of its session stands in a row of `select_answers`."""


def select_standing() -> ColumnElement[str | None]:
    """Say how a session stands; its contact must be joined."""
    left = Session.outcome.is_(None) & Contact.stopped_at.is_not(None)
    return case((left, OPTED_OUT), else_=Session.outcome)


def select_sessions() -> Select[*tuple[Any, ...]]:
    """Begin a query for what `make_session` takes."""
    return (
        select(
            Session.id,
            Session.person_id,
            Session.revision_id,
            Session.folio,
            Session.language,
            Session.channel,
            Session.mode,
            select_standing().label("standing"),
            Session.publish,
            Session.alert,
            Session.started_at,
            Leader.community,
        )
        .join(Person, Person.id == Session.person_id)
        .join(Contact, Contact.id == Person.contact_id)
        .outerjoin(Leader, Leader.id == Session.leader_id)
    )


def select_answers(*, history: bool) -> Select[*tuple[Any, ...]]:
    """Begin a query for what `make_answer` takes."""
    query = select(
        Answer.id,
        Answer.session_id,
        Answer.question,
        Answer.value,
        Answer.sealed_text,
        Answer.language,
        Answer.channel,
        Answer.mode,
        Answer.at,
        Answer.superseded_at.is_(None),
        Answer.heard,
    )
    return query if history else query.where(Answer.superseded_at.is_(None))


def make_answer(sealer: Sealer, row: Row[*tuple[Any, ...]]) -> ReportedAnswer:
    """Open an answer. By place, not by name: an export makes millions."""
    id_, _, question, value, sealed, *rest = row
    return ReportedAnswer(question, value, open_text(sealer, id_, value, sealed), *rest)


def make_session(
    row: Row[*tuple[Any, ...]], answers: tuple[ReportedAnswer, ...]
) -> ReportedSession:
    """Put a session and its answers together."""
    current = [answer.at for answer in answers if answer.is_current]
    return ReportedSession(
        id=row.id,
        person_id=row.person_id,
        revision_id=row.revision_id,
        folio=row.folio or "",
        language=row.language,
        channel=row.channel,
        mode=row.mode,
        community=row.community or "",
        outcome=row.standing,
        publish=row.publish,
        alert=row.alert,
        started_at=row.started_at,
        answered_at=max(current, default=None),
        answers=answers,
    )
