"""What people said: sessions, messages, answers, proposals."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations
from uuid import UUID  # noqa: TC003

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Session(Base):
    """One person's way through one revision. `alert` is set by integrity checks.

    Columns that every turn changes have no index, so that the change stays in its page.
    """

    __tablename__ = "session"
    __table_args__ = (
        Index(None, "person_id", "started_at"),
        Index(None, "consultation_id", "id"),
        Index(
            "ix_session_leader_id",
            "leader_id",
            postgresql_where=text("leader_id IS NOT NULL"),
            sqlite_where=text("leader_id IS NOT NULL"),
        ),
        Index(
            "uq_session_folio",
            "folio",
            unique=True,
            postgresql_where=text("folio IS NOT NULL"),
            sqlite_where=text("folio IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey("consultation.id"))
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("revision.id"))
    sealed_state: Mapped[bytes]
    language: Mapped[str]
    channel: Mapped[str]
    mode: Mapped[str]
    turns: Mapped[int]
    position: Mapped[str | None]
    outcome: Mapped[str | None]
    folio: Mapped[str | None]
    started_at: Mapped[datetime]
    turned_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    publish: Mapped[bool | None]
    publish_at: Mapped[datetime | None]
    write_back: Mapped[bool | None]
    write_back_at: Mapped[datetime | None]
    alert: Mapped[str]
    leader_id: Mapped[UUID | None] = mapped_column(ForeignKey("leader.id"))


_BEYOND = text("kind = 'canalizar'")


class Message(Base):
    """One message in, or out in answer to it. `person_id`: whose turn it was.

    `kind` is `canalizar` where it is no part of the consultation, and somebody is to see it.

    `form` is the phone screen it fits: a channel has one, but the simulator plays all three.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_beyond", "id", postgresql_where=_BEYOND, sqlite_where=_BEYOND),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("session.id"))
    direction: Mapped[str]
    channel: Mapped[str]
    sealed_text: Mapped[bytes]
    at: Mapped[datetime]
    provider_id: Mapped[str]
    segments: Mapped[int]
    kind: Mapped[str]
    form: Mapped[str]


_CURRENT = text("superseded_at IS NULL")
_SUPERSEDED = text("superseded_at IS NOT NULL")
_HEARD = text("heard AND superseded_at IS NULL")


class Answer(Base):
    """An answer; a change supersedes it, and nothing is overwritten.

    `sealed_text` is what was received, None where that is the value itself ("2"), which
    spares most answers the work. `edition` is the r.n the person was shown. `heard`: it came
    as a voice note, or says what staff understood of one.
    """

    __tablename__ = "answer"
    __table_args__ = (
        Index(
            "uq_answer_current",
            "session_id",
            "question",
            unique=True,
            postgresql_where=_CURRENT,
            sqlite_where=_CURRENT,
        ),
        Index(
            "ix_answer_superseded",
            "session_id",
            postgresql_where=_SUPERSEDED,
            sqlite_where=_SUPERSEDED,
        ),
        Index("ix_answer_heard", "session_id", postgresql_where=_HEARD, sqlite_where=_HEARD),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"))
    question: Mapped[str]
    kind: Mapped[str]
    value: Mapped[str]
    sealed_text: Mapped[bytes | None]
    language: Mapped[str]
    channel: Mapped[str]
    mode: Mapped[str]
    edition: Mapped[int]
    heard: Mapped[bool]
    at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]


class Proposal(Base):
    """The proposal of a session: what now answers `question` there, under its folio."""

    __tablename__ = "proposal"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("session.id"), unique=True)
    question: Mapped[str]
    folio: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
