"""Keeping processes alive: one that dies is started again, all end together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import structlog

from puente.orphans import PARENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TICK_SECONDS = 0.1
SECONDS_TO_END = 15
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
SECONDS_TO_PROVE = 60.0
"""Who lived that long is started again at once when it dies."""

_log = structlog.get_logger(__name__)


class Child(Protocol):
    """Something the supervisor keeps alive."""

    @property
    def name(self) -> str:
        """Its name, for the log."""

    def start(self) -> object:
        """Start it; may raise `OSError` or `RuntimeError`, and is then tried again."""

    def is_running(self) -> bool:
        """Tell whether it lives."""

    def ask_to_end(self) -> None:
        """Ask it to end, without waiting; who serves the others may go on until `stop`."""

    def stop(self) -> None:
        """Wait until it has ended, and end it by force when that takes too long."""


class PuenteProcess:
    """Another command of ours, `puente …`, in a process of its own."""

    def __init__(self, name: str, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        self.name = name
        self._command = [sys.executable, "-m", "puente", *arguments]
        self._environ = environ
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it ends itself when this process is killed."""
        self._process = subprocess.Popen(  # noqa: S603 - our own command line
            self._command,
            env={**self._environ, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            # Ctrl-C in the terminal is for the supervisor, which ends its children in order.
            start_new_session=True,
        )

    def is_running(self) -> bool:
        """Tell whether it lives."""
        return self._process is not None and self._process.poll() is None

    def ask_to_end(self) -> None:
        """Ask it to end, without waiting."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Wait until it has ended, and end it by force when that takes too long."""
        if self._process is None:
            return
        try:
            self._process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@dataclass
class _Care:
    """What the supervisor remembers of one child."""

    child: Child
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = FIRST_PAUSE
    was_running: bool = field(default=False)


class Supervisor:
    """Keeps its children alive until SIGTERM or SIGINT.

    Args:
        children: started in this order, ended in the opposite one.
        seconds: a clock that never goes back.
    """

    def __init__(
        self, children: Sequence[Child], seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._cares = [_Care(child) for child in children]
        self._seconds = seconds
        self._ending = threading.Event()

    def run(self, tick: Callable[[], None] = lambda: None) -> None:
        """Start all and keep them alive; `tick` is called ten times a second."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: self._ending.set())
        try:
            while not self._ending.is_set():
                self.look_after()
                tick()
                self._ending.wait(TICK_SECONDS)
        finally:
            self.end()

    def look_after(self) -> None:
        """Start every child that is not alive and whose pause is over."""
        for care in self._cares:
            if care.child.is_running():
                care.was_running = True
                continue
            now = self._seconds()
            if care.was_running:
                care.was_running = False
                self._note_death(care, now)
            if now >= care.start_at:
                self._start(care, now)

    def end(self) -> None:
        """End all children, the last started first."""
        for care in reversed(self._cares):
            care.child.ask_to_end()
        for care in reversed(self._cares):
            care.child.stop()

    def _note_death(self, care: _Care, now: float) -> None:
        if now - care.started_at > SECONDS_TO_PROVE:
            care.pause = FIRST_PAUSE
        care.start_at = now + care.pause
        _log.error("process_died", name=care.child.name, seconds_to_restart=care.pause)
        care.pause = min(2 * care.pause, LONGEST_PAUSE)

    def _start(self, care: _Care, now: float) -> None:
        care.started_at = now
        care.was_running = True
        try:
            care.child.start()
        except (OSError, RuntimeError) as error:
            _log.error("process_not_started", name=care.child.name, exc_info=error)
