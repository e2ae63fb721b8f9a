"""Export jobs: rows that whoever comes first takes, and that one worker at a time holds.

Every change a worker makes names its lease: one that was thought dead and comes back, or whose
job was cancelled, changes nothing and learns so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, insert, or_, select, update

from storage.export_jobs import Job, JobState
from storage.models import ExportJob, ExportPiece

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from storage.export_jobs import MadeFile, NewJob
    from storage.sealing import Sealer

_COLUMN = "export_piece"
_OPEN = (JobState.WAITING.value, JobState.RUNNING.value)


class ExportJobs:
    """Export jobs inside one unit."""

    def __init__(self, work: Session, sealer: Sealer) -> None:
        self._work = work
        self._sealer = sealer

    def ask(self, new: NewJob, now: datetime) -> UUID:
        """Add a job, unless she waits for just that one already; give its id."""
        asked = {
            "who": new.who,
            "consultation": new.consultation,
            "table_name": new.table,
            "format": new.format,
            "tier": new.tier,
            "history": new.history,
        }
        known = self._work.scalar(
            select(ExportJob.id).filter_by(**asked).where(ExportJob.state.in_(_OPEN)).limit(1)
        )
        if known is not None:
            return known
        empty = {"file_name": "", "content_type": "", "hash": "", "size": 0}
        counts = {"tries": 0, "lease": 0, "total": 0, "sessions": 0, "rows": 0}
        state = JobState.WAITING.value
        row = {"id": new.id, "created_at": now, "state": state, **asked, **empty, **counts}
        self._work.execute(insert(ExportJob).values(row))
        return new.id

    def find(self, job_id: UUID) -> Job | None:
        """Give a job."""
        row = self._work.get(ExportJob, job_id)
        return None if row is None else _read(row)

    def list_of(self, who: str, consultation: str, limit: int) -> Sequence[Job]:
        """List what somebody asked for of a consultation, the newest first."""
        rows = self._work.scalars(
            select(ExportJob)
            .where(ExportJob.who == who, ExportJob.consultation == consultation)
            .order_by(ExportJob.id.desc())
            .limit(limit)
        )
        return [_read(row) for row in rows]

    def has_due(self, now: datetime) -> bool:
        """Tell whether there is one to take."""
        return self._work.scalar(select(ExportJob.id).where(_is_due(now)).limit(1)) is not None

    def take(self, now: datetime, until: datetime) -> Job | None:
        """Take the oldest that nobody holds, without what an earlier try has left."""
        row = self._work.scalars(
            select(ExportJob)
            .where(_is_due(now))
            .order_by(ExportJob.created_at, ExportJob.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).first()
        if row is None:
            return None
        row.state, row.leased_until = JobState.RUNNING.value, until
        row.lease += 1
        row.tries += 1
        row.sessions = row.rows = 0
        self._drop_pieces(ExportPiece.job_id == row.id)
        return _read(row)

    def move_on(self, job: Job, until: datetime, *, total: int, sessions: int, rows: int) -> bool:
        """Note how far it has come; False where it is not this worker's any more."""
        return self._set(job, leased_until=until, total=total, sessions=sessions, rows=rows)

    def add_piece(self, job: Job, until: datetime, number: int, content: bytes) -> bool:
        """Keep a piece of the file; False where it is not this worker's any more."""
        if not self._set(job, leased_until=until):
            return False
        sealed = self._sealer.seal_bytes(_COLUMN, _row(job.id, number), content)
        self._work.execute(
            insert(ExportPiece).values(job_id=job.id, number=number, sealed_content=sealed)
        )
        return True

    def finish(self, job: Job, made: MadeFile, now: datetime, expires_at: datetime) -> bool:
        """The file is whole; False where it is not this worker's any more."""
        return self._set(
            job,
            state=JobState.DONE.value,
            file_name=made.file_name,
            content_type=made.content_type,
            size=made.size,
            sessions=made.sessions,
            rows=made.rows,
            hash=made.hash,
            ended_at=now,
            expires_at=expires_at,
        )

    def give_back(self, job: Job, *, is_try: bool) -> None:
        """Leave it to whoever comes next; it may not count as a try."""
        tries = job.tries if is_try else job.tries - 1
        self._set(job, state=JobState.WAITING.value, leased_until=None, tries=tries)

    def fail(self, job: Job, now: datetime, expires_at: datetime) -> None:
        """Nobody is to try again; at `expires_at` it is forgotten."""
        state = JobState.FAILED.value
        if self._set(job, state=state, ended_at=now, expires_at=expires_at):
            self._drop_pieces(ExportPiece.job_id == job.id)

    def cancel(self, job_id: UUID, now: datetime) -> bool:
        """Stop it and drop what it made so far; False where it is over."""
        cancelled = (
            update(ExportJob)
            .where(ExportJob.id == job_id, ExportJob.state.in_(_OPEN))
            .values(state=JobState.CANCELLED.value, ended_at=now, expires_at=now)
        )
        if self._work.scalar(cancelled.returning(ExportJob.id)) is None:
            return False
        self._drop_pieces(ExportPiece.job_id == job_id)
        return True

    def read_piece(self, job_id: UUID, number: int) -> bytes | None:
        """Give a piece of the file, counted from 0; None past the last."""
        found = select(ExportPiece.sealed_content).filter_by(job_id=job_id, number=number)
        sealed = self._work.scalar(found)
        if sealed is None:
            return None
        return self._sealer.open_bytes(_COLUMN, _row(job_id, number), sealed)

    def drop_files(self, now: datetime) -> None:
        """Drop the files that have expired; their jobs go later (`RETENTION`)."""
        expired = select(ExportJob.id).where(ExportJob.expires_at <= now)
        self._drop_pieces(ExportPiece.job_id.in_(expired))

    def _drop_pieces(self, which: ColumnElement[bool]) -> None:
        self._work.execute(delete(ExportPiece).where(which))

    def _set(self, job: Job, **values: Any) -> bool:
        changed = (
            update(ExportJob)
            .where(
                ExportJob.id == job.id,
                ExportJob.state == JobState.RUNNING.value,
                ExportJob.lease == job.lease,
            )
            .values(**values)
        )
        return self._work.scalar(changed.returning(ExportJob.id)) is not None


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(
        ExportJob.state == JobState.WAITING.value,
        and_(ExportJob.state == JobState.RUNNING.value, ExportJob.leased_until <= now),
    )


def _row(job_id: UUID, number: int) -> bytes:
    """Name the row a piece is sealed for: no piece can stand in another's place."""
    return job_id.bytes + number.to_bytes(4, "big")


def _read(row: ExportJob) -> Job:
    return Job(
        id=row.id,
        who=row.who,
        consultation=row.consultation,
        table=row.table_name,
        format=row.format,
        tier=row.tier,
        history=row.history,
        created_at=row.created_at,
        state=JobState(row.state),
        tries=row.tries,
        lease=row.lease,
        total=row.total,
        sessions=row.sessions,
        rows=row.rows,
        file_name=row.file_name,
        content_type=row.content_type,
        size=row.size,
        hash=row.hash,
        ended_at=row.ended_at,
        expires_at=row.expires_at,
    )
