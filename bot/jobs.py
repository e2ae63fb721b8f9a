"""Wake-ups: jobs in Redis that tell a worker sooner what its own poll would find.

Work is rows in the database. A job says no more than "drain this channel", in JSON, by the
name of a task; rq by itself would import and run whatever function somebody wrote into Redis.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import redis
from rq import Queue
from rq.exceptions import DuplicateJobError
from rq.job import Job

from bot.faults import Outage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

QUEUE = "deliveries"
SERIALIZER = "json"
DRAIN = "drain"

LONGEST_WAIT_SECONDS = 60
"""A wake-up that nobody took is worth nothing after the poll has done its work."""

SILENT_SECONDS = 5.0
"""How long Redis is left alone after it did not answer: the citizen waits for this."""


class Wakeups:
    """Where the web processes put wake-ups; it never raises, and rarely waits.

    `connection` should give up soon (half a second): it is on the way of a reply.
    """

    def __init__(
        self, connection: redis.Redis, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._queue = Queue(QUEUE, connection=connection, serializer=SERIALIZER)
        self._outage = Outage("redis")
        self._seconds = seconds
        self._silent_until = 0.0

    def wake(self, channel: str) -> None:
        """Ask for a channel to be drained; at most one such job waits at a time."""
        if self._seconds() < self._silent_until:
            return
        try:
            enqueue_drain(self._queue, channel)
        except redis.RedisError as error:
            self._outage.begin(error)
            self._silent_until = self._seconds() + SILENT_SECONDS
        else:
            self._outage.end()


def enqueue_drain(queue: Queue, channel: str) -> None:
    """Put the job into the queue, unless it is there or being done.

    Raises:
        redis.RedisError: where Redis does not answer.
    """
    try:
        queue.enqueue_call(
            DRAIN,
            args=(channel,),
            job_id=f"{DRAIN}-{channel}",
            unique=True,
            # No limit of rq's own: its alarm would fall into the middle of a send.
            timeout=-1,
            ttl=LONGEST_WAIT_SECONDS,
            result_ttl=0,
            failure_ttl=0,
            description=f"{DRAIN} {channel}",
        )
    except DuplicateJobError:
        return


def make_job_class(tasks: Mapping[str, Callable[..., object]]) -> type[Job]:
    """Make rq's job such that it runs our tasks by their names, and nothing else."""

    class TaskJob(Job):
        @property
        def func(self) -> Callable[..., Any]:
            return tasks[self.func_name or ""]

    return TaskJob
