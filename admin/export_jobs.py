"""Large exports: asked for on a page, made by a worker, fetched when they are whole.

A job is a row; a wake-up through Redis only makes the worker look sooner. The file's pieces are
rows too, sealed, since the worker may be on another host than whoever gives them out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from admin.exporting import Order, tell_export
from admin.tables.tiers import Tier
from storage.export_jobs import MadeFile, NewJob
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from uuid import UUID

    from admin.exporting import Export, Exporter, Tally
    from storage.database import Database
    from storage.export_jobs import Job

LARGE = 5_000
"""Conversations from which a file is made by a worker: as Excel these take a few seconds."""
KEEP = timedelta(days=1)
LEASE = timedelta(minutes=10)
"""Longer than what is written at once at the end of a workbook of a million rows."""
MOST_TRIES = 3
PIECE = 1024 * 1024


class StoppedError(Exception):
    """The worker ends; another one begins again."""


class LostError(Exception):
    """The job was cancelled, or another worker has it."""


def make_order(job: NewJob) -> Order:
    """Give what a job is to make."""
    tier = Tier(job.tier)
    return Order(job.consultation, job.table, job.format, tier, job.who, history=job.history)


class ExportDesk:
    """Where pages leave orders and fetch files.

    Args:
        wake: tells the worker that a job waits, or does nothing where Redis is away.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        make_id: Callable[[datetime], UUID],
        wake: Callable[[UUID], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._make_id = make_id
        self._wake = wake

    def is_large(self, consultation_id: UUID) -> bool:
        """Tell whether a consultation's files are made by a worker."""
        with self._database.reading() as unit:
            return unit.reports.count_sessions(consultation_id, LARGE) == LARGE

    def ask(self, order: Order) -> UUID:
        """Leave an order; give its job, which is the one before where that still waits."""
        now = self._clock()
        new = NewJob(
            self._make_id(now),
            order.who,
            order.slug,
            order.table,
            order.format,
            order.tier.value,
            order.history,
        )
        with self._database.unit() as unit:
            job_id = unit.export_jobs.ask(new, now)
        self._wake(job_id)
        return job_id

    def give(self, job: Job) -> Iterator[bytes]:
        """Give a file out, and write down who took it and how much of it."""
        sent = number = 0
        try:
            while True:
                with self._database.reading() as unit:
                    piece = unit.export_jobs.read_piece(job.id, number)
                if piece is None:
                    break
                yield piece
                sent, number = sent + len(piece), number + 1
        finally:
            is_whole = sent == job.size
            details = tell_export(make_order(job), job.rows, job.hash, is_whole=is_whole)
            with self._database.unit() as unit:
                unit.audit.add(AuditAction.EXPORT_TAKEN, self._clock(), job.who, details)


class ExportMaker:
    """What a worker does: it makes the file that has waited longest."""

    def __init__(
        self, database: Database, exporter: Exporter, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._exporter = exporter
        self._clock = clock

    def make_next(self, is_stopping: Callable[[], bool]) -> bool:
        """Make one file; False where none waits.

        What goes wrong is raised, and the job tried again, three times in all.
        """
        now = self._clock()
        with self._database.unit() as unit:
            job = unit.export_jobs.take(now, now + LEASE)
        if job is None:
            return False
        try:
            # Whoever held it before died of it as often as it may be tried.
            if job.tries > MOST_TRIES or not self._make(job, is_stopping):
                self._fail(job)
        except LostError:
            return True
        except StoppedError:
            self._give_back(job, is_try=False)
        except Exception:
            if job.tries < MOST_TRIES:
                self._give_back(job, is_try=True)
            else:
                self._fail(job)
            raise
        return True

    def _make(self, job: Job, is_stopping: Callable[[], bool]) -> bool:
        """Make a job's file; False where there is nothing such a file could be made of."""
        with self._database.reading() as unit:
            found = unit.consultations.find(job.consultation)
            total = 0 if found is None else unit.reports.count_sessions(found.id)

        def watch(tally: Tally) -> None:
            if is_stopping():
                raise StoppedError
            until = self._clock() + LEASE
            with self._database.unit() as unit:
                is_held = unit.export_jobs.move_on(
                    job, until, total=total, sessions=tally.sessions, rows=tally.rows
                )
            if not is_held:
                raise LostError

        order = make_order(job)
        export = self._exporter.prepare(order, watch, AuditAction.EXPORT_PREPARED)
        if export is None:
            return False
        size = self._keep(job, export)
        tally = export.tally
        made = MadeFile(
            export.file_name, export.content_type, size, tally.sessions, tally.rows, tally.hash
        )
        now = self._clock()
        with self._database.unit() as unit:
            unit.export_jobs.finish(job, made, now, now + KEEP)
        return True

    def _keep(self, job: Job, export: Export) -> int:
        """Keep a file's pieces; give its size in bytes."""
        size = 0
        for number, piece in enumerate(_gather(export.pieces)):
            until = self._clock() + LEASE
            with self._database.unit() as unit:
                is_held = unit.export_jobs.add_piece(job, until, number, piece)
            if not is_held:
                raise LostError
            size += len(piece)
        return size

    def _give_back(self, job: Job, *, is_try: bool) -> None:
        with self._database.unit() as unit:
            unit.export_jobs.give_back(job, is_try=is_try)

    def _fail(self, job: Job) -> None:
        now = self._clock()
        with self._database.unit() as unit:
            unit.export_jobs.fail(job, now, now + KEEP)


def _gather(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Join pieces until they are worth a row each."""
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) >= PIECE:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)
