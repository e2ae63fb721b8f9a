"""`puente worker`: sends what stands in the outbox and makes files, with Redis or without.

Each channel has a thread that looks for due messages once a second, and others that help it
while there is work; one thread looks for files to be made. That alone does everything. The main
thread takes rq's wake-ups, which make it sooner.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import redis
from rq import SimpleWorker
from rq.exceptions import StopRequested

from bot.faults import Outage
from bot.jobs import DRAIN, EXPORT, QUEUE, SERIALIZER, make_job_class
from bot.making import FileThread, make_nothing
from bot.signals import stopping

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import FrameType

    from bot.delivery import Delivery
    from bot.making import MakeFile

POLL_SECONDS = 1.0
SENDERS = 16
"""Connections a channel is sent on at once: each waits some 50 ms for a provider far away, and
what became of their messages is committed together."""
RETURN_SECONDS = 2.0
"""How long Redis is left alone after it went away."""
IDLE_SECONDS = 500
"""Longer than rq waits for a job at once (405); redis-py by itself gives up after 5."""


def run_worker(delivery: Delivery, redis_url: str, make_file: MakeFile = make_nothing) -> None:
    """Send until SIGTERM or SIGINT; a message being sent is finished first, a file is not.

    To be called in the main thread of a process of its own.
    """
    stop = threading.Event()
    crews = {channel: _Crew(delivery, channel, stop) for channel in delivery.channels}
    files = FileThread(make_file, stop)
    tasks: dict[str, Callable[[str], None]] = {
        DRAIN: lambda channel: (crews.get(channel) or _Crew(delivery, channel, stop)).drain(),
        EXPORT: files.wake,
    }
    with stopping(stop):
        for crew in crews.values():
            crew.start()
        files.start()
        try:
            _take_wakeups(tasks, redis_url, stop)
        finally:
            stop.set()
            for crew in crews.values():
                crew.join()
            files.join()


class _Crew:
    """The threads that drain one channel: one looks, and whoever finds work wakes another."""

    def __init__(self, delivery: Delivery, channel: str, stop: threading.Event) -> None:
        self._delivery = delivery
        self._channel = channel
        self._stop = stop
        self._outage = Outage("outbox")
        self._help = threading.Event()
        works = [self._look, *[self._wait_for_work] * (SENDERS - 1)]
        self._threads = [
            threading.Thread(target=work, name=f"send {channel} {place}")
            for place, work in enumerate(works)
        ]

    def drain(self) -> None:
        """Drain the channel; what goes wrong is told once, and by kind only."""
        with self._outage.endured():
            self._delivery.drain(self._channel, self._stop.is_set, self._help.set)

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait for the threads, which end once they are to stop."""
        self._help.set()
        for thread in self._threads:
            thread.join()

    def _look(self) -> None:
        while not self._stop.is_set():
            self.drain()
            self._stop.wait(POLL_SECONDS)

    def _wait_for_work(self) -> None:
        while not self._stop.is_set():
            # Not for ever: another may have cleared what was set for the end.
            if self._help.wait(POLL_SECONDS) and not self._stop.is_set():
                self._help.clear()
                self.drain()


def _take_wakeups(
    tasks: Mapping[str, Callable[[str], None]], redis_url: str, stop: threading.Event
) -> None:
    # rq's worker ends when Redis is away at its start, or goes away at the wrong moment.
    outage = Outage("redis")
    job_class = make_job_class(tasks)
    while not stop.is_set():
        try:
            with redis.Redis.from_url(
                redis_url, socket_connect_timeout=RETURN_SECONDS, socket_timeout=IDLE_SECONDS
            ) as client:
                client.ping()
                outage.end()
                worker = _Worker(
                    [QUEUE],
                    connection=client,
                    serializer=SERIALIZER,
                    job_class=job_class,
                    log_job_description=False,
                )
                worker.stop = stop
                with stopping(stop):  # rq leaves its own signal handlers behind
                    worker.work(logging_level="WARNING")
        except redis.RedisError as error:
            outage.begin(error)
        except StopRequested:
            return
        stop.wait(RETURN_SECONDS)


class _Worker(SimpleWorker):
    """rq's worker in this process, which ends when we do and takes no orders by Redis."""

    max_connection_wait_time = RETURN_SECONDS
    stop: threading.Event

    def subscribe(self) -> None:
        """Listen to nobody: whoever can write into Redis could end this worker."""

    def _install_signal_handlers(self) -> None:
        super()._install_signal_handlers()  # type: ignore[no-untyped-call]
        # A signal that came while rq was starting went to our handler: rq must know.
        self._stop_requested = self.stop.is_set()

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        # Also when it comes in the middle of a job: the drain asks before each message.
        self.stop.set()
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call] # rq has no types here
