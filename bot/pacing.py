"""Keeping a channel's pace: a leased message is sent in its slot, or not by this lease.

And leasing no more at once than is soon sent: what has just come in is leased next.
"""

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

MOST = 100
"""How many messages are leased at once at most."""

FIRST = 20
"""So many while nobody knows how long one takes."""

WHILE_SECONDS = 1.0
"""How long a lease is to keep a connection: a reply waits for that behind bulk."""

LAG_SECONDS = LATE.total_seconds() / 2
"""How far behind its slots a connection may fall with one lease, half of what is too late."""


@dataclass(frozen=True, slots=True)
class Lane:
    """How one channel may be used.

    Attributes:
        rate: segments a second; 0 for as fast as the provider takes them.
        fallback: the channel to try where this one will not take a message, or empty.
        daily: messages a day; 0 for as many as there are.
        price: quetzales a segment; 0 where nobody has said.
    """

    rate: float = 0
    fallback: str = ""
    daily: int = 0
    price: float = 0

    @property
    def pace(self) -> float:
        """Segments a second that slots are given for."""
        return self.rate * SHARE


class Tempo:
    """How long a channel takes for a message, and how many are leased at once therefore."""

    def __init__(self) -> None:
        self._seconds = WHILE_SECONDS / FIRST

    def note(self, spent: timedelta) -> None:
        """Note how long one took; each counts for a tenth, so that one does not decide."""
        self._seconds += (spent.total_seconds() - self._seconds) / 10

    def fit(self, pace: float) -> int:
        """Say how many to lease where slots are given for `pace` segments a second, 0 for none.

        A connection that takes longer for a message than a slot is long falls behind with each:
        the rest is for the other connections.
        """
        most = WHILE_SECONDS / max(self._seconds, WHILE_SECONDS / MOST)
        lag = self._seconds - 1 / pace if pace else 0
        return max(1, int(min(most, LAG_SECONDS / lag) if lag > 0 else most))


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
