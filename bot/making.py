"""The part of a worker that makes files: what takes seconds or minutes, and nobody waits for."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from bot.faults import Outage

if TYPE_CHECKING:
    from collections.abc import Callable

    MakeFile = Callable[[Callable[[], bool]], bool]

POLL_SECONDS = 1.0


def make_nothing(_is_stopping: Callable[[], bool]) -> bool:
    """Find that no file waits."""
    return False


class FileThread:
    """Makes one file after the other, beside what is sent; looks for them at least once a second.

    Args:
        make_file: makes the file that has waited longest; False where none waits. It asks the
            function it is given whether to stop.
        stop: ends the thread.
    """

    def __init__(self, make_file: MakeFile, stop: threading.Event) -> None:
        self._make_file = make_file
        self._stop = stop
        self._woken = threading.Event()
        self._outage = Outage("export")
        self._thread = threading.Thread(target=self._run, name="files")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self, _job_id: str = "") -> None:
        """Look at once. Which file is made first the database says."""
        self._woken.set()

    def join(self) -> None:
        """Wait for its end, once `stop` is set."""
        self.wake()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            if not self._make_one():
                self._woken.wait(POLL_SECONDS)
                self._woken.clear()

    def _make_one(self) -> bool:
        """Make a file; what goes wrong is told once, and by kind only."""
        with self._outage.endured():
            return self._make_file(self._stop.is_set)
        return False
