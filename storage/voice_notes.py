"""What staff see of voice notes and write down about them, in plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

FIRST, SECOND, SPLIT, DONE = "first", "second", "split", "done"
"""Nobody has listened; a second coder is to; the two differ; nothing is left to do."""


@dataclass(frozen=True, slots=True)
class Coder:
    """Who listens; `settles`: she may decide where two others understood different things."""

    email: str
    settles: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """What somebody understood: the answer's value and her words, as an answer keeps them."""

    value: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class VoiceCount:
    """How many notes in one language wait at one stage."""

    language: str
    stage: str
    notes: int


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """A note in the queue.

    Attributes:
        id: of the answer that it is.
        has_sound: whether it has been fetched from the provider.
    """

    id: UUID
    question: str
    language: str
    stage: str
    at: datetime
    has_sound: bool


@dataclass(frozen=True, slots=True)
class TakenNote:
    """A note that somebody holds until a time.

    Attributes:
        name: of its sealed file; empty where the provider has not given it out.
        kind: its content type, as found.
        codings: what was understood so far, the first coder's first.
    """

    id: UUID
    session_id: UUID
    contact_id: UUID
    person_id: UUID
    persons: int
    question: str
    language: str
    stage: str
    at: datetime
    until: datetime
    name: str
    kind: str
    codings: tuple[Understood, ...] = field(repr=False)
