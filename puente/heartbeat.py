"""Signs of life: each process that serves or works says every ten seconds that it lives.

`/metrics` and `puente doctor` read them, from any host. They say that a process is there; whether
it gets through its work is said by how old the queues are.
"""

from __future__ import annotations

import os
import socket
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.faults import Outage
from storage.repositories.heartbeats import Beat

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from storage.database import Database

EVERY = timedelta(seconds=10)
LATE = timedelta(minutes=1)
"""Who has given no sign for so long is gone, or its host's clock is wrong."""
FORGOTTEN = timedelta(days=1)
LAST_SECONDS = 1.0
"""No process that is to end waits longer for a database."""


def start_beating(
    database: Database, process: str, clock: Callable[[], datetime]
) -> Callable[[], None]:
    """Say from now on that this process lives.

    Args:
        database: where it is said.
        process: `web`, `admin`, `worker` or `scheduler`.
        clock: the time, aware UTC.

    Returns:
        What says that it has ended of its own accord, and waits for that a moment.
    """
    started_at, host, stop = clock(), socket.gethostname(), threading.Event()
    outage = Outage("heartbeat")

    def beat_on() -> None:
        while not stop.is_set():
            with outage.endured(), database.unit() as unit:
                unit.heartbeats.beat(make_beat())
                unit.heartbeats.forget(clock() - FORGOTTEN)
            stop.wait(EVERY.total_seconds())
        with outage.endured(), database.unit() as unit:
            unit.heartbeats.end(make_beat())

    def make_beat() -> Beat:
        return Beat(host, process, os.getpid(), started_at, clock())

    def end() -> None:
        stop.set()
        thread.join(LAST_SECONDS)

    thread = threading.Thread(target=beat_on, name="heartbeat", daemon=True)
    thread.start()
    return end
