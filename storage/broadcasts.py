"""A broadcast as commands and the scheduler see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class BroadcastRecord:
    """One text to everybody on a list; see `storage.models.broadcasts.Broadcast`.

    Attributes:
        segments: SMS segments of the text.
        watched_at: since when losses count against it.
        price, budget: thousandths of a quetzal; of one segment, and of all (None: no limit).
    """

    id: UUID
    consultation_id: UUID
    channel: str
    text: str = field(repr=False)
    segments: int
    price: int
    budget: int | None
    state: str
    why: str
    who: str
    created_at: datetime
    watched_at: datetime

    @property
    def cost(self) -> int:
        """What one message costs, in thousandths of a quetzal."""
        return self.price * self.segments


@dataclass(frozen=True, slots=True)
class Results:
    """How the messages of a broadcast stand.

    Attributes:
        total: all that were given to the outbox.
        waiting: of these, to go out.
        ended: those that went out, or not, since it was last started.
        lost: of these, given up, refused or in doubt.
    """

    total: int
    waiting: int
    ended: int
    lost: int


@dataclass(frozen=True, slots=True)
class Disposition:
    """How one person on the list stands: exactly one thing is said of each.

    Attributes:
        about: `session` (`what`: its outcome, empty while it goes on), `message` (its state in
            the outbox), `person` (`left`, `erased`) or `invitee` (its state there).
    """

    about: str
    what: str
