"""Wake-ups: jobs in Redis that tell a worker sooner what its own poll would find.

Work is rows in the database. A job says no more than "drain this channel", in JSON, by the
name of a task, or "make this file"; rq by itself would import and run whatever function
somebody wrote into Redis.
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
    from uuid import UUID

QUEUE = "deliveries"
SERIALIZER = "json"
DRAIN = "drain"
EXPORT = "export"

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
        self._outage = Outage("redis", rest=SILENT_SECONDS, seconds=seconds)

    def wake(self, channel: str) -> None:
        """Ask for a channel to be drained; at most one such job waits at a time."""
        self._put(DRAIN, channel)

    def wake_export(self, job_id: UUID) -> None:
        """Ask for a file to be made."""
        self._put(EXPORT, str(job_id))

    def _put(self, task: str, subject: str) -> None:
        if self._outage.is_resting:
            return
        try:
            enqueue(self._queue, task, subject)
        except redis.RedisError as error:
            self._outage.begin(error)
        else:
            self._outage.end()


def enqueue(queue: Queue, task: str, subject: str) -> None:
    """Put a job into the queue, unless it is there or being done.

    Raises:
        redis.RedisError: where Redis does not answer.
    """
    try:
        queue.enqueue_call(
            task,
            args=(subject,),
            job_id=f"{task}-{subject}",
            unique=True,
            # No limit of rq's own: its alarm would fall into the middle of a send.
            timeout=-1,
            ttl=LONGEST_WAIT_SECONDS,
            result_ttl=0,
            failure_ttl=0,
            description=f"{task} {subject}",
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
