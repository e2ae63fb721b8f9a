"""Figures counted ahead, so that no page waits for them."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Rollup(Base):
    """A consultation's figures as they were `at` a time.

    `counts` is JSON: hour, channel, outcome and number of sessions, a list of four each. So is
    `people_by_hour`, or empty: the questions asked, then for each hour a list of four numbers.
    """

    __tablename__ = "rollup"

    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    at: Mapped[datetime]
    milliseconds: Mapped[int]
    people: Mapped[int]
    counts: Mapped[str]
    people_by_hour: Mapped[str] = mapped_column(server_default="")
