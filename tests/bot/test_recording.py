"""The outcomes of many connections in one commit, each with its own end."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.recording import Outcome, Recorder
from storage.due import Taken
from storage.errors import DatabaseAwayError
from tests.support.clock import START
from tests.support.memory_outbox import MemoryOutbox
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from bot.outbox import Unit


class HeldUp(MemoryOutbox):
    """An outbox whose first commit waits until it is let go on."""

    def __init__(self) -> None:
        super().__init__()
        self.commits = 0
        self.goes_on = threading.Event()

    @contextmanager
    def unit(self) -> Iterator[MemoryOutbox]:
        self.commits += 1
        if self.commits == 1:
            self.goes_on.wait()
        with super().unit() as unit:
            yield unit


@pytest.fixture
def outbox() -> HeldUp:
    return HeldUp()


def take(id_: UUID) -> Outcome:
    return Outcome(Taken(id_, START, "SM1", 1))


def record(outbox: HeldUp, outcomes: list[Outcome], *, outage: int = 0) -> list[object]:
    """Record the first one, and the others while it is being committed; give what was raised."""
    recorder = Recorder(outbox)
    with ThreadPoolExecutor(len(outcomes)) as threads:
        first = threads.submit(recorder.record, outcomes[0])
        wait_for(lambda: outbox.commits, "the first commit")
        others = [threads.submit(recorder.record, one) for one in outcomes[1:]]
        wait_for(lambda: len(recorder._waiting) == len(others), "the others")  # noqa: SLF001
        outbox.outage = outage
        outbox.goes_on.set()
    return [one.exception() and type(one.exception()) for one in (first, *others)]


def test_what_comes_while_one_commits_is_committed_together(outbox: HeldUp) -> None:
    ids = [outbox.add(START) for _ in range(5)]

    def give_up(unit: Unit) -> None:
        unit.outbox.record_dead(ids[4], START, "21211")

    raised = record(outbox, [*map(take, ids[:4]), Outcome(give_up)])

    assert (raised, outbox.commits) == ([None] * 5, 2)
    assert outbox.states == ["sent"] * 4 + ["dead"]


def test_one_that_cannot_be_recorded_spoils_no_other(outbox: HeldUp) -> None:
    ids = [outbox.add(START) for _ in range(3)]

    def fail(_unit: Unit) -> None:
        raise ValueError

    raised = record(outbox, [take(ids[0]), take(ids[1]), Outcome(fail), take(ids[2])])

    assert raised == [None, None, ValueError, None]
    assert outbox.states == ["sent"] * 3


def test_each_is_told_that_the_database_is_away_and_may_come_again(outbox: HeldUp) -> None:
    ids = [outbox.add(START) for _ in range(3)]

    assert record(outbox, [*map(take, ids)], outage=2) == [DatabaseAwayError] * 3

    recorder = Recorder(outbox)
    for id_ in ids:
        recorder.record(take(id_))
    assert outbox.states == ["sent"] * 3
