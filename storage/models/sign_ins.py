"""Wrong passwords, counted before they are looked at."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations

from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class SignInAttempts(Base):
    """Wrong passwords of one account, or from one address, by a keyed hash of either.

    An account nobody has is counted too, so this is no column of `staff_user`.
    """

    __tablename__ = "sign_in_attempts"

    key: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    since_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
