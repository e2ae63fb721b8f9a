from __future__ import annotations

import os
import signal
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

import bot.scheduler
from bot.scheduler import Chore, Schedule, run_scheduler

if TYPE_CHECKING:
    from datetime import datetime

    import pytest

    from tests.support.clock import Clock

HOUR, SOON = timedelta(hours=1), timedelta(0)


def test_a_chore_is_done_at_once_and_then_each_time_its_while_is_over(clock: Clock) -> None:
    done: list[datetime] = []
    schedule = Schedule([Chore("prune", timedelta(hours=1), done.append)])

    for _ in range(121):
        schedule.tick(clock())
        clock.advance(minutes=1)

    assert len(done) == 3
    assert done[1] - done[0] == timedelta(hours=1)


def test_a_chore_that_fails_is_told_once_tried_again_and_stops_no_other(clock: Clock) -> None:
    done: list[datetime] = []
    failures = iter([True, True, False])

    def fail(_now: datetime) -> None:
        if next(failures):
            raise OSError

    hour = timedelta(hours=1)
    schedule = Schedule([Chore("broken", hour, fail), Chore("sound", hour, done.append)])

    with capture_logs() as logs:
        for _ in range(4):
            schedule.tick(clock())

    assert len(done) == 1
    assert [log["event"] for log in logs] == ["chore_away", "chore_back"]


def test_the_scheduler_ends_when_it_is_asked_to(clock: Clock) -> None:
    before = signal.getsignal(signal.SIGTERM)

    run_scheduler(
        [Chore("end", timedelta(0), lambda _now: os.kill(os.getpid(), signal.SIGTERM))], clock
    )

    assert signal.getsignal(signal.SIGTERM) is before


def test_a_slow_chore_holds_up_no_other(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.scheduler, "TICK_SECONDS", 0.01)
    begun, goes_on = threading.Event(), threading.Event()

    def count(_now: datetime) -> None:
        begun.set()
        goes_on.wait()

    def end(_now: datetime) -> None:
        if begun.is_set():  # while it still counts
            os.kill(os.getpid(), signal.SIGTERM)

    run_scheduler([Chore("slow", HOUR, count, is_slow=True), Chore("quick", SOON, end)], clock)

    assert not goes_on.is_set()
    goes_on.set()
