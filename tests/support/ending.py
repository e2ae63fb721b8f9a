"""Ending what runs in this process's main thread as it is ended in earnest: by SIGTERM."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.support.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def ended_when(is_done: Callable[[], bool], what: str) -> Iterator[None]:
    """Send this process a SIGTERM as soon as something is so; fail where it never is."""
    failures: list[AssertionError] = []
    ended = threading.Event()

    def watch() -> None:
        try:
            wait_for(lambda: ended.is_set() or is_done(), what, seconds=10)
        except AssertionError as failure:
            failures.append(failure)
        if not ended.is_set():
            os.kill(os.getpid(), signal.SIGTERM)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        ended.set()  # it may have failed by itself: then the tests' process goes on
        watcher.join()
    for failure in failures:
        raise failure
    assert is_done(), f"ended before {what}"
