"""What takes long to find is kept for some minutes, by each process for itself."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import datetime

KEEP = timedelta(minutes=5)

Key = TypeVar("Key", bound="Hashable")
Found = TypeVar("Found")


class Memory(Generic[Key, Found]):
    """Finds each thing once in five minutes, however many ask at once.

    Args:
        find: finds it.
        clock: gives the time.
    """

    def __init__(self, find: Callable[[Key], Found], clock: Callable[[], datetime]) -> None:
        self._find = find
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: dict[Key, tuple[datetime, Found]] = {}

    def get(self, key: Key) -> tuple[datetime, Found]:
        """Give when it was found, and what."""
        with self._lock:  # whoever asks meanwhile would look for the same
            now = self._clock()
            kept = self._kept.get(key)
            if kept is None or now - kept[0] >= KEEP:
                kept = self._kept[key] = (now, self._find(key))
            return kept
