"""How many requests somebody may make a minute: counted in Redis, or here while it is away.

Away, each process counts for itself: somebody may make a few times as many, and nobody is
locked out or let loose.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, cast

import redis

from bot.faults import Outage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

WINDOW_SECONDS = 60
SILENT_SECONDS = 5.0
"""How long Redis is left alone after it did not answer: the request waits for this."""


class Pace:
    """Counts requests by who makes them, in windows of a minute.

    Args:
        connection: should give up soon; it is on the way of a request.
        clock: gives the time, aware.
        seconds: runs on, whatever the clock does.
    """

    def __init__(
        self,
        connection: redis.Redis,
        clock: Callable[[], datetime],
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._outage = Outage("redis", rest=SILENT_SECONDS, seconds=seconds)
        self._lock = threading.Lock()
        self._window = 0
        self._counts: Counter[str] = Counter()

    def wait(self, who: str, most: int) -> int:
        """Count a request; give the seconds to wait before another, 0 where it may be made."""
        now = self._clock().timestamp()
        window = int(now // WINDOW_SECONDS)
        # Kept as a hash: an address is nobody else's business.
        key = hashlib.sha256(who.encode("utf-8", "replace")).hexdigest()[:32]
        count = self._count_there(f"puente:pace:{key}:{window}")
        if count is None:
            count = self._count_here(key, window)
        return 0 if count <= most else int((window + 1) * WINDOW_SECONDS - now) + 1

    def _count_there(self, key: str) -> int | None:
        if self._outage.is_resting:
            return None
        try:
            with self._connection.pipeline() as pipeline:
                pipeline.incr(key)
                pipeline.expire(key, 2 * WINDOW_SECONDS)
                count = cast("int", pipeline.execute()[0])
        except redis.RedisError as error:
            self._outage.begin(error)
            return None
        self._outage.end()
        return count

    def _count_here(self, key: str, window: int) -> int:
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts.clear()
            self._counts[key] += 1
            return self._counts[key]
