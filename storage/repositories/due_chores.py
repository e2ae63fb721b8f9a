"""What comes due that is no session's: one row each, taken by whoever comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from storage.models import DueChore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session as Work

CLOSE = "close"
"""A consultation closes: its subject."""

INVITE = "invite"
"""A broadcast has more people to write to: its subject."""

ROLL_UP = "roll_up"
"""A consultation's figures are counted: its subject."""

RETAIN = "retain"
"""What had its day is deleted; its one row has the nil id for a subject."""

SEAL = "seal"
"""The audit is sealed where it has grown; one row as well."""


@dataclass(frozen=True, slots=True)
class Due:
    """A row as it was read."""

    kind: str
    subject: UUID
    due_at: datetime


class DueChores:
    """Due chores inside one unit."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def put(self, kind: str, subject: UUID, due_at: datetime) -> None:
        """Have something done at a time, whenever it was due before."""
        self.drop(kind, subject)
        self._work.execute(insert(DueChore).values(kind=kind, subject=subject, due_at=due_at))

    def drop(self, kind: str, subject: UUID) -> None:
        """Have it done no more."""
        self._work.execute(delete(DueChore).where(*_is(kind, subject)))

    def list(self, kind: str, now: datetime) -> Sequence[Due]:
        """List what of a kind is due by now, the longest due first."""
        rows = self._work.execute(
            select(DueChore.kind, DueChore.subject, DueChore.due_at)
            .where(DueChore.kind == kind, DueChore.due_at <= now)
            .order_by(DueChore.due_at, DueChore.subject)
        )
        return [Due(*row) for row in rows]

    def move(self, due: Due, due_at: datetime) -> bool:
        """Put it off, unless somebody was quicker: of two at once one alone is told True."""
        moved = (
            update(DueChore)
            .where(*_is(due.kind, due.subject), DueChore.due_at == due.due_at)
            .values(due_at=due_at)
            .returning(DueChore.kind)
        )
        return self._work.scalar(moved) is not None

    def end(self, due: Due) -> None:
        """Take it away where it still is as it was read."""
        self._work.execute(
            delete(DueChore).where(*_is(due.kind, due.subject), DueChore.due_at == due.due_at)
        )


def _is(kind: str, subject: UUID) -> tuple[ColumnElement[bool], ...]:
    return DueChore.kind == kind, DueChore.subject == subject
