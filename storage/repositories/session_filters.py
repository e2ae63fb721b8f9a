"""Say a filter of staff's in the database's terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from storage.dossiers import UNREVIEWED
from storage.models import Answer, Proposal, ProposalReview, Session
from storage.repositories.session_rows import select_standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Select

    from storage.dossiers import SessionFilter

OPEN = "text"
"""The kind of a question that is answered in one's own words."""
ERASED = "borrada"
"""The state of a proposal whose author had her data deleted."""


def list_conditions(wanted: SessionFilter) -> Iterator[ColumnElement[bool]]:
    """Give what a session must fulfil; contacts must be joined."""
    if wanted.standing is not None:
        yield func.coalesce(select_standing(), "") == wanted.standing
    for column, value in (
        (Session.channel, wanted.channel),
        (Session.language, wanted.language),
        (Session.folio, wanted.folio),
    ):
        if value:
            yield column == value
    if wanted.place:
        yield _answered_from(wanted)
    if wanted.since is not None:
        yield Session.started_at >= wanted.since
    if wanted.until is not None:
        yield Session.started_at < wanted.until
    if wanted.review:
        yield _stands(wanted.review)
    if wanted.is_alerted:
        yield Session.alert != ""
    if wanted.has_words:
        yield exists().where(
            Answer.session_id == Session.id,
            Answer.kind == OPEN,
            Answer.superseded_at.is_(None),
            Answer.sealed_text.is_not(None),
        )


def _answered_from(wanted: SessionFilter) -> ColumnElement[bool]:
    return exists().where(
        Answer.session_id == Session.id,
        Answer.question.in_(wanted.place_questions),
        Answer.superseded_at.is_(None),
        Answer.value.startswith(wanted.place, autoescape=True),
    )


def _stands(state: str) -> ColumnElement[bool]:
    last = _last_state().scalar_subquery()
    return exists().where(
        Proposal.session_id == Session.id,
        Proposal.state != ERASED,
        func.coalesce(last, UNREVIEWED) == state,
    )


def _last_state() -> Select[Any]:
    return (
        select(ProposalReview.state)
        .where(ProposalReview.proposal_id == Proposal.id)
        .order_by(ProposalReview.number.desc())
        .limit(1)
        .correlate(Proposal)
    )
