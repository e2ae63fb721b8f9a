"""What stands now, on this host and in the database, for `/metrics`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from prometheus_client.core import GaugeMetricFamily as Gauge

from storage.errors import DatabaseAwayError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from prometheus_client import Metric

    from bot.spool import Spool
    from storage.database import Database
    from storage.repositories.heartbeats import Beat
    from storage.repositories.sending import Queue
    from storage.unit import Unit

UP = "1 where the database answers."


class HouseGauges:
    """Looks when it is asked; what cannot be looked up is left out.

    Args:
        database: of all hosts.
        spool, data: of this host.
        clock: the time, aware UTC.
    """

    def __init__(
        self, database: Database, spool: Spool, data: Path, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._spool = spool
        self._data = data
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        """Give one metric after the other."""
        yield Gauge(
            "puente_spool_senders", "People whose messages lie in the spool.", self._spool.count()
        )
        yield Gauge(
            "puente_spool_set_aside",
            "Messages in the spool that wait for puente spool retake.",
            self._spool.count_set_aside(),
        )
        yield Gauge(
            "puente_disk_free_bytes",
            "Room left where the data folder is.",
            shutil.disk_usage(self._data).free,
        )
        now = self._clock()

        def find(unit: Unit) -> tuple[list[Queue], list[Beat], bool]:
            queues, beats = unit.sending.list_queues(now), unit.heartbeats.list()
            return list(queues), list(beats), unit.sending.find_stop() is not None

        try:
            queues, beats, is_stopped = self._database.read(find)
        except DatabaseAwayError:
            yield Gauge("puente_database_up", UP, 0)
            return
        yield Gauge("puente_database_up", UP, 1)
        yield Gauge("puente_sending_stopped", "1 while staff have stopped sending.", is_stopped)
        yield from _describe_queues(queues, now)
        yield _describe_beats(beats, now)


def _describe_queues(queues: list[Queue], now: datetime) -> Iterator[Metric]:
    labels = ("channel", "kind")
    waiting = Gauge("puente_outbox_waiting", "Messages that are due and not sent.", labels=labels)
    oldest = Gauge(
        "puente_outbox_oldest_seconds", "How long the first of them has been due.", labels=labels
    )
    for queue in queues:
        of = (queue.channel, queue.kind)
        waiting.add_metric(of, queue.waiting)
        oldest.add_metric(of, (now - queue.oldest_at).total_seconds())
    yield waiting
    yield oldest


def _describe_beats(beats: list[Beat], now: datetime) -> Metric:
    family = Gauge(
        "puente_heartbeat_age_seconds",
        "How long ago a host's processes of one name last gave a sign of life.",
        labels=("process", "host"),
    )
    newest: dict[tuple[str, str], datetime] = {}
    for beat in beats:  # of one name, the last seen first
        newest.setdefault((beat.process, beat.host), beat.seen_at)
    for of, seen_at in newest.items():
        family.add_metric(of, (now - seen_at).total_seconds())
    return family
