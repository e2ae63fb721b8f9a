"""Which processes live, on all hosts that share the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from storage.models import Heartbeat
from storage.repositories.upserts import put

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Beat:
    """A process, and when it was last seen by its own host's clock."""

    host: str
    process: str
    pid: int
    started_at: datetime
    seen_at: datetime


class Heartbeats:
    """Signs of life inside one unit."""

    def __init__(self, work: Session) -> None:
        self._work = work

    def beat(self, beat: Beat) -> None:
        """Note that a process lives."""
        put(self._work, Heartbeat, ("host", "process", "pid"), **asdict(beat))

    def end(self, beat: Beat) -> None:
        """Forget a process that ends of its own accord."""
        self._work.execute(
            delete(Heartbeat).where(
                Heartbeat.host == beat.host,
                Heartbeat.process == beat.process,
                Heartbeat.pid == beat.pid,
            )
        )

    def forget(self, before: datetime) -> None:
        """Forget what was last seen before a time."""
        self._work.execute(delete(Heartbeat).where(Heartbeat.seen_at < before))

    def list(self) -> Sequence[Beat]:
        """List the processes by name and host, the last seen of each first."""
        rows = self._work.scalars(
            select(Heartbeat).order_by(
                Heartbeat.process, Heartbeat.seen_at.desc(), Heartbeat.host, Heartbeat.pid
            )
        )
        return [Beat(row.host, row.process, row.pid, row.started_at, row.seen_at) for row in rows]

    def read_clock(self) -> datetime | None:
        """Read the clock of the database's host; None where that is this host.

        To be compared with ours and for nothing else: all times come from the application.
        """
        if self._work.get_bind().dialect.name == "sqlite":
            return None
        return self._work.scalar(select(func.clock_timestamp()))
