"""What tables and pages read of a consultation: sessions with their answers, in plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class ReportedAnswer:
    """An answer; `is_current` False where a later one replaced it or its question fell away."""

    question: str
    value: str = field(repr=False)
    text: str = field(repr=False)
    language: str
    channel: str
    mode: str
    at: datetime
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class ReportedSession:
    """A session as exports see it.

    Attributes:
        outcome: how it ended; `opted_out` where its number left before it ended; None while
            it goes on.
        community: what the leader she came by belongs to, or empty.
        publish: whether her words may be published; None where she was not asked.
        answered_at: when its last current answer came in; None without any.
    """

    id: UUID
    person_id: UUID
    revision_id: UUID
    folio: str
    language: str
    channel: str
    mode: str
    community: str
    outcome: str | None
    publish: bool | None
    alert: str
    started_at: datetime
    answered_at: datetime | None
    answers: tuple[ReportedAnswer, ...]
