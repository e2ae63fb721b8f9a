"""Keeping a channel's pace: a leased message is sent in its slot, or not by this lease."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storage.due import DueMessage

SHARE = 0.97
"""Of the rate that is used: slots may be late, and the provider counts by its own clock."""

LATE = timedelta(seconds=0.2)
"""A slot later than this is given up: ten seconds' sending never exceeds ten seconds' rate
(0.97 of 10.2 seconds)."""

NAP_SECONDS = 0.2
"""How long a wait for a slot goes on before a stop is noticed."""


@dataclass(frozen=True, slots=True)
class Lane:
    """How one channel may be used.

    Attributes:
        rate: segments a second; 0 for as fast as the provider takes them.
        fallback: the channel to try where this one will not take a message, or empty.
        daily: messages a day; 0 for as many as there are.
    """

    rate: float = 0
    fallback: str = ""
    daily: int = 0

    @property
    def pace(self) -> float:
        """Segments a second that slots are given for."""
        return self.rate * SHARE


def reach_slot(
    due: DueMessage,
    clock: Callable[[], datetime],
    pause: Callable[[float], None],
    is_stopping: Callable[[], bool],
) -> bool:
    """Wait for a message's slot; False where it has gone by, or sending is to stop."""
    if due.send_at is None:
        return True
    while (left := (due.send_at - clock()).total_seconds()) > 0:
        if is_stopping():
            return False
        pause(min(left, NAP_SECONDS))
    return clock() <= due.send_at + LATE
