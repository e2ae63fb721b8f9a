"""Proposals, as the citizen who made one may ask after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from storage.models import Proposal, Session
from storage.records import ProposalRecord

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as Work


class Proposals:
    """Proposals inside one unit."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def find(self, folio: str) -> ProposalRecord | None:
        """Find a proposal by its folio."""
        row = self._work.execute(
            select(Proposal.folio, Proposal.state, Session.consultation_id)
            .join(Session, Session.id == Proposal.session_id)
            .where(Proposal.folio == folio)
        ).one_or_none()
        return row and ProposalRecord(*row)
