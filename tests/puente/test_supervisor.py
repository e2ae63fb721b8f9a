from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from puente.orphans import PARENT
from puente.supervisor import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    SECONDS_TO_PROVE,
    PuenteProcess,
    Supervisor,
)
from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator


class FakeChild:
    """A child that dies when told."""

    def __init__(self, name: str, events: list[str]) -> None:
        self.name = name
        self.starts = 0
        self.is_alive = False
        self.refuses = False
        self._events = events

    def start(self) -> None:
        self.starts += 1
        if self.refuses:
            raise RuntimeError("no")
        self.is_alive = True

    def is_running(self) -> bool:
        return self.is_alive

    def ask_to_end(self) -> None:
        self._events.append(f"ask {self.name}")

    def stop(self) -> None:
        self._events.append(f"stop {self.name}")
        self.is_alive = False


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def keep_signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_children_are_started_once_while_they_live() -> None:
    child = FakeChild("web", [])
    supervisor = Supervisor([child])
    supervisor.look_after()
    supervisor.look_after()
    assert child.starts == 1


def test_a_child_that_dies_is_started_again_after_a_growing_pause() -> None:
    child, seconds = FakeChild("web", []), Seconds()
    supervisor = Supervisor([child], seconds)
    supervisor.look_after()
    pause = FIRST_PAUSE
    for starts in range(1, 10):
        child.is_alive = False
        supervisor.look_after()
        seconds.now += pause - 0.01
        supervisor.look_after()
        assert child.starts == starts
        seconds.now += 0.02
        supervisor.look_after()
        assert child.starts == starts + 1
        pause = min(pause * 2, LONGEST_PAUSE)


def test_who_lived_long_is_started_again_soon() -> None:
    child, seconds = FakeChild("web", []), Seconds()
    supervisor = Supervisor([child], seconds)
    supervisor.look_after()
    for _ in range(5):
        seconds.now += SECONDS_TO_PROVE + 1
        child.is_alive = False
        supervisor.look_after()
        seconds.now += FIRST_PAUSE + 0.01
        supervisor.look_after()
    assert child.starts == 6


def test_a_child_that_cannot_start_is_tried_again() -> None:
    child, seconds = FakeChild("valkey", []), Seconds()
    child.refuses = True
    supervisor = Supervisor([child], seconds)
    supervisor.look_after()
    child.refuses = False
    supervisor.look_after()
    assert child.starts == 1
    seconds.now += FIRST_PAUSE + 0.01
    supervisor.look_after()
    assert (child.starts, child.is_alive) == (2, True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_all_the_last_started_first(number: signal.Signals) -> None:
    events: list[str] = []
    first, second = FakeChild("valkey", events), FakeChild("web", events)
    ticks = iter([None, None])

    def tick() -> None:
        if next(ticks, number) is number:
            os.kill(os.getpid(), number)

    Supervisor([first, second]).run(tick)
    assert events == ["ask web", "ask valkey", "stop web", "stop valkey"]


def test_children_end_also_when_the_supervisor_fails() -> None:
    events: list[str] = []

    def tick() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Supervisor([FakeChild("web", events)]).run(tick)
    assert events == ["ask web", "stop web"]


def test_a_command_runs_in_a_process_of_its_own() -> None:
    process = PuenteProcess("help", ["--help"], os.environ)
    assert not process.is_running()
    process.ask_to_end()
    process.stop()
    process.start()
    assert process.is_running()
    wait_for(lambda: not process.is_running(), "the help to be written")


def test_a_process_that_does_not_end_is_ended_by_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("puente.supervisor.SECONDS_TO_END", 0.01)
    process = PuenteProcess("stubborn", [], {})
    vars(process)["_command"] = [sys.executable, "-c", "import time; time.sleep(60)"]
    process.start()
    process.stop()
    assert not process.is_running()


def test_a_child_whose_parent_is_already_gone_ends_at_once() -> None:
    process = PuenteProcess("orphan", ["--help"], os.environ)
    code = f"import os; os.environ['{PARENT}'] = '1'; import puente.__main__"
    vars(process)["_command"] = [sys.executable, "-c", code]
    process.start()
    wait_for(lambda: not process.is_running(), "the orphan to end")
    assert vars(process)["_process"].returncode == -signal.SIGTERM


def test_an_orphan_that_heeds_no_signal_is_ended_by_force() -> None:
    process = PuenteProcess("deaf", [], os.environ)
    code = """
import signal, time
from puente.orphans import insist_on_end
signal.signal(signal.SIGTERM, signal.SIG_IGN)
insist_on_end(parent=1, seconds=0.01)
time.sleep(60)
"""
    vars(process)["_command"] = [sys.executable, "-c", code]
    process.start()
    wait_for(lambda: not process.is_running(), "the orphan to end")
    assert vars(process)["_process"].returncode == -signal.SIGKILL


def test_a_process_whose_threads_wait_for_each_other_is_ended_by_the_kernel() -> None:
    process = PuenteProcess("frozen", [], os.environ)
    code = """
import ctypes, os, puente.orphans
puente.orphans.FROZEN_SECONDS = 0.1
puente.orphans.insist_on_end(os.getppid(), seconds=0.1)
ctypes.PyDLL(None).pause()  # with the interpreter's lock in its hands
"""
    vars(process)["_command"] = [sys.executable, "-c", code]
    process.start()
    wait_for(lambda: not process.is_running(), "the frozen one to end")
    assert vars(process)["_process"].returncode == -signal.SIGALRM
