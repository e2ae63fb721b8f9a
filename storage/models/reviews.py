"""What staff decide about proposals."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class ProposalReview(Base):
    """How a proposal stands after somebody looked at it, the `number`th time; never changed.

    The key keeps two people from deciding at once. What citizens are told is the proposal's
    own `state`: a review is for staff alone.
    """

    __tablename__ = "proposal_review"

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    sealed_reason: Mapped[bytes]
    who: Mapped[str]
    at: Mapped[datetime]
