"""Ending a background process cleanly: SIGTERM and SIGINT set an event."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from types import FrameType


@contextmanager
def stopping(stop: threading.Event) -> Iterator[None]:
    """Let both signals set `stop`, in the main thread; what they did before comes back."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
