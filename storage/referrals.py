"""Messages beyond the consultation as staff see them, in plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

PENDING = "pendiente"
"""How a message stands that nobody has looked at."""


@dataclass(frozen=True, slots=True)
class BeyondMessage:
    """A message that was no part of a consultation.

    Attributes:
        session_id: the conversation it came in, None where it came in none.
        slug: of that conversation's consultation, or empty.
        state: what was done about it.
        note: to which institution, or what else staff remember.
        who: did it; empty where nobody has.
    """

    id: UUID
    person_id: UUID
    session_id: UUID | None
    slug: str
    channel: str
    text: str = field(repr=False)
    at: datetime
    state: str
    note: str = field(repr=False)
    who: str
    done_at: datetime | None
