"""One session at a time, as staff look into it, in plain records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from storage.reported import ReportedSession

UNREVIEWED = "recibida"
"""How a proposal stands that nobody has looked at."""


@dataclass(frozen=True, slots=True)
class SessionFilter:
    """Which sessions to look at; what is None or empty leaves nothing out.

    Attributes:
        standing: how they stand; `""` while they go on.
        place: the INE code they begin with, in an answer to one of `place_questions`.
        since, until: when they began, the second left out.
        review: how their proposal stands.
        is_alerted: only those an integrity check marked.
        has_words: only those with an open answer.
    """

    standing: str | None = None
    channel: str = ""
    language: str = ""
    place: str = ""
    place_questions: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None
    review: str = ""
    folio: str = ""
    is_alerted: bool = False
    has_words: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody decided about a proposal, the `number`th time.

    Attributes:
        state: key of `admin.reviews.REVIEWS`.
        reason: in the words of who decided.
    """

    number: int
    state: str
    reason: str = field(repr=False)
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportedProposal:
    """A proposal as staff see it; the first review that nobody made is `UNREVIEWED`."""

    id: UUID
    session_id: UUID
    question: str
    folio: str
    is_erased: bool
    reviews: tuple[Review, ...]

    @property
    def state(self) -> str:
        """Say how it stands now."""
        return self.reviews[-1].state if self.reviews else UNREVIEWED

    @property
    def number(self) -> int:
        """Count how often somebody decided."""
        return len(self.reviews)


@dataclass(frozen=True, slots=True)
class Listed:
    """A session in a list, with its proposal where it made one."""

    session: ReportedSession
    proposal: ReportedProposal | None


@dataclass(frozen=True, slots=True)
class SaidMessage:
    """One message of a conversation; `direction` is `in` or `out`, seen from us.

    `state` is that of the outbox, empty for what answered at once, and `code` why it was not
    taken or did not arrive. The text of a `kind` `voice` is the file of a recording.
    """

    id: UUID
    direction: str
    channel: str
    form: str
    text: str = field(repr=False)
    at: datetime
    segments: int
    state: str = ""
    kind: str = "reply"
    code: str = ""


@dataclass(frozen=True, slots=True)
class ContactAddress:
    """Where a contact is reached."""

    scheme: str
    value: str = field(repr=False)
