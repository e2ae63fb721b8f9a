"""`puente scheduler`: ticks; what is due is rows, so two of them do no harm."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.faults import Outage
from bot.signals import stopping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, timedelta

TICK_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to be done from time to time, by whoever comes first.

    `run` takes the time; done twice at once it must have done it once. What `is_slow` is done
    beside the others, which it would hold up.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], object]
    is_slow: bool = False


class Schedule:
    """Which chores are due: each at once, then each after its own while."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._chores = [(chore, Outage("chore", chore=chore.name)) for chore in chores]
        self._done_at: dict[str, datetime] = {}

    def tick(self, now: datetime) -> None:
        """Do what is due; one that fails is told once and tried again at the next tick."""
        for chore, outage in self._chores:
            done_at = self._done_at.get(chore.name)
            if done_at is not None and now < done_at + chore.every:
                continue
            with outage.endured():  # one chore must not stop the others
                chore.run(now)
                self._done_at[chore.name] = now


def run_scheduler(chores: Sequence[Chore], clock: Callable[[], datetime]) -> None:
    """Tick once a second until SIGTERM or SIGINT; a slow chore may be left off in its middle.

    To be called in the main thread of a process of its own.
    """
    stop = threading.Event()
    slow = Schedule([chore for chore in chores if chore.is_slow])
    with stopping(stop):
        threading.Thread(target=_tick_on, args=(slow, clock, stop), daemon=True).start()
        _tick_on(Schedule([chore for chore in chores if not chore.is_slow]), clock, stop)


def _tick_on(schedule: Schedule, clock: Callable[[], datetime], stop: threading.Event) -> None:
    while not stop.is_set():
        schedule.tick(clock())
        stop.wait(TICK_SECONDS)
