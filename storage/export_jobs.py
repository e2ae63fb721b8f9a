"""Files that are made while nobody waits, in plain records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


class JobState(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class NewJob:
    """What somebody asks for.

    Attributes:
        who: her e-mail.
        consultation: its name in addresses.
        table: kind of table, as exports name it.
        format: of the file.
        tier: for whom it is made.
        history: with superseded answers.
    """

    id: UUID
    who: str
    consultation: str
    table: str
    format: str
    tier: str
    history: bool


@dataclass(frozen=True, slots=True)
class Job(NewJob):
    """A job and how far it has come.

    Attributes:
        lease: which of the workers that ever took it holds it now.
        total: sessions to be read; 0 while nobody has counted them.
        sessions: read so far.
        rows: written so far.
        size: of the file, in bytes.
        hash: the export's digest.
        ended_at: when it was done, failed or was cancelled.
        expires_at: from then on the file is not given out.
    """

    created_at: datetime
    state: JobState
    tries: int
    lease: int
    total: int
    sessions: int
    rows: int
    file_name: str
    content_type: str
    size: int
    hash: str
    ended_at: datetime | None
    expires_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.state in {JobState.WAITING, JobState.RUNNING}


@dataclass(frozen=True, slots=True)
class MadeFile:
    """What a job made.

    Attributes:
        size: in bytes.
        sessions: read.
        rows: written.
    """

    file_name: str
    content_type: str
    size: int
    sessions: int
    rows: int
    hash: str
