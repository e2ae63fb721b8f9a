"""What became of messages that were no part of a consultation."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Referral(Base):
    """What staff did about a message; one that nobody has looked at has no row.

    `sealed_note`: to which institution, or what else they want to remember. It goes with the
    message, on which no foreign key stands, as messages are pruned by age.
    """

    __tablename__ = "referral"

    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[str]
    sealed_note: Mapped[bytes]
    who: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
