"""Proposals, as the citizen who made one may ask after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models import Proposal, Session
from storage.records import ProposalRecord

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session as Work


class Proposals:
    """Proposals inside one unit."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def find(self, folio: str) -> ProposalRecord | None:
        """Find a proposal by its folio."""
        return self._find(Proposal.folio == folio)

    def find_of_session(self, session_id: UUID) -> ProposalRecord | None:
        """Find the proposal a session has made."""
        return self._find(Proposal.session_id == session_id)

    def _find(self, condition: ColumnElement[bool]) -> ProposalRecord | None:
        row = self._work.execute(
            select(Proposal.folio, Proposal.state, Session.consultation_id)
            .join(Session, Session.id == Proposal.session_id)
            .where(condition)
        ).one_or_none()
        return row and ProposalRecord(*row)
