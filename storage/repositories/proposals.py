"""Proposals: as the citizen who made one may ask after it, and as staff decide about it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from storage.dossiers import ReportedProposal, Review
from storage.errors import OvertakenError
from storage.models import Proposal, ProposalReview, Session
from storage.records import ProposalRecord
from storage.repositories.session_filters import ERASED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from sqlalchemy.orm import Session as Work

    from storage.sealing import Sealer


class Proposals:
    """Proposals inside one unit."""

    def __init__(self, work: Work, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def find(self, folio: str) -> ProposalRecord | None:
        """Find a proposal by its folio."""
        row = self._work.execute(
            select(Proposal.folio, Proposal.state, Session.consultation_id)
            .join(Session, Session.id == Proposal.session_id)
            .where(Proposal.folio == folio)
        ).one_or_none()
        return row and ProposalRecord(*row)

    def of_sessions(self, sessions: Collection[UUID]) -> dict[UUID, ReportedProposal]:
        """Give the proposals that some sessions have made, by session, as staff see them."""
        rows = list(self._work.scalars(select(Proposal).where(Proposal.session_id.in_(sessions))))
        reviews = self._reviews([row.id for row in rows])
        return {
            row.session_id: ReportedProposal(
                row.id,
                row.session_id,
                row.question,
                row.folio,
                row.state == ERASED,
                tuple(reviews[row.id]),
            )
            for row in rows
        }

    def review(self, proposal_id: UUID, review: Review) -> None:
        """Keep what somebody decided about a proposal.

        Raises:
            OvertakenError: somebody else decided meanwhile: that `number` is taken.
        """
        place = _place(proposal_id, review.number)
        row = {
            "proposal_id": proposal_id,
            "number": review.number,
            "state": review.state,
            "sealed_reason": self._sealer.seal("proposal_review", place, review.reason),
            "who": review.who,
            "at": review.at,
        }
        try:
            self._work.execute(insert(ProposalReview).values(row))
        except IntegrityError:
            raise OvertakenError("somebody else decided about it meanwhile") from None

    def _reviews(self, proposals: Collection[UUID]) -> Mapping[UUID, list[Review]]:
        query = select(ProposalReview).where(ProposalReview.proposal_id.in_(proposals))
        found: defaultdict[UUID, list[Review]] = defaultdict(list)
        for row in self._work.scalars(query.order_by(ProposalReview.number)):
            place = _place(row.proposal_id, row.number)
            reason = self._sealer.open("proposal_review", place, row.sealed_reason)
            found[row.proposal_id].append(Review(row.number, row.state, reason, row.who, row.at))
        return found


def _place(proposal_id: UUID, number: int) -> bytes:
    return proposal_id.bytes + number.to_bytes(4, "big")
