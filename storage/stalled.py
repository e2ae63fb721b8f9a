"""A conversation whose time has come to be looked at, as the scheduler reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

REMINDER = "reminder"
"""The kind of due work that is a person to be reminded."""

EXPIRY = "expiry"
"""The kind that is a conversation to be ended, once nobody is reminded of it any more."""


@dataclass(frozen=True, slots=True)
class Stalled:
    """A session that was to be looked at by `due_at`.

    Attributes:
        step: how many reminders it was given.
        is_over: nobody is to be reminded of it: it has ended, its consultation is closed, its
            number has left, or another conversation goes on there. `state` is then empty.
        closes_at: when its consultation closes, where that is known.
        version: the contact's when this was read; whoever changes anything meanwhile moves it.
        turned_at: when the person last wrote.
        state: None where the key that sealed it is not given.
    """

    session_id: UUID
    step: int
    due_at: datetime
    is_over: bool
    person_id: UUID
    contact_id: UUID
    version: int
    revision_id: UUID
    edition: int
    channel: str
    turns: int
    turned_at: datetime
    closes_at: datetime | None
    state: str | None = field(repr=False)
