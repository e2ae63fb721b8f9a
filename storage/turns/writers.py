"""One writer at a time in this process: SQLite has one write lock, and waits by polling."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from storage.engines import BUSY_SECONDS
from storage.errors import DatabaseAwayError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Writers:
    """The queue of this process's writers."""

    def __init__(self, patience: float = BUSY_SECONDS) -> None:
        self._lock = Lock()
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn to write, and hold it.

        Raises:
            DatabaseAwayError: somebody held it too long.
        """
        if not self._lock.acquire(timeout=self._patience):
            raise DatabaseAwayError("another writer of this process does not end")
        try:
            yield
        finally:
            self._lock.release()
