"""What is not kept for ever: one table of what is kept for how many days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, select

from storage.models import (
    ApprovalRequest,
    Claim,
    Dialog,
    ExportJob,
    ExportPiece,
    LinkCode,
    LinkTry,
    Message,
    Outbox,
    Referral,
    SignInAttempts,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.orm import Session

AT_ONCE = 5_000
"""Rows deleted in one unit, so that nobody waits long for it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How long the rows of a table are kept.

    Attributes:
        column: its time, from which the days count.
        days: how many.
        also: what must be true as well of a row from before a time, before it goes.
    """

    column: Any
    days: int
    also: Callable[[datetime], ColumnElement[bool]] | None = None

    @property
    def table(self) -> Table:
        """The table."""
        found: Table = self.column.class_.__table__
        return found


def _is_unlocked(before: datetime) -> ColumnElement[bool]:
    until = SignInAttempts.locked_until
    return until.is_(None) | (until < before)


def _is_done(_before: datetime) -> ColumnElement[bool]:
    # How an invitation ended is what its broadcast is counted by.
    return Outbox.state.not_in(("waiting", "leased")) & (Outbox.kind != "invitation")


def _is_loose(_before: datetime) -> ColumnElement[bool]:
    return ~exists().where(Message.id == Referral.message_id)


def _is_dropped(_before: datetime) -> ColumnElement[bool]:
    return ~exists().where(ExportPiece.job_id == ExportJob.id)


RETENTION: tuple[Kept, ...] = (
    # No provider delivers again after so long (an Android gateway tries for two days).
    Kept(Claim.at, 30),
    # A USSD session lasts minutes; its screen is of no use to the next one.
    Kept(Dialog.at, 1),
    # Wrong passwords lock for less (`admin/signin/guard.py`).
    Kept(SignInAttempts.since_at, 2, _is_unlocked),
    # A code that links is good for minutes; wrong ones count for a day (`bot/linking.py`).
    Kept(LinkCode.expires_at, 1),
    Kept(LinkTry.since, 2),
    # What was sent or given up: staff look for it within weeks.
    Kept(Outbox.changed_at, 90, _is_done),
    # Their files went after a day; that they were made the audit keeps for ever.
    Kept(ExportJob.ended_at, 30, _is_dropped),
    # Answers are rows of their own and stay. Counts of messages go with these.
    Kept(Message.at, 730),
    # Who asked for what and who approved it stays in the audit, with its hash.
    Kept(ApprovalRequest.expires_at, 730),
    # What became of a message goes after the message.
    Kept(Referral.at, 1, _is_loose),
)
"""Each table of which rows go by age, with the days they are kept."""


class Retention:
    """Deletes what has had its day, a batch per unit: call again while a batch was full."""

    def __init__(self, work: Session) -> None:
        self._work = work

    def prune(self, kept: Kept, now: datetime, limit: int = AT_ONCE) -> int:
        """Delete rows of one table that are older than its days, and give how many."""
        before = now - timedelta(days=kept.days)
        (key,) = kept.table.primary_key.columns
        stale = select(key).where(kept.column < before)
        if kept.also is not None:
            stale = stale.where(kept.also(before))
        gone = delete(kept.table).where(key.in_(stale.order_by(kept.column).limit(limit)))
        return len(self._work.execute(gone.returning(key)).all())
