"""What staff see and do about sending: what got stuck, what waits, and stopping it all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from storage.models import Halt, Outbox
from storage.vocabulary import AuditAction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session as Work

    from storage.repositories.audit import Audit

STUCK = ("dead", "uncertain")


@dataclass(frozen=True, slots=True)
class StuckMessage:
    """A message that was given up (`dead`) or of which nobody knows (`uncertain`)."""

    id: UUID
    channel: str
    kind: str
    state: str
    code: str
    tries: int
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Queue:
    """What is due on one channel and not sent yet; `oldest_at` is when the first was due."""

    channel: str
    kind: str
    waiting: int
    oldest_at: datetime


class Sending:
    """The outbox as a whole."""

    def __init__(self, work: Work, audit: Audit) -> None:
        self._work = work
        self._audit = audit

    def stop(self, now: datetime, who: str) -> bool:
        """Let nothing go out any more; False where that is so already."""
        if self.find_stop() is not None:
            return False
        self._work.execute(insert(Halt).values(id=1, since_at=now, who=who))
        self._audit.add(AuditAction.SENDING_STOPPED, now, who, {})
        return True

    def resume(self, now: datetime, who: str) -> bool:
        """Let everything that waits go out; False where nothing held it up."""
        if self._work.execute(delete(Halt).returning(Halt.id)).first() is None:
            return False
        self._audit.add(AuditAction.SENDING_RESUMED, now, who, {})
        return True

    def find_stop(self) -> tuple[datetime, str] | None:
        """Find since when nothing goes out, and who stopped it."""
        row = self._work.execute(select(Halt.since_at, Halt.who)).one_or_none()
        return row and (row.since_at, row.who)

    def count(self) -> dict[tuple[str, str], int]:
        """Count messages by channel and state, but for those that have arrived somewhere."""
        rows = self._work.execute(
            select(Outbox.channel, Outbox.state, func.count())
            .where(Outbox.state.in_(("waiting", "leased", *STUCK)))
            .group_by(Outbox.channel, Outbox.state)
        )
        return {(channel, state): number for channel, state, number in rows}

    def list_queues(self, now: datetime) -> Sequence[Queue]:
        """List what is due and waits, by channel and kind."""
        rows = self._work.execute(
            select(Outbox.channel, Outbox.kind, func.count(), func.min(Outbox.due_at))
            .where(Outbox.state == "waiting", Outbox.due_at <= now)
            .group_by(Outbox.channel, Outbox.kind)
            .order_by(Outbox.channel, Outbox.kind)
        )
        return [Queue(*row) for row in rows]

    def list_stuck(self, limit: int) -> Sequence[StuckMessage]:
        """List what nobody will send any more, the latest first."""
        columns = [getattr(Outbox, name) for name in StuckMessage.__dataclass_fields__]
        rows = self._work.execute(
            select(*columns)
            .where(Outbox.state.in_(STUCK))
            .order_by(Outbox.changed_at.desc(), Outbox.id)
            .limit(limit)
        )
        return [StuckMessage(*row) for row in rows]

    def resend(self, message_id: UUID, now: datetime, who: str) -> bool:
        """Try a stuck message once more from now on; False where it is not stuck.

        Its age counts anew: else it would be given up as too old.
        """
        channel = self._work.scalar(
            update(Outbox)
            .where(Outbox.id == message_id, Outbox.state.in_(STUCK))
            .values(state="waiting", tries=0, doubts=0, due_at=now, created_at=now, changed_at=now)
            .returning(Outbox.channel)
        )
        if channel is None:
            return False
        details = {"message": str(message_id), "channel": channel}
        self._audit.add(AuditAction.MESSAGE_RESENT, now, who, details)
        return True

    def give_up(self, before: datetime, now: datetime, code: str) -> int:
        """Give up what was due before a time and still waits; give how many."""
        stale = (
            update(Outbox)
            .where(Outbox.state == "waiting", Outbox.due_at < before)
            .values(state="dead", code=code, changed_at=now)
            .returning(Outbox.id)
        )
        return len(self._work.execute(stale).all())
