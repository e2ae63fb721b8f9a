"""What a broadcast will take, said before anybody starts it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.pacing import Lane

STEP = timedelta(minutes=5)
A_DAY = timedelta(days=1)
LONGEST = timedelta(days=366)

UNPACED = 10.0
"""Segments a second of a channel without `rate`: what most aggregators take at least."""


def estimate_end(
    now: datetime, messages: int, segments: int, lane: Lane, is_decent: Callable[[datetime], bool]
) -> datetime | None:
    """Say when the last message will have gone, by day alone.

    Args:
        now: when it begins.
        messages: how many.
        segments: of each.
        lane: the channel's pace and daily cap.
        is_decent: tells whether people may be written to at a time.

    Returns:
        The time; None where it would take longer than a year.
    """
    in_a_step = (lane.pace or UNPACED) * STEP.total_seconds() / segments
    left, at, today, day_ends = float(messages), now, 0.0, now
    while left > 0:
        if at >= now + LONGEST:
            return None
        if is_decent(at):
            if at >= day_ends:
                today, day_ends = float(lane.daily or messages), at + A_DAY
            sent = min(in_a_step, today, left)
            today -= sent
            left -= sent
            if left <= 0:
                return at + STEP * (sent / in_a_step)
        at += STEP
    return at
