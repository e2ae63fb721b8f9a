"""What people sent that is not text."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base

_WAITING = text("state = 'waiting'")


class Media(Base):
    """A voice note, picture or paper: with its provider until a job has fetched it.

    `content_type` is what the provider says, `kind` what was found; `name` is that of the
    sealed file. No foreign key stands on the answer, which a change of mind supersedes.
    States: `waiting`, `kept`, `refused`.
    """

    __tablename__ = "media"
    __table_args__ = (
        Index("ix_media_waiting", "due_at", postgresql_where=_WAITING, sqlite_where=_WAITING),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id"))
    answer_id: Mapped[UUID | None]
    channel: Mapped[str]
    sealed_url: Mapped[bytes]
    content_type: Mapped[str]
    state: Mapped[str]
    tries: Mapped[int]
    due_at: Mapped[datetime]
    at: Mapped[datetime]
    name: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int]
    code: Mapped[str]
